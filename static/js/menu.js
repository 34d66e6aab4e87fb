// An open menu closes with Escape, and with a press or a step of the focus beside it.
const OPEN = ".menu[open]";

function closeBeside(event) {
  for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target)) menu.open = false;
}

document.addEventListener("pointerdown", closeBeside);
document.addEventListener("focusin", closeBeside);
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? document.querySelector(OPEN) : null;
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
