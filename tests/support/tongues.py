"""What an edition can say as an answer, and a small bank in two languages, one of them with holes."""

from collections.abc import Iterator

from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank, Card, Cell, Definition, Example, Gap, Member, Question
from quizapp.core.knowledge.read import read

_SOURCE = """\
knowledge: 1
id: rivers
language: en
title: Rivers
groups:
  seas:
    title: Where rivers end
    ask: Where does {member} end?
    groups:
      north: {name: North Sea, members: {rhine: The Rhine, elbe: The Elbe}}
      black: {name: Black Sea, members: {danube: The Danube, don: The Don}}
      baltic: {name: Baltic Sea, members: {oder: The Oder, torne: The Torne}}
cards:
  delta: {front: What is land at a river's mouth called?, back: Delta, why: It has a letter's form., tags: [land]}
  fen: {front: What is flat wet land called?, back: Fen, tags: [land]}
  ford: {front: What is a shallow place to cross called?, back: Ford, tags: [land]}
  weir: {front: What is a low dam across a river called?, back: Weir, tags: [land]}
questions:
  longest:
    ask: Which of these rivers is the longest?
    right: The Volga
    wrong:
      seine: {text: The Seine, because: It is short.}
      po: The Po
      ebro: The Ebro
"""

_OVERLAY = """\
knowledge: 1
id: rivers
translates: en
language: sv
title: Floder
groups:
  seas:
    title: Var floder slutar
    ask: Var slutar {member}?
    groups:
      north: {name: Nordsjön, members: {rhine: Rhen, elbe: Elbefloden}}
      black: {name: Svarta havet, members: {danube: Donaufloden, don: Donfloden}}
      baltic: {name: Östersjön, members: {oder: Oderfloden, torne: Torne älv}}
cards:
  delta: {front: Vad kallas land vid en flodmynning?, back: Deltaland, why: Det har bokstavens form.}
  fen: {front: Vad kallas flack våtmark?, back: Kärr}
  ford: {front: Vad kallas ett grunt ställe att gå över?, back: Vadställe}
  weir: {front: Vad kallas en låg damm i en flod?, back: Överfall}
questions:
  longest:
    ask: Vilken av dessa floder är längst?
    right: Volgafloden
    wrong:
      seine: {text: Seinefloden, because: Den är kort.}
      po: Pofloden
      ebro: Ebrofloden
"""


def rivers(*changes: tuple[str, str]) -> tuple[Bank, Bank]:
    """Give a bank in English and in Swedish, the overlay edited by replacing each first text with the second."""
    reading = read(*_files(changes))
    assert reading.problems == ()
    return reading.editions["en"], reading.editions["sv"]


def river_files(*changes: tuple[str, str], number: int = 0, language: str = "sv") -> tuple[Text, ...]:
    """Give the files of the same bank, or of another by a number, its overlay in any language."""
    source, overlays = _files(changes)
    name = f"rivers-{number}" if number else "rivers"
    content = [str(text.content).replace("id: rivers", f"id: {name}") for text in (source, *overlays)]
    overlay = content[1].replace("language: sv", f"language: {language}")
    return Text(f"{name}.yaml", content[0]), Text(f"{name}.{language}.yaml", overlay)


def plain(text: str) -> str:
    """Leave out what options are given to look alike."""
    return text.removesuffix(".").casefold()


def answers_of(bank: Bank) -> frozenset[str]:
    """Give, plainly written, every text that an option may have in an edition."""
    return frozenset(map(plain, _answers(bank)))


def _files(changes: tuple[tuple[str, str], ...]) -> tuple[Text, tuple[Text, ...]]:
    overlay = _OVERLAY
    for old, new in changes:
        assert overlay.count(old) == 1
        overlay = overlay.replace(old, new)
    return Text("rivers.yaml", _SOURCE), (Text("rivers.sv.yaml", overlay),)


def _answers(bank: Bank) -> Iterator[str]:
    for comparison in bank.comparisons.values():
        yield from (name.text for name in comparison.concepts.values())
        yield from (row.name for row in comparison.attributes.values())
    for taxonomy in bank.taxonomies.values():
        yield from (term.name.text for term in taxonomy.terms.values())
    for groupset in bank.groupsets.values():
        yield from (group.name.text for group in groupset.groups.values())
    for fact in bank:
        match fact:
            case Cell():
                yield fact.text
                yield f"{bank.comparisons[fact.comparison].attributes[fact.attribute].name}: {fact.text}"
            case Definition() | Example() | Member() | Gap():
                yield fact.text
            case Card():
                yield from (fact.front, fact.back)
            case Question():
                yield from (fact.right, *(wrong.text for wrong in fact.wrong))
            case _:
                pass
