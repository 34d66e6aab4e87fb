// Dialogs: a button opens one by its id; a form inside <confirm-form> is asked about before it is sent.
import { define, whenReady } from "./page.js";

whenReady(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    else if (event.target.matches("dialog.dialog")) event.target.close();
  });
});

class ConfirmForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (event.target.method === "dialog" || this.sure) return;
      event.preventDefault();
      this.ask(event.target, event.submitter);
    });
  }

  ask(form, submitter) {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    dialog.setAttribute("aria-label", this.dataset.title);
    const inner = this.part("div", "dialog__inner");
    const end = this.part("div", "dialog__end");
    const cancel = this.part("button", "button button--quiet", this.dataset.cancel);
    const go = this.part("button", "button button--danger", this.dataset.action);
    end.append(cancel, go);
    inner.append(this.part("h2", "", this.dataset.title), this.part("p", "", this.dataset.text), end);
    dialog.append(inner);
    this.append(dialog);
    cancel.addEventListener("click", () => dialog.close());
    go.addEventListener("click", () => {
      this.sure = true;
      dialog.close();
      form.requestSubmit(submitter);
    });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  }

  part(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    if (name === "button") made.type = "button";
    return made;
  }
}

define("confirm-form", ConfirmForm);
