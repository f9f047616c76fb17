"""The nodes of the graph, as plain functions of the turn's state and a frozen context.

None of them writes anywhere: each returns new events and the scene with those events in.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Literal, cast

from agent.events import (
    ArtifactChanged,
    CandidateSaid,
    CutSettled,
    Draft,
    Ended,
    EndReason,
    Event,
    Interrupted,
    Line,
    Mode,
    ModelCalled,
    ModelFailed,
    Observed,
    PositionMoved,
    SessionStarted,
    Silence,
    TestRan,
    TwistSettled,
    parse_event,
)
from agent.interview import injection, ledger, overlap
from agent.interview.afterthought import catch_up, with_late_questions
from agent.interview.channel import open_channel
from agent.interview.context import Context
from agent.interview.director import Plan, direct, opening
from agent.interview.reaction import grant, react
from agent.interview.situation import Situation
from agent.interview.stage import Stage
from agent.move import Move, Spoken, Streamed
from agent.prose import clean
from agent.scene import Scene, fold
from agent.version import __version__

State = dict[str, Any]
Entry = Literal["open", "observe", "close"]


async def enter(state: State) -> Entry:
    """Where a turn begins. Routers are coroutines, because LangGraph runs plain functions in a thread of their own."""
    if not state.get("scene"):
        return "open"
    return "close" if _action(state) == "leave" or state["scene"]["ended"] else "observe"


async def leave(state: State) -> Literal["close", "__end__"]:
    """Whether the turn ends the scene."""
    return "close" if state.get("ends") else "__end__"


async def open_scene(state: State, context: Context) -> State:
    """Starts the log and plans the first line."""
    action = state.get("action") or {}
    stage, now = context.stage, context.clock()
    started = SessionStarted(
        at=now,
        session=action.get("session", "unnamed"),
        scenario=stage.scenario.slug,
        mode=Mode(action.get("mode", Mode.PRACTICE)),
        seed=action.get("seed", 0),
        minutes=action.get("minutes", stage.scenario.minutes),
        calm=action.get("calm", False),
        pins=stage.pins(),
        package=__version__,
        voice=context.voice.id,
        observer=context.observer.id,
    )
    scene = fold([started])
    return {"events": [_dump(started)], "scene": scene, **_planned(opening(Situation(scene, stage, now)))}


async def observe(state: State, context: Context) -> State:
    """Takes the candidate's action into the log, with what the observer sees in it."""
    action = state.get("action") or {"type": "message", "text": _last_human(state)}
    if action["type"] != "message":
        return _update([], _scene(state), _noticed(action, _scene(state), context))
    now = context.clock()
    late = context.late(_scene(state)) if context.late else None
    afterthoughts = catch_up(late, _scene(state), context.stage, now) if late else []
    before = fold(afterthoughts, _scene(state))
    said = CandidateSaid(at=now, text=clean(action["text"]), to=_hearer(action, before, context.stage), seconds=action.get("seconds"))
    scene = fold([said], before)
    seen = await context.observer.observe(said.text, scene)
    seen = with_late_questions(seen, late.amendment if late else None, before, said.to)
    observed = Observed(at=now, observer=context.observer.id, seen=cast("dict[str, Any]", seen))
    cuts: list[CutSettled] = []
    if before["cuts"] and context.embedder:
        cuts = overlap.settle(said.text, before, seen, context.embedder, now, action.get("resumed_after"))
    return _update([_dump(event) for event in (*afterthoughts, said)], scene, [observed, *cuts])


async def plan(state: State, context: Context) -> State:
    """Settles positions and twists, and decides what is said next."""
    scene, now, stage = _scene(state), context.clock(), context.stage
    if _action(state) not in (None, "message"):
        return _planned(Plan(_reactions(state, context)))
    before = Situation(scene, stage, now)
    changes, settled = ledger.settle(scene, stage, before.seen, now), injection.settle(before)
    update = _update(state["events"], scene, [*changes, *settled])
    so_far = [parse_event(event) for event in state["events"]]
    late = [event for event in so_far if isinstance(event, PositionMoved)]
    answered = [event for event in so_far if isinstance(event, TwistSettled)]
    cuts = tuple(event for event in so_far if isinstance(event, CutSettled))
    after = Situation(update["scene"], stage, now, (*late, *changes), (*answered, *settled), cuts)
    return {**update, **_planned(direct(after))}


async def speak(state: State, context: Context) -> State:
    """Says the planned moves, one after the other."""
    scene, events, texts = _scene(state), list(state["events"]), []
    for move in cast("list[Move]", state["moves"]):
        decided = [parse_event(event) for event in move["events"]]
        scene = fold(decided, scene)
        spoken = await _say(move, scene, context)
        _stands(spoken, context)
        scene = fold(spoken, scene)
        events += [_dump(event) for event in (*decided, *spoken)]
        texts += [{"role": "assistant", "name": event.speaker, "content": event.text} for event in spoken if isinstance(event, Line)]
    return {"events": events, "scene": scene, "messages": texts, "moves": [], "action": None}


async def close(state: State, context: Context) -> State:
    """Ends the log."""
    scene = _scene(state)
    if scene["ended"]:
        return {"events": [], "action": None}
    left = _action(state) == "leave"
    reason = EndReason.LEFT if left else EndReason(state["ends"])
    ended = Ended(at=context.clock(), reason=reason, ending=None if left else state["ending"])
    return {**_update([] if left else state["events"], scene, [ended]), "action": None}


async def _say(move: Move, scene: Scene, context: Context) -> list[Event]:
    """The line, after the models that were asked for it and what became of them; no line where nobody has words."""
    began = context.clock()
    spoken = await context.voice.speak(move, scene, context.hear)
    now = context.clock()
    calls = [ModelCalled(at=now, **call) for call in spoken.get("calls", [])]
    failed = spoken.get("failed")
    asked: list[Event] = [*calls, *([ModelFailed(at=now, **failed)] if failed else [])]
    return [*asked, _line(move, spoken, scene, calls, began, now)] if spoken["text"] else asked


def _stands(spoken: Sequence[Event], context: Context) -> None:
    for line in spoken:
        if context.hear and isinstance(line, Line):
            context.hear(Streamed(line.speaker, line.text, line.private, done=True))


def _line(move: Move, spoken: Spoken, scene: Scene, calls: Sequence[ModelCalled], began: float, now: float) -> Line:
    return Line(
        at=now,
        speaker=move["speaker"],
        text=spoken["text"],
        move=move["kind"],
        beat=scene["beat"] or "",
        templates=spoken["templates"],
        ask=move["ask"],
        point=move["point"],
        private=move["private"],
        latency_ms=round(1000 * (now - began), 3),
        tokens_in=sum(call.input_tokens or 0 for call in calls),
        tokens_out=sum(call.output_tokens or 0 for call in calls),
        cost=sum(call.cost or 0.0 for call in calls),
    )


def _reactions(state: State, context: Context) -> list[Move]:
    scene, action = _scene(state), cast("dict[str, Any]", state["action"])
    s = Situation(scene, context.stage, context.clock())
    if state["events"]:
        return react(parse_event(state["events"][-1]), s)
    granted = context.gate.lets_go(action["text"], scene) if context.gate else None
    return grant(s, granted) if granted else []


def _noticed(action: dict[str, Any], scene: Scene, context: Context) -> list[Event]:
    """What an action other than an answer puts into the log."""
    now = context.clock()
    if action["type"] == "silence":
        return [Silence(at=now, seconds=action.get("seconds") or 0.0)]
    if action["type"] == "edit":
        return [_changed(action, now)]
    if action["type"] == "run":
        return [TestRan(at=now, artifact=action["artifact"], passed=action["passed"], output=action["output"])]
    found = context.gate.occasion(action["text"], scene, now) if context.gate else None
    if found is None:
        return []
    draft = Draft(at=now, characters=len(action["text"]), words=found.words)
    return [draft, Interrupted(at=now, speaker=found.speaker, trigger=found.trigger, words=found.words, about=found.about)]


def _changed(action: dict[str, Any], now: float) -> ArtifactChanged:
    text = action["text"]
    digest = sha256(text.encode()).hexdigest()
    return ArtifactChanged(at=now, artifact=action["artifact"], sha256=digest, text=text, wrong_turn=action.get("wrong_turn"))


def _hearer(action: dict[str, Any], scene: Scene, stage: Stage) -> str | None:
    """The only person an answer is for: whom it names, or else whoever began a word in private; 'room' is everybody."""
    to = action.get("to") or open_channel(scene, stage)
    return None if to == "room" else to


def _action(state: State) -> str | None:
    return (state.get("action") or {}).get("type")


def _scene(state: State) -> Scene:
    return cast("Scene", state["scene"])


def _update(before: list[dict[str, Any]], scene: Scene, new: list[Any]) -> State:
    return {"events": [*before, *(_dump(event) for event in new)], "scene": fold(new, scene)}


def _planned(plan: Plan) -> State:
    return {"moves": plan.moves, "ends": str(plan.ends) if plan.ends else None, "ending": plan.ending}


def _dump(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json")


def _last_human(state: State) -> str:
    messages = state.get("messages") or []
    return next((str(message.text) for message in reversed(messages) if message.type == "human"), "")
