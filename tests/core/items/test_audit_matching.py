"""The auditor finds each matching rule broken by hand."""

from dataclasses import replace
from random import Random

import pytest
from support.item_banks import everything, taxonomy

from quizapp.core.items.audit import Seen, audit
from quizapp.core.items.generate import generate
from quizapp.core.items.model import Form, MatchingItem, Premise, Response
from quizapp.core.knowledge.model import Bank

BANK = everything()


def sound(fact: str, surface: str, bank: Bank = BANK) -> MatchingItem:
    for seed in range(80):
        item = generate(bank, fact, Form.MATCHING, Random(seed))
        if isinstance(item, MatchingItem) and item.head.surface == surface:
            assert audit(bank, item) == ()
            return item
    pytest.fail(f"no {surface} of {fact}")


DEFINITIONS = sound("centres.near.definition", "match-definitions")
MEMBERS = sound("costs.once.severance", "match-members")


def rules(item: MatchingItem, bank: Bank = BANK, seen: Seen | None = None) -> set[str]:
    return {broken.rule for broken in audit(bank, item, seen or Seen())}


def with_premises(item: MatchingItem, premises: tuple[Premise, ...]) -> MatchingItem:
    facts = tuple(premise.fact for premise in premises)
    key = {premise.token: item.key[premise.token] for premise in premises}
    return replace(item, premises=premises, key=key, head=replace(item.head, facts=facts))


def with_response(item: MatchingItem, at: int, text: str) -> MatchingItem:
    responses = list(item.responses)
    responses[at] = replace(responses[at], text=text)
    return replace(item, responses=tuple(responses))


def spare_at(item: MatchingItem) -> int:
    used = set(item.key.values())
    return next(at for at, response in enumerate(item.responses) if response.token not in used)


def test_no_instruction_breaks_m1() -> None:
    assert "M1" in rules(replace(DEFINITIONS, head=replace(DEFINITIONS.head, stem=" ")))


def test_a_premise_of_another_table_breaks_m1() -> None:
    first = replace(DEFINITIONS.premises[0], fact="models.control.in")
    assert "M1" in rules(with_premises(DEFINITIONS, (first, *DEFINITIONS.premises[1:])))


def test_facts_that_are_not_those_of_the_premises_break_m1() -> None:
    assert "M1" in rules(replace(DEFINITIONS, head=replace(DEFINITIONS.head, facts=("centres.near.definition",))))


def test_a_figure_among_names_breaks_m2() -> None:
    assert rules(with_response(DEFINITIONS, spare_at(DEFINITIONS), "42")) == {"M2"}


def test_three_premises_break_m3() -> None:
    assert "M3" in rules(with_premises(DEFINITIONS, DEFINITIONS.premises[:3]))


def test_an_extra_response_too_many_or_unsaid_breaks_m4() -> None:
    without = tuple(response for at, response in enumerate(DEFINITIONS.responses) if at != spare_at(DEFINITIONS))
    many = (*DEFINITIONS.responses, Response("qq1", "Dory"), Response("qq2", "Punt"))
    assert rules(replace(DEFINITIONS, responses=many)) == {"M4"}
    assert rules(replace(DEFINITIONS, responses=without)) == {"M4"}
    silent = replace(MEMBERS, head=replace(MEMBERS.head, stem="Sort these."))
    assert rules(silent) == {"M4"}


def test_a_second_solution_breaks_m5() -> None:
    own = next(r.text for r in DEFINITIONS.responses if r.token == DEFINITIONS.key[DEFINITIONS.premises[0].token])
    assert "M5" in rules(with_response(DEFINITIONS, spare_at(DEFINITIONS), own.upper()))
    at = [response.text for response in MEMBERS.responses].index("Running")
    assert "M5" in rules(with_response(MEMBERS, at, "One-off"))


def test_a_wrong_key_breaks_m5() -> None:
    first, second = DEFINITIONS.premises[0].token, DEFINITIONS.premises[1].token
    swapped = {**DEFINITIONS.key, first: DEFINITIONS.key[second], second: DEFINITIONS.key[first]}
    assert "M5" in rules(replace(DEFINITIONS, key=swapped))


def test_also_true_counts_as_a_second_solution() -> None:
    first, second = (premise.fact for premise in DEFINITIONS.premises[:2])
    facts = dict(BANK.facts)
    for one, other in ((first, second), (second, first)):
        fact = facts[one]
        facts[one] = replace(fact, extras=replace(fact.extras, also_true=(other.split(".")[1],)))
    assert "M5" in rules(DEFINITIONS, replace(BANK, facts=facts))


def test_long_responses_break_m6() -> None:
    long = tuple(replace(r, text=f"{r.text} {'and so on ' * 9}".strip()) for r in DEFINITIONS.responses)
    assert "M6" in rules(replace(DEFINITIONS, responses=long))


def test_responses_in_the_order_of_the_premises_break_m7() -> None:
    by_token = {response.token: response for response in DEFINITIONS.responses}
    own = [by_token.pop(DEFINITIONS.key[premise.token]) for premise in DEFINITIONS.premises]
    assert rules(replace(DEFINITIONS, responses=(*own, *by_token.values()))) == {"M7"}
    ordered = sorted(MEMBERS.premises, key=lambda p: [r.token for r in MEMBERS.responses].index(MEMBERS.key[p.token]))
    assert rules(with_premises(MEMBERS, tuple(ordered))) == {"M7"}


def test_a_word_shared_by_a_premise_and_its_own_response_alone_breaks_m8() -> None:
    first = DEFINITIONS.premises[0]
    own = next(r.text for r in DEFINITIONS.responses if r.token == DEFINITIONS.key[first.token])
    told = replace(first, text=f"{first.text}, that is {own}")
    assert rules(with_premises(DEFINITIONS, (told, *DEFINITIONS.premises[1:]))) == {"M8"}


def test_more_than_three_weak_facts_break_m9_where_known_ones_were_left() -> None:
    trees = ["oak", "elm", "ash", "fir", "yew", "box", "bay", "fig", "gum", "koa"]
    yields = ["shade", "timber", "resin", "fruit", "leaves", "roots", "bark", "seeds", "sap", "honey"]
    pairs = zip(trees, yields, strict=True)
    bank = taxonomy("trees", {tree: (tree.capitalize(), f"It is grown for {use}", {}) for tree, use in pairs})
    item = sound("trees.oak.definition", "match-definitions", bank)
    used = frozenset(item.head.facts)
    assert rules(item, bank, Seen(known=frozenset(bank.facts) - used, weak=used)) == {"M9"}
    assert rules(item, bank, Seen(weak=used)) == set()


def test_entries_without_text_or_token_of_their_own_break_m10() -> None:
    blank = replace(DEFINITIONS.premises[0], text=" ")
    twin = tuple(replace(response, token="twin") for response in DEFINITIONS.responses)
    assert rules(with_premises(DEFINITIONS, (blank, *DEFINITIONS.premises[1:]))) == {"M10"}
    assert rules(replace(DEFINITIONS, responses=twin)) == {"M10"}
    assert rules(replace(DEFINITIONS, key={})) == {"M10"}


def test_a_pair_shown_before_breaks_e8() -> None:
    first = DEFINITIONS.premises[0]
    own = next(r.text for r in DEFINITIONS.responses if r.token == DEFINITIONS.key[first.token])
    assert rules(DEFINITIONS, seen=Seen(revealed=(f"{own}: {first.text}",))) == {"E8"}
    assert rules(DEFINITIONS, seen=Seen(revealed=(own, first.text))) == set()
