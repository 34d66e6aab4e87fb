"""What is right for the stem that an item showed, by the facts as they were then or as they are now."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from quizapp.core.items.audit_truth import right_texts
from quizapp.core.items.editions import Editions, Rights
from quizapp.core.knowledge.facts import text_of
from quizapp.core.knowledge.model import Bank, Card, Cell, Definition, Example, Fact, Member

Texts = Iterator[str]


def rights(editions: Editions, fact: str, surface: str, *, now: bool) -> Rights:
    """Give the texts that are right for the stem of a surface as it was shown; none for a fact that is no more.

    A stem that showed a value (`concept`, `term`, `example`, `group`, `back`, `attribute`) shows the value of then for
    ever: right is what that value belongs to. Any other asks for what the fact's value is. What only was reworded stays
    right in its old words.
    """
    known = editions.known.get((fact, surface, now))
    if known is None:
        known = editions.known[fact, surface, now] = _folded(editions, _texts(editions, fact, surface, now=now))
    return known


def says_true(editions: Editions, fact: str, option: str | None, *, now: bool) -> bool:
    """Tell whether what another cell of the comparison said then is true of the concept of a cell."""
    asked, other = editions.then.facts[fact], editions.then.facts.get(option or "")
    if not isinstance(asked, Cell) or not isinstance(other, Cell):
        return False
    own = editions.then.comparisons[asked.comparison].cells.get((other.attribute, asked.concept), "")
    today = editions.fact(other.id, now=now) if editions.kept(other.id, now=now) else None
    said = [other.text, *([today.text] if isinstance(today, Cell) else [])]
    return any(editions.fold(text) in rights(editions, own, "value", now=now) for text in said)


def _texts(editions: Editions, key: str, surface: str, *, now: bool) -> Texts:
    fact = editions.fact(key, now=now)
    if fact is None:
        return
    shows = _SHOWN.get(surface)
    if shows is not None:
        yield from shows(editions, key, fact, now)
        return
    yield from right_texts(editions.at(now=now), fact, surface)
    if editions.kept(key, now=now):
        yield text_of(editions.then.facts[key])


def _concepts(editions: Editions, key: str, fact: Fact, now: bool) -> Texts:
    before = editions.then.facts[key]
    if not isinstance(before, Cell) or not isinstance(fact, Cell):
        return
    kept, table = editions.kept(key, now=now), editions.then.comparisons[before.comparison]
    names = editions.at(now=now).comparisons[fact.comparison].concepts
    for concept in sorted(table.concepts, key=lambda each: each != before.concept):
        own = table.cells.get((before.attribute, concept), "")
        today = editions.concept(before, concept) if now else concept
        holds = editions.fold(before.text) in rights(editions, own, "value", now=now)
        if holds or (kept and today in (fact.concept, *fact.extras.also_true)):
            yield from names[today].all if today in names else ()
            yield from table.concepts[concept].all


def _attributes(editions: Editions, key: str, fact: Fact, now: bool) -> Texts:
    before = editions.then.facts[key]
    if not isinstance(before, Cell) or not isinstance(fact, Cell):
        return
    table = editions.then.comparisons[before.comparison]
    for attribute in sorted(table.attributes, key=lambda each: each != before.attribute):
        own = table.cells.get((attribute, before.concept), "")
        today = editions.fact(own, now=now)
        if isinstance(today, Cell) and editions.fold(before.text) in rights(editions, own, "value", now=now):
            yield editions.at(now=now).comparisons[today.comparison].attributes[today.attribute].name
            yield table.attributes[attribute].name


def _terms(editions: Editions, key: str, fact: Fact, now: bool) -> Texts:
    before = editions.then.facts[key]
    if not isinstance(before, Definition | Example) or not isinstance(fact, Definition | Example):
        return
    bank, cue = editions.at(now=now), editions.fold(before.text)
    owners = dict.fromkeys(_own(fact.term, fact, sure=isinstance(fact, Example) or editions.kept(key, now=now)))
    for other in _in_taxonomy(bank, fact.taxonomy):
        if type(other) is type(fact) and editions.fold(other.text) == cue:
            owners |= dict.fromkeys((other.term, *other.extras.also_true))
    terms = bank.taxonomies[fact.taxonomy].terms
    yield from (name for owner in owners if owner in terms for name in terms[owner].name.all)
    if now:
        for then, term in editions.then.taxonomies[before.taxonomy].terms.items():
            yield from term.name.all if editions.term(before, then) in owners else ()


def _groups(editions: Editions, key: str, fact: Fact, now: bool) -> Texts:
    before = editions.then.facts[key]
    if not isinstance(before, Member) or not isinstance(fact, Member):
        return
    bank, cue = editions.at(now=now), editions.fold(before.text)
    owners = dict.fromkeys(_own(fact.group, fact, sure=editions.kept(key, now=now)))
    for other in _in_groupset(bank, fact.groupset):
        if editions.fold(other.text) == cue:
            owners |= dict.fromkeys((other.group, *other.extras.also_true))
    groups = bank.groupsets[fact.groupset].groups
    yield from (name for owner in owners if owner in groups for name in groups[owner].name.all)
    if now:
        for then, group in editions.then.groupsets[before.groupset].groups.items():
            yield from group.name.all if editions.group(before, then) in owners else ()


def _members(editions: Editions, key: str, fact: Fact, now: bool) -> Texts:
    """Find the members of the group that was asked for, which a member may have left."""
    before = editions.then.facts[key]
    if not isinstance(before, Member) or not isinstance(fact, Member):
        return
    asked = editions.group(before, before.group) if now else before.group
    if asked in (fact.group, *fact.extras.also_true):
        yield from (fact.text, *fact.extras.accept)
        yield from (before.text,) if editions.kept(key, now=now) else ()
    for other in _in_groupset(editions.at(now=now), fact.groupset):
        if asked in (other.group, *other.extras.also_true):
            yield other.text


def _fronts(editions: Editions, key: str, fact: Fact, now: bool) -> Texts:
    before = editions.then.facts[key]
    if not isinstance(before, Card) or not isinstance(fact, Card):
        return
    if editions.kept(key, now=now):
        yield from (*right_texts(editions.at(now=now), fact, "back"), before.front)
        return
    cue = editions.fold(before.back)
    for other in editions.at(now=now):
        if isinstance(other, Card) and editions.fold(other.back) == cue:
            then = editions.then.facts.get(other.id)
            yield from (other.front, *((then.front,) if isinstance(then, Card) else ()))


def _own(owner: str, fact: Fact, *, sure: bool) -> tuple[str, ...]:
    return (owner, *fact.extras.also_true) if sure else ()


def _in_taxonomy(bank: Bank, taxonomy: str) -> Iterator[Definition | Example]:
    for term in bank.taxonomies[taxonomy].terms.values():
        for key in (term.definition, *term.examples):
            fact = bank.facts.get(key or "")
            if isinstance(fact, Definition | Example):
                yield fact


def _in_groupset(bank: Bank, groupset: str) -> Iterator[Member]:
    for group in bank.groupsets[groupset].groups.values():
        for key in group.members:
            fact = bank.facts[key]
            if isinstance(fact, Member):
                yield fact


def _folded(editions: Editions, texts: Iterable[str]) -> Rights:
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(editions.fold(text), text)
    return found


_SHOWN: Mapping[str, Callable[[Editions, str, Fact, bool], Texts]] = {
    "concept": _concepts,
    "match-concepts": _concepts,
    "attribute": _attributes,
    "term": _terms,
    "match-definitions": _terms,
    "example": _terms,
    "match-examples": _terms,
    "group": _groups,
    "match-members": _groups,
    "member": _members,
    "back": _fronts,
}
