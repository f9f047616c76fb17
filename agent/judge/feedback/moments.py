"""The best and the weakest moment of each competency that was scored, and what a level higher would have sounded like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from agent.feedback import CompetencyMoments, Higher, Moment
from agent.judge.feedback.clauses import decisions, events
from agent.judge.feedback.data import CompetencyTemplates, templates
from agent.judge.feedback.facts import Fact, Facts
from agent.judge.feedback.filling import Filled, filled
from agent.judge.feedback.telling import is_concrete, telling
from agent.judge.quotes import is_verified, normalised
from agent.prose import words
from agent.rubric import LEVELS, Competency, Indicator, Rubric
from agent.transcript import Transcript
from agent.verdict import Evidence, State, Verdict

_ABOUT_THE_GRADING = re.compile(r"\b(?:transcript|assessors?|graders?|evaluators?|top band|strong hire)\b", re.IGNORECASE)
WORTH_SHOWING = 5
"""Of so many words a quote can stand for a moment."""
VAGUE = 4
"""A quote with fewer telling words is vague."""
STRONG_FROM = 3
"""From this level on the next one takes a strong indicator."""


def moments(transcript: Transcript, rubric: Rubric, verdicts: Mapping[str, Verdict], facts: Facts) -> tuple[CompetencyMoments, ...]:
    """One for every scored competency that has something to show, in the order of the rubric."""
    used: list[Fact] = []
    found = (_moments(each, verdicts[each.id], transcript, facts, used) for each in rubric.competencies if _is_scored(verdicts[each.id]))
    return tuple(one for one in found if one.best or one.weakest or one.higher)


def _is_scored(verdict: Verdict) -> bool:
    return verdict.state is State.SCORED


def _moments(competency: Competency, verdict: Verdict, transcript: Transcript, facts: Facts, used: list[Fact]) -> CompetencyMoments:
    evidence = [one for one in verdict.evidence if is_verified(one, transcript)]
    support = [one for one in evidence if one.supports]
    strengths = {one.id: one.strength for one in competency.indicators}
    ranked = sorted(support, key=lambda one: -_worth(one, strengths.get(one.indicator, 1), support.index(one)))
    best = next((one for one in ranked if _stands_alone(one.quote)), None)
    weakest = _weakest(ranked, [one for one in evidence if not one.supports], best, verdict.level or 1)
    return CompetencyMoments(
        competency=competency.id,
        best=_moment(best),
        weakest=_moment(weakest),
        higher=_higher(competency, verdict, facts, [one for one in (weakest, best, *ranked) if one], used),
    )


def _moment(one: Evidence | None) -> Moment | None:
    return Moment(turn=one.turn, quote=one.quote, shows=one.text, supports=one.supports) if one else None


def _weakest(ranked: Sequence[Evidence], against: Sequence[Evidence], best: Evidence | None, level: int) -> Evidence | None:
    """The clearest against it; else, of a low level, the vaguest of what speaks for it, if there is a better one."""
    if against:
        return against[0]
    vague = [
        one for one in ranked if best and level < STRONG_FROM and _is_vague(one.quote) and normalised(one.quote) != normalised(best.quote)
    ]
    return vague[-1] if vague else None


def _is_vague(quote: str) -> bool:
    """No figure, no question, and little that says something."""
    return not any(character.isdigit() or character == "?" for character in quote) and telling(quote) < VAGUE


def _stands_alone(quote: str) -> bool:
    return len(words(quote)) >= WORTH_SHOWING and is_concrete(quote) and not _ABOUT_THE_GRADING.search(quote)


def _worth(one: Evidence, strength: int, place: int) -> float:
    """More for a strong indicator, for figures, deeds and decisions, and for what the judge put first."""
    says = min(telling(one.quote), 8) / 4
    figures = any(character.isdigit() for character in one.quote)
    acts = any(True for _ in (*decisions(one.quote), *events(one.quote)))
    return 0.8 * strength + says + 0.6 * figures + 0.4 * acts - 0.25 * place


def _higher(competency: Competency, verdict: Verdict, facts: Facts, near: Sequence[Evidence], used: list[Fact]) -> Higher | None:
    """The first wanted indicator for which a sentence can be taken up; else the first one in words. Nothing above the highest level."""
    wanted = list(_wanted(competency, verdict))
    if not wanted:
        return None
    known = templates().get(competency.id, CompetencyTemplates(indicators={}))
    against = [one for one in verdict.evidence if not one.supports]
    for indicator in wanted:
        found = _taken_up(indicator, known, facts, near, used)
        if found and not _is_against(found.fact, against):
            used.append(found.fact)
            return Higher(adds=indicator.text, text=found.text, turn=found.fact.said.turn)
    return Higher(adds=wanted[0].text)


def _is_against(fact: Fact, against: Sequence[Evidence]) -> bool:
    """Whether the words come from a sentence that speaks against the competency."""
    return any(one.turn == fact.said.turn and (fact.words in one.quote or one.quote in fact.said.text) for one in against)


def _taken_up(
    indicator: Indicator, known: CompetencyTemplates, facts: Facts, near: Sequence[Evidence], used: Sequence[Fact]
) -> Filled | None:
    turns = list(dict.fromkeys(one.turn for one in near))
    options = known.indicators.get(indicator.id, ())
    return next((found for template in options if (found := filled(template, facts, turns, used))), None)


def _wanted(competency: Competency, verdict: Verdict) -> Iterator[Indicator]:
    """The indicators that would lift it: what turns round what speaks against it, then those the judge missed, then the other ones."""
    if verdict.level == LEVELS[-1]:
        return
    heard = {one.indicator for one in verdict.evidence if one.supports}
    unheard = {one.id: one for one in competency.indicators if one.id not in heard}
    instead = _instead(competency)
    turned = [unheard[name] for one in verdict.evidence if not one.supports and (name := instead.get(one.indicator, "")) in unheard]
    missed = [one for text in verdict.missing for one in unheard.values() if one.text == text]
    strong = [one for one in unheard.values() if one.strength == 2]
    rest = [*strong, *unheard.values()] if (verdict.level or 1) >= STRONG_FROM else list(unheard.values())
    yield from {one.id: one for one in (*turned, *missed, *rest)}.values()


def _instead(competency: Competency) -> dict[str, str]:
    """By counter-indicator the indicator that turns it round: as the templates say, else what lifts its cap."""
    lifts = {cap.counter: cap.unless for cap in competency.caps if cap.unless}
    known = templates().get(competency.id)
    return {**lifts, **(known.instead if known else {})}
