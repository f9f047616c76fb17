"""The embedded judge at work elsewhere: another process is handed a transcript and a rubric's name, and hands back the report."""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from pathlib import Path
from platform import node

from pydantic import ValidationError

from agent.document import Document, PerDocument, fingerprint
from agent.errors import HotseatError, InputError
from agent.evaluation.runs.judgement import key_of
from agent.evaluation.workers.crew import Crew
from agent.judge.embedded import EmbeddedJudge
from agent.judge.ready import sentences
from agent.library import Library
from agent.memory.embedder import LazyEmbedder
from agent.memory.vectors import prepare
from agent.protocols import Embedder
from agent.rubric import Rubric
from agent.settings import Settings
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin

SAMPLE = (
    "Yes.",
    "We lost two days.",
    "I told the client on the same day that the labels were wrong, and what it would cost to put them right.",
)
"""Sentences that are embedded to see whether two machines come to the same numbers."""


class Order(Document):
    """One grading. `rubric` is `slug@version`, with its competencies in that order; `library` a directory of one's own, or None.

    `key` is the sha256 of everything that decides the grading, `vectors` that of sentences as they are embedded by who asks.
    """

    transcript: Transcript
    rubric: str
    competencies: tuple[str, ...]
    library: str | None
    key: str
    vectors: str


class Elsewhere:
    """The embedded judge, whose every grading is done by a crew. `library` is a directory that all of them have."""

    id = EmbeddedJudge.id

    def __init__(self, crew: Crew, embedder: Embedder, library: Path | None = None) -> None:
        self.at_once = crew.in_hand
        self._crew = crew
        self._pin = EmbeddedJudge(embedder).pin()
        self._inputs = self._pin.model_dump(mode="json")
        self._vectors = vectors(embedder)
        self._library = str(library.resolve()) if library else None
        self._fingerprint = PerDocument[Rubric, str](fingerprint)

    def pin(self) -> JudgePin:
        """That of the judge: where it works moves no grade."""
        return self._pin

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The report that the judge gives in this process too.

        Raises:
            InputError: a worker would grade in another way, and refuses.
            InstrumentError: there are no workers any more.
        """
        order = Order(
            transcript=transcript,
            rubric=f"{rubric.slug}@{rubric.version}",
            competencies=tuple(each.id for each in rubric.competencies),
            library=self._library,
            key=key_of(self._inputs, self._fingerprint(rubric), fingerprint(transcript)),
            vectors=self._vectors,
        )
        return GradeReport.model_validate_json(await self._crew.do(grade, order.model_dump_json()))


class Desk:
    """Where a worker grades, one transcript at a time."""

    def __init__(self, library: Path | None) -> None:
        self._library = library
        self._embedder = LazyEmbedder()
        self._judge = EmbeddedJudge(self._embedder)
        self._inputs = self._judge.pin().model_dump(mode="json")
        self._vectors = vectors(self._embedder)
        self._fingerprint = PerDocument[Rubric, str](fingerprint)
        self._rubrics: dict[tuple[str, ...], Rubric] = {}
        self._lock = threading.Lock()

    def grade(self, order: Order) -> GradeReport:
        """The report on the transcript of an order.

        Raises:
            InputError: here the rubric, the judge, the package or the arithmetic is another than where the order was made.
        """
        with self._lock:
            rubric = self._rubric(order)
            if order.vectors != self._vectors:
                raise InputError(
                    "it embeds sentences to other numbers than the machine that asks, so its grades could differ; let machines with the "
                    "same kind of processor and the same packages do it"
                )
            return self._judge.grade_now(order.transcript, rubric)

    def _rubric(self, order: Order) -> Rubric:
        """The rubric that was asked for, ready to be heard with: as it was read before, or else as its file is now."""
        asked = (order.rubric, *order.competencies)
        known = self._rubrics.get(asked)
        if known and self._is_meant(order, known):
            return known
        rubric = _in_order(Library.default(self._library).rubric(order.rubric), order.competencies)
        if not self._is_meant(order, rubric):
            raise InputError(OTHER)
        prepare(self._embedder, sentences(rubric), Settings.from_environment().cache_dir, lambda: False)
        self._rubrics[asked] = rubric
        return rubric

    def _is_meant(self, order: Order, rubric: Rubric) -> bool:
        return key_of(self._inputs, self._fingerprint(rubric), fingerprint(order.transcript)) == order.key


OTHER = (
    "it has another version of Hotseat, of the rubric or of the judge than the machine that asks; give all workers the same checkout, "
    "the same --library and the same settings, and restart them"
)


def grade(order: str) -> str:
    """An order as JSON in, its report as JSON out: what workers are handed.

    Raises:
        InputError: it cannot be done here; a plain sentence, so that it crosses to another process whole.
    """
    try:
        asked = Order.model_validate_json(order)
        return desk(asked.library).grade(asked).model_dump_json()
    except ValidationError:
        raise InputError(_refused(OTHER)) from None
    except HotseatError as error:
        raise InputError(_refused(str(error))) from None


@cache
def desk(library: str | None) -> Desk:
    """The desk of this process for a library."""
    return Desk(Path(library) if library else None)


def vectors(embedder: Embedder) -> str:
    """The sha256 of the sample's vectors: the same where the embedder, and the arithmetic of the processor, are the same."""
    return hashlib.sha256(embedder.embed(SAMPLE).tobytes()).hexdigest()


def _in_order(rubric: Rubric, names: tuple[str, ...]) -> Rubric:
    by = {each.id: each for each in rubric.competencies}
    if sorted(names) != sorted(by):
        raise InputError(OTHER)
    return rubric.model_copy(update={"competencies": tuple(by[name] for name in names)})


def _refused(why: str) -> str:
    return f"a worker on {node()!r} refuses to grade: {why}"
