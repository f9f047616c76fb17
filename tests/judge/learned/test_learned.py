"""The fitted judge on real talks, with the real embedder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.document import digest, fingerprint
from agent.judge import EmbeddedJudge
from agent.judge.doubt import shipped as shipped_doubt
from agent.judge.learned.model import shipped_model
from agent.judge.quotes import is_verified
from agent.judge.substance import shipped as shipped_substance
from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import State

QUESTION = "Support says parcels are marked delivered that nobody got. What do you do first?"
STRONG = (
    "I'd stop the automatic refunds tonight, because 40 people a day get the wrong answer. Then I'd compare the scans of the last "
    "two weeks with the drivers' photos, my guess is that the new scanner sends the time of the upload. Until I know, a person looks "
    "at every claim over 50 euros, that's about an hour a day for two people. I tell the head of support before lunch."
)
WEAK = "That's rather a question for the logistics team, the model does what it was trained for and the accuracy is 97%."


@pytest.fixture(scope="module")
def core() -> Rubric:
    return Library((shipped(),)).rubric("core")


@pytest.fixture(scope="module")
def fitted() -> EmbeddedJudge:
    return EmbeddedJudge(default_embedder())


def test_it_knows_every_competency_of_the_released_rubrics(core: Rubric) -> None:
    old = Library((shipped(),)).rubric("core@1.0.0")
    assert all(shipped_model().knows(each) for rubric in (core, old) for each in rubric.competencies)


def test_another_anchor_is_another_competency(core: Rubric) -> None:
    first = core.competencies[0]
    assert not shipped_model().knows(first.model_copy(update={"levels": {**first.levels, 3: "Half of it can be followed."}}))
    assert shipped_model().knows(first.model_copy(update={"weight": 2.0}))


def test_a_strong_answer_is_above_a_weak_one(fitted: EmbeddedJudge, core: Rubric, talk: Callable[..., Transcript]) -> None:
    strong, weak = (fitted.grade_now(talk(answer, prompt=QUESTION), core).verdicts["production_judgment"] for answer in (STRONG, WEAK))
    assert strong.score is not None
    assert strong.score > (weak.score or 0)


def test_quotes_stand_in_the_answers_and_intervals_hold_their_scores(
    fitted: EmbeddedJudge, core: Rubric, talk: Callable[..., Transcript]
) -> None:
    transcript = talk(STRONG, WEAK, prompt=QUESTION)
    scored = [verdict for verdict in fitted.grade_now(transcript, core).verdicts.values() if verdict.state is State.SCORED]
    assert scored
    for verdict in scored:
        assert all(is_verified(evidence, transcript) for evidence in verdict.evidence)
        assert verdict.interval
        assert verdict.score
        assert verdict.interval[0] <= verdict.score <= verdict.interval[1]


def test_the_same_talk_gets_the_same_report(fitted: EmbeddedJudge, core: Rubric, talk: Callable[..., Transcript]) -> None:
    transcript = talk(STRONG, WEAK, prompt=QUESTION)
    assert fitted.grade_now(transcript, core) == fitted.grade_now(transcript, core)


def test_the_report_names_the_model_by_its_weights(fitted: EmbeddedJudge) -> None:
    other = shipped_model().model_copy(update={"stretch": shipped_model().stretch + 0.1})
    pins = [judge.pin().parameters["models"] for judge in (fitted, EmbeddedJudge(default_embedder(), [other]))]

    assert pins[0] == [f"{shipped_model().version} {fingerprint(shipped_model())[:12]}"] != pins[1]


@pytest.mark.parametrize(("name", "head"), [("doubt", shipped_doubt), ("substance", shipped_substance)])
def test_it_names_the_heads_by_their_weights(fitted: EmbeddedJudge, name: str, head: Callable[[], dict[str, Any]]) -> None:
    assert fitted.pin().parameters[name] == f"{head()['version']} {digest(head())[:12]}"
