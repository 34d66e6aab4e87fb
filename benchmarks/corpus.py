"""Large knowledge files for measuring: realistic distinct texts in every section, the same for the same seed."""

from collections.abc import Callable
from random import Random

_TRAITS = """annual central coastal costly dense direct early eastern exact fixed formal global gradual hidden hybrid
indirect inner joint late legal local manual mobile modular narrow northern open optional outer partial private public
rapid regional remote rigid rural seasonal shared short slow southern stable strict temporary urban variable visible
western wide yearly"""
_THINGS = """agency archive audit bakery bank bridge budget cable canal centre charter clinic contract council court
desk district dock engine factory farm ferry forest fund garden grid guild harbour hotel institute kitchen laboratory
ledger library licence market mill mine museum network office orchard panel pension plant platform port press quarry
railway registry reserve road school server shipyard shop station studio supplier survey tariff team theatre tower
trade treaty tunnel vessel village warehouse workshop"""
_DEEDS = """adapts approves buys carries checks closes collects compares controls counts covers delays delivers designs
employs exports finances funds grants guards holds hosts imports insures inspects keeps leases licenses limits links
maintains measures moves orders owns plans prints promises protects publishes records reduces rents repairs reports
sells ships signs sorts stores supplies teaches tests trains transfers"""
_PLACES = """Aalborg Bergen Bilbao Brno Cork Delft Gdansk Genoa Ghent Graz Groningen Kaunas Kosice Leeds Lille Linz Lund
Malmo Nantes Narvik Oulu Porto Poznan Riga Rostock Seville Split Tampere Tartu Trieste Turku Umea Uppsala Vaasa Varna
Vilnius Zadar"""
_COMPARISON = 40
_TAXONOMY = 25
_GROUPS = 24


def big_bank(facts: int, seed: int) -> str:
    """Write a knowledge file with exactly this many facts (about 140 bytes each) from seeded chance."""
    words = _Words(Random(seed))
    comparisons = facts * 40 // 100 // _COMPARISON
    taxonomies = facts * 25 // 100 // _TAXONOMY
    groups = facts * 15 // 100 // _GROUPS
    written = comparisons * _COMPARISON + taxonomies * _TAXONOMY + groups * _GROUPS
    questions, statements, cloze = facts * 3 // 100, facts // 100, facts // 100
    cards = facts - written - questions - statements - cloze
    head = f"knowledge: 1\nid: big-{facts}\nlanguage: en\ntitle: A bank of {facts} facts\n"
    head += "sources:\n  notes: Lecture notes\n"
    return head + "".join(
        [
            _section("comparisons", comparisons, words, _comparison),
            _section("taxonomies", taxonomies, words, _taxonomy),
            _section("groups", groups, words, _groupset),
            _section("cards", cards, words, _card),
            _section("questions", questions, words, _question),
            _section("statements", statements, words, _statement),
            _section("cloze", cloze, words, _cloze),
        ]
    )


class _Words:
    """Phrases by chance, none given twice."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._seen: set[str] = set()
        self._traits, self._things = _TRAITS.split(), _THINGS.split()
        self._deeds, self._places = _DEEDS.split(), _PLACES.split()

    def name(self) -> str:
        """Give a short name such as 'Remote harbour trade'."""
        return self._new(lambda: f"{self._of(self._traits)} {self._thing} {self._thing}").capitalize()

    def clause(self) -> str:
        """Give a clause such as 'guards the open mill in Lund with its rural ferry'."""
        return self._new(
            lambda: f"{self._of(self._deeds)} the {self._object} in {self._of(self._places)} with its {self._object}"
        )

    def noun(self) -> str:
        """Give a noun phrase such as 'rural ferry of Cork'."""
        return self._new(lambda: f"{self._object} of {self._of(self._places)}")

    @property
    def _thing(self) -> str:
        return self._of(self._things)

    @property
    def _object(self) -> str:
        return f"{self._of(self._traits)} {self._thing}"

    def _of(self, words: list[str]) -> str:
        return words[int(self._chance.random() * len(words))]

    def _new(self, make: Callable[[], str]) -> str:
        phrase = make()
        while phrase in self._seen:
            phrase = make()
        self._seen.add(phrase)
        return phrase


def _section(name: str, count: int, words: _Words, write: Callable[[int, _Words], str]) -> str:
    return f"{name}:\n" + "".join(write(number, words) for number in range(count)) if count else ""


def _comparison(number: int, words: _Words) -> str:
    concepts, attributes = range(5), range(8)
    rows = [["", *(f"c{c}" for c in concepts)]]
    rows += [[f"a{a}", *(_first_upper(words.clause()) for _ in concepts)] for a in attributes]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "".join(
        [
            f"  comparison-{number}:\n    title: {words.name()}\n    source: notes\n    concepts:\n",
            *(f"      c{c}: {words.name()}\n" for c in concepts),
            "    attributes:\n",
            *(_attribute(f"a{a}", words.noun()) for a in attributes),
            "    facts: |\n",
            *(f"      {line}\n" for line in lines),
            f"    cells:\n      a0:\n        c1: {{accept: [{words.noun()}], why: It {words.clause()}.}}\n",
        ]
    )


def _attribute(key: str, noun: str) -> str:
    return f"      {key}: {{name: {_first_upper(noun)}, ask: 'What does {{concept}} do for the {noun}?'}}\n"


def _taxonomy(number: int, words: _Words) -> str:
    lines = [f"  taxonomy-{number}:\n    title: {words.name()}\n    tags: [terms]\n    terms:\n"]
    for term in range(10):
        lines.append(f"      t{term}:\n        name: {words.name()}\n        also: [{words.noun()}]\n")
        lines.append(
            f"        definition: A {words.noun()} that {words.clause()} and {words.clause()}.\n        examples:\n"
        )
        lines.append(f"          e0: A firm {words.clause()} every year.\n")
        if term % 2:
            lines.append(f"          e1: {{text: A town {words.clause()} at night., difficulty: 3}}\n")
    return "".join(lines)


def _groupset(number: int, words: _Words) -> str:
    lines = [f"  groups-{number}:\n    ask: Where does {{member}} belong?\n    groups:\n"]
    for group in range(4):
        lines.append(f"      g{group}:\n        name: {words.name()}\n        members:\n")
        lines.extend(f"          m{member}: {_first_upper(words.noun())}\n" for member in range(6))
    return "".join(lines)


def _card(number: int, words: _Words) -> str:
    both = "true" if number % 3 else "false"
    return (
        f"  card-{number}: {{front: Which body {words.clause()}?, back: The {words.noun()}, "
        f"why: It also {words.clause()}., tags: [deck-{number // 20}], both-ways: {both}}}\n"
    )


def _question(number: int, words: _Words) -> str:
    return (
        f"  question-{number}:\n    ask: Which of these {words.clause()}?\n"
        f"    right: The {words.noun()}\n    wrong:\n"
        f"      w0: {{text: The {words.noun()}, because: It {words.clause()}.}}\n"
        f"      w1: The {words.noun()}\n      w2: The {words.noun()}\n"
        f"    why: It {words.clause()}.\n    source: notes\n"
    )


def _statement(number: int, words: _Words) -> str:
    is_true = "true" if number % 2 else "false"
    say = f"The {words.noun()} {words.clause()}."
    return f"  statement-{number}: {{say: {say}, is: {is_true}, why: It {words.clause()}.}}\n"


def _cloze(number: int, words: _Words) -> str:
    return f"  cloze-{number}: The {words.noun()} often {words.clause()} and ==the {words.noun()}==^[a place] too.\n"


def _first_upper(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:]
