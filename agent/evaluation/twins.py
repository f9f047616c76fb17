"""Twins of a transcript that should get the same grade: another person who says the same, or the same said in another manner.

Swaps exchange names, pronouns, countries, schools and employers, wherever they stand. Manners change how the candidate writes, by
rule. The same seed gives the same twin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from agent.document import Document, Text
from agent.library.lined_yaml import parse_yaml
from agent.library.source import read_text
from agent.transcript import Mark, Transcript, Turn

_WORD = re.compile(r"[A-Za-z]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ARTICLE = re.compile(r"\b(?:the|an?)\s+", re.IGNORECASE)
_GENDER = {"he": "she", "him": "her", "his": "her", "himself": "herself", "she": "he", "her": "his", "hers": "his", "herself": "himself"}
_PRONOUN = re.compile(r"\b(?:" + "|".join(_GENDER) + r")\b", re.IGNORECASE)
_CASUAL = (
    ("going to(?= \\w+)", "gonna"),
    ("want to", "wanna"),
    ("(?:is|are|am) not|isn['’]t|aren['’]t", "ain't"),
    ("have to", "gotta"),
    ("because", "cause"),
)
_FILLED = ("the", "a", "an", "very", "really", "quite", "just", "basically", "that is", "I think", "I would say")


class Pools(Document):
    """What is exchanged for what: any of a row for any other."""

    names: tuple[Text, ...]
    countries: tuple[Text, ...]
    people: tuple[Text, ...]
    schools: tuple[Text, ...]
    employers: tuple[Text, ...]


class Twin(NamedTuple):
    """A transcript and its twin; `changed` is False where there was nothing to change."""

    plain: Transcript
    other: Transcript

    @property
    def changed(self) -> bool:
        """True if any word differs."""
        return self.plain != self.other


def read_pools(file: Path) -> Pools:
    """The pools in a YAML file."""
    return Pools.model_validate(parse_yaml(read_text(file), file).data)


def swapped(transcript: Transcript, pools: Pools, *, seed: int = 0) -> Twin:
    """The same talk of people with other names, pronouns, countries, schools and employers."""
    chance = Random(f"{seed}/{transcript.source}")
    new = _renaming(transcript, pools, chance)
    return Twin(transcript, _rewritten(transcript, lambda text: _regendered(_replaced(text, new)), rename=new))


def in_manner(transcript: Transcript, manner: str, *, seed: int = 0) -> Twin:
    """The candidate's words in one of `MANNERS`."""
    chance = Random(f"{seed}/{manner}/{transcript.source}")
    change = MANNERS[manner]
    turns = tuple(
        turn.model_copy(update={"text": change(turn.text, chance)}) if turn.role == "candidate" else turn for turn in transcript.turns
    )
    return Twin(transcript, transcript.model_copy(update={"turns": turns}))


def _renaming(transcript: Transcript, pools: Pools, chance: Random) -> dict[str, str]:
    new: dict[str, str] = {}
    speakers = list(dict.fromkeys(turn.speaker for turn in transcript.turns if turn.role == "interviewer"))
    free = chance.sample(pools.names, len(pools.names))
    new.update((name, free.pop()) for name in speakers)
    for pool in (pools.countries, pools.people, pools.schools, pools.employers):
        new.update(zip(pool, chance.sample(pool, len(pool)), strict=True))
    return new


def _replaced(text: str, new: Mapping[str, str]) -> str:
    known = "|".join(re.escape(name) for name in sorted(new, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", lambda found: new[found[0]], text)


def _regendered(text: str) -> str:
    return _PRONOUN.sub(lambda found: _cased(found[0], _GENDER[found[0].lower()]), text)


def _cased(original: str, word: str) -> str:
    return word.capitalize() if original[0].isupper() else word


def _rewritten(transcript: Transcript, change: Callable[[str], str], rename: Mapping[str, str]) -> Transcript:
    def turn(one: Turn) -> Turn:
        return one.model_copy(update={"text": change(one.text), "speaker": rename.get(one.speaker, one.speaker)})

    def mark(one: Mark) -> Mark:
        return one.model_copy(update={"text": change(one.text)})

    return transcript.model_copy(update={"turns": tuple(map(turn, transcript.turns)), "marks": tuple(map(mark, transcript.marks))})


def _typos(text: str, chance: Random) -> str:
    """One edit in one word of twenty: a letter left out, doubled, changed, or exchanged with the next."""
    return _WORD.sub(lambda found: _edited(found[0], chance) if chance.random() < 0.05 else found[0], text)


def _edited(word: str, chance: Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        (before + after, before + 2 * letter + after, before + chance.choice(_LETTERS) + after, before + after[0] + letter + after[1:])
    )


def _without_articles(text: str, chance: Random) -> str:
    return _ARTICLE.sub("", text)


def _hurried(text: str, chance: Random) -> str:
    return text.lower().replace("'", "").replace("’", "")


def _casual(text: str, chance: Random) -> str:
    for formal, casual in _CASUAL:
        text = re.sub(rf"\b(?:{formal})\b", casual, text)
    return text


def _terse(text: str, chance: Random) -> str:
    return re.sub(rf"\b(?:{'|'.join(_FILLED)})\b,?\s*", "", text)


MANNERS: Mapping[str, Callable[[str, Random], str]] = MappingProxyType(
    {"typos": _typos, "no articles": _without_articles, "hurried": _hurried, "casual": _casual, "terse": _terse}
)
"""Every manner by its name."""
