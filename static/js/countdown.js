// Time left until a deadline, by the server's clock; at the end the named form is sent.
import { define } from "./page.js";

const SOON = 60;

class CountDown extends HTMLElement {
  connectedCallback() {
    const ahead = Date.parse(this.dataset.now) - Date.now();
    this.deadline = Date.parse(this.dataset.deadline) - ahead;
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const left = Math.max(0, Math.ceil((this.deadline - Date.now()) / 1000));
    this.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    this.toggleAttribute("data-late", left <= SOON);
    if (left > 0) return;
    clearInterval(this.timer);
    document.getElementById(this.dataset.submit)?.requestSubmit();
  }
}

define("count-down", CountDown);
