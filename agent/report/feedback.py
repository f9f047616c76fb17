"""Feedback in sentences: under each competency, and under headings."""

from __future__ import annotations

from collections.abc import Iterator

from agent.feedback import CompetencyMoments, Drill, Feedback, Higher, Mistake, Moment, Structure
from agent.prose import clean
from agent.report.debrief import Section
from agent.report.measures import Row

SHOWN = 150
"""Of a longer quote in a structure so many characters are repeated."""


def moments(feedback: Feedback | None, level: dict[str, int | None]) -> dict[str, tuple[Row, ...]]:
    """By competency: its best and weakest moment, and what a level higher would have sounded like."""
    shown = feedback.moments if feedback else ()
    return {one.competency: tuple(_moments(one, level.get(one.competency))) for one in shown}


def feedback_sections(feedback: Feedback | None) -> tuple[Section, ...]:
    """Mistakes, the structure of stories, and drills; nothing for a report without feedback."""
    if feedback is None:
        return ()
    found = (
        Section("Mistakes worth mending", tuple(line for one in feedback.mistakes for line in _mistake(one))),
        Section("Structure of your stories", tuple(line for one in feedback.structures for line in _structure(one))),
        Section("Two drills" if len(feedback.drills) == 2 else "A drill", tuple(_drill(one) for one in feedback.drills)),
    )
    return tuple(Section(section.head, tuple(map(clean, section.lines))) for section in found if section.lines)


def _moments(one: CompetencyMoments, level: int | None) -> Iterator[Row]:
    if one.best:
        yield Row("Best moment", clean(_said(one.best)))
    if one.weakest:
        yield Row("Weakest moment", clean(f"{_said(one.weakest)} {_why(one.weakest)}".rstrip()))
    if one.higher:
        higher = "A level higher" if level is None else f"Level {min(level + 1, 5)} might sound like"
        yield Row(higher if one.higher.text else "What would lift it", clean(_higher(one.higher)))


def _said(one: Moment) -> str:
    return f"“{one.quote}” (turn {one.turn})"


def _why(one: Moment) -> str:
    return f"Goes only part of the way: {_lowered(one.shows)}" if one.supports and one.shows else one.shows


def _higher(one: Higher) -> str:
    return f"“{one.text}” (from turn {one.turn}; {_lowered(one.adds.rstrip('.'))})" if one.text else f"An answer that {_lowered(one.adds)}"


def _mistake(one: Mistake) -> Iterator[str]:
    again = f"; again in turn {', '.join(map(str, one.also))}" if one.also else ""
    yield f"{one.name}, turn {one.turn}{again}: “{one.quote}”"
    yield f"- {one.fix}"


def _structure(one: Structure) -> Iterator[str]:
    what = {"STAR": "a told event, as STAR", "CAR": "a motive, as CAR", "PEP": "a proposal, as PEP"}[one.frame]
    found = ", ".join(part.name for part in one.parts if part.quote)
    yield f"Turn {one.turn}, {what}: {found} {'are' if ',' in found else 'is'} there" + _without(one)
    for part in one.parts:
        if part.quote:
            yield f"- {part.name.capitalize()}{_number(one, part.name)}: “{_short(part.quote)}”" + (
                f" (turn {part.turn})" if part.turn != one.turn else ""
            )
        else:
            yield f"- {part.name.capitalize()} missing: {part.hint}."


def _without(one: Structure) -> str:
    missing = ", ".join(part.name for part in one.missing)
    return f"; {missing} {'are' if ',' in missing else 'is'} missing." if missing else "."


def _number(one: Structure, part: str) -> str:
    return "" if part != "result" or one.has_number is None else ", with a number" if one.has_number else ", without a number"


def _drill(one: Drill) -> str:
    return f"{one.title}, {one.minutes} minutes, for {_lowered(one.serves)}: {one.text}"


def _short(quote: str) -> str:
    return quote if len(quote) <= SHOWN else quote[: SHOWN - 1].rsplit(" ", 1)[0] + "…"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
