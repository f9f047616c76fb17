"""Two drills: one for the worst mistake, one for the weakest competency, filled with what the candidate said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from agent.feedback import CompetencyMoments, Drill, Mistake
from agent.judge.feedback.data import DrillKind, drills
from agent.judge.feedback.facts import Fact, FactKind, Facts
from agent.judge.feedback.filling import slots, with_words
from agent.judge.feedback.mistakes import Talk
from agent.prose import sentences, words
from agent.rubric import Rubric

COUNT = 2
QUOTED = 140
FACTS: tuple[FactKind, ...] = ("choice", "decision", "event", "measure")
ENOUGH_TO_CUT = 60
"""A shorter answer has nothing to cut."""
_FAILURE = re.compile(r"\bfail\w*|\bmistakes?\b|\bweakness|\bfeedback\b|went wrong|got wrong")


def chosen(talk: Talk, rubric: Rubric, mistakes: Sequence[Mistake], facts: Facts) -> tuple[Drill, ...]:
    """At most two different drills: the worst mistake's, then the weakest competencies', then those of further mistakes."""
    found: dict[str, Drill] = {}
    by_mistake = list(_for_mistakes(talk, mistakes, facts))
    for drill in chain(by_mistake[:1], _for_competencies(talk, rubric, facts), by_mistake[1:]):
        found.setdefault(drill.id, drill)
        if len(found) == COUNT:
            break
    return tuple(found.values())


def _for_mistakes(talk: Talk, mistakes: Sequence[Mistake], facts: Facts) -> Iterator[Drill]:
    for one in mistakes:
        for id, kind in drills().items():
            if one.id in kind.mistakes:
                yield from _filled(id, kind, one.name, {**_material(talk, one.turn, one.quote), "slip": _short(one.quote)}, facts)


def _for_competencies(talk: Talk, rubric: Rubric, facts: Facts) -> Iterator[Drill]:
    """The weakest first; of the same score the weightiest."""
    names = {each.id: each for each in rubric.competencies}
    moments = {one.competency: one for one in talk.best}
    scored = [(verdict.score, -names[name].weight, name) for name, verdict in talk.verdicts.items() if verdict.score and name in names]
    for _, _, name in sorted(scored):
        for id, kind in drills().items():
            if name in kind.competencies:
                yield from _filled(id, kind, names[name].name, _weak_spot(talk, name, moments), facts)


def _weak_spot(talk: Talk, competency: str, moments: Mapping[str, CompetencyMoments]) -> dict[str, str]:
    shown = moments.get(competency)
    moment = (shown.weakest or shown.best) if shown else None
    evidence = talk.verdicts[competency].evidence[-1]
    return _material(talk, moment.turn if moment else evidence.turn, moment.quote if moment else evidence.quote)


def _material(talk: Talk, turn: int, quote: str) -> dict[str, str]:
    """What a drill may name: turns, and the words in them."""
    longest = max(talk.answers, key=lambda one: one.length)
    twist = next((one for one in talk.answers if one.after_twist), None)
    story = next((one for one in talk.structures if one.frame == "STAR"), None)
    return {
        "turn": str(turn),
        "quote": _short(quote),
        "long": str(longest.turn.number) if longest.length >= ENOUGH_TO_CUT else "",
        "words": str(longest.length),
        "twist": str(twist.turn.number) if twist else "",
        "story": str(story.turn) if story else "",
        "failed": next((str(one.turn.number) for one in talk.answers if _FAILURE.search(one.question)), ""),
        "first": str(talk.answers[0].turn.number),
        "question": _question(talk),
    }


def _question(talk: Talk) -> str:
    """What was asked before the first answer: the last question, or the last sentence."""
    before = [turn.text for turn in talk.transcript.turns if turn.number < talk.answers[0].turn.number]
    asked = [one for one in (sentences(before[-1]) if before else []) if one.endswith("?")]
    return _short(asked[-1]) if asked else ""


def _filled(id: str, kind: DrillKind, serves: str, material: Mapping[str, str], facts: Facts) -> Iterator[Drill]:
    """The first text whose slots can all be filled."""
    near = int(material["turn"])
    taken: dict[str, Fact] = {name: fact for name in FACTS if (fact := _nearest(facts.of(name), near))}
    for text in kind.texts:
        fact = next((one for name, one in taken.items() if name in slots(text)), None)
        known = {**material, **{name: one.words for name, one in taken.items()}, "place": str(fact.said.turn) if fact else ""}
        if all(known.get(name) for name in slots(text)):
            yield Drill(id=id, title=kind.title, minutes=kind.minutes, text=with_words(text, known), serves=serves)
            return


def _nearest(found: Sequence[Fact], turn: int) -> Fact | None:
    return min(found, key=lambda fact: (abs(fact.said.turn - turn), -len(words(fact.words))), default=None)


def _short(quote: str) -> str:
    first = sentences(quote)[0] if sentences(quote) else quote
    return first if len(first) <= QUOTED else first[: QUOTED - 1].rsplit(" ", 1)[0] + "…"
