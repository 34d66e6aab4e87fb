// One key, one button: data-key names the key that presses it. Not while somebody writes.
import { whenReady } from "./page.js";

function isWriting(target) {
  return target.isContentEditable || (target.matches("input, textarea, select") && !target.matches("[type=checkbox], [type=radio]"));
}

function isPressable(target) {
  return target.matches("a[href], button, summary");
}

function findByKey(key) {
  const wanted = [...document.querySelectorAll("[data-key]")].filter(
    (one) => one.dataset.key.toLowerCase() === key && !one.disabled && !one.closest("[hidden], [data-done]") && one.getClientRects().length,
  );
  return wanted.at(-1);
}

whenReady(() => {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && isPressable(event.target)) return;
    const found = findByKey(event.key.toLowerCase());
    if (!found) return;
    event.preventDefault();
    found.click();
  });
});
