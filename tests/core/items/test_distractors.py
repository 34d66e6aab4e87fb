"""Which wrong answers stand beside the key."""

from collections import Counter
from random import Random

from support.item_banks import bank_of, comparison, everything, question, taxonomy

from quizapp.core.items.context import Context
from quizapp.core.items.generate import generate
from quizapp.core.items.model import ChoiceItem, Form, TrueFalseItem
from quizapp.core.knowledge.model import Bank

LETTERS = "abcdefghijkl"
WIDE = comparison(
    "wide",
    {key: f"Country {key.upper()}{key.upper()}" for key in LETTERS},
    {
        "dish": {
            key: f"{word} stew"
            for key, word in zip(
                LETTERS,
                ["Bean", "Corn", "Crab", "Duck", "Goat", "Hare", "Kale", "Lamb", "Leek", "Okra", "Plum", "Veal"],
                strict=True,
            )
        }
    },
)


def shown(bank: Bank, fact: str, context: Context, seeds: int = 60, surface: str = "value") -> Counter[str]:
    """Count whose values stand against the key over many seeds."""
    counted: Counter[str] = Counter()
    for seed in range(seeds):
        item = generate(bank, fact, Form.CHOICE, Random(seed), context)
        assert isinstance(item, ChoiceItem)
        if item.head.surface == surface:
            counted.update(option.fact or option.text for option in item.options if not option.correct)
            counted["items"] += 1
    return counted


def test_own_confusions_come_first_even_from_a_wide_table() -> None:
    counted = shown(WIDE, "wide.dish.a", Context(own_confusions={"wide.dish.k": 2.0, "wide.dish.l": 1.0}))
    assert counted["wide.dish.k"] == counted["wide.dish.l"] == counted["items"]


def test_a_confusion_that_is_true_or_of_another_table_is_not_used() -> None:
    bank = everything()
    context = Context(own_confusions={"models.staff.in": 5.0, "costs.once.search": 3.0})
    counted = shown(bank, "models.staff.hybrid", context)
    assert counted["models.staff.in"] == counted["costs.once.search"] == 0


def test_one_exploratory_sibling_stays_in() -> None:
    weights = {f"wide.dish.{key}": 1.0 for key in "bcd"}
    explored = set()
    for seed in range(40):
        item = generate(WIDE, "wide.dish.a", Form.CHOICE, Random(seed), Context(own_confusions=weights))
        assert isinstance(item, ChoiceItem)
        if item.head.surface == "value":
            facts = {option.fact for option in item.options if not option.correct}
            explored.add(len(facts - set(weights)))
    assert explored == {1}


def test_popular_distractors_are_drawn_more_often_from_five_learners_on() -> None:
    counts = {f"wide.dish.{key}": (0, 60) for key in LETTERS} | {"wide.dish.h": (45, 60)}
    few, enough = Context(class_counts=counts, learners=4), Context(class_counts=counts, learners=5)
    without, with_counts = (shown(WIDE, "wide.dish.a", context) for context in (few, enough))
    assert with_counts["wide.dish.h"] == with_counts["items"]
    assert without["wide.dish.h"] < without["items"] / 2


def test_popularity_is_off_in_an_exam() -> None:
    counts = {f"wide.dish.{key}": (0, 60) for key in LETTERS} | {"wide.dish.h": (45, 60)}
    counted = shown(WIDE, "wide.dish.a", Context(class_counts=counts, learners=50, exam=True))
    assert counted["wide.dish.h"] < counted["items"] / 2


def test_a_rarely_shown_sibling_is_still_measured() -> None:
    counts = {f"wide.dish.{key}": (0, 200) for key in LETTERS} | {"wide.dish.h": (90, 200), "wide.dish.i": (80, 200)}
    counted = shown(WIDE, "wide.dish.a", Context(class_counts=counts, learners=9), seeds=400)
    assert all(counted[f"wide.dish.{key}"] > 0 for key in LETTERS[1:])


def test_a_wrong_choice_is_told_whose_value_it_was() -> None:
    item = generate(WIDE, "wide.dish.a", Form.CHOICE, Random(1), Context(avoid_surface="statement"))
    assert isinstance(item, ChoiceItem)
    for option in item.options:
        assert bool(option.because) is not option.correct
        if not option.correct:
            assert f"Country {(option.fact or '')[-1].upper() * 2}" in option.because


def test_same_typed_values_from_elsewhere_fill_a_table_that_is_too_small() -> None:
    bank = bank_of(
        comparison("pair", {"a": "Rome", "b": "Oslo"}, {"founded": {"a": "753", "b": "1048"}}),
        comparison("ships", {"c": "Vasa", "d": "Mary Rose"}, {"launched": {"c": "1627", "d": "1511"}}),
        comparison("words", {"e": "North", "f": "South"}, {"mood": {"e": "Rather cold", "f": "Rather warm"}}),
    )
    counted = shown(bank, "pair.founded.a", Context())
    assert counted["ships.launched.c"] > 0
    assert counted["words.mood.e"] == 0
    assert all(
        generate(bank, "words.mood.e", Form.CHOICE, Random(seed), Context(avoid_surface="")) is None
        for seed in range(10)
    )


def test_values_of_an_attribute_of_the_same_name_come_from_another_table_but_not_of_the_same_concept() -> None:
    bank = bank_of(
        comparison("one", {"a": "Barter", "b": "Lease"}, {"owner": {"a": "Nobody at all", "b": "The landlord"}}),
        comparison(
            "two",
            {"a": "Barter", "c": "Rent", "d": "Sale"},
            {"owner": {"a": "Both traders", "c": "The company", "d": "The new buyer"}},
        ),
    )
    counted = shown(bank, "one.owner.a", Context())
    assert counted["two.owner.c"] > 0
    assert counted["two.owner.a"] == 0


def test_terms_of_other_taxonomies_fill_a_small_taxonomy() -> None:
    bank = bank_of(
        taxonomy("small", {"a": ("Dory", "A flat rowing vessel", {}), "b": ("Punt", "A craft pushed by a pole", {})}),
        taxonomy("other", {"c": ("Anvil", "A block to hammer on", {}), "d": ("Bellow", "A bag that blows air", {})}),
    )
    assert shown(bank, "small.a.definition", Context(), surface="term")["other.c.definition"] > 0


def test_options_keep_near_the_length_of_the_key_where_the_bank_allows() -> None:
    values = {"a": "Ten grey cats", "b": "Six blue dogs", "c": "Two red foxes", "d": "One sad horse"}
    values |= {key: f"A remarkably long list of {word} animals" for key, word in zip("efgh", "wxyz", strict=True)}
    bank = comparison("zoo", {key: f"Zoo {key * 3}" for key in values}, {"herd": values})
    counted = shown(bank, "zoo.herd.a", Context())
    assert all(counted[f"zoo.herd.{key}"] == counted["items"] for key in "bcd")


def test_the_key_is_the_longest_option_about_as_often_as_chance_has_it() -> None:
    words = ["oak", "pine", "birch", "spruce", "juniper", "hornbeam", "sycamores", "blackthorn", "cottonwoods"]
    bank = comparison("wood", {w: f"Isle {w[::-1]}" for w in words}, {"tree": {w: f"Mostly {w}" for w in words}})
    longest = made = 0
    for word in words[4:-1]:  # three shorter ones at hand and one longer
        for seed in range(150):
            item = generate(bank, f"wood.tree.{word}", Form.CHOICE, Random(f"{word}:{seed}"))
            assert isinstance(item, ChoiceItem)
            if item.head.surface == "value":
                made += 1
                key = next(len(option.text) for option in item.options if option.correct)
                longest += all(len(option.text) < key for option in item.options if not option.correct)
    assert 0.15 < longest / made < 0.35


def test_a_false_claim_prefers_what_the_learner_confuses() -> None:
    context = Context(own_confusions={"wide.dish.k": 2.0})
    false = [generate(WIDE, "wide.dish.a", Form.TRUE_FALSE, Random(seed), context) for seed in range(30)]
    values = {item.value_of for item in false if isinstance(item, TrueFalseItem) and not item.is_true}
    assert values == {"wide.dish.k"}


def test_an_echo_of_the_stem_is_drowned_by_an_option_that_echoes_it_too() -> None:
    bank = question("echo", "What is a harbour fee?", "A fee", "A due for harbour use", "A tax", "A fine", "A toll")
    for seed in range(20):
        item = generate(bank, "questions.echo", Form.CHOICE, Random(seed))
        assert isinstance(item, ChoiceItem)
        assert "A due for harbour use" in [option.text for option in item.options]


def test_wrong_answers_that_say_the_same_never_stand_together() -> None:
    bank = question("twins", "What is dug up?", "Coal", "Ten fish", "10 fish", "The birds", "bird")
    for seed in range(20):
        item = generate(bank, "questions.twins", Form.CHOICE, Random(seed))
        assert isinstance(item, ChoiceItem)
        assert len(item.options) == 3
