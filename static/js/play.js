// The play page: an answer goes out once, its verdict appears in place, the next question came with it.
import { define, firstOf, focusHeading, showScripted } from "./page.js";
import { showMarks } from "./marks.js";

const HEADERS = { "HX-Request": "true", "X-Fragment": "play" };
const LONGEST_WAIT = 30;
const BAR = 64;

class PlayPage extends HTMLElement {
  connectedCallback() {
    this.turn = this.querySelector("[data-turn]");
    this.live = this.querySelector("[data-live]");
    this.addEventListener("submit", (event) => this.onSubmit(event));
    this.addEventListener("click", (event) => this.onClick(event));
    focusHeading(this.turn);
  }

  onSubmit(event) {
    const form = event.target;
    if (form.dataset.answer === undefined && form.dataset.reveal === undefined) return;
    event.preventDefault();
    if (form.dataset.sending !== undefined || form.dataset.done !== undefined) return;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    form.dataset.sending = "";
    for (const option of form.querySelectorAll(".option")) delete option.dataset.state;
    event.submitter?.closest(".option")?.setAttribute("data-state", "chosen");
    this.send(form, body, 1);
  }

  onClick(event) {
    if (!event.target.closest("[data-next]") || !this.next) return;
    event.preventDefault();
    this.showNext();
  }

  async send(form, body, wait) {
    const reply = await this.post(form.action, body);
    if (!reply || reply.status === 503) {
      this.tryAgain(form, body, Number(reply?.headers.get("Retry-After")) || wait, wait);
      return;
    }
    this.clearNotice();
    await this.show(form, reply);
  }

  async post(url, body) {
    try {
      return await fetch(url, { method: "POST", body, headers: HEADERS, credentials: "same-origin" });
    } catch {
      return null;
    }
  }

  tryAgain(form, body, seconds, wait) {
    const stop = new AbortController();
    const again = () => {
      stop.abort();
      clearTimeout(timer);
      this.send(form, body, Math.min(2 * wait, LONGEST_WAIT));
    };
    const timer = setTimeout(again, 1000 * Math.min(seconds, LONGEST_WAIT));
    window.addEventListener("online", again, { once: true, signal: stop.signal });
    if (!this.notice) {
      this.notice = this.querySelector("template[data-notice]").content.firstElementChild.cloneNode(true);
      this.notice.querySelector("[data-words]").textContent = this.dataset.waiting;
      this.notice.querySelector("[data-retry]").textContent = this.dataset.retry;
      form.querySelector(".answer-bar").before(this.notice);
      this.say(this.dataset.waiting);
    }
    this.notice.querySelector("[data-retry]").addEventListener("click", again, { once: true, signal: stop.signal });
  }

  clearNotice() {
    this.notice?.remove();
    this.notice = null;
  }

  async show(form, reply) {
    const elsewhere = reply.headers.get("HX-Redirect");
    if (elsewhere) return location.assign(elsewhere);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (form.dataset.reveal !== undefined && page.querySelector("[data-question]")) return this.showQuestion(page);
    const [verdict, next] = [page.querySelector("[data-verdict]"), page.querySelector("template[data-next]")];
    if (next) return this.showVerdict(form, page, verdict, next);
    if (reply.redirected || reply.ok) return location.assign(reply.url);
    document.title = page.title;
    document.body.replaceWith(page.body);
  }

  showQuestion(page) {
    this.turn.replaceChildren(page.querySelector("[data-question]"));
    this.arrive();
  }

  showVerdict(form, page, verdict, next) {
    this.next = next;
    this.bar = page.querySelector("template[data-bar]");
    const told = page.querySelector("[data-told]")?.textContent ?? "";
    delete form.dataset.sending;
    if (!verdict || verdict.dataset.form === "flashcard") return this.showNext(told);
    form.dataset.done = "";
    if (told) verdict.prepend(document.createRange().createContextualFragment(`<p>${told}</p>`));
    if (verdict.dataset.form === "matching") {
      form.replaceWith(verdict);
      if (verdict.getBoundingClientRect().top < BAR) verdict.scrollIntoView();
    } else {
      showMarks(form, verdict, this);
      form.querySelector(".answer-bar").remove();
      form.after(verdict);
    }
    this.showBar();
    this.say(`${told} ${verdict.querySelector(".verdict__head").textContent} ${firstOf(verdict.querySelector(".verdict__words")).textContent}`.replace(/\s+/g, " "));
    verdict.querySelector("[data-next]").focus({ preventScroll: true });
  }

  showNext(told = "") {
    this.turn.replaceChildren(this.next.content);
    this.next = null;
    this.showBar();
    this.arrive();
    this.say(told);
  }

  showBar() {
    const fresh = this.bar?.content.querySelector("[data-progress]");
    const old = document.querySelector("[data-progress]");
    if (!fresh || !old) return;
    const [bar, count] = [old.querySelector("progress"), old.querySelector(".play-bar__count")];
    bar.value = fresh.querySelector("progress").value;
    bar.max = fresh.querySelector("progress").max;
    count.replaceWith(fresh.querySelector(".play-bar__count"));
    this.bar = null;
  }

  arrive() {
    showScripted(this.turn);
    window.scrollTo(0, 0);
    focusHeading(this.turn);
  }

  say(words) {
    this.live.textContent = words;
  }
}

define("play-page", PlayPage);
