// Where one writes: grows with the text, counts parts, keeps a draft, sends on Ctrl/Cmd+Enter.
import { segments } from "./segments.js";

const LONGEST = 1600;

const boxOf = (form) => form.querySelector("textarea");

const draft = {
  key: (form) => (form.dataset.draft ? `draft:${form.dataset.draft}` : null),
  read(form) {
    try {
      return localStorage.getItem(this.key(form)) ?? "";
    } catch {
      return "";
    }
  },
  // Answers whether there was one
  restore(form) {
    const text = this.key(form) ? this.read(form) : "";
    if (text) boxOf(form).value = text;
    return text !== "";
  },
  keep(form, text) {
    const key = this.key(form);
    if (!key) return;
    try {
      if (text) localStorage.setItem(key, text);
      else localStorage.removeItem(key);
    } catch {
      // A full or forbidden storage costs the draft, not the typing
    }
  },
};

function count(form) {
  const output = form.querySelector("[data-counter]");
  if (!output) return;
  const { count, left, characters } = segments(boxOf(form).value);
  const tooLong = characters > LONGEST;
  output.classList.toggle("too-long", tooLong);
  if (tooLong) output.value = `${characters - LONGEST} characters too many`;
  else if (count > 1 || left < 30) output.value = count ? `${left} left · ${count} ${count === 1 ? "part" : "parts"}` : "";
  else output.value = "";
}

function grow(box) {
  box.rows = 1;
  const line = parseFloat(getComputedStyle(box).lineHeight) || 20;
  const padding = box.offsetHeight - line;
  const least = Number(box.dataset.rows ?? (box.dataset.rows = box.getAttribute("rows")));
  box.rows = Math.min(10, Math.max(least, Math.round((box.scrollHeight - padding) / line)));
}

// Drawing the thread anew resets size and counter, and may have emptied the box
function prepare(form) {
  const box = boxOf(form);
  if (!box) return;
  // Where the box is folded away, a draft unfolds it
  if (!box.value && !box.disabled && draft.restore(form)) form.closest("details")?.setAttribute("open", "");
  refresh(form);
}

function refresh(form) {
  count(form);
  grow(boxOf(form));
}

function prepareAll() {
  document.querySelectorAll("form[data-composer]").forEach(prepare);
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-composer]");
  if (!form || target !== boxOf(form)) return;
  refresh(form);
  draft.keep(form, target.value);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest?.("form[data-composer]");
  if (!form || event.target !== boxOf(form)) return;
  event.preventDefault();
  form.requestSubmit();
});

// The form that is sent, by itself or by one of its buttons; what it asks while one types is no sending
function composing({ sourceElement, request }) {
  if (request.method !== "POST") return null;
  return sourceElement.matches?.("form[data-composer], form[data-composer] button") ? sourceElement.closest("form") : null;
}

// "Send later" was for the text that is gone now
function putAside(form) {
  const later = form.querySelector("[data-later]");
  if (!later) return;
  later.open = false;
  for (const field of later.querySelectorAll("input")) {
    field.value = field.type === "checkbox" ? field.value : "";
    field.checked = false;
  }
}

// What was sent, while its answer is under way: what is typed meanwhile is kept
const underWay = new WeakMap();

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const form = composing(ctx);
  if (form) underWay.set(form, boxOf(form).value);
});

// Sent: the box is emptied before the answer is drawn, because drawing keeps what is typed
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = composing(ctx);
  if (!form || ctx.response.status >= 400) return;
  if (boxOf(form).value === underWay.get(form)) {
    draft.keep(form, "");
    boxOf(form).value = "";
    putAside(form);
  }
  refresh(form);
  ctx.sent = true;
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  prepareAll();
  const log = document.querySelector(".log");
  if (detail?.ctx?.sent && log) log.scrollTop = log.scrollHeight;
});

prepareAll();
