// A form that wants the time zone gets the browser's, unless somebody chose one already.
import { whenReady } from "./page.js";

whenReady(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll("[data-zone]")) {
    const free = field.value === "" || field.value === "UTC";
    const known = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === zone);
    if (zone && free && known) field.value = zone;
  }
});
