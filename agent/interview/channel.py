"""Who hears the next answer when it names nobody."""

from __future__ import annotations

from agent.interview.stage import Stage
from agent.scene import Scene


def open_channel(scene: Scene, stage: Stage) -> str | None:
    """The person who began a word in private and waits for the answer; None for the whole room.

    A remark made aside is one remark: what comes after it is for the room again.
    """
    beat = stage.beats[scene["beat"]] if scene["beat"] else None
    return scene["channel"] if beat and beat.private else None
