"""Matching sets: numbers, one solution, order, words, weak facts among known ones."""

from dataclasses import replace
from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from support.item_banks import bank_of, card, comparison, everything, groupset, taxonomy

from quizapp.core.items.assignment import solutions
from quizapp.core.items.context import Context
from quizapp.core.items.generate import generate
from quizapp.core.items.model import Form, MatchingItem
from quizapp.core.knowledge.model import Bank, Extras

BANK = everything()
MATCHABLE = [fact.id for fact in BANK if generate(BANK, fact.id, Form.MATCHING, Random(1)) is not None]

ROLES = ["baker", "butcher", "cobbler", "cooper", "miller", "potter", "saddler", "tanner", "weaver", "wheelwright"]
WORKS = ["bread", "meat", "shoes", "casks", "flour", "jugs", "harness", "leather", "cloth", "wagons"]
TRADES = taxonomy(
    "trades",
    {role: (role.capitalize(), f"Somebody who makes {work}", {}) for role, work in zip(ROLES, WORKS, strict=True)},
)


def item_of(bank: Bank, fact: str, seed: int, context: Context | None = None) -> MatchingItem:
    item = generate(bank, fact, Form.MATCHING, Random(seed), context or Context())
    assert isinstance(item, MatchingItem)
    return item


@given(st.sampled_from(MATCHABLE), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_a_set_has_four_to_seven_premises_and_extra_or_reusable_responses(fact: str, seed: int) -> None:
    item = generate(BANK, fact, Form.MATCHING, Random(seed))
    assert isinstance(item, MatchingItem)
    assert 4 <= len(item.premises) <= 7
    assert item.reusable or 2 <= len(item.responses) - len(item.premises) <= 3
    assert fact in item.head.facts
    assert len({entry.token for entry in item.premises} | {entry.token for entry in item.responses}) == len(
        item.premises
    ) + len(item.responses)


def test_three_pairs_are_too_few() -> None:
    bank = groupset("few", {"a": ("Fruit", {"x": "Apple", "y": "Pear"}), "b": ("Root", {"z": "Carrot"})})
    assert generate(bank, "few.a.x", Form.MATCHING, Random(1)) is None


def test_all_premises_in_one_group_are_no_set() -> None:
    members = {letter: f"Thing {letter * 3}" for letter in "stuvw"}
    bank = groupset("lop", {"a": ("Full", members), "b": ("Empty", {})})
    assert generate(bank, "lop.a.s", Form.MATCHING, Random(1)) is None


def test_pairs_with_the_same_response_never_meet_in_a_set() -> None:
    bank = bank_of(
        *(card(f"c{at}", f"Which port lies at number {at}?", town) for at, town in enumerate(["Turku"] * 3)),
        *(card(f"d{at}", f"Which lake holds sign {at}?", lake) for at, lake in enumerate("ABCDEFGH")),
    )
    made = [generate(bank, "cards.c0", Form.MATCHING, Random(seed)) for seed in range(30)]
    sets = [item for item in made if isinstance(item, MatchingItem)]
    assert sets
    for item in sets:
        assert [response.text for response in item.responses].count("Turku") == 1


def test_a_member_that_fits_two_groups_is_not_sorted_between_them() -> None:
    both = {"m": ("Extra travel", Extras(also_true=("b",)))}
    first = {"x": "Apple pie", "y": "Pear tart", "z": "Plum cake"}
    bank = groupset("fit", {"a": ("Sweet", {**first, **both}), "b": ("Sour", {"s": "Lime juice", "t": "Dill soup"})})
    assert generate(bank, "fit.a.m", Form.MATCHING, Random(1)) is None
    for seed in range(20):
        assert "fit.a.m" not in item_of(bank, "fit.a.x", seed).head.facts


def test_responses_never_stand_in_the_order_of_the_premises() -> None:
    for seed in range(200):
        item = item_of(TRADES, "trades.baker.definition", seed)
        tokens = [response.token for response in item.responses]
        places = [tokens.index(item.key[premise.token]) for premise in item.premises]
        assert places != sorted(places)


def test_a_word_shared_with_the_own_response_alone_keeps_a_pair_out() -> None:
    guild = taxonomy("trades", {"guild": ("Guild master", "The head of a guild", {})})
    both = {**TRADES.taxonomies["trades"].terms, **guild.taxonomies["trades"].terms}
    trades = replace(TRADES.taxonomies["trades"], terms=both)
    bank = replace(TRADES, taxonomies={"trades": trades}, facts={**TRADES.facts, **guild.facts})
    assert generate(bank, "trades.guild.definition", Form.MATCHING, Random(1)) is None
    for seed in range(20):
        assert "trades.guild.definition" not in item_of(bank, "trades.baker.definition", seed).head.facts


def test_longer_texts_stand_left() -> None:
    for seed in range(20):
        for fact in ("trades.baker.definition",):
            item = item_of(TRADES, fact, seed)
            left = sum(len(premise.text) for premise in item.premises) / len(item.premises)
            right = sum(len(response.text) for response in item.responses) / len(item.responses)
            assert left >= right
    long = {key: f"A very long winded description of {key} in many words" for key in "klmnop"}
    bank = bank_of(*(card(key, f"Sign {key * 2}", text) for key, text in long.items()))
    item = item_of(bank, "cards.k", 1)
    assert all(premise.text.startswith("A very") for premise in item.premises)


def test_one_to_three_weak_facts_stand_among_known_ones() -> None:
    ids = [f"trades.{role}.definition" for role in ROLES]
    context = Context(weak=frozenset(ids[:6]), known=frozenset(ids[6:]))
    for seed in range(30):
        facts = item_of(TRADES, ids[0], seed, context).head.facts
        assert 1 <= sum(fact in context.weak for fact in facts) <= 3


def test_a_pair_shown_whole_before_is_not_asked_again() -> None:
    context = Context(revealed=("Butcher: Somebody who makes meat",))
    for seed in range(20):
        assert "trades.butcher.definition" not in item_of(TRADES, "trades.baker.definition", seed, context).head.facts
    assert generate(TRADES, "trades.butcher.definition", Form.MATCHING, Random(1), context) is None


def test_extra_responses_of_an_attribute_set_are_values_of_other_concepts_or_rows() -> None:
    worn = {"head": "hats", "feet": "boots", "waist": "belts", "hands": "gloves"}
    rows = {place: {"a": f"Plain {word}", "b": f"Fancy {word}"} for place, word in worn.items()}
    bank = comparison("attire", {"a": "Peasant", "b": "Nobleman"}, rows)
    sets = [generate(bank, "attire.head.a", Form.MATCHING, Random(seed)) for seed in range(20)]
    found = [item for item in sets if isinstance(item, MatchingItem) and item.head.surface == "match-attributes"]
    assert found
    for item in found:
        used = set(item.key.values())
        extra = {response.text for response in item.responses if response.token not in used}
        assert extra
        assert all(text.startswith("Fancy") for text in extra)


@given(st.lists(st.frozensets(st.integers(0, 5)), min_size=1, max_size=4))
def test_the_search_for_solutions_agrees_with_trying_every_order(edges: list[frozenset[int]]) -> None:
    every = [order for order in permutations(range(6), len(edges)) if all(map(frozenset.__contains__, edges, order))]
    assert sorted(solutions(edges, most=1000)) == sorted(every)
    assert len(solutions(edges)) == min(2, len(every))
