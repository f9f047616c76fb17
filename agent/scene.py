"""The scene as it stands: a fold over the log. Plain dicts, so that it can lie in checkpointed state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypedDict, cast

from agent.amendment import amend, points_after
from agent.events import Event, Retracted
from agent.observation import Observation
from agent.scene_parts import Claim as Claim
from agent.scene_parts import Cut as Cut
from agent.scene_parts import Mark as Mark
from agent.scene_parts import Said as Said
from agent.scene_parts import Stance as Stance
from agent.scene_parts import TwistStatus as TwistStatus


class Scene(TypedDict):
    """Everything turns change. `turns` counts the candidate's answers, `spoken` all turns of the transcript.

    `tokens` and `dollars` are what models took, as far as it is known.
    """

    session: str
    scenario: str
    mode: str
    seed: int
    minutes: float
    started_at: float
    now: float
    paused_at: float | None
    paused: float
    turns: int
    spoken: int
    answer: str
    answer_turn: int
    seen: Observation | None
    beat: str | None
    beat_turn: int
    followups: int
    beats: list[str]
    points: list[str]
    probed: list[str]
    ask: str | None
    point: str | None
    pressed: list[str]
    facts: dict[str, int]
    positions: dict[str, Stance]
    twists: dict[str, TwistStatus]
    templates: list[str]
    moves: dict[str, int]
    claims: list[Claim]
    talk: list[Said]
    marks: list[Mark]
    twist_turn: int
    questions_in_a_row: int
    to: str | None
    heard_alone: dict[str, list[str]]
    exchanges: list[str]
    exchange_turn: int
    contingencies: list[str]
    recalled: list[int]
    cuts: list[Cut]
    cut_count: dict[str, int]
    last_cut: dict[str, float]
    ignored_cuts: dict[str, int]
    runs: list[bool]
    files: dict[str, str]
    spoke: dict[str, int]
    channel: str | None
    silences: int
    calm: bool
    last_speaker: str | None
    last_line: str
    last_move: str
    last_pushback: int
    hints: dict[str, int]
    tokens: int
    dollars: float
    ended: str | None


def empty_scene() -> Scene:
    """A scene in which nothing has happened."""
    return Scene(
        session="", scenario="", mode="practice", seed=0, minutes=0.0, started_at=0.0, now=0.0, paused_at=None, paused=0.0,
        turns=0, spoken=0, answer="", answer_turn=0, seen=None, beat=None, beat_turn=0, followups=0, beats=[], points=[],
        probed=[], ask=None, point=None, pressed=[], facts={}, positions={}, twists={}, templates=[], moves={}, claims=[],
        talk=[], marks=[],
        to=None, heard_alone={}, exchanges=[], exchange_turn=0, contingencies=[], recalled=[], cuts=[], cut_count={}, last_cut={},
        ignored_cuts={}, runs=[], files={}, spoke={}, channel=None, silences=0, calm=False, twist_turn=0,
        questions_in_a_row=0, last_speaker=None, last_line="", last_move="", last_pushback=0, hints={}, tokens=0, dollars=0.0, ended=None,
    )  # fmt: skip


def fold(events: Iterable[Event], scene: Scene | None = None) -> Scene:
    """The scene after `events`, starting from `scene` (which is left as it is) or from nothing."""
    folded = _copy(scene) if scene else empty_scene()
    for event in events:
        folded["now"] = max(folded["now"], event.at)
        apply = _APPLY.get(event.type)
        if apply:
            apply(folded, event)
    return folded


def effective(events: Sequence[Event]) -> list[Event]:
    """The events that count: without those that a retraction took back. Sequence numbers start at 1."""
    kept: list[tuple[int, Event]] = []
    for number, event in enumerate(events, start=1):
        if isinstance(event, Retracted):
            kept = [(earlier, one) for earlier, one in kept if earlier < event.since]
        kept.append((number, event))
    return [event for _, event in kept]


def elapsed(scene: Scene, now: float) -> float:
    """Seconds on the scene's clock: since the start, without pauses."""
    until = scene["paused_at"] if scene["paused_at"] is not None else now
    return max(0.0, until - scene["started_at"] - scene["paused"])


def _copy(scene: Scene) -> Scene:
    copied: dict[str, Any] = {}
    for key, value in scene.items():
        copied[key] = value.copy() if isinstance(value, (list, dict)) and key != "seen" else value
    return cast("Scene", copied)


def _started(scene: Scene, event: Any) -> None:
    scene["session"], scene["scenario"], scene["mode"] = event.session, event.scenario, str(event.mode)
    scene["seed"], scene["minutes"], scene["started_at"], scene["calm"] = event.seed, event.minutes, event.at, event.calm


def _line(scene: Scene, event: Any) -> None:
    scene["spoken"] += 1
    scene["last_speaker"], scene["last_line"] = event.speaker, event.text
    scene["last_move"] = event.move
    scene["spoke"][event.speaker] = scene["turns"]
    scene["channel"] = event.speaker if event.private else None
    scene["talk"].append(Said(turn=scene["spoken"], speaker=event.speaker, text=event.text, move=event.move, alone=scene["channel"]))
    scene["templates"].extend(event.templates)
    scene["moves"][event.move] = scene["moves"].get(event.move, 0) + 1
    _leave_open(scene, event)
    if event.move in ("probe", "pickup", "follow"):
        scene["followups"] += 1
    if event.move == "go_on":
        scene["cuts"] = [Cut(**{**cut, "let_go": True}) if cut["speaker"] == event.speaker else cut for cut in scene["cuts"]]
    if event.move == "recall" and scene["seen"] and scene["seen"]["recall"]:
        scene["recalled"].append(scene["seen"]["recall"]["turn"])
    if event.move in ("pushback", "hardened", "softened"):
        scene["last_pushback"] = scene["turns"]


def _leave_open(scene: Scene, event: Any) -> None:
    if event.move in _ASKING:
        scene["ask"], scene["point"] = event.ask, event.point
    if event.move == "press" and event.ask:
        scene["pressed"].append(event.ask)
    if event.point and event.move in ("probe", "pickup"):
        scene["probed"].append(event.point)


_ASKING = frozenset({"beat", "probe", "pickup", "follow", "press", "pushback", "softened", "hardened", "news", "force"})
"""Moves that put another question on the table, or leave none."""


def _said(scene: Scene, event: Any) -> None:
    scene["turns"] += 1
    scene["spoken"] += 1
    scene["answer"], scene["answer_turn"] = event.text, scene["spoken"]
    scene["talk"].append(Said(turn=scene["spoken"], speaker=None, text=event.text, move="", alone=event.to))
    scene["seen"] = None
    scene["to"] = event.to
    scene["cuts"], scene["silences"] = [], 0


def _observed(scene: Scene, event: Any) -> None:
    seen = cast("Observation", event.seen)
    scene["seen"] = seen
    points = [heard["id"] for heard in seen["points"]]
    if scene["to"]:
        alone = scene["heard_alone"].get(scene["to"], [])
        scene["heard_alone"][scene["to"]] = list(dict.fromkeys([*alone, *points]))
    else:
        scene["points"] = list(dict.fromkeys([*scene["points"], *points]))
    asks_only = bool(seen["questions"]) and not seen["points"] and not seen["behaviours"]
    scene["questions_in_a_row"] = scene["questions_in_a_row"] + 1 if asks_only else 0
    scene["claims"].extend(Claim(turn=scene["answer_turn"], quote=quote, to=scene["to"]) for quote in seen.get("claims", []))


def _amended(scene: Scene, event: Any) -> None:
    if scene["seen"] is None or event.turn != scene["answer_turn"]:
        return
    scene["seen"] = amend(scene["seen"], event.added, event.withdrawn)
    scene["points"], scene["heard_alone"] = points_after(scene["points"], scene["heard_alone"], scene["to"], event.added, event.withdrawn)


def _beat(scene: Scene, event: Any) -> None:
    scene["beat"], scene["beat_turn"], scene["followups"] = event.beat, scene["turns"], 0
    scene["beats"].append(event.beat)


def _mark(scene: Scene, what: Any, name: str, turn: int, *, condition: str | None = None, words: str = "") -> None:
    scene["marks"].append(Mark(what=what, id=name, turn=turn, condition=condition, words=words))


def _fact(scene: Scene, event: Any) -> None:
    _mark(scene, "told", event.fact, scene["spoken"] + 1)
    scene["facts"][event.fact] = scene["turns"]


def _position(scene: Scene, event: Any) -> None:
    name = f"{event.persona}/{event.position}"
    met = scene["positions"].get(name, Stance(state="held", met=[]))["met"]
    _mark(scene, event.to, name, event.by.turn, condition=event.condition, words=event.by.text)
    scene["positions"][name] = Stance(state=event.to, met=[*met, *([event.condition] if event.condition else [])])


def _twist_fired(scene: Scene, event: Any) -> None:
    _mark(scene, "fired", event.twist, scene["spoken"] + 1)
    scene["twists"][event.twist] = TwistStatus(state="fired", since=scene["turns"])
    scene["twist_turn"] = scene["spoken"]


def _twist_forced(scene: Scene, event: Any) -> None:
    scene["twists"][event.twist] = TwistStatus(state="forced", since=scene["turns"])


def _twist_settled(scene: Scene, event: Any) -> None:
    words = " / ".join(dict.fromkeys(quote.text for quote in event.behaviours.values()))
    _mark(scene, event.outcome, event.twist, scene["spoken"], words=words)
    scene["twists"][event.twist] = TwistStatus(state=event.outcome, since=scene["turns"])


def _exchange(scene: Scene, event: Any) -> None:
    _mark(scene, "exchange", event.exchange, scene["spoken"] + 1)
    scene["exchanges"].append(event.exchange)
    scene["exchange_turn"] = scene["turns"]


def _contingency(scene: Scene, event: Any) -> None:
    scene["contingencies"].append(event.contingency)


def _interrupted(scene: Scene, event: Any) -> None:
    scene["cuts"].append(Cut(speaker=event.speaker, trigger=event.trigger, words=event.words, at=event.at, let_go=False))
    scene["cut_count"][event.speaker] = scene["cut_count"].get(event.speaker, 0) + 1
    scene["last_cut"][event.speaker] = event.at


def _silent(scene: Scene, event: Any) -> None:
    scene["silences"] += 1


def _cut_settled(scene: Scene, event: Any) -> None:
    ignored = event.outcome == "ignored"
    scene["ignored_cuts"][event.speaker] = scene["ignored_cuts"].get(event.speaker, 0) + 1 if ignored else 0


def _edited(scene: Scene, event: Any) -> None:
    scene["files"][event.artifact] = event.sha256


def _ran(scene: Scene, event: Any) -> None:
    scene["runs"].append(event.passed)


def _hint(scene: Scene, event: Any) -> None:
    scene["hints"][event.beat] = scene["hints"].get(event.beat, 0) + 1


def _model_called(scene: Scene, event: Any) -> None:
    if not event.replayed:
        scene["tokens"] += (event.input_tokens or 0) + (event.output_tokens or 0)
        scene["dollars"] += event.cost or 0.0


def _clock(scene: Scene, event: Any) -> None:
    if event.to == "paused" and scene["paused_at"] is None:
        scene["paused_at"] = event.at
    elif event.to == "resumed" and scene["paused_at"] is not None:
        scene["paused"] += event.at - scene["paused_at"]
        scene["paused_at"] = None


def _ended(scene: Scene, event: Any) -> None:
    scene["ended"] = str(event.reason)


_APPLY: dict[str, Callable[[Scene, Any], None]] = {
    "session_started": _started,
    "line": _line,
    "candidate_said": _said,
    "observed": _observed,
    "amended": _amended,
    "beat_started": _beat,
    "fact_revealed": _fact,
    "position_moved": _position,
    "twist_fired": _twist_fired,
    "twist_forced": _twist_forced,
    "twist_settled": _twist_settled,
    "exchange_began": _exchange,
    "contingency_met": _contingency,
    "silence": _silent,
    "interrupted": _interrupted,
    "cut_settled": _cut_settled,
    "artifact_changed": _edited,
    "test_ran": _ran,
    "hint_given": _hint,
    "model_called": _model_called,
    "clock": _clock,
    "ended": _ended,
}
