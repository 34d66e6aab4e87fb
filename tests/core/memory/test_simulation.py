"""On made-up learners the blend believes what is true, and naive grading does not."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "simulate.py"


@pytest.fixture(scope="module")
def simulate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("simulate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["simulate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("options", [4, 2])
def test_the_blend_is_more_honest_than_counting_every_right_answer(simulate: ModuleType, options: int) -> None:
    naive, blend = (
        simulate.simulate(simulate.Policy("", options, blend=blend, unsure=blend), facts=120, days=90, seeds=(1,))
        for blend in (False, True)
    )
    assert naive.believed - naive.recall > 0.01
    assert blend.believed - blend.recall < (naive.believed - naive.recall) / 2
    assert blend.lost < naive.lost


def test_what_is_believed_of_typed_answers_is_true(simulate: ModuleType) -> None:
    typed = simulate.simulate(simulate.Policy("", 0), facts=120, days=90, seeds=(1,))
    assert typed.believed == pytest.approx(typed.recall, abs=1e-6)
