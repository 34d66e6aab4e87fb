"""Sources and overlays find each other by what they declare."""

from quizapp.core.knowledge.files import group
from quizapp.core.knowledge.read import Text


def source(path: str, bank_id: str) -> Text:
    return Text(path, f"# a bank\nknowledge: 1\nid: {bank_id} # mine\nlanguage: en\n")


def overlay(path: str, bank_id: str) -> Text:
    return Text(path, f'knowledge: 1\r\nid: "{bank_id}"\r\ntranslates: en\r\nlanguage: sv\r\n'.encode("utf-8-sig"))


def test_an_overlay_without_its_source_is_a_problem() -> None:
    grouping = group([overlay("b.sv.yaml", "b"), source("a.yaml", "a")])
    assert grouping.banks == ((source("a.yaml", "a"), ()),)
    (problem,) = grouping.problems
    assert str(problem) == 'b.sv.yaml:1:1: no source file with the id "b" for this overlay'


def test_two_sources_of_one_id_are_a_problem() -> None:
    grouping = group([source("a.yaml", "a"), source("copy.yaml", "a")])
    assert [text.path for text, _ in grouping.banks] == ["a.yaml"]
    assert str(grouping.problems[0]) == 'copy.yaml:1:1: the id "a" is already that of a.yaml'


def test_overlays_go_to_their_sources_wherever_they_lie() -> None:
    texts = [overlay("x/b.sv.yaml", "b"), source("b.yaml", "b"), source("a.yaml", "a"), overlay("a.sv.yaml", "a")]
    grouping = group(texts)
    assert grouping.problems == ()
    assert [(text.path, [one.path for one in more]) for text, more in grouping.banks] == [
        ("b.yaml", ["x/b.sv.yaml"]),
        ("a.yaml", ["a.sv.yaml"]),
    ]


def test_a_file_without_an_id_is_left_to_the_reader() -> None:
    broken = [Text("a.yaml", "title: T\n"), Text("b.yaml", b"\xff\xfe"), Text("c.yaml", "cards:\n  id: {front: F}\n")]
    grouping = group([*broken, Text("d.yaml", "translates: en\n")])
    assert [text for text, _ in grouping.banks] == broken
    assert [str(problem) for problem in grouping.problems] == ["d.yaml:1:1: this overlay has no id"]
