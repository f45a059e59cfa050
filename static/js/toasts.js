// Toasts go by themselves after a while, errors only when dismissed.

const SHOWN_MS = 6000;

function watch(toast) {
  if (toast.dataset.watched !== undefined) return;
  toast.dataset.watched = "";
  if (!toast.classList.contains("toast-error")) setTimeout(() => toast.remove(), SHOWN_MS);
}

const watchAll = () => document.querySelectorAll("[data-toast]").forEach(watch);

document.addEventListener("click", ({ target }) => {
  target.closest?.("[data-toast-close]")?.closest("[data-toast]").remove();
});
document.addEventListener("htmx:after:swap", watchAll);

// The network is away: say so, keep what is typed
document.addEventListener("htmx:error", ({ detail }) => {
  const source = detail?.ctx?.sourceElement;
  if (!source?.matches?.("form, a") || detail.ctx.response) return;
  const toasts = document.getElementById("toasts");
  if (!toasts || toasts.querySelector("[data-offline]")) return;
  const toast = document.createElement("div");
  toast.className = "toast toast-error";
  toast.dataset.toast = "";
  toast.dataset.offline = "";
  toast.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = "No connection to the server. Nothing was lost; try again in a moment.";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet-button";
  close.dataset.toastClose = "";
  close.textContent = "Dismiss";
  toast.append(words, close);
  toasts.append(toast);
});

watchAll();
