"""Which of the known languages serves a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.languages import nearest

CODES = st.sampled_from(["en", "en-GB", "pt", "pt-BR", "pt-PT", "nb", "nn", "no", "zh-Hant", "fi"])


@pytest.mark.parametrize("language", [None, "", "fr", "e", "enx", "en-", "pt-PT"])
def test_a_language_that_is_not_there_has_no_neighbour(language: str | None) -> None:
    assert nearest(language, ["en-GB", "pt-BR", "fi"]) is None


@pytest.mark.parametrize(
    ("language", "known", "expected"),
    [
        ("pt-BR", ["en", "pt"], "pt"),
        ("pt", ["en", "pt-BR"], "pt-BR"),
        ("pt-BR", ["pt", "pt-BR"], "pt-BR"),
        ("pt-br", ["pt-BR"], "pt-BR"),
        ("de-AT", ["de", "en"], "de"),
        ("nb", ["en", "no"], "no"),
        ("no", ["nn", "nb"], "nb"),
        ("nb-NO", ["no"], "no"),
    ],
)
def test_a_variant_and_its_base_stand_for_each_other(language: str, known: list[str], expected: str) -> None:
    assert nearest(language, known) == expected


@given(CODES, st.lists(CODES, unique=True))
def test_a_language_that_is_there_is_never_replaced(language: str, known: list[str]) -> None:
    found = nearest(language, known)
    assert found is None or found in known
    assert found == language or language not in known
