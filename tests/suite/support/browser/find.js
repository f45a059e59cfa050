// The first element of a role whose accessible name begins with the given words, or null. What is hidden is not there.
// The name as in "Accessible Name and Description Computation", as far as our pages go.
const [role, wanted] = arguments;

const selectors = {
  button: "button, summary, input[type=submit], input[type=button], input[type=reset], [role=button]",
  link: "a[href], [role=link]",
  field: "input:not([type=hidden], [type=submit], [type=button], [type=reset]), textarea, select, [role=textbox]",
  region: "section, form, nav, main, aside, dialog, fieldset, [role=region], [role=group], [role=dialog]",
};

const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

// What a screen reader reads of an element: without what is hidden from it, with the alternatives of pictures.
const spoken = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
  if (node.hidden || getComputedStyle(node).display === "none") return "";
  if (node.getAttribute("aria-label")) return ` ${node.getAttribute("aria-label")} `;
  if (node.tagName === "IMG") return ` ${node.alt} `;
  const inside = [...node.childNodes].map(spoken).join("");
  return getComputedStyle(node).display.startsWith("inline") ? inside : ` ${inside} `;
};

const nameOf = (element) => {
  const by = tidy(element.getAttribute("aria-labelledby"));
  const labelledBy = by && tidy(by.split(" ").map((id) => document.getElementById(id)?.textContent).join(" "));
  if (labelledBy) return labelledBy;
  if (tidy(element.getAttribute("aria-label"))) return tidy(element.getAttribute("aria-label"));
  const labels = tidy([...(element.labels ?? [])].map(spoken).join(" "));
  if (labels) return labels;
  if (role === "region") return tidy(element.querySelector(":scope > legend")?.textContent);
  if (element.tagName === "INPUT" && ["submit", "button", "reset"].includes(element.type)) return tidy(element.value);
  if (role === "field") return tidy(element.placeholder || element.title);
  return tidy(spoken(element)) || tidy(element.title);
};

const visible = (element) => element.checkVisibility({ visibilityProperty: true });

return [...document.querySelectorAll(selectors[role])].find((e) => visible(e) && nameOf(e).startsWith(wanted)) ?? null;
