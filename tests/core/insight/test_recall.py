"""What is kept of a bank, and of each cell of a comparison."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.core.insight.recall import BankSummary, CellRecall, CellState, recall_table, shade, summary
from quizapp.core.insight.trouble import ConfusedPair, confused_pairs, hardest
from quizapp.core.items.model import Form
from quizapp.core.memory.model import Memory, NewFact, Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTINGS = Settings()
KEPT = Memory(
    stability=10.0, difficulty=5.0, reviewed_at=NOW - timedelta(days=10), due_at=NOW, reviews=3, lapses=0,
    produced=False, sitting=1, recall_then=0.9, failed_last=False, form=Form.CHOICE,
)  # fmt: skip


def test_a_bank_never_seen_has_no_mean() -> None:
    assert summary([NewFact(), NewFact()], NOW, SETTINGS) == BankSummary(2, 2, 0, 0, None)
    assert summary([], NOW, SETTINGS) == BankSummary(0, 0, 0, 0, None)


def test_facts_are_new_being_learnt_or_known() -> None:
    shaky, failed = replace(KEPT, stability=2.0), replace(KEPT, failed_last=True)
    forgotten = replace(KEPT, reviewed_at=NOW - timedelta(days=100))
    found = summary([NewFact(), KEPT, shaky, failed, forgotten], NOW, SETTINGS)
    assert (found.facts, found.new, found.learning, found.known) == (5, 1, 3, 1)


def test_mean_recall_is_over_facts_seen() -> None:
    found = summary([NewFact(), KEPT, replace(KEPT, reviewed_at=NOW)], NOW, SETTINGS)
    assert found.mean_recall == pytest.approx(0.95)


def test_the_table_keeps_the_order_and_leaves_unseen_cells_empty() -> None:
    cells = [
        CellState("KPO", "skill", KEPT),
        CellState("BPO", "skill", NewFact()),
        CellState("BPO", "price", replace(KEPT, reviewed_at=NOW)),
    ]
    table = recall_table(cells, NOW, SETTINGS)
    assert (table.concepts, table.attributes) == (("KPO", "BPO"), ("skill", "price"))
    assert table.rows[0][0].recall == pytest.approx(0.9)
    assert table.rows[0][1] == table.rows[1][0] == CellRecall(0, None, None)
    assert table.rows[1][1] == CellRecall(1, 1.0, 4)


def test_several_facts_of_a_cell_are_averaged() -> None:
    cells = [CellState("KPO", "skill", state) for state in (KEPT, replace(KEPT, reviewed_at=NOW), NewFact())]
    cell = recall_table(cells, NOW, SETTINGS).rows[0][0]
    assert cell.n == 2
    assert cell.recall == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("recall", "expected"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.7, 2), (0.85, 3), (0.9, 4), (1.0, 4)]
)
def test_shades_rise_with_recall(recall: float, expected: int) -> None:
    assert shade(recall) == expected


def test_the_hardest_facts_have_lapsed_most() -> None:
    memories = {
        1: KEPT,
        2: replace(KEPT, lapses=2),
        3: replace(KEPT, lapses=2, difficulty=8.0),
        4: replace(KEPT, reviews=1, lapses=0, difficulty=10.0),
    }
    assert [hard.fact for hard in hardest(memories, NOW, SETTINGS)] == [3, 2, 1]
    assert [hard.fact for hard in hardest(memories, NOW, SETTINGS, limit=1)] == [3]


def test_pairs_are_counted_both_ways_round() -> None:
    assert confused_pairs([(1, 2), (2, 1), (1, 2), (5, 4), (3, 3)]) == (
        ConfusedPair(1, 2, 3, 2, 1),
        ConfusedPair(4, 5, 1, 0, 1),
    )
    assert confused_pairs([]) == ()
