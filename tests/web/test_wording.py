"""Changed lines with the changed words marked."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.web.diffs import changes
from quizapp.web.wording import MOST_WORDS, Marked, marked

LINES = st.lists(st.text(alphabet="ab c<&\t", max_size=12), max_size=8).map("\n".join)


def compared(old: str, new: str) -> list[tuple[str, str]]:
    return [(line.sign, str(line.text)) for line in found(old, new)]


def found(old: str, new: str) -> tuple[Marked, ...]:
    lines = changes(old, new)
    assert lines is not None
    return marked(lines)


def test_words_that_differ_are_marked() -> None:
    assert compared("What does TCO mean?", "What is TCO?") == [
        ("-", "What <del>does</del> TCO<del> mean</del>?"),
        ("+", "What <ins>is</ins> TCO?"),
    ]


def test_lines_that_have_little_in_common_are_not_taken_for_one_changed_line() -> None:
    assert compared("alpha beta gamma", "one two three") == [("-", "alpha beta gamma"), ("+", "one two three")]


def test_what_an_author_wrote_is_no_markup() -> None:
    assert compared("a <b>x</b>", "a <b>y</b>")[0] == ("-", "a &lt;b&gt;<del>x</del>&lt;/b&gt;")


def test_a_very_long_line_is_marked_as_a_whole() -> None:
    long = "word " * MOST_WORDS
    assert compared(long + "old", long + "new") == [("-", long + "old"), ("+", long + "new")]


def test_each_line_of_a_changed_block_is_compared_with_its_own() -> None:
    assert compared("a: one 1\nb: two 2", "a: one 3\nb: two 4\nc") == [
        ("-", "a: one <del>1</del>"),
        ("-", "b: two <del>2</del>"),
        ("+", "a: one <ins>3</ins>"),
        ("+", "b: two <ins>4</ins>"),
        ("+", "c"),
    ]


@given(LINES, LINES)
def test_no_line_is_lost_or_added(old: str, new: str) -> None:
    lines = changes(old, new)
    assert lines is not None
    plain = [(line.sign, line.old, line.new, line.text) for line in lines]
    told = [(line.sign, line.old, line.new, _bare(line)) for line in marked(lines)]
    assert told == plain


def _bare(line: Marked) -> str:
    text = str(line.text)
    for tag in ("<del>", "</del>", "<ins>", "</ins>"):
        text = text.replace(tag, "")
    return text.replace("&lt;", "<").replace("&amp;", "&")
