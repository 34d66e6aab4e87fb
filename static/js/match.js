// Matching by taps, keys or dragging, over the selects that work without it.
import { define, firstOf } from "./page.js";

const LETTERS = "abcdefghij";
const DRAG_FROM = 8;

function numbered(key, words) {
  const parts = [document.createElement("span"), document.createElement("span")];
  parts[0].className = "match__number";
  parts[0].ariaHidden = "true";
  parts[0].textContent = key.toUpperCase();
  parts[1].append(...words);
  return parts;
}

class MatchBoard extends HTMLElement {
  connectedCallback() {
    if (this.rows) return;
    this.form = this.closest("form");
    this.tray = this.form.querySelector("[data-tray]");
    this.order = [];
    this.changed = new Set();
    this.placedOnce = new Set();
    this.held = null;
    this.rows = [...this.querySelectorAll("[data-premise]")].map((row, index) => this.buildRow(row, index));
    this.chips = [...this.querySelector("[data-words]").content.children].map((words, index) => this.buildChip(words, index));
    this.tray.role = "group";
    this.tray.ariaLabel = this.dataset.responses;
    this.tray.hidden = false;
    this.rove(this.rows.map((row) => row.button));
    this.rove(this.chips.map((chip) => chip.button));
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.tray.addEventListener("keydown", (event) => this.onKey(event));
    this.form.addEventListener("submit", (event) => this.onSubmit(event), { capture: true });
    this.draw();
  }

  buildRow(row, index) {
    const [label, select] = [row.querySelector("label"), row.querySelector("select")];
    const button = document.createElement("button");
    const slot = document.createElement("span");
    button.type = "button";
    button.className = "match__premise";
    button.dataset.key = String(index + 1);
    slot.className = "match__slot";
    button.append(...numbered(button.dataset.key, label.childNodes), slot);
    label.hidden = select.hidden = true;
    row.append(button);
    const made = { token: row.dataset.premise, button, slot, select };
    if (select.value) this.placedOnce.add(made.token);
    button.addEventListener("click", () => this.tapRow(made));
    return made;
  }

  buildChip(words, index) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "match__chip";
    button.dataset.key = LETTERS[index];
    button.append(...numbered(LETTERS[index], words.childNodes));
    this.tray.append(button);
    const made = { token: words.dataset.response, button, words: button.lastChild };
    button.addEventListener("click", () => this.tapChip(made));
    button.addEventListener("pointerdown", (event) => this.startDrag(event, made));
    return made;
  }

  tapRow(row) {
    if (this.held?.words) this.place(row, this.held);
    else if (row.select.value) this.takeBack(row);
    else this.held = this.held === row && !this.movedOn ? null : row;
    this.movedOn = false;
    this.draw();
  }

  tapChip(chip) {
    if (this.dragged) return;
    if (this.held?.select) this.place(this.held, chip);
    else this.held = this.held === chip ? null : chip;
    this.draw();
  }

  place(row, chip) {
    if (this.dataset.reusable === "no") {
      const before = this.rows.find((one) => one !== row && one.select.value === chip.token);
      if (before) this.empty(before);
    }
    if (this.placedOnce.has(row.token) && row.select.value !== chip.token) this.changed.add(row.token);
    this.placedOnce.add(row.token);
    row.select.value = chip.token;
    this.order = [...this.order.filter((token) => token !== row.token), row.token];
    this.held = this.held?.select ? (this.nextOpen(row) ?? null) : null;
    this.movedOn = true;
    this.held?.button.scrollIntoView({ block: "nearest" });
    const [asked, given] = [row.button.childNodes[1], chip.words].map((words) => firstOf(words).textContent.trim());
    this.say(`${asked} ${this.dataset.takes} ${given}. ${this.leftWords()}`);
  }

  takeBack(row) {
    this.empty(row);
    this.held = row;
    this.say(this.leftWords());
  }

  empty(row) {
    this.changed.add(row.token);
    row.select.value = "";
    this.order = this.order.filter((token) => token !== row.token);
  }

  nextOpen(row) {
    const at = this.rows.indexOf(row);
    return [...this.rows.slice(at + 1), ...this.rows.slice(0, at)].find((one) => !one.select.value);
  }

  leftWords() {
    const left = this.rows.filter((row) => !row.select.value).length;
    if (left === 0) return this.dataset.full;
    return left === 1 ? this.dataset.leftOne : this.dataset.leftMany.replace("#", left);
  }

  say(words) {
    this.querySelector("[data-says]").textContent = words;
  }

  draw() {
    const used = new Set(this.rows.map((row) => row.select.value));
    for (const row of this.rows) {
      const chip = this.chips.find((one) => one.token === row.select.value);
      row.button.ariaPressed = String(this.held === row);
      row.slot.toggleAttribute("data-filled", Boolean(chip));
      row.slot.replaceChildren(...(chip ? [...firstOf(chip.words).childNodes] : [this.dataset.open]));
    }
    for (const chip of this.chips) {
      chip.button.ariaPressed = String(this.held === chip);
      chip.button.toggleAttribute("data-used", this.dataset.reusable === "no" && used.has(chip.token));
    }
    this.querySelector("[name=order]").value = this.order.join(" ");
    this.querySelector("[name=changed]").value = [...this.changed].join(" ");
  }

  rove(buttons) {
    buttons.forEach((button, index) => {
      button.tabIndex = index === 0 ? 0 : -1;
      button.addEventListener("focus", () => buttons.forEach((one) => (one.tabIndex = one === button ? 0 : -1)));
    });
  }

  onKey(event) {
    const group = event.currentTarget === this ? this.rows : this.chips;
    const at = group.findIndex((one) => one.button === event.target);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape" && this.held) {
      this.held = null;
      this.draw();
    } else if (step && at >= 0) {
      group.at((at + step) % group.length).button.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  onSubmit(event) {
    const open = this.rows.find((row) => !row.select.value);
    if (!open || this.form.elements.unsure?.checked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = open;
    this.say(this.leftWords());
    this.draw();
    open.button.focus();
  }

  startDrag(event, chip) {
    this.dragged = false;
    if (event.button !== 0) return;
    const [fromX, fromY] = [event.clientX, event.clientY];
    let ghost = null;
    let over = null;
    const stop = new AbortController();
    const move = (at) => {
      if (!ghost && Math.hypot(at.clientX - fromX, at.clientY - fromY) < DRAG_FROM) return;
      ghost ??= this.makeGhost(chip);
      ghost.style.transform = `translate(${at.clientX - ghost.offsetWidth / 2}px, ${at.clientY - ghost.offsetHeight / 2}px)`;
      over?.button.removeAttribute("data-over");
      const under = document.elementFromPoint(at.clientX, at.clientY);
      over = this.rows.find((row) => row.button.contains(under));
      over?.button.setAttribute("data-over", "");
    };
    const end = (at) => {
      stop.abort();
      if (!ghost) return;
      ghost.remove();
      over?.button.removeAttribute("data-over");
      this.dragged = true;
      setTimeout(() => (this.dragged = false));
      if (!over || at.type === "pointercancel") return;
      this.held = null;
      this.place(over, chip);
      this.draw();
    };
    window.addEventListener("pointermove", move, { signal: stop.signal });
    window.addEventListener("pointerup", end, { signal: stop.signal });
    window.addEventListener("pointercancel", end, { signal: stop.signal });
  }

  makeGhost(chip) {
    const ghost = chip.button.cloneNode(true);
    ghost.classList.add("match__ghost");
    ghost.ariaHidden = "true";
    ghost.removeAttribute("data-key");
    this.append(ghost);
    return ghost;
  }
}

define("match-board", MatchBoard);
