"""The brief for one line: what the prompt of a voice is told about the person, the talk and the move."""

from __future__ import annotations

import math
from typing import Any, TypedDict

from agent.interview.ledger import stance
from agent.interview.stage import Stage
from agent.interview.talk import condensed, recent
from agent.move import Move, MoveKind
from agent.prompting import boundary
from agent.prose import words
from agent.scene import Scene, Stance

LENGTHS = {"short": 30, "medium": 45, "long": 60}
"""Words a line may have, by the person's sentences."""
IN_PASSING: frozenset[MoveKind] = frozenset({"cut", "insist", "go_on", "hand_over", "aside", "farewell", "code"})
"""Moves that are made in half as many words."""
KEPT: frozenset[MoveKind] = frozenset(
    {"tell", "retell", "news", "force", "exchange", "contingency", "recall", "moved", "beat", "time_up", "ending", "pushback"}
)
"""Moves whose authored line holds what has to be said; that of the others is one way to put it."""
CUT_FOR = {"cut_jargon": "term", "cut_buzzword": "term", "cut_number": "number"}
"""Cut-ins for a single word or figure, with the slot that holds it."""
LONGER = 1.4
"""How many times the authored line's words the same content may take."""


class Task(TypedDict):
    """What the line does."""

    kind: MoveKind
    manner: str
    written: str
    keep: bool
    ask: str
    asks: bool
    name: str
    grounds: list[str]
    about: str
    question: str
    alone: bool


def brief(stage: Stage, scene: Scene, move: Move, written: str) -> dict[str, Any]:
    """The variables of prompt `voice/line`; `written` is the authored line for the move."""
    persona = move["speaker"]
    notes, turns = condensed(scene, stage, persona), recent(scene, stage, persona)
    return {
        **_person(stage, persona),
        "notes": notes,
        "turns": turns,
        "standing": _standing(stage, scene, persona),
        "task": _task(stage, scene, move, written),
        "max_words": longest(stage, move, written),
        "boundary": boundary(f"{scene['seed']}/{stage.scenario.slug}", [written, *(said["text"] for said in scene["talk"])]),
    }


def longest(stage: Stage, move: Move, written: str) -> int:
    """Words the line may have: by the person's way of talking, halved in passing, and room for what has to be said."""
    usual = LENGTHS[stage.personas[move["speaker"]].voice.sentence_length]
    return max(usual // 2 if move["kind"] in IN_PASSING else usual, math.ceil(LONGER * len(words(written))))


def manner(move: Move) -> str:
    """What kind of line the pool of a move holds, where the move alone does not say it."""
    kind, _, rest = move["pool"].partition("/")
    return kind if kind == "wrong_turn" else rest.rpartition("/")[2]


def _person(stage: Stage, persona: str) -> dict[str, Any]:
    """What stays the same over a session."""
    person, member, scenario = stage.personas[persona], stage.member(persona), stage.scenario
    others = [other for other in stage.personas if other != persona]
    return {
        "persona": person,
        "part": {"role": member.role, "title": stage.title(persona), "agenda": member.agenda or person.agenda},
        "scene": {"title": scenario.title, "brief": scenario.brief, "you": scenario.you},
        "people": [{"name": stage.name(other), "title": stage.title(other)} for other in others],
        "views": [stage.positions[name].statement for name in _views(stage, persona)],
    }


def _views(stage: Stage, persona: str) -> list[str]:
    return [name for name in stage.positions if name.partition("/")[0] == persona]


def _standing(stage: Stage, scene: Scene, persona: str) -> list[dict[str, Any]]:
    return [_stands(stage, name, stance(scene, name)) for name in _views(stage, persona)]


def _stands(stage: Stage, name: str, now: Stance) -> dict[str, Any]:
    return {"statement": stage.positions[name].statement, "state": now["state"], "met": _met(stage, name, now["met"])}


def _met(stage: Stage, position: str, conditions: list[str]) -> list[str]:
    return [one.text for one in stage.positions[position].moves_when if one.id in conditions]


def _task(stage: Stage, scene: Scene, move: Move, written: str) -> Task:
    return Task(
        kind=move["kind"],
        manner=manner(move),
        written=written,
        keep=move["kind"] in KEPT,
        ask=move["ask"] or "",
        asks="?" in written,
        name=_colleague(stage, move),
        grounds=_grounds(stage, scene, move),
        about=move["slots"].get(CUT_FOR.get(manner(move), ""), ""),
        question=_question(move),
        alone=move["private"],
    )


def _colleague(stage: Stage, move: Move) -> str:
    if move["kind"] != "exchange":
        return move["slots"].get("name", "")
    found = stage.exchanges[move["pool"].split("/")[1]]
    return stage.first_name(found.by if move["speaker"] == found.reply_by else found.reply_by)


def _grounds(stage: Stage, scene: Scene, move: Move) -> list[str]:
    """What the candidate brought: the last condition for a view that comes closer, all of them for one that is given up."""
    if move["kind"] not in ("softened", "moved"):
        return []
    name = "/".join(move["pool"].split("/")[1:3])
    met = stance(scene, name)["met"]
    return _met(stage, name, met if move["kind"] == "moved" else met[-1:])


def _question(move: Move) -> str:
    asked = [event["question"]["text"] for event in move["events"] if event["type"] == "fact_revealed"]
    return asked[0] if asked else ""
