// Light, dark or as the device says. Runs before the first paint: this script stands in the head.
const THEME = "theme";

function readTheme() {
  try {
    return localStorage.getItem(THEME) ?? "auto";
  } catch {
    return "auto";
  }
}

function setTheme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

setTheme(readTheme());

export class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    for (const part of this.querySelectorAll("input")) part.checked = part.value === readTheme();
    this.addEventListener("change", (event) => {
      setTheme(event.target.value);
      try {
        localStorage.setItem(THEME, event.target.value);
      } catch {
        // No storage: the choice holds for this page.
      }
    });
    this.hidden = false;
  }
}
