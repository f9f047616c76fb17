"""The talk as one person heard it: the latest turns word for word, what came before in short.

Turns are condensed in blocks, so that the text of a prompt grows at its end only, and starts anew once in `BLOCK` turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypedDict

from agent.interview.stage import Stage
from agent.scene import Mark, Said, Scene

RECENT = 36
"""Turns that stand there word for word, at most."""
BLOCK = 24
"""Turns that are condensed at once."""
LONGEST = 2000
"""Characters of a turn that stand there; of a longer one the beginning and the end."""
CLAIMS = 12
"""Words of the candidate that outlive their turn, at most; those with a figure before others."""


class Turn(TypedDict):
    """One turn of the talk. `alone`: nobody else in the room heard it."""

    speaker: str
    text: str
    candidate: bool
    alone: bool


class Note(TypedDict):
    """What is left of a condensed turn: who, what about, and the candidate's words for it."""

    what: Literal["told", "news", "softened", "moved", "hardened", "answered", "missed", "exchange", "claim"]
    speaker: str
    text: str
    words: str


def heard(scene: Scene, persona: str) -> list[Said]:
    """Every turn that a person took part in or heard."""
    return [said for said in scene["talk"] if said["alone"] in (None, persona)]


def recent(scene: Scene, stage: Stage, persona: str) -> list[Turn]:
    """The latest turns that a person heard, word for word."""
    turns = heard(scene, persona)
    return [_turn(said, stage) for said in turns[condensed_turns(len(turns)) :]]


def condensed(scene: Scene, stage: Stage, persona: str) -> list[Note]:
    """What a person still knows of the turns before: facts told, news and how it was met, views that moved, the candidate's claims."""
    turns = heard(scene, persona)
    old = {said["turn"]: said for said in turns[: condensed_turns(len(turns))]}
    notes = [(mark["turn"], _NOTES[mark["what"]](mark, old[mark["turn"]], stage)) for mark in scene["marks"] if mark["turn"] in old]
    return [note for _, note in sorted([*notes, *_claims(scene, list(old))], key=lambda pair: pair[0])]


def condensed_turns(count: int) -> int:
    """How many of `count` turns are condensed: whole blocks, so that at most `RECENT` are left."""
    return max(0, -(-(count - RECENT) // BLOCK) * BLOCK)


def _turn(said: Said, stage: Stage) -> Turn:
    speaker = stage.first_name(said["speaker"]) if said["speaker"] else ""
    return Turn(speaker=speaker, text=_shortened(said["text"]), candidate=said["speaker"] is None, alone=said["alone"] is not None)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: 2 * LONGEST // 3]} … {text[-LONGEST // 3 :]}"


def _claims(scene: Scene, old: Sequence[int]) -> Iterator[tuple[int, Note]]:
    claims = {claim["quote"]: claim for claim in scene["claims"] if claim["turn"] in old}
    kept = sorted(claims.values(), key=lambda claim: (any(map(str.isdigit, claim["quote"])), claim["turn"]))[-CLAIMS:]
    for claim in kept:
        yield claim["turn"], Note(what="claim", speaker="", text="", words=claim["quote"])


def _told(mark: Mark, said: Said, stage: Stage) -> Note:
    return Note(what="told", speaker=_name(said, stage), text=stage.facts[mark["id"]].short, words="")


def _news(mark: Mark, said: Said, stage: Stage) -> Note:
    return Note(what="news", speaker=_name(said, stage), text=said["text"], words="")


def _view(mark: Mark, said: Said, stage: Stage) -> Note:
    position, owner = stage.positions[mark["id"]], mark["id"].partition("/")[0]
    met = next((one.text for one in position.moves_when if one.id == mark["condition"]), "")
    text = position.statement if mark["what"] == "hardened" or not met else f"{position.statement} ({met})"
    return Note(what=mark["what"], speaker=stage.first_name(owner), text=text, words=mark["words"])  # type: ignore[typeddict-item]


def _twist(mark: Mark, said: Said, stage: Stage) -> Note:
    return Note(what=mark["what"], speaker="", text=stage.twists[mark["id"]].title, words=mark["words"])  # type: ignore[typeddict-item]


def _exchange(mark: Mark, said: Said, stage: Stage) -> Note:
    found = stage.exchanges[mark["id"]]
    names = f"{stage.first_name(found.by)} and {stage.first_name(found.reply_by)}"
    return Note(what="exchange", speaker=names, text=found.ask, words="")


def _name(said: Said, stage: Stage) -> str:
    return stage.first_name(said["speaker"]) if said["speaker"] else ""


_NOTES: dict[str, Callable[[Mark, Said, Stage], Note]] = {
    "told": _told,
    "fired": _news,
    "softened": _view,
    "moved": _view,
    "hardened": _view,
    "answered": _twist,
    "missed": _twist,
    "exchange": _exchange,
}
