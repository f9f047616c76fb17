from __future__ import annotations

import pytest

from agent.errors import InputError
from agent.evaluation.probes.shortening import read_shortening, shortened
from tests.evaluation.probes.scripted import EVALS

RULE = read_shortening(EVALS / "padding/shortening.yaml")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hi both. Thank you, Ines. We roll back.", "We roll back."),
        ("Great question! I mean, she actually owns it.", "She owns it."),
        ("Um, it is, to be honest, a risk.", "It is, a risk."),
        ("Thanks for having me. - First\n- Second", "- First\n- Second"),
        ("Okay. That costs more. Okay. Done.", "That costs more. Done."),
    ],
)
def test_greetings_thanks_and_fillers_go(text: str, left: str) -> None:
    assert shortened(text, RULE) == left


@pytest.mark.parametrize(
    "text", ["You know the platform better.", "What I mean is the cost.", "Sure.", "That kind of thing.", "Thanks Bilal, you found it."]
)
def test_what_may_mean_something_stays(text: str) -> None:
    assert shortened(text, RULE) == text


def test_an_answer_is_never_left_empty() -> None:
    assert shortened("Hello Marek. Um.", RULE) == "Hello Marek. Um."


def test_a_file_without_a_rule_is_refused(tmp_path) -> None:
    file = tmp_path / "shortening.yaml"
    file.write_text("whole: []", encoding="utf-8")
    with pytest.raises(InputError, match="no rule"):
        read_shortening(file)
