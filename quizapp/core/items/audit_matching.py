"""The auditor's rules for matching items, M1 to M10."""

from collections.abc import Collection, Iterator

from quizapp.core.items.audit_truth import NAMED, is_right, mix, share_tag
from quizapp.core.items.broken import Broken
from quizapp.core.items.model import MatchingItem
from quizapp.core.items.wording import phrases_for
from quizapp.core.knowledge.model import Bank, Card, Cell, Definition, Example, Fact, Member
from quizapp.core.knowledge.normalise import content_words, fold, same
from quizapp.messages import msg, msg_n

_FEWEST, _MOST = 4, 7
_EXTRA = (2, 3)
_MOST_WEAK = 3
_SHORT = 24


def check_matching(
    bank: Bank, item: MatchingItem, revealed: Collection[str], known: Collection[str], weak: Collection[str]
) -> Iterator[Broken]:
    """List the rules that a matching item breaks; `revealed` is for E8, `known` and `weak` are for M9."""
    if not _well_formed(item):
        yield Broken("M10", msg("an entry has no text or no token of its own, or a pair is missing"))
        return
    yield from _check_relation(bank, item)
    yield from _check_numbers(bank, item)
    yield from _check_solution(bank, item)
    yield from _check_order(item)
    yield from _check_words(bank, item)
    used = [premise.fact for premise in item.premises]
    spared = set(known) - set(weak) - set(used)
    if sum(fact in weak for fact in used) > _MOST_WEAK and any(_kin(bank, used[0], fact) for fact in spared):
        yield Broken("M9", msg("more than three weak facts though known ones were left"))
    texts = [f" {fold(text, bank.language)} " for text in revealed]
    for premise in item.premises:
        parts = [f" {fold(part, bank.language)} " for part in (premise.text, _own(item, premise.token))]
        if any(all(part in text for part in parts) for text in texts):
            yield Broken("E8", msg("the pair of '%(text)s' was shown before", text=premise.text))


def _well_formed(item: MatchingItem) -> bool:
    entries = [(premise.token, premise.text) for premise in item.premises]
    entries += [(response.token, response.text) for response in item.responses]
    responses = {response.token for response in item.responses}
    return (
        all(token and text.strip() for token, text in entries)
        and len({token for token, _ in entries}) == len(entries)
        and set(item.key) == {premise.token for premise in item.premises}
        and set(item.key.values()) <= responses
    )


def _check_relation(bank: Bank, item: MatchingItem) -> Iterator[Broken]:
    if not item.head.stem.strip():
        yield Broken("M1", msg("no instruction"))
    first = item.premises[0].fact
    if not all(_kin(bank, first, premise.fact) for premise in item.premises):
        yield Broken("M1", msg("the premises stand in more than one relation"))
    if item.head.facts != tuple(premise.fact for premise in item.premises):
        yield Broken("M1", msg("the facts of the item are not those of its premises"))
    for texts in ([entry.text for entry in item.premises], [entry.text for entry in item.responses]):
        if not any(all(mix(bank, one, other) for other in texts) for one in texts):
            yield Broken("M2", msg("%(texts)s are of several types", texts=", ".join(texts)))


def _check_numbers(bank: Bank, item: MatchingItem) -> Iterator[Broken]:
    if not _FEWEST <= len(item.premises) <= _MOST:
        yield Broken("M3", msg_n("%(num)d premise", "%(num)d premises", len(item.premises)))
    extra = len(item.responses) - len(item.premises)
    said = phrases_for(bank.language)
    if item.reusable:
        if said.say("match.reusable") not in item.head.stem:
            yield Broken("M4", msg("the instruction does not say that responses may be used again"))
    elif extra not in _EXTRA:
        yield Broken("M4", msg_n("%(num)d response is left over", "%(num)d responses are left over", extra))
    elif said.say("match.extras", count=str(extra)) not in item.head.stem:
        yield Broken("M4", msg("the instruction does not say how many responses are left over"))


def _check_solution(bank: Bank, item: MatchingItem) -> Iterator[Broken]:
    """Look for a second solution: leave out each pair of the key in turn and try to match all premises still."""
    edges = {premise.token: set(_admissible(bank, item, premise.token)) for premise in item.premises}
    for premise, response in item.key.items():
        if response not in edges[premise]:
            yield Broken("M5", msg("a pair of the key is not what the bank says"))
            return
    if item.reusable:
        if any(len(admissible) > 1 for admissible in edges.values()):
            yield Broken("M5", msg("a premise has a second right response"))
        return
    if len(set(item.key.values())) != len(item.key):
        yield Broken("M5", msg("two premises share a response that may be used once"))
    for premise, response in item.key.items():
        others = edges | {premise: edges[premise] - {response}}
        if _matches_all(others):
            yield Broken("M5", msg("there is a second solution"))
            return


def _admissible(bank: Bank, item: MatchingItem, token: str) -> Iterator[str]:
    premise = next(entry for entry in item.premises if entry.token == token)
    fact = bank.facts[premise.fact]
    for response in item.responses:
        if same(response.text, _own(item, token), bank.language) or _fits(
            bank, item, fact, premise.text, response.text
        ):
            yield response.token


def _fits(bank: Bank, item: MatchingItem, fact: Fact, premise: str, response: str) -> bool:
    surface = item.head.surface
    if surface in NAMED or surface == "match-members":
        return is_right(bank, fact, surface, response)
    if isinstance(fact, Cell) and same(premise, fact.text, bank.language):
        rows = bank.comparisons[fact.comparison].attributes.values()
        keys = [row.key for row in rows if same(row.name, response, bank.language)]
        cells = (bank.facts.get(f"{fact.comparison}.{key}.{fact.concept}") for key in keys)
        return any(cell is not None and is_right(bank, cell, "value", premise) for cell in cells)
    if isinstance(fact, Card):
        forward = same(premise, fact.front, bank.language)
        return is_right(bank, fact, "front" if forward else "back", response)
    return is_right(bank, fact, "value", response)


def _matches_all(edges: dict[str, set[str]]) -> bool:
    """Match every premise by augmenting paths (Kuhn 1955, in the form of Berge's theorem)."""
    taken: dict[str, str] = {}

    def augment(premise: str, tried: set[str]) -> bool:
        for response in edges[premise] - tried:
            tried.add(response)
            if response not in taken or augment(taken[response], tried):
                taken[response] = premise
                return True
        return False

    return all(augment(premise, set()) for premise in edges)


def _check_order(item: MatchingItem) -> Iterator[Broken]:
    left = sum(len(premise.text) for premise in item.premises) / len(item.premises)
    right = sum(len(response.text) for response in item.responses) / len(item.responses)
    if right > max(left, _SHORT):
        yield Broken("M6", msg("the longer texts stand on the right"))
    tokens = [response.token for response in item.responses]
    places = [tokens.index(item.key[premise.token]) for premise in item.premises]
    if places == sorted(places):
        yield Broken("M7", msg("the responses stand in the order of the premises"))


def _check_words(bank: Bank, item: MatchingItem) -> Iterator[Broken]:
    for premise in item.premises:
        own = item.key[premise.token]
        telling = content_words(premise.text, bank.language)
        telling &= content_words(_own(item, premise.token), bank.language)
        for response in item.responses:
            if response.token != own:
                telling -= content_words(response.text, bank.language)
        for other in item.premises:
            if item.key[other.token] != own:
                telling -= content_words(other.text, bank.language)
        if telling:
            shared = ", ".join(sorted(telling))
            said = msg("'%(text)s' alone shares %(words)s with its response", text=premise.text, words=shared)
            yield Broken("M8", said)


def _own(item: MatchingItem, token: str) -> str:
    return next(response.text for response in item.responses if response.token == item.key[token])


def _kin(bank: Bank, one: str, other: str) -> bool:
    """Tell whether two facts stand in one relation: the same table and kind, or cards that share a tag."""
    a, b = bank.facts.get(one), bank.facts.get(other)
    if a is None or b is None or type(a) is not type(b):
        return False
    if isinstance(a, Card) and isinstance(b, Card):
        return share_tag(a, b)
    return _container(a) == _container(b)


def _container(fact: Fact) -> str:
    match fact:
        case Cell():
            return fact.comparison
        case Definition() | Example():
            return fact.taxonomy
        case Member():
            return fact.groupset
        case _:
            return ""
