"""A model judge that is calibrated: where its scores go, what holds them, and what is left alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.errors import InputError
from agent.judge.calibration import SHIPPED, Calibration, Calibrations, Shift, read_calibration
from agent.judge.grade import UNCALIBRATED
from agent.judge.learned.model import fingerprint_of
from agent.judge.model import PROMPT, ModelJudge
from agent.library import Library
from agent.library.library import shipped
from agent.prompting import Prompts
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import Evidence, GradeReport, State, Verdict
from tests.judge.scripted_judge import COMPETENCY, Answer, ScriptedJudge, answer, quoted

Talk = Callable[..., Transcript]

COST = "A false decline costs us forty euros, so I would accept more fraud."
HERE = quoted(2, COST)


def _calibration(rubric: Rubric, /, **changes: object) -> Calibration:
    shifts = {each.id: Shift(fingerprint=fingerprint_of(each), shift=-0.5, references=30) for each in rubric.competencies}
    model = ScriptedJudge().address
    fitted = Calibration(
        rubric=rubric.name,
        model=f"{model.provider}/{model.model}",
        prompt=PROMPT,
        provenance="made up for a test",
        data_sha256="",
        slope=0.8,
        intercept=0.6,
        competencies=shifts,
        coverage=0.8,
        intervals={1: (1.0, 0.8), 3: (0.5, 0.4)},
        report={},
    )
    return fitted.model_copy(update=changes)


def _graded(rubric: Rubric, talk: Talk, folder: Path, *answers: Answer, repeats: int = 1) -> GradeReport:
    judge = ModelJudge(Prompts(Library((shipped(),))), ScriptedJudge(*answers), repeats=repeats, calibrations=Calibrations((folder,)))
    return asyncio.run(judge.grade(talk(COST), rubric))


def _keep(calibration: Calibration, folder: Path) -> None:
    (folder / "one.json").write_text(calibration.model_dump_json())


def test_a_score_moves_and_gets_an_interval(rubric: Rubric, talk: Talk, tmp_path: Path) -> None:
    _keep(_calibration(rubric), tmp_path)
    report = _graded(rubric, talk, tmp_path, answer(HERE))
    verdict = report.verdicts[COMPETENCY]
    assert (verdict.score, verdict.level, verdict.interval) == (3.3, 3, (2.3, 4.1))
    assert verdict.opinions[0].levels == (4,)
    assert UNCALIBRATED not in report.notes
    assert list(report.judge.parameters["calibrations"]) == [rubric.name]


def test_more_answers_have_the_narrower_interval(rubric: Rubric, talk: Talk, tmp_path: Path) -> None:
    _keep(_calibration(rubric), tmp_path)
    verdict = _graded(rubric, talk, tmp_path, *[answer(HERE)] * 3, repeats=3).verdicts[COMPETENCY]
    assert (verdict.score, verdict.interval) == (3.3, (2.8, 3.7))
    assert verdict.opinions[0].score == 4.0


def test_a_cap_holds_what_was_moved_up(rubric: Rubric) -> None:
    name = rubric.competencies[0]
    up = _calibration(rubric, intercept=2.5)
    verdict = _verdict(4.0)
    assert up.applied(verdict, name, answers=1, at_most=2.0).score == 2.0
    assert up.applied(verdict, name, answers=1, at_most=5.0).score == 5.0


def test_what_is_not_scored_stays(rubric: Rubric) -> None:
    unseen = _verdict(4.0).model_copy(update={"state": State.NOT_OBSERVED, "score": None, "level": None, "confidence": None})
    assert _calibration(rubric).applied(unseen, rubric.competencies[0], answers=1, at_most=5.0) is unseen


def test_a_changed_competency_is_not_known(rubric: Rubric) -> None:
    changed = rubric.competencies[0].model_copy(update={"definition": "Something else."})
    verdict = _verdict(4.0)
    assert _calibration(rubric).applied(verdict, changed, answers=1, at_most=5.0) is verdict


@pytest.mark.parametrize("other", [{"rubric": "core@0.0.1"}, {"model": "openai/another"}, {"prompt": "judge/competency@1.1.0"}])
def test_one_for_something_else_is_not_used(rubric: Rubric, talk: Talk, tmp_path: Path, other: dict[str, str]) -> None:
    _keep(_calibration(rubric, **other), tmp_path)
    report = _graded(rubric, talk, tmp_path, answer(HERE))
    assert (report.verdicts[COMPETENCY].score, report.verdicts[COMPETENCY].interval) == (4.0, None)
    assert UNCALIBRATED in report.notes


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text(json.dumps({"format": 1}))
    with pytest.raises(InputError, match=r"broken\.json is no calibration"):
        read_calibration(file)


def test_those_that_come_along_are_whole() -> None:
    for file in SHIPPED.glob("*.json"):
        assert read_calibration(file).intervals


def _verdict(score: float) -> Verdict:
    quote = Evidence(turn=2, quote=COST)
    return Verdict(state=State.SCORED, level=int(score), score=score, confidence=0.5, evidence=(quote,), reasoning="It weighs the cost.")
