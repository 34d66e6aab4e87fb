"""Warnings to the author about the writing of a bank, and the logic errors that would teach something wrong.

Rules are those of item writing: E4, E5, W1, W3, W4, W5, W7 (Haladyna, Downing & Rodriguez 2002; Rodriguez 2005; Tarrant
2009); E1, E2 and E3 as logic. Generated items are checked where they are made.
"""

from collections.abc import Iterator
from itertools import chain

from quizapp.core.knowledge.finding import Finding
from quizapp.core.knowledge.lint_logic import logic_findings
from quizapp.core.knowledge.lint_wording import wording_findings
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.reading import Problem, Reading


def lint(reading: Reading, path: str = "") -> tuple[Problem, ...]:
    """Check the texts of every edition of a bank and return what an author should know, by place.

    Each problem has the place of its fact in the source file (`path`), line and column from 1, a rule id and a hint;
    `warning` is False for logic errors (E1, E2, E3, E5). The fact of a finding in a translation has its language before
    it; texts not yet translated are checked once, in the source edition. A reading without a bank has no editions and
    gives nothing.
    """
    found = (
        (reading.places.get(finding.fact, (1, 1)), _named(finding, edition), finding)
        for edition in reading.editions.values()
        for finding in _findings(edition)
    )
    return tuple(
        Problem(path, *place, finding.message, finding.hint, warning=finding.warning, rule=finding.rule, fact=fact)
        for place, fact, finding in sorted(found, key=lambda entry: entry[0])
    )


def _findings(bank: Bank) -> Iterator[Finding]:
    for finding in chain(logic_findings(bank), wording_findings(bank)):
        if finding.fact not in bank.untranslated:
            yield finding


def _named(finding: Finding, bank: Bank) -> str:
    return f"{bank.language}: {finding.fact}" if bank.translates else finding.fact
