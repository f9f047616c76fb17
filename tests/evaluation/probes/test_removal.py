"""What a level was cited for is taken away."""

from __future__ import annotations

import pytest

from agent.evaluation.golden import Golden
from agent.evaluation.probes.cited import PER_GOLDEN, removed
from agent.evaluation.probes.finding import Outcome
from agent.transcript import Transcript
from agent.verdict import Evidence, Verdict
from tests.evaluation.probes.scripted import OTHER, SEEN, Scripted, bench, golden, scored

COST, TEAM, ASIDE = "I would roll it back because of the cost.", "I asked the team what they need.", "It was a Monday, I think."


def talks() -> list[Golden]:
    return [golden(number, f"{COST} It is {number}.", TEAM, ASIDE) for number in range(12)]


def honest(talk: Transcript) -> dict[str, Verdict]:
    """Scores what it cites, and nothing else."""
    said = {turn.number: turn.text for turn in talk.candidate_turns}
    heard = {SEEN: COST, OTHER: TEAM}
    return {name: scored(4.0, (turn, quote)) for name, quote in heard.items() for turn, text in said.items() if quote in text}


def biased(talk: Transcript) -> dict[str, Verdict]:
    """Cites what was said, and scores by the first impression: the whole falls when anything is missing."""
    score = 4.0 if COST in talk.turns[1].text else 2.0
    return {SEEN: scored(score, (2, COST)), OTHER: scored(score, (4, TEAM))}


def test_a_judge_that_rests_on_what_it_cites_holds(found, rubric) -> None:
    finding = found("knock-out", bench(Scripted(honest), rubric, talks()))

    assert (finding.estimate, finding.outcome) == (1.0, Outcome.UNSURE)
    assert finding.also["not scored any more"] == 1.0
    assert finding.also["moved, where as many turns are not cited"] == 1.0
    assert finding.counts.only_before == finding.counts.pairs == 24


def test_with_enough_pairs_it_is_sure(found, rubric) -> None:
    many = [golden(number, f"{COST} It is {number}.", TEAM, ASIDE) for number in range(60)]
    assert found("knock-out", bench(Scripted(honest), rubric, many)).outcome is Outcome.HELD


def test_a_judge_that_does_not_need_its_quotes_fails(found, rubric) -> None:
    finding = found("knock-out", bench(Scripted(lambda talk: {SEEN: scored(4.0, (2, COST))}), rubric, talks()))

    assert (finding.estimate, finding.outcome) == (0.0, Outcome.FAILED)
    assert finding.also["as before, or score with it"] == 1.0


@pytest.mark.parametrize(
    ("after", "way"),
    [
        (scored(4.0, (2, COST), sure=0.4), "less sure"),
        (scored(2.0, (2, COST), (4, TEAM), sure=0.6), "surer"),
        (scored(4.5, (2, COST)), "fewer quotes"),
        (scored(3.9, (2, COST), (4, TEAM)), "score against what was cited"),
        (scored(4.1, (2, COST), (4, TEAM)), "as before, or score with it"),
    ],
)
def test_what_a_level_rests_on_is_read_from_its_confidence_first(found, rubric, after, way) -> None:
    before = scored(4.0, (2, COST), (4, TEAM))
    judge = Scripted(lambda talk: {SEEN: before if talk.turns[1].text and talk.turns[3].text else after})
    assert found("knock-out", bench(judge, rubric, talks())).also[way] == 1.0


def test_where_words_spoke_against_it_the_score_has_to_rise(found, rubric) -> None:
    judge = Scripted(lambda talk: {SEEN: scored(2.0 if talk.turns[1].text else 2.4, (2, COST), supports=False)})
    assert found("knock-out", bench(judge, rubric, talks())).also["score against what was cited"] == 1.0


def test_emptying_other_turns_is_reported_beside_it(found, rubric) -> None:
    fragile = Scripted(lambda talk: {SEEN: scored(4.0, (2, COST))} if all(turn.text for turn in talk.candidate_turns) else {})
    finding = found("knock-out", bench(fragile, rubric, talks()))
    assert finding.also["moved there, if those are emptied instead"] == 1.0


def test_a_judge_without_a_halo_holds(found, rubric) -> None:
    finding = found("halo", bench(Scripted(honest), rubric, talks()))

    assert (finding.estimate, finding.outcome) == (0.0, Outcome.HELD)
    assert finding.also["itself no longer scored"] == 1.0


def test_a_judge_with_a_halo_fails(found, rubric) -> None:
    finding = found("halo", bench(Scripted(biased), rubric, talks()))

    assert finding.outcome is Outcome.FAILED
    assert finding.estimate == pytest.approx(1.0)
    assert finding.also["others within 0.25"] == pytest.approx(0.5)


def test_words_that_others_are_cited_for_stay(found, rubric) -> None:
    shared = Scripted(lambda talk: {SEEN: scored(4.0, (2, COST)), OTHER: scored(4.0, (2, COST[2:20]))})
    finding = found("halo", bench(shared, rubric, talks()))
    assert (finding.counts.unchanged, finding.outcome) == (12, Outcome.NOT_RUN)


def test_only_the_cited_words_of_that_turn_go() -> None:
    talk = golden(1, f"{COST} {TEAM}", COST).transcript
    evidence = [Evidence(turn=2, quote=COST), Evidence(turn=4, quote=TEAM)]
    assert [turn.text for turn in removed(talk, evidence).candidate_turns] == [TEAM, COST]


def test_some_competencies_of_each_talk_are_taken(found, rubric) -> None:
    everything = Scripted(lambda talk: {each.id: scored(4.0, (2, COST)) for each in rubric.competencies})
    assert found("knock-out", bench(everything, rubric, talks())).counts.pairs == 12 * PER_GOLDEN
