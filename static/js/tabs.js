// The tab of the open page is in sight, however many there are before it.
import { whenReady } from "./page.js";

whenReady(() => {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    const from = tab.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    if (from + tab.offsetWidth > row.clientWidth) row.scrollLeft = from - (row.clientWidth - tab.offsetWidth) / 2;
  }
});
