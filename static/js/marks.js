// After the answer: the options say which was right and which was chosen, where they stand.
function wordsOf(element) {
  return (element?.textContent ?? "").trim().replace(/\s+/g, " ");
}

function sign(option, state, page) {
  option.dataset.state = state;
  const template = page.querySelector(`template[data-sign="${state}"]`);
  if (template) option.querySelector(".option__state")?.replaceChildren(template.content.cloneNode(true));
}

export function showMarks(form, verdict, page) {
  const right = verdict.dataset.verdict === "right";
  const answer = wordsOf(verdict.querySelector("[data-right-answer]"));
  const typed = form.querySelector(".typed__input");
  if (typed) {
    typed.dataset.state = right ? "right" : "wrong";
    typed.readOnly = true;
  }
  const options = [...form.querySelectorAll(".option")];
  const missed = options.find((option) => wordsOf(option.querySelector(".option__text")) === answer) ?? (options.length === 2 ? options.find((option) => option.dataset.state !== "chosen") : undefined);
  for (const option of options) {
    if (option.dataset.state === "chosen") sign(option, right ? "right" : "wrong", page);
    else if (!right && option === missed) sign(option, "missed", page);
    else option.dataset.state = "other";
    option.ariaDisabled = "true";
  }
}
