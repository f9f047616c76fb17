"""Agreement with raters, and its intervals."""

from __future__ import annotations

from random import Random

import pytest

from agent.evaluation import held_out
from agent.evaluation.ratings import Rating
from agent.evaluation.runs.counts import counted
from agent.evaluation.runs.figures import agreement
from agent.evaluation.runs.raters import against, among, repeated
from agent.verdict import Evidence, Opinion, State, Verdict

UNSEEN = Verdict(state=State.NOT_OBSERVED, reasoning="Nothing was said.")
BROKEN = Verdict(state=State.INSTRUMENT_ERROR, reasoning="It failed.")
Verdicts = dict[str, dict[str, Verdict]]


def scored(score: float, *levels: int) -> Verdict:
    opinions = (Opinion(judge="m", state=State.SCORED, levels=levels),) if levels else ()
    return Verdict(
        state=State.SCORED,
        level=int(score + 0.5),
        score=score,
        confidence=0.5,
        evidence=(Evidence(turn=1, quote="so"),),
        interval=(max(1.0, score - 1), min(5.0, score + 1)),
        reasoning="So.",
        opinions=opinions,
    )


@pytest.fixture
def talks() -> tuple[Verdicts, dict[tuple[str, str], float | None]]:
    """Sixty items whose judge is off by at most one level, and now and then sees nothing."""
    chance = Random(3)
    verdicts: Verdicts = {}
    levels: dict[tuple[str, str], float | None] = {}
    for number in range(60):
        level = chance.randint(1, 5)
        item = f"item-{number}"
        levels[item, "communication"] = float(level) if chance.random() < 0.8 else None
        said = scored(min(5.0, max(1.0, level + chance.choice((-0.7, 0.0, 0.4)))))
        verdicts[item] = {"communication": said if chance.random() < 0.8 else UNSEEN}
    return verdicts, levels


def test_the_figures_are_those_of_held_out_data(talks) -> None:
    verdicts, levels = talks
    pairs = [held_out.Pair(levels[item, name], verdict) for item, found in verdicts.items() for name, verdict in found.items()]
    row = agreement(verdicts, levels)["all"]
    assert row.model_dump(exclude={"ci"}) == held_out.of_pairs(pairs).model_dump()


def test_each_figure_lies_within_its_interval_and_more_items_narrow_it(talks) -> None:
    verdicts, levels = talks
    row = agreement(verdicts, levels)["all"]
    assert set(row.ci) == {"qwk", "mae", "bias", "observed", "covered"}
    for name, (low, high) in row.ci.items():
        assert low <= getattr(row, name) <= high
    twice = {f"{item}{more}": found for more in ("", "-b", "-c", "-d") for item, found in verdicts.items()}
    more = {(f"{item}{more}", name): level for more in ("", "-b", "-c", "-d") for (item, name), level in levels.items()}
    narrow = agreement(twice, more)["all"].ci["mae"]
    assert narrow[1] - narrow[0] == pytest.approx((row.ci["mae"][1] - row.ci["mae"][0]) / 2, rel=0.2)


def test_few_items_have_no_interval(talks) -> None:
    verdicts, levels = talks
    assert agreement(dict(list(verdicts.items())[:9]), levels)["all"].ci == {}


def test_instrument_errors_are_no_verdicts_of_the_judge(talks) -> None:
    verdicts, levels = talks
    spoilt = {**verdicts, "item-0": {"communication": BROKEN}}
    assert agreement(spoilt, levels)["all"].items == 59
    counts = counted(spoilt, items=60, left_out=0, competencies=1)
    assert (counts.planned, counts.instrument_error, counts.scored + counts.not_observed) == (60, 1, 59)


def test_counts_that_do_not_add_up_are_no_counts(talks) -> None:
    verdicts, _ = talks
    with pytest.raises(ValueError, match="were judged"):
        counted(verdicts, items=61, left_out=0, competencies=1)
    with pytest.raises(ValueError, match="do not add up"):
        counted(verdicts, items=60, left_out=0, competencies=2)


def ratings(*rows: tuple[str, str, float | None]) -> list[Rating]:
    return [Rating(item=item, competency="communication", rater=rater, value=value) for item, rater, value in rows]


def test_a_judge_is_compared_with_each_rater_and_the_raters_with_each_other() -> None:
    rows = ratings(*((f"item-{n}", rater, n % 5 + 1) for n in range(20) for rater in ("a", "b")))
    rows += ratings(*((f"item-{n}", "c", 5 - n % 5) for n in range(20)))
    verdicts = {f"item-{n}": {"communication": scored(float(n % 5 + 1))} for n in range(20)}

    found = against("judge:x", verdicts, rows)
    assert {rater: each.figures["qwk"] for rater, each in found.items()} == {"a": 1.0, "b": 1.0, "c": -1.0}
    assert found["a"].units == 20
    raters = among(rows)["all"]
    assert raters.sides == 3
    assert raters.figures["exact"] == pytest.approx((1 + 0.2 + 0.2) / 3, abs=1e-4)
    assert among(rows[:1]) == {}


def test_repeats_are_compared_with_each_other() -> None:
    verdicts = {f"item-{n}": {"communication": scored(3.0, 3, 3, 4 if n % 2 else 3)} for n in range(20)}
    own = repeated(verdicts)["communication"]
    assert own.sides == 3
    assert own.figures["exact"] == pytest.approx(2 / 3, abs=1e-4)
    assert repeated({"item": {"communication": scored(3.0)}}) == {}


def test_a_bias_is_judge_minus_raters_together_and_one_by_one() -> None:
    """A judge who gives 4 where both raters give 3 is one level milder than they are, in both figures."""
    verdicts = {f"item-{number}": {"communication": scored(4.0)} for number in range(4)}
    ratings = [Rating(item=item, competency="communication", rater=rater, value=3.0) for item in verdicts for rater in ("a", "b")]

    together = agreement(verdicts, {(item, "communication"): 3.0 for item in verdicts})
    each = against("judge:m", verdicts, ratings)

    assert together["all"].bias == 1.0
    assert [one.figures["bias"] for one in each.values()] == [1.0, 1.0]
