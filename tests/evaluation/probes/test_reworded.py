"""Probes that allow a small shift."""

from __future__ import annotations

import pytest

from agent.evaluation.golden import Golden
from agent.evaluation.probes.finding import Outcome
from agent.prose import words
from tests.evaluation.probes.scripted import OTHER, SEEN, Scripted, always, bench, golden, said_in, scored

ALL = ["pad", "shorten", "repeat-said", "dialect", "typos", "articles", "lowercase"]
TALK = "Because it isn't the cheaper one I am going to take the first, and we have to tell the team about the cost of the rollback. "
LOW_AND_HIGH = {SEEN: scored(1.0), OTHER: scored(5.0)}


def talks() -> list[Golden]:
    return [golden(number, f"{TALK} It takes {number} hours.", TALK) for number in range(20)]


@pytest.mark.parametrize("name", [name for name in ALL if name != "shorten"])
def test_a_judge_that_minds_no_wording_holds(found, rubric, name) -> None:
    finding = found(name, bench(Scripted(always(3.0)), rubric, talks()))
    assert (finding.estimate, finding.interval, finding.outcome) == (0.0, (0.0, 0.0), Outcome.HELD)


@pytest.mark.parametrize("name", ["pad", "repeat-said"])
def test_a_judge_that_counts_words_fails(found, rubric, name) -> None:
    finding = found(name, bench(Scripted(lambda talk: {SEEN: scored(1 + len(words(said_in(talk))) / 60)}), rubric))

    assert finding.outcome is Outcome.FAILED
    assert finding.estimate > 0.3


def test_a_judge_that_likes_thanks_fails_when_they_go(found, rubric) -> None:
    polite = Scripted(lambda talk: {SEEN: scored(3.0 + said_in(talk).count("Hello"))})
    finding = found("shorten", bench(polite, rubric))
    assert (finding.estimate, finding.outcome) == (-1.0, Outcome.FAILED)


def test_a_judge_that_minds_capitals_fails(found, rubric) -> None:
    proper = Scripted(lambda talk: {SEEN: scored(4.0 if "Because" in said_in(talk) else 2.0)})
    assert found("lowercase", bench(proper, rubric, talks())).outcome is Outcome.FAILED


def test_what_is_scored_on_one_side_only_is_counted(found, rubric) -> None:
    long = Scripted(lambda talk: {SEEN: scored(3.0)} if len(words(said_in(talk))) > 60 else {})
    finding = found("pad", bench(long, rubric))

    assert finding.outcome is Outcome.NOT_RUN
    assert finding.counts.only_after == 12
    assert finding.also["newly observed"] == pytest.approx(1 / len(rubric.competencies))


def test_items_without_anything_to_change_are_left_out_and_counted(found, rubric) -> None:
    on = bench(Scripted(always(3.0)), rubric, [*talks(), golden(99, "Twelve hours, no more.")])
    finding = found("articles", on)
    assert (finding.counts.items, finding.counts.unchanged, finding.counts.pairs) == (21, 1, 20)


def test_the_same_seed_asks_the_same(found, rubric) -> None:
    judges = [Scripted(always(3.0)) for _ in range(3)]
    findings = [found("pad", bench(judge, rubric, seed=seed)) for judge, seed in zip(judges, (1, 1, 2), strict=True)]

    assert set(judges[0].asked) == set(judges[1].asked) != set(judges[2].asked)
    assert findings[0] == findings[1]


def test_what_a_mean_hides_is_shown_by_level(found, rubric) -> None:
    levelling = Scripted(lambda talk: {SEEN: scored(3.0), OTHER: scored(3.0)} if len(words(said_in(talk))) > 60 else LOW_AND_HIGH)
    finding = found("pad", bench(levelling, rubric))

    assert finding.estimate == 0.0
    assert {each.id: each.figures["mean shift"] for each in finding.families} == {"level-1-before": 2.0, "level-5-before": -2.0}
