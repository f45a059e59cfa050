// Small menus (`details[data-menu]`): one at a time, closed by Escape and by a click elsewhere.

const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
});

function step(event) {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  const people = [...menu.querySelectorAll("button.picker-person:not([hidden])")];
  if (people.length === 0) return;
  event.preventDefault();
  const at = people.indexOf(document.activeElement);
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  people.at(next % people.length)?.focus();
}

// Toggle does not bubble, so it is caught on its way down
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.("details[data-menu]") || !target.open) return;
    const filter = target.querySelector("[data-picker-filter]");
    if (filter) {
      filter.hidden = false;
      filter.focus();
    } else {
      target.querySelector("button.picker-person")?.focus();
    }
  },
  true,
);

// Assigning, removing and blocking draw the button anew that had the focus
const FOCUS_AFTER = [
  ['form[action*="/assignments"]', "details.picker > summary"],
  ['form[action$="/block"]', ".blocked button"],
  ['form[action$="/block/removal"]', "details.thread-menu > summary"],
];

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  ctx.focusAfter = FOCUS_AFTER.find(([form]) => ctx.sourceElement.matches?.(form))?.[1];
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const next = detail?.ctx?.focusAfter;
  if (next && document.activeElement === document.body) document.querySelector(next)?.focus();
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-picker-filter]")) return;
  const words = target.value.trim().toLowerCase();
  for (const person of target.closest("details").querySelectorAll(".picker-person")) {
    person.hidden = !person.textContent.toLowerCase().includes(words);
  }
});
