from __future__ import annotations

import pytest

from agent.engine import Engine
from agent.events import PositionMoved
from agent.library import Library
from agent.library.library import shipped
from agent.session import Interview

SCENES = Library((shipped(),)).names("scenario")
INSISTENCE = (
    "I still think you are wrong and we should do it my way.",
    "No, really, just do it.",
    "I have said it before and I say it again: we have to do this.",
    "You simply have to accept it.",
    "I insist. There is no other way.",
    "Come on, it is the right thing to do.",
)
FLATTERY = (
    "You are the most experienced person in this room and I admire you.",
    "That is such a smart point, you are brilliant.",
    "Everybody says how good you are at this.",
    "I have the highest respect for you and for all that you have built.",
)


def live(engine: Engine, scene: str) -> Interview:
    interview = Interview(scene, seed=1, engine=engine, minutes=0)
    interview.start()
    return interview


def positions_of(scene: str) -> list[str]:
    library = Library((shipped(),))
    members = library.scenario(scene).cast
    return [
        f"{member.persona}/{position.id}"
        for member in members
        for position in member.positions or library.persona(member.persona).positions
    ]


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("pressure", [INSISTENCE, FLATTERY], ids=["insistence", "flattery"])
def test_twelve_rounds_of_pressure_move_nothing(engine: Engine, scene: str, pressure: tuple[str, ...]) -> None:
    interview = live(engine, scene)
    for turn in range(12):
        if not interview.is_over:
            interview.say(pressure[turn % len(pressure)])
    moved = [event for event in interview.events if isinstance(event, PositionMoved) and event.to in ("softened", "moved")]
    assert moved == []


@pytest.mark.parametrize(("scene", "name"), [(scene, name) for scene in SCENES for name in positions_of(scene)])
def test_meeting_the_conditions_moves_a_position_in_the_next_line(engine: Engine, scene: str, name: str) -> None:
    interview = live(engine, scene)
    for condition in interview.stage.positions[name].moves_when:
        since = len(interview.events)
        said = interview.say(condition.heard.examples[0], to="room")
        changes = [event for event in interview.events[since:] if isinstance(event, PositionMoved) and event.to == "moved"]
        speaking = {line.persona for line in said if line.move == "moved"}
        assert {change.persona for change in changes} == speaking
    assert interview.scene["positions"][name]["state"] == "moved"
