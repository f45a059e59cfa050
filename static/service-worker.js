// Shows every push, and brings a person from the notification to the conversation.
// A push that shows nothing costs us the permission (Firefox after 16, iOS after 3),
// so there is always something to show, whatever arrives.

const FALLBACK = {
  title: "Crewline",
  body: "Something new is waiting for you.",
  url: "/notifications",
  tag: "crewline",
};

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { title, body, url, tag, kind } = readPayload(event.data);
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      // Without this a second text of the same conversation would replace the first in silence.
      renotify: true,
      data: { url, kind },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const data = event.notification.data;
  const work = openAt(ownPath(data ? data.url : undefined));
  // A click that no person made may refuse to be waited for; the work goes on regardless.
  try {
    event.waitUntil(work);
  } catch {
    work.catch(() => {});
  }
});

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(subscribeAgain(event.oldSubscription, event.newSubscription));
});

function readPayload(data) {
  let sent = {};
  try {
    sent = (data && data.json()) || {};
  } catch {
    // Not JSON: the fallback words stand.
  }
  const word = (name) =>
    typeof sent[name] === "string" && sent[name].trim() ? sent[name] : FALLBACK[name];
  return {
    kind: typeof sent.kind === "string" ? sent.kind : "",
    title: word("title"),
    body: word("body"),
    tag: word("tag"),
    url: ownPath(sent.url),
  };
}

// A path on our own origin; anything that leads elsewhere becomes the notifications page.
function ownPath(url) {
  try {
    const target = new URL(typeof url === "string" ? url : FALLBACK.url, self.location.origin);
    if (target.origin === self.location.origin) {
      return target.pathname + target.search + target.hash;
    }
  } catch {
    // Not an address at all.
  }
  return FALLBACK.url;
}

async function openAt(path) {
  // Only tabs under this worker: others cannot be navigated, and trying to focus one would use up
  // the single window that a click may raise.
  const tabs = await self.clients.matchAll({ type: "window" });
  const there = tabs.find((tab) => pathOf(tab) === path.split(/[?#]/)[0]);
  for (const tab of there ? [there] : byAttention(tabs)) {
    if (await bring(tab, path, tab === there)) return;
  }
  await self.clients.openWindow(path);
}

// Focusing and navigating fail independently of each other, so neither waits for the other's luck.
async function bring(tab, path, isThere) {
  const focused = tab.focus().then(
    () => true,
    () => false,
  );
  if (isThere) {
    // Already at the conversation: whatever is being typed there stays.
    await focused;
    return true;
  }
  const navigated = await tab.navigate(path).then(
    (arrived) => arrived !== null,
    () => false,
  );
  await focused;
  return navigated;
}

// The tab a person looks at first, then those they can see, then the rest.
function byAttention(tabs) {
  const rank = (tab) => (tab.focused ? 0 : tab.visibilityState === "visible" ? 1 : 2);
  return [...tabs].sort((one, other) => rank(one) - rank(other));
}

function pathOf(tab) {
  return new URL(tab.url).pathname;
}

async function subscribeAgain(before, after) {
  const subscription = after || (await subscribe(before));
  if (!subscription) return;
  await post("/push/subscriptions", subscription.toJSON());
  if (before && before.endpoint !== subscription.endpoint) {
    await post("/push/subscriptions/removal", { endpoint: before.endpoint });
  }
}

async function subscribe(before) {
  const answer = await fetch("/push/public-key", { credentials: "same-origin" });
  // Signed out: the next page that is opened signed in subscribes again.
  if (!answer.ok) return null;
  const { public_key } = await answer.json();
  return self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: public_key || (before && before.options.applicationServerKey),
  });
}

function post(address, body) {
  return fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}
