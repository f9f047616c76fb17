"""The goldens as the fit sees them: sentences, inputs of the heads, what raters quoted, and the reference levels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agent.document import Document
from agent.evaluation.fitting.labels import (
    AskingLine,
    LabelledSentence,
    NewsLine,
    Quoted,
    ShortAnswer,
    appeals,
    fillers,
    labelled_sentences,
    lines,
    quoted,
    short_answers,
)
from agent.evaluation.golden import Golden, Split, goldens
from agent.evaluation.ratings import Rating, read_ratings, reference
from agent.judge.learned.talk import Talk
from agent.judge.learned.worth import inputs
from agent.protocols import Embedder

Array = NDArray[np.float64]
GOLDENS, RATINGS, SENTENCES, LINES, ANSWERS = "goldens", "goldens/ratings.jsonl", "sentences", "lines", "answers.jsonl"
APPEALS = "appeals/appeals.yaml"


class Case(NamedTuple):
    """One golden, without the marks of its twists, which a transcript file does not have either.

    `levels` holds the reference of every competency, `quotes` what raters quoted of each sentence.
    """

    id: str
    family: str
    talk: Talk
    inputs: Array
    line_inputs: Array
    quotes: Mapping[str, list[Quoted]]
    levels: Mapping[str, float | None]


class Question(NamedTuple):
    """What short answers of a family answer: a line that asks for what it was written for, and for what most answers had to rate."""

    family: str
    line: AskingLine
    inputs: Array


class Material(NamedTuple):
    """All that is fitted to."""

    cases: Sequence[Case]
    answers: Sequence[Case]
    sentences: Sequence[LabelledSentence]
    sentence_inputs: Array
    filler_inputs: Array
    asking: Sequence[AskingLine]
    asking_inputs: Array
    questions: Sequence[Question]
    news: Sequence[NewsLine]
    news_inputs: Array
    sha256: str


class Data(NamedTuple):
    """What the files hold, before anything is embedded."""

    goldens: Sequence[Golden]
    ratings: Sequence[Rating]
    sentences: Sequence[LabelledSentence]
    empty: Sequence[str]
    asking: Sequence[AskingLine]
    news: Sequence[NewsLine]
    answers: Sequence[ShortAnswer]

    @property
    def sha256(self) -> str:
        """Of every label and transcript."""
        labels: tuple[Document, ...] = (*self.goldens, *self.ratings, *self.sentences, *self.asking, *self.news, *self.answers)
        digest = hashlib.sha256()
        for document in labels:
            digest.update(document.model_dump_json().encode())
        digest.update("\n".join(self.empty).encode())
        return digest.hexdigest()


def read_data(folder: Path, splits: Iterable[Split]) -> Data:
    """The data of the splits in `folder`, an `evals` directory.

    Raises:
        InputError: something is missing or malformed.
    """
    chosen = [golden for split in splits for golden in goldens(folder / GOLDENS, split)]
    names = {golden.id for golden in chosen}
    return Data(
        chosen,
        [one for one in read_ratings(folder / RATINGS) if one.item in names],
        labelled_sentences(folder / SENTENCES),
        [*fillers(folder / SENTENCES), *appeals(folder / APPEALS)],
        *lines(folder / LINES),
        short_answers(folder / ANSWERS),
    )


def read_material(folder: Path, splits: Iterable[Split], competencies: Sequence[str], embedder: Embedder) -> Material:
    """The material of the splits in `folder`, an `evals` directory.

    Raises:
        InputError: something is missing or malformed.
    """
    data = read_data(folder, splits)
    return Material(
        [_case(golden, data.ratings, competencies, embedder) for golden in data.goldens],
        [_of_answer(answer, competencies, embedder) for answer in data.answers],
        data.sentences,
        inputs([one.text for one in data.sentences], embedder),
        inputs(data.empty, embedder),
        data.asking,
        inputs([one.text for one in data.asking], embedder),
        _questions(data.answers, embedder),
        data.news,
        inputs([one.text for one in data.news], embedder),
        data.sha256,
    )


def _case(golden: Golden, ratings: Sequence[Rating], competencies: Sequence[str], embedder: Embedder) -> Case:
    talk = Talk.of(golden.transcript)._replace(marked=None)
    own = {name: [one for one in ratings if one.item == golden.id and one.competency == name] for name in competencies}
    return Case(
        golden.id,
        golden.family,
        talk,
        inputs([said.heard[0] for said in talk.said], embedder),
        inputs([line.text for line in talk.lines], embedder),
        {name: quoted(talk.said, rated) for name, rated in own.items()},
        {name: level for rated in own.values() for (_, name), level in reference(rated).items()},
    )


def _of_answer(answer: ShortAnswer, competencies: Sequence[str], embedder: Embedder) -> Case:
    talk = Talk.of(answer.transcript)
    levels = {name: float(answer.levels[name]) if name in answer.levels else None for name in competencies}
    heard, lines = ([said.heard[0] for said in talk.said], [line.text for line in talk.lines])
    return Case(answer.id, _family(answer), talk, inputs(heard, embedder), inputs(lines, embedder), {}, levels)


def _family(answer: ShortAnswer) -> str:
    return f"answer/{answer.family}"


def _questions(answers: Sequence[ShortAnswer], embedder: Embedder) -> list[Question]:
    by: dict[str, list[ShortAnswer]] = {}
    for answer in answers:
        by.setdefault(_family(answer), []).append(answer)
    seen = inputs([own[0].question for own in by.values()], embedder)
    return [Question(family, _asking(own), row) for (family, own), row in zip(by.items(), seen, strict=True)]


def _asking(answers: Sequence[ShortAnswer]) -> AskingLine:
    first = answers[0]
    rated = [name for answer in answers for name in answer.levels]
    also = sorted(name for name in set(rated) if name != first.competency and 2 * rated.count(name) > len(answers))
    return AskingLine(asks=(first.competency, *also), domain=first.domain, text=first.question)


def exchanges(case: Case) -> Iterator[Case]:
    """Every answer of a golden with the line before it, as a case of its own.

    Of these it is known whether there is something to rate only where raters quoted the answer, and where they found nothing in
    the whole golden; other competencies are left out of `levels`. A level there stands for "something", no more.
    """
    for turn in sorted({one.turn for one in case.talk.said}):
        places = [place for place, one in enumerate(case.talk.said) if one.turn == turn]
        before = [place for place, line in enumerate(case.talk.lines) if line.turn < turn][-1:]
        quotes = {name: [rated[place] for place in places] for name, rated in case.quotes.items()}
        yield case._replace(
            talk=case.talk._replace(said=[case.talk.said[place] for place in places], lines=[case.talk.lines[place] for place in before]),
            inputs=case.inputs[places],
            line_inputs=case.line_inputs[before],
            quotes=quotes,
            levels={name: level for name, level in case.levels.items() if level is None or any(one.is_quoted for one in quotes[name])},
        )
