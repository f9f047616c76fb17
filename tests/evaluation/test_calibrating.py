"""Fitting a model judge's calibration: what it recovers, what it promises of unseen talks, and what it refuses."""

from __future__ import annotations

from random import Random

import pytest

from agent.errors import InputError
from agent.evaluation.calibrating import PRIOR, Pair, Source, calibration, curve, pairs
from agent.judge.calibration import Calibration
from agent.rubric import Rubric
from agent.verdict import Evidence, GradeReport, JudgePin, Opinion, Overall, RubricPin, State, Verdict

SOURCE = Source("openai/strong", "judge/group@1.0.0", "made up for a test")


def _pairs(rubric: Rubric, *, families: int = 20, strict: float = 0.0, seed: int = 1) -> list[Pair]:
    """Levels of a judge that is so many levels too low, one more on the first competency, and off by one at times."""
    drawn, names = Random(seed), [each.id for each in rubric.competencies]
    found = []
    for family in range(families):
        for name in names:
            level = drawn.randint(1, 5)
            levels = tuple(min(5, max(1, level + drawn.choice((0, 0, 0, -1, 1)))) for _ in range(3))
            reference = min(5.0, level + strict + (strict if name == names[0] else 0.0))
            found.append(Pair(f"talk-{family}", f"family-{family}", name, levels, reference))
    return found


def test_what_a_judge_is_off_by_is_made_good_on_unseen_talks(rubric: Rubric) -> None:
    fitted = calibration(_pairs(rubric, families=60, strict=1.0), rubric, SOURCE)
    first, second = (each.id for each in rubric.competencies[:2])
    assert fitted.competencies[first].shift - fitted.competencies[second].shift > 0.3
    before, after = fitted.report["before"], fitted.report["after"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert after["mae"] < before["mae"]
    assert abs(after["bias"]) < abs(before["bias"]) / 4


def test_the_interval_holds_its_share_of_unseen_references(rubric: Rubric) -> None:
    fitted = calibration(_pairs(rubric, families=80), rubric, SOURCE)
    covered = fitted.report["covered"]
    assert isinstance(covered, float)
    assert covered == pytest.approx(fitted.coverage, abs=0.08)
    assert sum(fitted.intervals[3]) <= sum(fitted.intervals[1])


def test_a_competency_with_few_references_stays_near_the_others(rubric: Rubric) -> None:
    first, second = (each.id for each in rubric.competencies[:2])
    many = [Pair(f"a{place}", f"f{place}", first, (level,), float(level)) for place in range(40) for level in (1, 3, 5)]
    few = [Pair("b", "g", second, (3,), 5.0)]
    shift = curve([*many, *few]).shifts[second]
    assert 0 < shift < 2.0 / PRIOR


def test_a_judge_that_says_the_opposite_gets_no_slope() -> None:
    found = [Pair(f"t{place}", f"f{place}", "ethics", (level,), 6.0 - level) for place in range(20) for level in (1, 3, 5)]
    assert curve(found).slope == 0.0


def test_the_same_answers_give_the_same_bytes(rubric: Rubric) -> None:
    one, other = (calibration(_pairs(rubric), rubric, SOURCE).model_dump_json() for _ in range(2))
    assert one == other
    assert Calibration.model_validate_json(one).model_dump_json() == one


def test_too_few_levels_are_refused(rubric: Rubric) -> None:
    with pytest.raises(InputError, match="too few to calibrate"):
        calibration(_pairs(rubric, families=1), rubric, SOURCE)


def test_pairs_are_what_both_scored(rubric: Rubric) -> None:
    name, other, third = (each.id for each in rubric.competencies[:3])
    scored = Verdict(
        state=State.SCORED,
        level=4,
        score=4.0,
        confidence=0.5,
        evidence=(Evidence(turn=2, quote="I would measure it per group first"),),
        reasoning="It measures.",
        opinions=(Opinion(judge="m", state=State.SCORED, levels=(3, None, 4), score=3.5),),
    )
    unseen = Verdict(state=State.NOT_OBSERVED, reasoning="Nothing called for it.")
    report = GradeReport(
        title="A talk",
        rubric=RubricPin(id=rubric.slug, version=rubric.version, sha256=""),
        judge=JudgePin(id="model:m", version="1", package="0"),
        verdicts={name: scored, other: unseen, third: scored.model_copy(update={"opinions": ()})},
        delivery={},
        overall=Overall(score=4.0, coverage=1.0, scored=1, expected=1),
    )
    levels = {("a-talk", name): 3.5, ("a-talk", other): 2.0, ("a-talk", third): 4.0}
    found = pairs({"a-talk": report}, {"a-talk": "talks"}, levels)
    assert [(pair.competency, pair.levels, pair.reference) for pair in found] == [(name, (3, 4), 3.5), (third, (4,), 4.0)]


def test_levels_that_are_right_already_stay(rubric: Rubric) -> None:
    name = rubric.competencies[0].id
    found = [Pair(f"t{place}", f"f{place}", name, (place % 5 + 1,), float(place % 5 + 1)) for place in range(60)]
    fitted = calibration([one._replace(reference=4.0) if one.item == "t0" else one for one in found], rubric, SOURCE)
    assert (fitted.slope, fitted.intercept, fitted.report["moved"]) == (1.0, 0.0, False)
    assert fitted.report["before"] == fitted.report["after"]
