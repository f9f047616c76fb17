"""What an observer who was late brings into the scene, before the next answer is heard."""

from __future__ import annotations

from typing import Any, cast

from agent.amendment import Amendment, news
from agent.events import Amended, Event, ModelCalled, ModelFailed
from agent.interview import injection, ledger
from agent.interview.merging import is_empty
from agent.interview.model_observer import Late
from agent.interview.situation import Situation
from agent.interview.stage import Stage
from agent.observation import Heard, Observation
from agent.scene import Scene, fold


def catch_up(late: Late, scene: Scene, stage: Stage, now: float) -> list[Event]:
    """The calls, the amendment, and what it does to positions and to the running twist, with the turn it is about.

    Nothing is told here: facts that were asked for are carried over to the next answer (see `with_late_questions`).
    """
    events: list[Event] = [ModelCalled(at=now, **call) for call in late.calls]
    if late.failure and late.calls:
        events.append(ModelFailed(at=now, role="observer", model=late.calls[-1]["model"], reason=late.failure, instead="embedded"))
    amendment = late.amendment
    if amendment is None or (is_empty(amendment) and not amendment["dropped"]) or scene["seen"] is None:
        return events
    amended = Amended(at=now, **cast("dict[str, Any]", amendment))
    changed = fold([amended], scene)
    moved = ledger.settle(changed, stage, news(scene["seen"], amendment["added"]), now)
    settled = injection.answered(Situation(fold(moved, changed), stage, now)) if amendment["added"]["behaviours"] else []
    return [*events, amended, *moved, *settled]


def with_late_questions(seen: Observation, amendment: Amendment | None, before: Scene, to: str | None) -> Observation:
    """`seen` with the facts that were asked for in the answer before and not told; only in the channel they were asked in."""
    if amendment is None or to != before["to"]:
        return seen
    known = {heard["id"] for heard in seen["facts"]}
    late = [Heard(**{**heard, "turn": amendment["turn"]}) for heard in amendment["added"]["facts"] if heard["id"] not in known]
    return Observation(**{**seen, "facts": [*late, *seen["facts"]]})
