"""Sentences with what they are worth: written for it, or quoted by raters of goldens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from agent.document import CompetencyId, Document, Text
from agent.errors import InputError
from agent.evaluation.ratings import Rating
from agent.judge.own_words import Said
from agent.judge.quotes import normalised
from agent.library.lined_yaml import parse_yaml
from agent.library.problem import Wrong
from agent.library.source import read_text
from agent.transcript import Transcript, Turn

FILLERS = "fillers.jsonl"
HONEST = "honest"
_APPEALS = TypeAdapter(dict[str, tuple[Text, ...]])
_D = TypeVar("_D", bound=Document)


class LabelledSentence(Document):
    """A sentence written for a competency. `sign`: 2 strong evidence, 1 some, 0 on topic but none, -1 evidence against."""

    competency: CompetencyId
    sign: Literal[-1, 0, 1, 2]
    domain: Text
    text: Text


class Filler(Document):
    """A sentence that says nothing, for any competency."""

    text: Text


class AskingLine(Document):
    """Something said to the candidate, and the competencies that a good answer shows, the first one most."""

    asks: tuple[CompetencyId, ...]
    domain: Text
    text: Text


class NewsLine(Document):
    """Something said to the candidate, and whether it changes the scene."""

    twist: bool
    text: Text


class ShortAnswer(Document):
    """One answer to one question, and the levels a rater gave it; competencies that are left out were not observed.

    `quality` is what its writer meant it to be, which no rater saw. Answers to the same question share `family`.
    """

    id: Text
    family: Text
    competency: CompetencyId = Field(description="What the question asks for.")
    domain: Text
    person: Text = Field(description="Who asks.")
    question: Text
    answer: Text
    quality: Literal["weak", "middling", "strong"]
    levels: dict[CompetencyId, Literal[1, 2, 3, 4, 5]]

    @property
    def transcript(self) -> Transcript:
        """Question and answer, and what the question asks for."""
        turns = (
            Turn(number=1, role="interviewer", speaker=self.person, text=self.question),
            Turn(number=2, role="candidate", speaker="Candidate", text=self.answer),
        )
        return Transcript(turns=turns, source=self.id, competencies=(self.competency,))


class Quoted(NamedTuple):
    """What raters said with their quotes about one sentence and one competency.

    `value` is -2 to 2: the mean over the quotes of (level − 1) / 2 for the best words and (level − 5) / 2 for the worst, 0 if
    nobody quoted it.
    """

    sentence: str
    is_quoted: bool
    value: float


def labelled_sentences(folder: Path) -> list[LabelledSentence]:
    """The sentences of all `COMPETENCY.jsonl` in a folder.

    Raises:
        InputError: there are none, or a line is none.
    """
    files = sorted(file for file in folder.glob("*.jsonl") if file.name != FILLERS)
    if not files:
        raise InputError(f"there are no labelled sentences in {folder}")
    return [_checked(LabelledSentence, file, number, line) for file in files for number, line in _lines(file)]


def fillers(folder: Path) -> list[str]:
    """The sentences of `fillers.jsonl`, none if there is no such file."""
    file = folder / FILLERS
    return [_checked(Filler, file, number, line).text for number, line in _lines(file)] if file.is_file() else []


def appeals(file: Path) -> list[str]:
    """The sentences of a file of appeals to the grader, without its honest ones; none if there is no such file.

    Raises:
        InputError: the file does not hold lists of sentences by kind.
    """
    if not file.is_file():
        return []
    try:
        kinds = _APPEALS.validate_python(parse_yaml(read_text(file), file).data)
    except (Wrong, ValidationError) as error:
        raise InputError(f"{file} holds no appeals: {error}") from error
    return [text for kind, texts in kinds.items() if kind != HONEST for text in texts]


def lines(folder: Path) -> tuple[list[AskingLine], list[NewsLine]]:
    """The lines of `asks.jsonl` and of `twists.jsonl`.

    Raises:
        InputError: a line is none, or a file cannot be read.
    """
    asks, news = folder / "asks.jsonl", folder / "twists.jsonl"
    return (
        [_checked(AskingLine, asks, number, line) for number, line in _lines(asks)],
        [_checked(NewsLine, news, number, line) for number, line in _lines(news)],
    )


def short_answers(file: Path) -> list[ShortAnswer]:
    """The answers of a file, none if there is no such file.

    Raises:
        InputError: a line is none.
    """
    return [_checked(ShortAnswer, file, number, line) for number, line in _lines(file)] if file.is_file() else []


def quoted(said: Sequence[Said], ratings: Iterable[Rating]) -> list[Quoted]:
    """What the ratings of one competency of one golden say about each of its sentences."""
    known = [normalised(one.text) for one in said]
    values: Mapping[int, list[float]] = {place: [] for place in range(len(said))}
    for rating in ratings:
        for place, value in _placed(rating, known):
            values[place].append(value)
    return [Quoted(one.heard[0], bool(values[place]), _mean(values[place])) for place, one in enumerate(said)]


def _placed(rating: Rating, known: Sequence[str]) -> Iterator[tuple[int, float]]:
    if rating.value is None:
        return
    for words, value in ((rating.best, (rating.value - 1) / 2), (rating.worst, (rating.value - 5) / 2)):
        quote = normalised(words or "")
        yield from ((place, value) for place, sentence in enumerate(known) if quote and (quote in sentence or sentence in quote))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(read_text(file).splitlines(), 1) if line.strip())


def _checked(model: type[_D], file: Path, number: int, line: str) -> _D:
    try:
        return model.model_validate(json.loads(line))
    except (ValidationError, ValueError) as error:
        raise InputError(f"{file}, line {number}: {error}") from error
