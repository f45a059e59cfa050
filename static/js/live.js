// Events say what changed, never content: elements listen to them and ask for their own part again.

const REFRESHERS = new Set([
  "list-refresh",
  "thread-refresh",
  "scheduled-refresh",
  "threads-refresh",
  "notices-refresh",
  "phone-refresh",
]);
const RETRY_MS = 5000;

// The last event before this page was drawn; the stream begins with a resync if there were others since
const since =
  performance.getEntriesByType("navigation")[0]?.serverTiming?.find(({ name }) => name === "live")?.description ?? "";

let connected = false;
let heard = 0;

const announce = (name) =>
  document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));

// Triggers cannot filter under our content policy, so the number goes into the event's name
document.addEventListener("conversation", (event) => {
  const id = JSON.parse(event.detail?.data || "{}").id;
  if (Number.isInteger(id)) announce(`conversation-${id}`);
});

for (const name of ["conversation", "notifications"]) document.addEventListener(name, () => (heard += 1));

// Somebody's permissions changed: menu, buttons and lists may all differ
document.addEventListener("permissions", () => location.reload());

// The stream of a hidden tab is closed; what was missed is asked for when the tab is shown
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) announce("resync");
});
addEventListener("pageshow", (event) => {
  if (event.persisted) announce("resync");
});

// htmx reconnects a stream that broke, but never retries a first connection that failed
document.addEventListener("htmx:sse:after:connection", () => (connected = true));
document.addEventListener("htmx:sse:close", () => (connected = false));
document.addEventListener("htmx:sse:error", (event) => {
  if (event.detail?.status === 401) location.reload();
});
setInterval(() => {
  if (!connected && !document.hidden) announce("live-connect");
}, RETRY_MS);

// A refresh asks for as much as was shown, so that older rows and texts stay
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  // The stream itself is a request too
  if (ctx.sourceElement === document.body) ctx.request.body.set("since", since);
  else ctx.heard = heard;
  if (!REFRESHERS.has(ctx.sourceElement.id)) return;
  ctx.askedFor = ctx.sourceElement.getAttribute("hx-get");
  const shown = ctx.target?.querySelectorAll(".row, .entry-message, .notice, .scheduled-row").length ?? 0;
  if (shown > 0) ctx.request.body.set("rows", shown);
});

// The conversation that is open went out of sight: back to the list; what was typed stays a draft
function leave() {
  document.querySelector("#conversation .back")?.click();
}

// An answer that arrives after the person moved on is dropped, and asked for anew
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.askedFor === undefined) return;
  if (!ctx.sourceElement.isConnected) {
    event.preventDefault();
  } else if (ctx.response.status >= 400) {
    event.preventDefault();
    if (ctx.response.status === 404 && ctx.sourceElement.id === "thread-refresh") leave();
  } else if (ctx.sourceElement.getAttribute("hx-get") !== ctx.askedFor) {
    event.preventDefault();
    announce("resync");
  }
});

// What happened while an answer was on its way may be missing in it, and drawing it forgets who was about to ask
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const ctx = detail?.ctx;
  if (ctx?.heard === undefined || ctx.askedFor !== undefined) return;
  if (ctx.heard !== heard) announce("resync");
});
