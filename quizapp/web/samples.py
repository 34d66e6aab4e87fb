"""Sample values for the style guide: questions, verdicts and lists as the real pages get them."""

import math
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from quizapp.web.figures import Figure
from quizapp.web.markdown import inline

BANK = "BPO and KPO"


def _question(form: str, stem: str, **more: Any) -> SimpleNamespace:  # noqa: ANN401 - any part of a question
    plain: dict[str, Any] = {
        "item_id": 7,
        "version": 1,
        "key": "sample-key-0001",
        "form": form,
        "lang": "en",
        "topic": "Comparison",
        "stem": inline(stem, "en"),
        "bank_title": BANK,
        "mode": "answer",
        "options": (),
        "premises": (),
        "responses": (),
        "reusable": False,
        "extra": 0,
        "hint": "",
        "image": None,
        "untranslated": False,
        "revealed": False,
        "back": "",
        "chosen": {},
    }
    return SimpleNamespace(**plain | more)


def _pairs(*texts: str) -> tuple[tuple[str, Any], ...]:
    return tuple((f"t{number}", inline(text, "en")) for number, text in enumerate(texts))


def _line(prompt: str, given: str, expected: str, because: str = "") -> SimpleNamespace:
    words = {"prompt": prompt, "given": given, "expected": expected, "because": because, "why": ""}
    return SimpleNamespace(**{name: inline(text, "en") for name, text in words.items()}, right=given == expected)


def _verdict(outcome: str, **more: Any) -> SimpleNamespace:  # noqa: ANN401 - any part of a verdict
    headline = {"right": "Right", "wrong": "Not this time", "partly": "Partly right"}[outcome]
    plain: dict[str, Any] = {
        "item_id": 7,
        "form": "choice",
        "verdict": outcome,
        "headline": headline,
        "stem": inline("What does KPO rely on?", "en"),
        "answer": inline("Knowledge arbitrage", "en"),
        "almost": "",
        "unsure": False,
        "lines": (),
        "why": "",
        "sources": ("Difference between BPO and KPO",),
        "next_due": "again in 4 days",
        "can_undo": True,
        "url_next": "/styleguide/items/choice",
        "mixed_up": None,
    }
    return SimpleNamespace(**plain | more)


SITTING = SimpleNamespace(
    id=1,
    kind="practice",
    url="/styleguide/items/choice",
    done=4,
    total=12,
    minutes_left=3,
    can_undo=True,
)

_PREMISES = (
    "Work is contracted to a company in the same country",
    "Work is contracted to a company in a neighbouring country",
    "Work is contracted to a company in a distant country",
    "Bookkeeping, payroll and quality control for another firm",
    "Sales, marketing and support that customers meet",
    "Work that needs judgement and domain knowledge",
)
_RESPONSES = ("Onshore", "Nearshore", "Offshore", "Back office", "Front office", "KPO", "Insourcing", "Captive centre")
_LONG = (
    "A supplier in Manila answers the calls of a bank's customers around the clock, while a second supplier, in the "
    "bank's own city, keeps its books. Which of the two would the bank's annual report list under *front office*?"
)

CHOICE = _question(
    "choice",
    "What does **KPO** rely on?",
    options=_pairs("Cost arbitrage", "Knowledge arbitrage", "Volume of transactions", "Process expertise"),
)
LONG_CHOICE = _question(
    "choice",
    _LONG,
    options=_pairs(
        "The supplier in Manila, since what it does is what the bank's customers meet themselves",
        "The supplier of bookkeeping, since it works in the bank's own city and is onshore",
        "Both, since each of them works under a contract with the bank",
        "Neither, since front office work cannot be outsourced by a bank",
    ),
    topic="Front office and back office",
)
TYPED = _question("typed", "Which term names the outsourcing of work to a neighbouring country?")
MATCHING = _question(
    "matching",
    "Which kind of outsourcing is it?",
    premises=_pairs(*_PREMISES),
    responses=tuple((f"r{number}", inline(text, "en")) for number, text in enumerate(_RESPONSES)),
    extra=2,
)
CARD = _question("flashcard", "Offshore outsourcing")
_BACK = inline("Work goes to another country, often for stability, lower labour costs or tax savings.", "en")

WRONG_CHOICE = _verdict(
    "wrong",
    lines=(_line("", "Cost arbitrage", "Knowledge arbitrage", "That is what BPO relies on."),),
    why=inline("KPO is bought for what its people know, not for what their hours cost.", "en"),
    next_due="again in this sitting",
    mixed_up=SimpleNamespace(
        asked=inline("What does KPO rely on?", "en"), other=inline("What does BPO rely on?", "en")
    ),
    item_id=8,
)
RIGHT_CHOICE = _verdict("right", why=WRONG_CHOICE.why)
PARTLY_MATCHING = _verdict(
    "partly",
    form="matching",
    answer="",
    stem=MATCHING.stem,
    unsure=True,
    lines=tuple(
        _line(prompt, given, right, because)
        for prompt, given, right, because in (
            (_PREMISES[0], "Onshore", "Onshore", ""),
            (_PREMISES[1], "Offshore", "Nearshore", "Offshore is a distant country."),
            (_PREMISES[2], "Nearshore", "Offshore", ""),
            (_PREMISES[3], "Back office", "Back office", ""),
            (_PREMISES[4], "Front office", "Front office", ""),
            (_PREMISES[5], "KPO", "KPO", ""),
        )
    ),
)
ALMOST_TYPED = _verdict(
    "right", form="typed", stem=TYPED.stem, answer=inline("Nearshore outsourcing"), almost="nearshore"
)

SUMMARY = SimpleNamespace(
    kind="practice",
    facts=12,
    right_first=9,
    answers=15,
    minutes=4,
    stopped=False,
    tomorrow="Tomorrow: 8 facts, about 3 minutes.",
    more=True,
    again={"kind": "practice", "bank": ["1", "2"]},
    lines=(
        ("What does KPO rely on?", "Knowledge arbitrage", True, "in 4 days"),
        ("Which term names work contracted to a neighbouring country?", "Nearshore outsourcing", False, "tomorrow"),
    ),
)
EMPTY_SUMMARY = SimpleNamespace(
    **vars(SUMMARY) | {"facts": 0, "lines": (), "stopped": True, "more": False, "tomorrow": ""}
)


def _shown(question: SimpleNamespace, **more: Any) -> SimpleNamespace:  # noqa: ANN401 - as _question
    return SimpleNamespace(question=SimpleNamespace(**vars(question) | more))


QUESTIONS: dict[str, SimpleNamespace] = {
    "choice": _shown(CHOICE),
    "choice-long": _shown(LONG_CHOICE),
    "choice-chosen": _shown(CHOICE, mode="save", chosen={"token": "t1", "unsure": True}),
    "choice-fallback": _shown(CHOICE, untranslated=True),
    "choice-image": _shown(CHOICE, image=Figure("/static/-/favicon.svg", "A ring with a tail", 32, 32)),
    "choice-maths": _shown(
        CHOICE,
        stem=inline(r"What is the derivative of $x^2 + \frac{1}{x}$?"),
        options=_pairs(r"$2x - \frac{1}{x^2}$", r"$2x + \frac{1}{x^2}$", r"$2x + \ln x$", "$2x$"),
        bank_title="Calculus",
        topic="Derivatives",
    ),
    "choice-right": SimpleNamespace(verdict=RIGHT_CHOICE),
    "choice-wrong": SimpleNamespace(verdict=WRONG_CHOICE),
    "choice-conflict": SimpleNamespace(verdict=RIGHT_CHOICE, conflict=True),
    "choice-problem": SimpleNamespace(**vars(_shown(CHOICE)), problem="blank"),
    "true-false": _shown(
        CHOICE,
        form="true-false",
        stem=inline("BPO needs workers with good communication skills.", "en"),
        options=(("true", "True"), ("false", "False")),
    ),
    "typed": _shown(TYPED),
    "typed-saved": _shown(TYPED, mode="save", chosen={"text": "nearshoring", "unsure": False}),
    "typed-almost": SimpleNamespace(verdict=ALMOST_TYPED),
    "cloze": _shown(
        TYPED,
        form="cloze",
        stem=inline("Outsourcing within one's own country is called ___ outsourcing.", "en"),
        hint="not off-",
    ),
    "matching": _shown(MATCHING),
    "matching-reusable": _shown(MATCHING, reusable=True, extra=0, responses=MATCHING.responses[:3]),
    "matching-saved": _shown(MATCHING, mode="save", chosen={"pairs": [["t0", "r0"], ["t2", "r2"]], "unsure": False}),
    "matching-partly": SimpleNamespace(verdict=PARTLY_MATCHING),
    "flashcard": _shown(CARD),
    "flashcard-revealed": _shown(CARD, revealed=True, back=_BACK),
    "summary": SimpleNamespace(summary=SUMMARY),
    "summary-empty": SimpleNamespace(summary=EMPTY_SUMMARY),
}

OFFER: dict[str, Any] = {
    "due": 23,
    "fresh": 151,
    "minutes": 6,
    "tags": tuple((tag, tag) for tag in ("definitions", "history", "types")),
    "open": SITTING,
    "chosen": {2},
    "banks": (
        SimpleNamespace(id=1, title="Business process outsourcing", due=14, fresh=20, total=41),
        SimpleNamespace(id=2, title=BANK, due=9, fresh=11, total=32),
    ),
}
EMPTY_OFFER: dict[str, Any] = {
    "due": 0,
    "fresh": 0,
    "minutes": 0,
    "tags": (),
    "open": None,
    "chosen": set(),
    "banks": (),
}

FORECAST = [(f"{day} Dec", [18, 24, 9, 0, 31, 12, 6][day % 7] + day % 4) for day in range(1, 31)]
RECALL = [(f"{day} Dec", 0.91 * math.exp(-0.011 * day)) for day in range(30)]
CALIBRATION = [(0.35, 0.41, 12), (0.55, 0.5, 30), (0.72, 0.75, 64), (0.86, 0.84, 140), (0.95, 0.96, 210)]
_YEAR = [date(2025, 11, 24) + timedelta(days=day) for day in range(363)]
CALENDAR = [
    (day.isoformat(), day.day * 7 % 40, (day.day * 7 % 40 + 9) // 10 if day.month > 2 else 0)  # noqa: PLR2004 -- a made-up year
    for day in _YEAR
]
MONTHS = [(at, day.strftime("%b")) for at, day in enumerate(_YEAR) if day.day == 1]
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
LEVELS = [
    ("Relies on", [("96 %", 4), ("88 %", 3)]),
    ("Driving force", [("71 %", 2), ("52 %", 1)]),
    ("Complexity", [("new", 0), ("94 %", 4)]),
    ("Examples", [None, ("83 %", 3)]),
]
