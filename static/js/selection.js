// The list and the thread change independently: this keeps the marked row and the title in step.

function mark() {
  const open = document.getElementById("conversation")?.dataset.conversationId;
  for (const link of document.querySelectorAll(".row > a")) {
    const isOpen = open !== undefined && link.parentElement.id === `row-${open}`;
    if (isOpen) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function retitle() {
  const title = document.getElementById("conversation")?.dataset.title;
  if (title) document.title = title;
}

// A row that moved to the top while older pages were shown must not be there twice
function dropDoubles() {
  const seen = new Set();
  for (const row of document.querySelectorAll("li.row")) {
    if (seen.has(row.id)) row.remove();
    seen.add(row.id);
  }
}

// Where the list went away (on a phone), focus goes to what came instead
function moveFocus(ctx) {
  if (ctx?.target?.id !== "conversation" || ctx.push == null) return;
  const list = document.getElementById("list");
  const lost = document.activeElement === document.body || list?.offsetParent === null;
  if (lost) document.querySelector("#conversation .thread-title")?.focus?.();
}

document.addEventListener("htmx:after:swap", (event) => {
  dropDoubles();
  mark();
  retitle();
  moveFocus(event.detail?.ctx);
});
