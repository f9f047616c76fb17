from __future__ import annotations

from agent.evaluation.comparing.pins import changes, pins_of
from tests.evaluation.comparing.graded import PIN, graded


def test_what_a_grading_took_is_no_pin() -> None:
    names = pins_of([graded({})])
    assert names["prompts judge/group@1.0.0"] == ("a" * 64,)
    assert not [name for name in names if "usage" in name]


def test_the_model_is_the_provider_s_and_the_prompt_is_ours() -> None:
    other = PIN.model_copy(update={"parameters": {**PIN.parameters, "model": ["judge-1-0915"], "prompts": {"judge/group@1.0.0": "b" * 64}}})
    found = {change.name: change.is_provider_s for change in changes(pins_of([graded({})]), pins_of([graded({}, pin=other)]))}
    assert found == {"model": True, "prompts judge/group@1.0.0": False}


def test_a_panel_s_models_are_the_provider_s_too() -> None:
    one, other = (PIN.model_copy(update={"parameters": {"judges": [{"model": [name], "repeats": 1}]}}) for name in ("x", "y"))
    (change,) = changes(pins_of([graded({}, pin=one)]), pins_of([graded({}, pin=other)]))
    assert change.is_provider_s
    assert str(change) == "judges 1 model: x → y"


def test_all_values_of_a_mixed_side_are_named() -> None:
    other = PIN.model_copy(update={"package": "0.2.0"})
    assert pins_of([graded({}), graded({}, pin=other)])["package"] == ("0.1.0", "0.2.0")
