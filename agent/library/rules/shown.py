"""Scenarios: every competency they name is in the rubric, and something in the scene lets the candidate show it."""

from __future__ import annotations

from collections.abc import Iterator

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.ids import refer
from agent.library.rules.references import look_up
from agent.scenario import Scenario


def check_competencies(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Competencies that the rubric lacks, that points bring in on their own, or that nothing in the scene can show."""
    scenario: Scenario = loaded.document
    placed: list[tuple[Loc, str]] = [(("competencies", index), name) for index, name in enumerate(scenario.competencies)]
    asked = list(_asked(scenario))
    rubric = look_up(library.rubric, scenario.rubric) if scenario.rubric in library.names("rubric") else None
    for loc, name in [*placed, *asked] if rubric else []:
        known = [competency.id for competency in rubric.competencies] if rubric else []
        yield from refer(loaded, loc, f"competency in rubric {scenario.rubric}", name, known)
    for loc, name in asked:
        if name not in scenario.competencies:
            yield loaded.problem(loc, f"{name!r} is not among the scenario's competencies; add it there", "warning")
    shown = {name for _, name in asked} | _by_twists(scenario, library)
    for loc, name in placed:
        if name not in shown:
            message = f"no point, contingency or twist lets the candidate show {name!r}; write one, or leave the competency out"
            yield loaded.problem(loc, message, "warning")


def _asked(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    for index, beat in enumerate(scenario.beats):
        for number, point in enumerate(beat.points):
            yield ("beats", index, "points", number, "competency"), point.competency
    for index, contingency in enumerate(scenario.contingencies):
        yield ("contingencies", index, "competency"), contingency.competency


def _by_twists(scenario: Scenario, library: Library) -> set[str]:
    twists = [look_up(library.twist, use.twist) for use in scenario.twists]
    return {name for twist in twists if twist for name in twist.competencies}
