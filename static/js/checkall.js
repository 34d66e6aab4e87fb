// All or none of a list of checkboxes with one press.
import { define } from "./page.js";

class CheckAll extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-all]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...this.querySelectorAll("input[type=checkbox]")];
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
    });
  }
}

define("check-all", CheckAll);
