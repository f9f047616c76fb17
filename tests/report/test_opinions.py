"""What several answers or several judges said, and what the grading took, in every format."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.console import Console

from agent.report import to_html, to_markdown, to_terminal
from agent.report.plain import to_plain
from agent.verdict import GradeReport, Opinion, State

GRADED = "Graded by openai/a: 4 calls, 18,200 tokens, price unknown."


def screen(report: GradeReport) -> str:
    console = Console(width=100, record=True, file=None, quiet=False, force_terminal=False)
    with console.capture() as captured:
        console.print(to_terminal(report))
    return captured.get()


def opinion(judge: str, *levels: int | None, state: State = State.SCORED) -> Opinion:
    return Opinion(judge=judge, state=state, levels=levels, reasoning=f"{judge} has its reasons.")


Add = Callable[..., GradeReport]


@pytest.fixture
def said(report: GradeReport) -> Add:
    def added(*opinions: Opinion) -> GradeReport:
        name, verdict = next(iter(report.verdicts.items()))
        verdicts = report.verdicts | {name: verdict.model_copy(update={"opinions": opinions})}
        return report.model_copy(update={"verdicts": verdicts, "context": {"graded": GRADED}})

    return added


@pytest.mark.parametrize("shown", [screen, to_plain, to_markdown, to_html])
def test_the_levels_of_every_answer_and_what_it_took(said: Add, shown: Callable[[GradeReport], str]) -> None:
    text = shown(said(opinion("openai/a", 3, None, 4)))
    assert "Levels 3, none, 4." in text
    assert text.count("Graded by openai/a: 4 calls, 18,200 tokens") == 1


@pytest.mark.parametrize("shown", [screen, to_plain, to_markdown, to_html])
def test_who_of_a_panel_said_what(said: Add, shown: Callable[[GradeReport], str]) -> None:
    text = shown(said(opinion("openai/a", 3, 4), opinion("mistral/b", 2), opinion("ollama/c", None, state=State.NOT_OBSERVED)))
    for line in ("openai/a: levels 3, 4.", "mistral/b: level 2.", "ollama/c: not observed."):
        assert line in text.replace("\\", "")


def test_pages_also_say_why(said: Add) -> None:
    report = said(opinion("openai/a", 3), opinion("mistral/b", 2))
    assert "mistral/b has its reasons." in to_html(report)
    assert "mistral/b has its reasons." in to_markdown(report).replace("\\", "")
