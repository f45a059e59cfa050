// Push on this device: the buttons in Settings → My devices, and the upkeep on every page.
// Permission is asked on a click only; nothing here asks for it otherwise.

const WORKER = "/service-worker.js";
const REPORTED = "crewline-push-reported";
const PATIENCE = 30_000; // milliseconds

const WORDS = {
  working: "One moment …",
  done: "This device will be notified.",
  removed: "This device is no longer notified.",
  denied:
    "This browser blocks notifications from Crewline. Allow them in the browser's settings for this site, then press the button again.",
  dismissed: "Nothing was changed. Press the button again and choose “Allow”.",
  insecure: "Notifications need a secure address. Open Crewline by its https address.",
  unsupported:
    "This browser cannot be notified. On an iPhone or iPad add Crewline to the home screen and open it there.",
  signedOut: "You are signed out. Sign in again, then press the button.",
  refused: "This browser's push service was not accepted.",
  silent:
    "The browser's push service does not answer. Check the connection and press the button again.",
  failed: "That did not work. Check the connection and press the button again.",
};

document.addEventListener("click", (event) => {
  const pressed = (name) => event.target.closest?.(`[${name}]`);
  if (pressed("data-push-enable")) {
    event.preventDefault();
    report(pressed("data-push-enable"), enable);
  } else if (pressed("data-push-disable")) {
    event.preventDefault();
    report(pressed("data-push-disable"), disable);
  }
});

// While the event comes down, before htmx sees it.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches?.('form[action="/sign-out"]')) forgetAtSignOut(event);
    // A new sign-in is a new session on the server, which does not know this device yet.
    if (event.target.matches?.('form[action^="/sign-in"]')) sessionStorage.removeItem(REPORTED);
  },
  true,
);

// The server puts a redrawn list of devices into the page without loading it anew.
document.addEventListener("htmx:after:swap", markThisDevice);

keepUp();

async function enable() {
  const obstacle = missing();
  if (obstacle) return obstacle;
  const permission = await Notification.requestPermission();
  if (permission === "denied") return "denied";
  if (permission !== "granted") return "dismissed";
  await post(await subscribed(await register()));
  sessionStorage.setItem(REPORTED, "yes");
  // The list below is drawn anew
  document.body.dispatchEvent(new CustomEvent("devices"));
  return "done";
}

async function disable() {
  const subscription = await current();
  if (subscription) {
    await send("/push/subscriptions/removal", { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  sessionStorage.removeItem(REPORTED);
  document.querySelectorAll("[data-this-device]").forEach((mark) => (mark.hidden = true));
  return "removed";
}

// A subscription may have been made for another key, or be unknown to the server since it was
// restored: make it right and hand it in once per browser session.
async function keepUp() {
  if (missing() || Notification.permission !== "granted") return;
  try {
    const subscription = await current();
    if (!subscription) return;
    await markThisDevice();
    const registration = await register();
    if (sessionStorage.getItem(REPORTED)) return;
    await post(await subscribed(registration));
    sessionStorage.setItem(REPORTED, "yes");
    await markThisDevice();
  } catch {
    // Nobody pressed anything: the next page tries again.
  }
}

function missing() {
  if (!window.isSecureContext) return "insecure";
  const able =
    "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  return able ? null : "unsupported";
}

async function register() {
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  return navigator.serviceWorker.ready;
}

async function current() {
  if (!("serviceWorker" in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager ? registration.pushManager.getSubscription() : null;
}

// The browser's subscription for the server's key of today.
async function subscribed(registration) {
  const { public_key } = await (await answered(fetch("/push/public-key"))).json();
  const key = bytesOf(public_key);
  const existing = await registration.pushManager.getSubscription();
  if (existing && sameBytes(existing.options?.applicationServerKey, key)) return existing;
  if (existing) {
    await existing.unsubscribe();
    await send("/push/subscriptions/removal", { endpoint: existing.endpoint }).catch(() => {});
  }
  const options = { userVisibleOnly: true, applicationServerKey: key };
  return inTime(registration.pushManager.subscribe(options));
}

// Without a way to its push service a browser may wait for ever.
function inTime(subscribing) {
  const silence = new Promise((_, fail) => {
    setTimeout(() => fail(Object.assign(new Error("silent"), { why: "silent" })), PATIENCE);
  });
  return Promise.race([subscribing, silence]);
}

function post(subscription) {
  return send("/push/subscriptions", subscription.toJSON());
}

function send(address, body) {
  return answered(
    fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      keepalive: true,
    }),
  );
}

async function answered(request) {
  const answer = await request;
  if (answer.ok) return answer;
  const why = { 401: "signedOut", 422: "refused" }[answer.status] ?? "failed";
  throw Object.assign(new Error(why), { why });
}

// Shows what came of pressing `button` in plain words.
async function report(button, work) {
  const status = document.querySelector("[data-push-status]");
  const say = (word) => {
    if (status) status.textContent = WORDS[word];
  };
  button.disabled = true;
  say("working");
  try {
    say(await work());
  } catch (error) {
    say(error.why ?? (error.name === "NotAllowedError" ? "denied" : "failed"));
  } finally {
    button.disabled = false;
  }
}

// The server forgets the subscription with the session. The browser does too, so that the next
// person at this machine is not told of this one's texts; signing out never waits long for it.
async function forgetAtSignOut(event) {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.pushForgotten || missing()) return;
  if (Notification.permission !== "granted") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.dataset.pushForgotten = "yes";
  sessionStorage.removeItem(REPORTED);
  const forgotten = current().then((subscription) => subscription?.unsubscribe());
  await Promise.race([forgotten.catch(() => {}), new Promise((done) => setTimeout(done, 1000))]);
  form.requestSubmit(event.submitter);
}

async function markThisDevice() {
  const rows = document.querySelectorAll("[data-subscription-endpoint]");
  if (rows.length === 0 || missing()) return;
  const endpoint = (await current())?.endpoint;
  for (const row of rows) {
    const isThis = endpoint !== undefined && row.dataset.subscriptionEndpoint === endpoint;
    row.querySelectorAll("[data-this-device]").forEach((mark) => (mark.hidden = !isThis));
  }
}

function bytesOf(base64url) {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function sameBytes(buffer, bytes) {
  if (!buffer) return false;
  const own = new Uint8Array(buffer);
  return own.length === bytes.length && own.every((byte, index) => byte === bytes[index]);
}
