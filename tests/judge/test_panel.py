"""Several models grade the same talk: the middle counts, and who said what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from agent.errors import FailureKind, InputError, ModelError
from agent.judge import ModelJudge, Panel
from agent.judge.grade import UNCALIBRATED
from agent.judge.model import Grading
from agent.library import Library
from agent.library.library import shipped
from agent.llm.call import Address
from agent.prompting import Prompts
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import State, Verdict
from tests.judge.scripted_judge import COMPETENCY, UNSEEN, Answer, ScriptedJudge, answer, quoted

COST = "A false decline costs us forty euros, so I would accept more fraud."
DOWN = ModelError(FailureKind.SERVER, "the model gave up")

Ask = Callable[..., Grading]


def levels(*given: int) -> list[Answer]:
    return [answer(quoted(2, COST), level=one, reasoning=f"It is a {one}.") for one in given]


@pytest.fixture
def ask(rubric: Rubric, talk: Callable[..., Transcript]) -> Ask:
    """Grades a talk by judges that give these answers about trade-offs."""
    prompts = Prompts(Library((shipped(),)))

    def asked(*judges: list[Answer], repeats: int = 1) -> Grading:
        made = []
        for number, answers in enumerate(judges, 1):
            model = ScriptedJudge(*answers)
            model.address = Address("scripted", f"judge-{number}")
            made.append(ModelJudge(prompts, model, repeats=repeats))
        return asyncio.run(Panel(made).grading(talk(COST), rubric))

    return asked


def verdict(grading: Grading) -> Verdict:
    return grading.report.verdicts[COMPETENCY]


def test_the_score_is_the_median_and_everybodys_levels_are_kept(ask: Ask) -> None:
    given = verdict(ask(levels(2), levels(3), levels(5)))
    assert (given.state, given.score, given.level, given.reasoning) == (State.SCORED, 3.0, 3, "It is a 3.")
    assert [(one.judge, one.levels, one.score) for one in given.opinions] == [
        ("scripted/judge-1", (2,), 2.0), ("scripted/judge-2", (3,), 3.0), ("scripted/judge-3", (5,), 5.0),
    ]  # fmt: skip
    assert [one.quote for one in given.evidence] == [COST]


def test_with_repeats_it_is_the_median_of_medians(ask: Ask) -> None:
    given = verdict(ask(levels(1, 1, 5), levels(4, 4, 4), levels(3, 4, 4), repeats=3))
    assert [sorted(filter(None, one.levels)) for one in given.opinions] == [[1, 1, 5], [4, 4, 4], [3, 4, 4]]
    assert given.score == 4.0


def test_judges_that_agree_are_surer(ask: Ask) -> None:
    sure, unsure = verdict(ask(levels(3), levels(3))), verdict(ask(levels(2), levels(4)))
    assert (sure.confidence or 0) > (unsure.confidence or 0)


def test_one_that_fails_is_left_out_and_named(ask: Ask) -> None:
    given = verdict(ask(levels(3), [DOWN], levels(3)))
    assert (given.state, given.score) == (State.SCORED, 3.0)
    assert given.opinions[1].state is State.INSTRUMENT_ERROR
    assert "the model gave up" in given.opinions[1].reasoning


def test_when_nobody_delivers_there_is_no_number(ask: Ask) -> None:
    given = verdict(ask([DOWN], [DOWN]))
    assert (given.state, given.score) == (State.INSTRUMENT_ERROR, None)
    assert given.reasoning.startswith("No judge of the panel delivered.")


def test_a_panel_that_is_split_over_the_state_abstains(ask: Ask) -> None:
    assert verdict(ask(levels(3), [UNSEEN])).state is State.ABSTAINED
    assert verdict(ask(levels(3), [UNSEEN], [UNSEEN])).state is State.NOT_OBSERVED


def test_the_report_says_who_was_asked_and_what_all_took(ask: Ask) -> None:
    grading = ask(levels(3), levels(4))
    assert grading.report.judge.id == "panel:scripted/judge-1 + scripted/judge-2"
    assert grading.report.judge.parameters["usage"]["calls"] == len(grading.calls) == 8
    assert len(grading.report.judge.parameters["judges"]) == 2


def test_a_note_of_one_judge_has_its_name(ask: Ask) -> None:
    forged = answer(quoted(2, "I always weigh every cost against its benefit."), quoted(2, COST))
    general, note = ask(levels(3), [forged]).report.notes
    assert general == UNCALIBRATED
    assert note.startswith("scripted/judge-2: 1 of the model's quotes did not hold")


def test_a_panel_of_one_is_none(ask: Ask) -> None:
    with pytest.raises(InputError, match="two or more different models"):
        ask(levels(3))
