"""Makes answers twice as long without saying more: sentences that say nothing, put between those that do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from pydantic import ValidationError

from agent.document import Document, Text
from agent.errors import InputError
from agent.evaluation.why import why
from agent.library.source import read_text
from agent.prose import sentences, words


class Empty(Document):
    """A sentence that says nothing."""

    text: Text


def read_padding(file: Path) -> tuple[str, ...]:
    """The sentences of a JSON Lines file; blank lines are skipped.

    Raises:
        InputError: the file cannot be read, holds none, or a line is none.
    """
    found = tuple(_sentence(file, number, line) for number, line in enumerate(read_text(file).splitlines(), 1) if line.strip())
    if not found:
        raise InputError(f'{file} holds no sentences; put one on each line: {{"text": "…"}}')
    return found


class Padding:
    """Padding for one transcript: no sentence twice before all were used."""

    def __init__(self, empty: Sequence[str], chance: Random) -> None:
        self._chance = chance
        self._left = self._endless(empty)

    def padded(self, text: str) -> str:
        """`text` with as many words of padding as it has words or a few more, each sentence after one of its own or before the first."""
        places = [0, *_ends(text)]
        for end, empty in sorted(self._planted(places, len(words(text))), reverse=True):
            text = f"{text[:end]} {empty} {text[end:].lstrip(' ')}".strip(" ")
        return text

    def _planted(self, places: Sequence[int], count: int) -> Iterator[tuple[int, str]]:
        while count > 0:
            empty = next(self._left)
            count -= len(words(empty))
            yield self._chance.choice(places), empty

    def _endless(self, empty: Sequence[str]) -> Iterator[str]:
        while True:
            yield from self._chance.sample(empty, len(empty))


def _ends(text: str) -> Iterator[int]:
    end = 0
    for sentence in sentences(text):
        end = text.index(sentence, end) + len(sentence)
        yield end


def _sentence(file: Path, number: int, line: str) -> str:
    try:
        return Empty.model_validate(json.loads(line)).text
    except ValidationError as error:
        raise InputError(f"{file}, line {number}: {why(error)}") from error
    except ValueError as error:
        raise InputError(f"{file}, line {number} is no JSON object: {why(error)}") from error
