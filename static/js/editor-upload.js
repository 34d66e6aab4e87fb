// Files and folders dropped on an upload go into its file field, as if they had been chosen there.
(() => {
  "use strict";
  class FileDrop extends HTMLElement {
    connectedCallback() {
      this.input = this.querySelector("input[type=file]");
      for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => this.over(event, true));
      this.addEventListener("dragleave", (event) => this.over(event, false));
      this.addEventListener("drop", (event) => this.drop(event));
      this.input.addEventListener("change", () => this.tell());
    }

    over(event, inside) {
      event.preventDefault();
      this.toggleAttribute("data-over", inside);
    }

    async drop(event) {
      this.over(event, false);
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      const files = entries.length ? (await Promise.all(entries.map((entry) => this.filesOf(entry)))).flat() : [...event.dataTransfer.files];
      const chosen = new DataTransfer();
      for (const file of files) chosen.items.add(file);
      this.input.files = chosen.files;
      this.tell();
    }

    async filesOf(entry) {
      if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
      const [reader, found] = [entry.createReader(), []];
      for (;;) {
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) return (await Promise.all(found.map((each) => this.filesOf(each)))).flat();
        found.push(...some);
      }
    }

    tell() {
      const count = this.input.files.length;
      this.querySelector("[data-says]").textContent = count === 1 ? this.dataset.one : this.dataset.chosen.replace("#", count);
    }
  }

  customElements.define("file-drop", FileDrop);
})();
