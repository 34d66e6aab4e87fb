"""A table pasted from a spreadsheet: refused with its line, or a knowledge file that reads back."""

import csv
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.translatable import all_translatable

from quizapp.core.knowledge.limits import Text, strange_escape
from quizapp.core.knowledge.model import Bank, Cell
from quizapp.core.knowledge.pasted import LONGEST_CELL, Pasted, source_of, table_of
from quizapp.core.knowledge.read import read
from quizapp.core.knowledge.reading import Problem

MODELS = "\tInsourcing\tOutsourcing\nStaff\tOur own\tThe supplier's\nControl\tDirect\tBy contract\n"


def refused(text: str) -> list[str]:
    problems = table_of(text)
    assert not isinstance(problems, Pasted)
    assert all_translatable(problems)
    return [str(problem) for problem in problems]


def accepted(text: str) -> Pasted:
    table = table_of(text)
    assert isinstance(table, Pasted), table
    return table


def bank_of(table: Pasted, title: str = "Models") -> Bank:
    written = source_of(table, bank_id="models", language="en", title=title, comparison="models")
    reading = read(Text("models.yaml", written))
    assert reading.bank is not None, reading.problems
    return reading.bank


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", ",,,\n,,,"])
def test_an_empty_table_is_refused(text: str) -> None:
    assert refused(text) == ["table:1:1: the table is empty"]


def test_a_comparison_of_one_is_refused() -> None:
    assert refused("\tInsourcing\nStaff\tOur own\n") == ["table:1:1: a comparison needs two concepts or more"]


def test_a_table_as_wide_as_a_wall_is_refused() -> None:
    head = "".join(f",c{number}" for number in range(61))
    assert refused(f"{head}\nx{',1' * 61}\n") == ["table:1:1: the table has 61 columns; the most is 60"]


def test_a_head_alone_is_refused() -> None:
    assert refused("\n,a,b\n") == ["table:2:1: the table has only its first row"]


def test_a_table_without_a_fact_is_refused() -> None:
    assert refused(",a,b\nx,,-\n") == ["table:2:2: no cell says anything"]


def test_a_short_row_is_refused_with_its_line() -> None:
    assert refused("\ta\tb\nx\t1\t2\n\ny\t1\n") == ["table:4:3: the row has 1 of 2 values"]


def test_a_long_row_leaves_a_column_without_a_name() -> None:
    assert "table:1:4: the column has no name" in refused(",a,b\nx,1,2,3\n")


def test_a_row_without_a_name_is_refused() -> None:
    assert refused(",a,b\n,1,2\n") == ["table:2:1: the row has no name"]


def test_names_that_come_twice_are_refused_with_both_places() -> None:
    assert refused(",a,A\nx,1,2\ny,1,2\nX,3,4\n") == [
        'table:1:3: the column "A" is there twice, first in cell 2',
        'table:4:1: the row "X" is there twice, first on line 2',
    ]


def test_a_line_number_counts_the_line_breaks_inside_cells() -> None:
    assert refused(',a,b\nx,"1\n2",2\ny,1\n') == ["table:4:3: the row has 1 of 2 values"]


def test_a_cell_that_is_a_chapter_is_refused() -> None:
    assert refused(f",a,b\nx,{'w' * (LONGEST_CELL + 1)},2\n")[0].startswith("table:2:2: the cell has")


def test_an_invisible_character_is_named() -> None:
    assert refused(",a,b\nx,1\u20281,2\n") == ["table:2:2: an invisible line separator in the cell"]


def test_other_keys_must_be_as_many_as_the_names() -> None:
    with pytest.raises(ValueError, match="1 keys for 2 names"):
        source_of(accepted(MODELS), bank_id="b", language="en", title="B", comparison="c", concepts=["in"])


def test_a_pasted_table_becomes_a_bank_with_its_facts() -> None:
    bank = bank_of(accepted(MODELS))
    assert {fact.id: fact.text for fact in bank if isinstance(fact, Cell)} == {
        "models.staff.insourcing": "Our own",
        "models.staff.outsourcing": "The supplier's",
        "models.control.insourcing": "Direct",
        "models.control.outsourcing": "By contract",
    }


@pytest.mark.parametrize("text", [",a,b\nx,1,2\n", ";a;b\nx;1;2\n", "\ta\tb\r\nx\t1\t2\r\n", '"";"a";"b"\n"x";"1";"2"'])
def test_tabs_semicolons_and_commas_read_alike(text: str) -> None:
    assert accepted(text).rows == (("1", "2"),)


def test_a_comma_in_a_name_does_not_make_a_table_of_semicolons_one_of_commas() -> None:
    assert [each.name for each in accepted(';"a, b, c";d\nx;1;2\n').concepts] == ["a, b, c", "d"]


def test_an_empty_cell_is_no_fact() -> None:
    table = accepted(",a,b\nx,1,\ny,-,2\n")
    assert table.facts == 2
    assert list(bank_of(table).facts) == ["models.x.a", "models.y.b"]


def test_empty_columns_at_the_end_and_empty_rows_are_passed_over() -> None:
    assert accepted(",a,b,,\nx,1,2,,\n,,,,\n").rows == (("1", "2"),)


def test_a_line_break_in_a_cell_becomes_a_space() -> None:
    assert accepted('\ta\tb\nx\t"one\r\n two"\t2\n').rows == (("one two", "2"),)


def test_keys_are_proposed_and_differ() -> None:
    table = accepted("\tÄrende nr 1\tÄrende: nr 1\n?\t1\t2\n!\t3\t4\n")
    assert [each.key for each in table.concepts] == ["arende-nr-1", "arende-nr-1-2"]
    assert [each.key for each in table.attributes] == ["entry", "entry-2"]


def test_an_author_chooses_other_keys() -> None:
    keys = {"concepts": ["in", "out"], "attributes": ["who", "how"]}
    written = source_of(accepted(MODELS), bank_id="b", language="en", title="B", comparison="c", **keys)
    reading = read(Text("b.yaml", written))
    assert reading.bank
    assert list(reading.bank.facts) == ["c.who.in", "c.who.out", "c.how.in", "c.how.out"]


def test_a_row_that_asks_is_the_question() -> None:
    bank = bank_of(accepted("\ta\tb\nWho works in {concept}?\tWe\tThey\n"))
    (attribute,) = bank.comparisons["models"].attributes.values()
    assert attribute.ask == "Who works in {concept}?"


def test_long_texts_are_written_below_the_table() -> None:
    long = "word " * 900 + "end"
    bank = bank_of(accepted(f"\ta\tb\tc\tx|y\nlong\t{long}\t{long}\t\t{long}\nshort\t1\t2\t3\t4\n"))
    assert [fact.text for fact in bank if isinstance(fact, Cell)] == [long, long, long, "1", "2", "3", "4"]


def test_the_widest_table_with_the_longest_texts_reads_back() -> None:
    bars, words = "|" * 100, "w" * LONGEST_CELL
    head = "\t".join(["", *(f"concept {number} {'long ' * 20}" for number in range(60))])
    rows = [f"row {number}\t" + "\t".join([text] * 60) for number, text in enumerate((bars, words, "|" * 2500))]
    bank = bank_of(accepted("\n".join([head, *rows])))
    assert len(bank.facts) == 180


NAMES = st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=4)
CELLS = st.text(max_size=40) | st.sampled_from(
    ["-", "|", "\\|", "\\", '"', "'", "#", " #x", "a: b", "{x}", "[", "no", "1.10"]
)


@given(concepts=NAMES, attributes=NAMES, cells=st.lists(CELLS, min_size=16, max_size=16), title=st.text(min_size=1))
@example(concepts=["a", "b"], attributes=["|", "{concept}"], cells=["\\"] * 16, title="#: -")
def test_whatever_is_accepted_reads_back_as_it_was_pasted(
    concepts: list[str], attributes: list[str], cells: list[str], title: str
) -> None:
    text = StringIO()
    writer = csv.writer(text, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["", *concepts])
    for number, attribute in enumerate(attributes):
        writer.writerow([attribute, *cells[4 * number :][: len(concepts)]])
    table = table_of(text.getvalue())
    if not isinstance(table, Pasted):
        assert all(isinstance(problem, Problem) and problem.line >= 1 for problem in table)
        return
    wanted_title = " ".join(title.split()) or "A title"
    bank = bank_of(table, "A title" if strange_escape(wanted_title) else wanted_title)
    comparison = bank.comparisons["models"]
    assert [each.text for each in comparison.concepts.values()] == [each.name for each in table.concepts]
    wanted = {
        (row.key, column.key): cell
        for row, line in zip(table.attributes, table.rows, strict=True)
        for column, cell in zip(table.concepts, line, strict=True)
        if cell
    }
    assert {(fact.attribute, fact.concept): fact.text for fact in bank if isinstance(fact, Cell)} == wanted


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_of_tables(text: str) -> None:
    assert table_of(text)
