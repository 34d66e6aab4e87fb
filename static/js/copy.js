// A button that puts a text into the clipboard and says so.
import { define } from "./page.js";

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    const said = document.createElement("span");
    said.className = "copied";
    said.setAttribute("role", "status");
    this.append(said);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text);
      said.textContent = this.dataset.done;
      setTimeout(() => (said.textContent = ""), 2000);
    });
  }
}

define("copy-text", CopyText);
