"""Where a tag is said in words, it is said in the edition's language; what it is known by stays."""

from random import Random

from quizapp.core.items.blueprint import facts_of, topics_of
from quizapp.core.items.generate import generate
from quizapp.core.items.model import Form, MatchingItem
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read

SIGNS = {"gold": "Au", "iron": "Fe", "zinc": "Zn", "lead": "Pb", "tin": "Sn", "silver": "Ag", "copper": "Cu"}
SOURCE = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\ncards:\n" + "".join(
    f"  {metal}: {{front: {metal}, back: {sign}, tags: [metals]}}\n" for metal, sign in SIGNS.items()
)
OVERLAY = "knowledge: 1\nid: demo\ntranslates: en\nlanguage: sv\ntags: {metals: metaller}\ncards:\n" + "".join(
    f"  {metal}: {{front: {metal}, back: {sign}}}\n" for metal, sign in SIGNS.items()
)


def edition(language: str) -> Bank:
    return read(Text("demo.yaml", SOURCE), [Text("demo.sv.yaml", OVERLAY)]).editions[language]


def stem(bank: Bank) -> str:
    item = generate(bank, "cards.gold", Form.MATCHING, Random(1))
    assert isinstance(item, MatchingItem)
    return item.head.stem


def test_a_set_of_cards_to_match_is_named_by_its_tag_in_the_edition_s_language() -> None:
    assert "metals" in stem(edition("en"))
    assert "metaller" in stem(edition("sv"))
    assert "metals" not in stem(edition("sv"))


def test_a_topic_has_the_tag_s_name_as_title_and_the_tag_as_key() -> None:
    bank = edition("sv")
    (topic,) = [topic for topic in topics_of(bank) if topic.kind == "tag"]
    assert (topic.key, topic.title, topic.facts) == ("#metals", "metaller", len(SIGNS))
    assert len(list(facts_of(bank, topic.key))) == len(SIGNS)
    assert list(facts_of(bank, "#metaller")) == []
