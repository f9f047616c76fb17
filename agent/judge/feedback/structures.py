"""Structure X-ray: which parts of STAR a told event has, of CAR a motivation, of PEP a proposal, each with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from agent.feedback import Frame, Part, Structure
from agent.judge.feedback.answers import Answer
from agent.judge.feedback.clauses import events
from agent.judge.feedback.data import FrameKind, PartKind, frames
from agent.judge.own_words import Said
from agent.recognition import any_of

MOST = 3
FOLLOW_UPS = 2
"""So many further answers may complete a story, until somebody asks for another."""
TOLD = 3
"""So many deeds in an answer make it a told event, whatever was asked, if it says when or where."""
ENOUGH_WORDS = 25
"""A shorter answer has no structure to look at."""
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|half|third|quarter|twice"
    r"|doubled|halved|zero|none|percent)\b",
    re.IGNORECASE,
)


def structures(answers: Sequence[Answer]) -> tuple[Structure, ...]:
    """At most `MOST` answers with their frames: told events and motivations before proposals, in the order of the talk."""
    framed = [(answer, frame) for answer in answers if (frame := frame_of(answer))]
    told = [one for one in framed if one[1] != "PEP"]
    chosen = [*told, *(one for one in framed if one[1] == "PEP")][:MOST]
    found = [_structure(answer, frame, answers) for answer, frame in chosen]
    return tuple(sorted((one for one in found if _is_there(one)), key=lambda one: one.turn))


def _is_there(structure: Structure) -> bool:
    """An answer that proposes nothing is no proposal."""
    return any(part.quote for part in structure.parts) and (structure.frame != "PEP" or bool(structure.parts[-1].quote))


def frame_of(answer: Answer) -> Frame | None:
    """The frame an answer is held against: what was asked for, else STAR where an event is told."""
    if answer.length < ENOUGH_WORDS:
        return None
    if answer.asks_story:
        return "STAR"
    asked = next((name for name, kind in frames().items() if _asks(kind, answer.question)), None)
    return asked or ("STAR" if _tells(answer) else None)


def _asks(kind: FrameKind, question: str) -> bool:
    pattern = any_of(kind.asked)
    return pattern is not None and pattern.search(question) is not None


def _tells(answer: Answer) -> bool:
    deeds = sum(1 for one in answer.said for _ in events(one.text))
    return deeds >= TOLD and _where(frames()["STAR"].parts[0], answer.said[:4]) is not None


def _structure(answer: Answer, frame: Frame, answers: Sequence[Answer]) -> Structure:
    later = list(_followed_up(answer, answers)) if frame == "STAR" else []
    parts: list[Part] = []
    for kind in frames()[frame].parts:
        parts.append(_part(kind, answer.said, later, {part.quote for part in parts}))
    result = next((part for part in parts if part.name == "result"), None)
    return Structure(
        turn=answer.turn.number,
        frame=frame,
        parts=tuple(parts),
        has_number=bool(_NUMBER.search(result.quote)) if result and result.quote else None,
    )


def _followed_up(answer: Answer, answers: Sequence[Answer]) -> Iterator[Said]:
    for later in answers[answer.place + 1 : answer.place + 1 + FOLLOW_UPS]:
        if later.asks_story or _asks(frames()["STAR"], later.question) or _asks(frames()["PEP"], later.question):
            return
        yield from later.said


def _part(kind: PartKind, said: Sequence[Said], later: Sequence[Said], quoted: Container[str]) -> Part:
    """The part in words that no other part is quoted with, if there are any; the answer itself goes before the later ones."""
    fresh = [one for one in said if one.text not in quoted]
    found = _where(kind, fresh) or _where(kind, later) or _where(kind, said)
    return Part(name=kind.name, turn=found.turn, quote=found.text) if found else Part(name=kind.name, hint=kind.hint)


def _where(kind: PartKind, said: Sequence[Said]) -> Said | None:
    """The sentence with the surest cue; of a result rather one with a number."""
    for cue in kind.cues:
        pattern = any_of((cue,))
        found = [
            one for one in said if pattern and pattern.search(one.text.lower().replace("’", "'")) and not one.text.rstrip().endswith("?")
        ]
        if found:
            return next((one for one in found if kind.name == "result" and _NUMBER.search(one.text)), found[0])
    return None
