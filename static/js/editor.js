// The editor: line numbers, problems beside their lines, a check while one types.
(() => {
  "use strict";
  const PAUSE = 400;

  class SourceEditor extends HTMLElement {
    connectedCallback() {
      this.area = this.querySelector("textarea");
      this.form = this.closest("form");
      this.page = this.closest("main");
      [this.gutter, this.notes] = ["gutter", "notes"].map((name) => {
        const frame = this.querySelector(`[data-${name}]`);
        const inner = document.createElement("div");
        frame.hidden = false;
        frame.append(inner);
        return inner;
      });
      this.numbers = document.createElement("pre");
      this.gutter.append(this.numbers);
      this.saved = this.hasAttribute("data-unsaved") ? null : this.area.value;
      this.place = `editor ${location.pathname} ${this.form.elements.file.value}`;
      this.area.addEventListener("input", () => this.typed());
      this.area.addEventListener("scroll", () => this.scrolled());
      this.area.addEventListener("keydown", (event) => this.pressed(event));
      for (const name of ["keyup", "click", "focus"]) this.area.addEventListener(name, () => this.tell());
      this.page.addEventListener("click", (event) => this.jumpFrom(event));
      this.form.addEventListener("submit", () => this.leaving());
      addEventListener("beforeunload", (event) => {
        if (this.unsaved && !this.sent) event.preventDefault();
      });
      addEventListener("keydown", (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
        event.preventDefault();
        this.form.requestSubmit(this.form.querySelector("button:not([name])"));
      });
      this.draw();
      this.comeBack();
    }

    get unsaved() {
      return this.area.value !== this.saved;
    }

    get height() {
      return parseFloat(getComputedStyle(this.area).lineHeight);
    }

    typed() {
      this.draw();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.check(), PAUSE);
    }

    async check() {
      this.asking?.abort();
      this.asking = new AbortController();
      const body = new URLSearchParams(new FormData(this.form));
      try {
        const answer = await fetch(this.dataset.check, { method: "POST", body, signal: this.asking.signal });
        if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
        const report = this.page.querySelector("[data-problems]");
        report.innerHTML = await answer.text();
        this.page.querySelector("[data-files]").replaceChildren(report.querySelector("template").content);
        this.draw();
        this.say(report.querySelector("[data-summary]").dataset.summary);
      } catch (error) {
        if (error.name !== "AbortError") this.say(this.dataset.away);
      }
    }

    draw() {
      const count = this.area.value.split("\n").length;
      if (count !== this.count) {
        this.count = count;
        this.numbers.textContent = Array.from({ length: count }, (_, at) => at + 1).join("\n");
      }
      this.found = new Map();
      for (const item of this.page.querySelectorAll("[data-problems] [data-here]")) {
        const line = Math.min(Number(item.dataset.line), count);
        const { tone, short } = item.dataset;
        const there = this.found.get(line);
        if (there) there.words += ` · ${short}`;
        else this.found.set(line, { tone, words: short });
      }
      const height = this.height;
      const marks = (name) =>
        [...this.found].map(([line, { tone, words }]) => {
          const mark = document.createElement("p");
          mark.className = `${name} ${name}--${tone}`;
          mark.style.top = `${(line - 1) * height}px`;
          mark.title = words;
          if (name === "source__note") mark.textContent = words;
          return mark;
        });
      this.gutter.replaceChildren(this.numbers, ...marks("source__mark"));
      this.notes.replaceChildren(...marks("source__note"));
      this.page.querySelector("[data-unsaved-says]").hidden = !this.unsaved;
      this.scrolled();
    }

    scrolled() {
      for (const inner of [this.gutter, this.notes]) inner.style.transform = `translateY(${-this.area.scrollTop}px)`;
    }

    tell() {
      const line = this.area.value.slice(0, this.area.selectionStart).split("\n").length;
      if (line === this.line) return;
      this.line = line;
      this.say(this.found.get(line)?.words ?? "");
    }

    say(words) {
      this.page.querySelector("[data-says]").textContent = words;
    }

    pressed(event) {
      const box = this.page.querySelector("[data-tabs]");
      if (event.key === "Escape") box.checked = false;
      if (event.key !== "Tab" || !box.checked || event.shiftKey) return;
      event.preventDefault();
      if (!document.execCommand("insertText", false, "  ")) this.area.setRangeText("  ");
    }

    jumpFrom(event) {
      const item = event.target.closest("[data-jump]")?.closest("[data-here]");
      if (!item) return;
      event.preventDefault();
      this.goTo(Number(item.dataset.line), Number(item.dataset.column));
    }

    goTo(line, column) {
      const above = this.area.value.split("\n").slice(0, line - 1);
      const at = above.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
      this.area.focus({ preventScroll: true });
      this.area.setSelectionRange(at, at);
      this.area.scrollTop = (line - 4) * this.height;
      this.scrollIntoView({ block: "nearest" });
      this.tell();
    }

    leaving() {
      this.sent = true;
      const { selectionStart, scrollTop } = this.area;
      sessionStorage.setItem(this.place, JSON.stringify([selectionStart, scrollTop]));
    }

    comeBack() {
      const [at, top] = JSON.parse(sessionStorage.getItem(this.place) ?? "[0,0]");
      sessionStorage.removeItem(this.place);
      if (Number(this.dataset.line)) this.goTo(Number(this.dataset.line), 1);
      else if (at) {
        this.area.setSelectionRange(at, at);
        this.area.scrollTop = top;
      }
    }
  }

  customElements.define("source-editor", SourceEditor);
})();
