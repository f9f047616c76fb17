"""Probes that demand the same grade."""

from __future__ import annotations

from itertools import count

import pytest

from agent.evaluation.probes.finding import Outcome
from agent.rubric import Rubric
from tests.evaluation.probes.scripted import BROKEN, OTHER, SEEN, Scripted, always, bench, said_in, scored


@pytest.mark.parametrize("name", ["repeat", "reorder", "names"])
def test_a_judge_that_never_changes_its_mind_holds(found, rubric, name) -> None:
    finding = found(name, bench(Scripted(always(3.0)), rubric))

    assert (finding.estimate, finding.outcome) == (1.0, Outcome.HELD)
    assert (finding.counts.items, finding.counts.pairs, finding.counts.both) == (12, 12, 12)


def test_a_repeatable_judge_that_drifts_once_fails(found, rubric) -> None:
    calls = count()
    finding = found("repeat", bench(Scripted(lambda talk: {SEEN: scored(3.0 + 0.01 * (next(calls) == 20))}), rubric))

    assert finding.outcome is Outcome.FAILED
    assert finding.estimate == pytest.approx(11 / 12)
    assert finding.also["competencies with the same level"] == 1.0


def test_any_other_judge_has_to_keep_most_levels(found, rubric) -> None:
    calls = count()
    on = bench(Scripted(lambda talk: {SEEN: scored(3.0 + 0.01 * next(calls))}, id="model"), rubric)
    assert found("repeat", on).outcome is Outcome.HELD


def test_a_judge_that_minds_the_order_of_competencies_fails(found, rubric: Rubric) -> None:
    class First(Scripted):
        async def grade(self, transcript, rubric):
            self._says = lambda talk: {SEEN: scored(5.0 if rubric.competencies[0].id == SEEN else 3.0)}
            return await super().grade(transcript, rubric)

    seen_first = rubric.model_copy(update={"competencies": tuple(sorted(rubric.competencies, key=lambda each: each.id != SEEN))})
    assert found("reorder", bench(First(always(3.0)), seen_first)).outcome is Outcome.FAILED


def test_a_judge_that_minds_who_asks_fails(found, rubric) -> None:
    finding = found("names", bench(Scripted(lambda talk: {SEEN: scored(3.0 + ("Mara" in said_in(talk)))}), rubric))
    assert (finding.estimate, finding.outcome) == (0.0, Outcome.FAILED)


def test_what_could_not_be_measured_is_counted_and_not_judged(found, rubric) -> None:
    on = bench(Scripted(lambda talk: {SEEN: BROKEN if "41" in said_in(talk) else scored(3.0), OTHER: scored(2.0)}), rubric)
    finding = found("repeat", on)

    assert finding.outcome is Outcome.HELD
    assert (finding.counts.errors, finding.counts.both, finding.counts.competencies) == (1, 23, 12 * len(rubric.competencies))


def test_a_broken_judge_cannot_be_probed(found, rubric) -> None:
    broken = Scripted(lambda talk: {each.id: BROKEN for each in rubric.competencies})
    assert found("repeat", bench(broken, rubric)).outcome is Outcome.NOT_RUN
