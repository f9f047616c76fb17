"""What a session offers beside the talk: hints, taking an answer back, rating somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.errors import InputError, SessionError
from agent.events import CandidateSaid, Event, HintGiven, Rated
from agent.scenario import Scenario
from agent.scene import Scene, effective


def next_hint(scenario: Scenario, scene: Scene, at: float) -> HintGiven | None:
    """The next hint for the current beat; None when there is no more."""
    beat = scene["beat"] or ""
    lines = next((hint.lines for hint in scenario.hints if hint.beat == beat), ())
    given = scene["hints"].get(beat, 0)
    return HintGiven(at=at, beat=beat, text=lines[given]) if given < len(lines) else None


def last_answer(events: Sequence[Event]) -> tuple[int, str]:
    """The sequence number and the text of the last answer that counts.

    Raises:
        SessionError: there is none.
    """
    kept = set(map(id, effective(events)))
    said = [(number, one) for number, one in enumerate(events, start=1) if isinstance(one, CandidateSaid) and id(one) in kept]
    if not said:
        raise SessionError("there is no answer to take back yet")
    return said[-1][0], said[-1][1].text


def rated(scenario: Scenario, levels: Mapping[str, int | None], at: float) -> Rated:
    """The user's levels of whoever is graded in a reversed scene.

    Raises:
        SessionError: the user is the one who is graded here.
        InputError: a competency is not one of the scene's, or a level is none.
    """
    if scenario.graded is None:
        raise SessionError("in this scene you are the one who is graded, so there is nobody to rate")
    unknown = [name for name in levels if name not in scenario.competencies]
    wrong = [level for level in levels.values() if level is not None and not 1 <= level <= 5]
    if unknown or wrong:
        raise InputError(f"levels go from 1 to 5 for {', '.join(scenario.competencies)}; got {dict(levels)!r}")
    return Rated(at=at, levels=dict(levels))
