"""The blast radius, by judges that are small enough to be followed by hand."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agent.evaluation.comparing.blast import BlastRadius, blast_radius
from agent.evaluation.golden import Golden, goldens
from agent.evaluation.probes.bench import Bench
from agent.evaluation.statistics.paired import Change
from agent.rubric import Competency, Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport
from tests.evaluation.comparing.graded import FIRST, NAMES, PIN, RUBRIC, SECOND, graded
from tests.evaluation.comparing.test_affected import edited

ANCHORS = {**RUBRIC.competencies[0].levels, 5: "Something longer that nobody reaches any more, whatever they say."}


@pytest.fixture(scope="module")
def dev() -> list[Golden]:
    return list(goldens(Path(__file__).parents[3] / "evals" / "goldens", "dev"))[:12]


class ByAnchor:
    """Scores a competency by the length of its highest anchor, and remembers what it was asked about."""

    def __init__(self, id: str = "embedded") -> None:
        self.id = id
        self.asked: list[tuple[str, ...]] = []

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        self.asked.append(tuple(each.id for each in rubric.competencies))
        return graded({each.id: self.score(each, rubric) for each in rubric.competencies}, rubric=rubric, pin=PIN)

    def score(self, competency: Competency, rubric: Rubric) -> float:
        return 2.0 if competency.levels[5] == ANCHORS[5] else 3.0


class Careless(ByAnchor):
    """Grades the second competency by the first one's anchors too."""

    def score(self, competency: Competency, rubric: Rubric) -> float:
        return super().score(rubric.competencies[0], rubric) if competency.id == SECOND else super().score(competency, rubric)


def radius(judge: ByAnchor, after: Rubric, dev: list[Golden], before: Rubric = RUBRIC) -> BlastRadius:
    return asyncio.run(blast_radius(Bench(judge, before, dev, Path()), after, margin=0.1))


def test_a_repeatable_judge_proves_what_stays(dev: list[Golden]) -> None:
    found = radius(ByAnchor(), edited(levels=ANCHORS), dev)
    assert {row.name: row.change for row in found.rows}[FIRST] is Change.MOVED
    assert (found.proof.items, found.proof.verdicts, found.proof.differing) == (12, 132, ())
    assert "132 of 132 verdicts on 11 competencies of 12 talks are the same to the byte" in found.proof.proved
    assert "it follows" in found.proof.follows
    assert (found.gradings, found.exit_code) == (24, 1)
    assert {(one.competency, one.shift) for one in found.moved} == {(FIRST, -1.0)}


def test_what_moves_though_it_was_not_touched_is_named(dev: list[Golden]) -> None:
    found = radius(Careless(), edited(levels=ANCHORS), dev)
    assert {one.competency for one in found.proof.differing} == {SECOND}
    assert len(found.proof.differing) == 12
    assert found.exit_code == 1


def test_any_other_judge_is_asked_about_what_changed_alone_and_proves_nothing(dev: list[Golden]) -> None:
    judge = ByAnchor("model:somebody")
    found = radius(judge, edited(levels=ANCHORS), dev)
    assert set(judge.asked) == {(FIRST,)}
    assert [row.name for row in found.rows] == [FIRST]
    assert (found.proof.proved, found.gradings) == ("", 24)
    assert "Nothing was graded to prove it" in found.proof.follows


def test_other_weights_have_the_rest_graded_once_and_move_the_overall_score(dev: list[Golden]) -> None:
    judge = ByAnchor("model:somebody")
    before, after = (rubric.model_copy(update={"formats": {}}) for rubric in (RUBRIC, edited(levels=ANCHORS, weight=5.0)))
    found = radius(judge, after, dev, before)
    assert judge.asked.count(NAMES[1:]) == 12
    assert [row.name for row in found.rows] == ["overall", FIRST]
    others = sum(each.weight for each in RUBRIC.competencies[1:])
    assert found.rows[0].score.mean == pytest.approx((5 * 2 + others * 3) / (5 + others) - 3, abs=0.006)


def test_another_weight_alone_grades_nothing_twice(dev: list[Golden]) -> None:
    judge = ByAnchor("model:somebody")
    found = radius(judge, edited(weight=5.0), dev)
    assert judge.asked == [NAMES] * 12
    assert [row.name for row in found.rows] == ["overall"]
    assert (found.change, found.exit_code) == (Change.SAME, 0)


def test_the_same_rubric_twice_asks_nobody(dev: list[Golden]) -> None:
    judge = ByAnchor("model:somebody")
    found = radius(judge, RUBRIC, dev)
    assert (judge.asked, found.rows, found.change, found.judge) == ([], (), Change.SAME, None)


def test_a_new_competency_has_nothing_to_be_compared_with(dev: list[Golden]) -> None:
    less = RUBRIC.model_copy(update={"competencies": RUBRIC.competencies[1:], "formats": {}})
    found = radius(ByAnchor("model:somebody"), RUBRIC, dev, before=less)
    assert [row.name for row in found.rows] == ["overall"]
    assert f"{FIRST}: only in the new version" in found.notes[0]
