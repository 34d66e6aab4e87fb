"""What a file says it is, told without reading it."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.peek import header, lines_of, source_first

SOURCE = Text("a.yaml", "# x\nknowledge: 1\nid: a\nlanguage: en\ntitle: 'A bank'\ncards: [\n")
OVERLAY = Text("a.sv.yaml", b"knowledge: 1\r\nid: a\r\ntranslates: en\r\nlanguage: sv\r\n")


def test_the_header_of_an_unreadable_file_is_made_out() -> None:
    found = header(SOURCE)
    assert (found.id, found.language, found.translates) == ("a", "en", "")
    assert (found.lines["id"], found.is_overlay) == (3, False)


def test_an_overlay_is_known_by_what_it_translates() -> None:
    found = header(OVERLAY)
    assert (found.language, found.translates, found.is_overlay) == ("sv", "en", True)
    assert found.lines["language"] == 4


def test_the_source_comes_first_and_the_rest_keeps_its_order() -> None:
    other = Text("b.fi.yaml", "translates: en\nlanguage: fi\n")
    assert source_first((OVERLAY, other, SOURCE)) == (SOURCE, OVERLAY, other)
    assert source_first((OVERLAY, other)) == (OVERLAY, other)


@given(st.one_of(st.text(), st.binary()))
def test_any_content_has_a_header_and_lines(content: str | bytes) -> None:
    text = Text("a.yaml", content)
    assert all(line <= len(lines_of(text)) for line in header(text).lines.values())


def test_lines_end_at_line_ends_only() -> None:
    assert lines_of(Text("a", "a\x0bb\r\nc\u2028d\re\n")) == ["a\x0bb", "c\u2028d", "e", ""]
