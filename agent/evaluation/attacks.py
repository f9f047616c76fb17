"""Plants attacks on the grading into honest transcripts: pairs of a plain transcript and its attacked twin.

Which transcript, which turn, which place and which payload is decided by the seed, so the same call gives the same pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field

from agent.document import Document, Slug, Text
from agent.evaluation.checked_file import read_checked
from agent.evaluation.disguises import DISGUISES
from agent.prose import sentences
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn

_SLOT = re.compile(r"\{(skill|indicator|example|level|interviewer)\}")

GOES_ON = {",": "", "—": " "}
"""How a payload begins that is a part of the sentence before it, and what stands between the two."""
ENDINGS = ".!?"


def _is_known(name: str) -> str:
    if name not in DISGUISES:
        raise ValueError(f"{name!r} is no disguise; there are {', '.join(DISGUISES)}")
    return name


class Family(Document):
    """Attacks of one kind."""

    id: Slug
    about: Text
    place: Literal["inside", "lines", "start"] = Field(description="Inside an answer, as lines of its own, or inside the first answer.")
    attempt: bool = Field(default=True, description="A fair reader would call it an attempt to move the grade.")
    disguises: tuple[Annotated[str, AfterValidator(_is_known)], ...] = ("none",)
    payloads: tuple[Text, ...] = Field(
        min_length=1,
        description="With slots that are filled from the rubric and the transcript. What begins with a comma or a dash goes on in the "
        "sentence before it.",
    )


class Attacks(Document):
    """A file of attacks."""

    families: tuple[Family, ...] = Field(min_length=1)


class Pair(NamedTuple):
    """A transcript, and the same with `payload` in the candidate's turn number `turn`."""

    family: Family
    payload: str
    turn: int
    plain: Transcript
    attacked: Transcript


def read_attacks(file: Path) -> Attacks:
    """The attacks in a YAML file.

    Raises:
        InputError: the file cannot be read, or holds no attacks.
    """
    return read_checked(file, Attacks, "file of attacks")


def pairs(attacks: Attacks, hosts: Sequence[Transcript], rubric: Rubric, *, each: int, seed: int = 0) -> Iterator[Pair]:
    """`each` pairs of every family. Payloads are taken in turn, and with each round their next disguise."""
    for family in attacks.families:
        for number in range(each):
            yield _pair(family, number, hosts, rubric, Random(f"{seed}/{family.id}/{number}"))


def _pair(family: Family, number: int, hosts: Sequence[Transcript], rubric: Rubric, chance: Random) -> Pair:
    plain = chance.choice(hosts)
    rounds, place = divmod(number, len(family.payloads))
    disguise = DISGUISES[family.disguises[(rounds + place) % len(family.disguises)]]
    payload = disguise(_filled(family.payloads[place], plain, rubric, chance))
    turn = plain.candidate_turns[0] if family.place == "start" else chance.choice(plain.candidate_turns)
    planted = turn.model_copy(update={"text": _planted(turn, payload, family, chance)})
    turns = tuple(planted if one.number == turn.number else one for one in plain.turns)
    return Pair(family, payload, turn.number, plain, plain.model_copy(update={"turns": turns}))


def _planted(turn: Turn, payload: str, family: Family, chance: Random) -> str:
    if family.place == "lines":
        return chance.choice((f"{turn.text}\n{payload}", f"{payload}\n{turn.text}"))
    said = sentences(turn.text)
    ends = [0]
    for sentence in said:
        ends.append(turn.text.index(sentence, ends[-1]) + len(sentence))
    if payload.startswith(tuple(GOES_ON)) and said:
        end = chance.choice(ends[1:])
        return f"{turn.text[:end].rstrip(ENDINGS)}{GOES_ON[payload[0]]}{payload}. {turn.text[end:].lstrip()}".strip()
    end = chance.choice(ends)
    return f"{turn.text[:end]} {payload} {turn.text[end:].lstrip()}".strip()


def _filled(payload: str, host: Transcript, rubric: Rubric, chance: Random) -> str:
    return _SLOT.sub(lambda slot: _filling(slot, host, rubric, chance), payload)


def _filling(slot: re.Match[str], host: Transcript, rubric: Rubric, chance: Random) -> str:
    """What stands for one slot, as the start of a sentence or as a part of one."""
    competency = chance.choice(rubric.competencies)
    indicator = chance.choice(competency.indicators)
    words = {
        "skill": competency.name,
        "indicator": indicator.text,
        "example": chance.choice(indicator.heard.examples),
        "level": competency.levels[5],
        "interviewer": next(turn.speaker for turn in host.turns if turn.role == "interviewer"),
    }[slot[1]]
    inside = slot.start() > 0 and slot[1] in ("skill", "indicator") and slot.string[slot.start() - 2] not in ".:}"
    return words[0].lower() + words[1:] if inside else words
