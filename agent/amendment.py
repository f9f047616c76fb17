"""What a second observer adds to an observation afterwards, and takes back of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from agent.observation import Heard, Observation, Seen


class Added(TypedDict):
    """What was seen besides: every note with the candidate's own words for it."""

    acts: list[Seen]
    points: list[Heard]
    facts: list[Heard]
    conditions: list[Heard]
    hardening: list[Heard]
    behaviours: list[Heard]
    addressed: str | None


class Amendment(TypedDict):
    """What changes in the observation of the answer in `turn` of the transcript.

    `withdrawn` are ids of points; `dropped` counts the notes that were not taken over, by reason.
    """

    observer: str
    turn: int
    added: Added
    withdrawn: list[str]
    dropped: dict[str, int]


def nothing() -> Added:
    """No addition at all."""
    return Added(acts=[], points=[], facts=[], conditions=[], hardening=[], behaviours=[], addressed=None)


def amend(seen: Observation, added: Added, withdrawn: Sequence[str]) -> Observation:
    """`seen` with the additions, and without the points that are withdrawn."""
    return Observation(
        **{
            **seen,
            "acts": [*seen["acts"], *added["acts"]],
            "points": [*(heard for heard in seen["points"] if heard["id"] not in withdrawn), *added["points"]],
            "facts": [*seen["facts"], *added["facts"]],
            "conditions": [*seen["conditions"], *added["conditions"]],
            "hardening": [*seen["hardening"], *added["hardening"]],
            "behaviours": [*seen["behaviours"], *added["behaviours"]],
            "addressed": seen["addressed"] or added["addressed"],
        }
    )


def news(seen: Observation, added: Added) -> Observation:
    """`seen` with the additions alone: what has not had its effect on the scene yet."""
    bare = Observation(**{**seen, "acts": [], "points": [], "facts": [], "conditions": [], "hardening": [], "behaviours": []})
    return amend(bare, added, ())


def points_after(
    points: Sequence[str], alone: Mapping[str, list[str]], to: str | None, added: Added, withdrawn: Sequence[str]
) -> tuple[list[str], dict[str, list[str]]]:
    """The points that came up before everybody, and those that somebody heard `alone`, after an answer to `to` was amended."""
    known = alone.get(to, []) if to else points
    new = [heard["id"] for heard in added["points"]]
    heard = [point for point in dict.fromkeys([*known, *new]) if point not in withdrawn]
    return (list(points), {**alone, to: heard}) if to else (heard, dict(alone))
