// Templates where one writes: put where the cursor was, without leaving the page.

// Choosing one takes the focus out of the box: this is where it was
document.addEventListener("focusout", ({ target }) => {
  const form = target.matches?.("textarea") && target.closest("form[data-composer]");
  const cursor = form && form.querySelector("input[name=cursor]");
  if (cursor) cursor.value = target.selectionEnd;
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement.matches?.("[data-saved-reply]") && ctx.sourceElement.form;
  if (!form) return;
  const length = form.querySelector("textarea").value.length;
  const cursor = form.querySelector("input[name=cursor]").value;
  ctx.savedReply = { after: cursor === "" ? 0 : length - Number(cursor) };
});

// What could not be filled in is said until the text is sent, also when the thread is drawn anew meanwhile
const warned = () => document.querySelector("#composer [data-missing]");
const draftOf = (form) => form?.dataset.draft;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const warning = ctx.savedReply ? null : warned();
  if (warning) ctx.warning = { warning, draft: draftOf(warning.closest("form")) };
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const kept = detail?.ctx?.warning;
  const form = document.querySelector("#composer");
  if (!kept || warned() || draftOf(form) !== kept.draft) return;
  const box = form.querySelector("textarea");
  if (box.value) box.parentElement.before(kept.warning);
});

// Drawing keeps what is typed; what the server put together is the box's default
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const chosen = detail?.ctx?.savedReply;
  const box = chosen && document.querySelector("form[data-composer] textarea#composer-body");
  if (!box) return;
  box.closest("form").querySelector("details.replies").open = false;
  box.value = box.defaultValue;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  const cursor = Math.max(0, box.value.length - chosen.after);
  box.setSelectionRange(cursor, cursor);
});
