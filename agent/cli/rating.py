"""Rating somebody else: the user fills in the rubric after a reversed scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.cli.setup import ask
from agent.events import Rated

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.rubric import Competency, Level
    from agent.session import Interview

SKIPPED = ("", "-", "n")
SHOWN: tuple[Level, ...] = (1, 3, 5)


def rate(interview: Interview, screen: Screen) -> None:
    """Asks for a level of every competency that the scene shows, before the judge says anything."""
    scenario = interview.stage.scenario
    assert scenario.graded
    graded = [one for one in interview.stage.rubric.competencies if one.id in scenario.competencies]
    screen.heading(f"Now you: how did {interview.stage.name(scenario.graded)} do?")
    screen.note("A level from 1 to 5 for each, or Enter for not observed. The judge's levels come afterwards.")
    levels: dict[str, int | None] = {}
    try:
        for one in graded:
            levels[one.id] = _level(one, screen)
    except KeyboardInterrupt:
        screen.note(f"\nKept: {len(levels)} of {len(graded)}.")
    if levels:
        interview.rate(levels)


def can_be_rated(interview: Interview) -> bool:
    """Whether somebody else is graded here and the user has not rated them yet."""
    return interview.stage.scenario.graded is not None and not any(isinstance(event, Rated) for event in interview.events)


def _level(competency: Competency, screen: Screen) -> int | None:
    screen.text(f"\n{competency.name}")
    for level in SHOWN:
        screen.note(f"  {level}: {competency.levels[level]}")
    while True:
        given = ask("Level: ").strip().lower()
        if given in SKIPPED:
            return None
        if given in ("1", "2", "3", "4", "5"):
            return int(given)
        screen.note("A number from 1 to 5, or Enter for not observed.")
