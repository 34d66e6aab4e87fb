// What every page needs: elements come to life once the page is there, and parts that need this script show themselves.
import { ThemeSwitch } from "./theme.js";

export function whenReady(work) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", work, { once: true });
  else work();
}

export function define(name, element) {
  whenReady(() => customElements.define(name, element));
}

export function showScripted(root) {
  for (const part of root.querySelectorAll("[data-script]")) {
    const opens = part.dataset.opens;
    part.hidden = Boolean(opens) && !document.getElementById(opens);
  }
}

export function focusHeading(root) {
  root.querySelector("[data-focus]")?.focus({ preventScroll: true });
}

define("theme-switch", ThemeSwitch);
whenReady(() => {
  showScripted(document);
  for (const frame of document.querySelectorAll("[data-at-end]")) frame.scrollLeft = frame.scrollWidth;
  document.querySelector(".form-errors[data-focus]")?.focus();
});

// What an element says in the first language; the second stands beside it to be read there, not to be said again.
export function firstOf(element) {
  const copy = element.cloneNode(true);
  for (const second of copy.querySelectorAll(".second")) second.remove();
  return copy;
}
