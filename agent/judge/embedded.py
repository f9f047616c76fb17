"""The embedded judge: no key, no network, the same report to the byte for the same transcript and rubric."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from agent.document import PerDocument, digest, fingerprint
from agent.errors import InstrumentError
from agent.judge.adaptability import COMPETENCY, after_the_twist
from agent.judge.contempt import with_contempt
from agent.judge.doubt import shipped as shipped_doubt
from agent.judge.ear import NEAR
from agent.judge.enough import MIN_WORDS, too_little
from agent.judge.evidence import COUNTER_THRESHOLD, THRESHOLD, Hearing, Listener
from agent.judge.grade import report, ungraded
from agent.judge.language import is_english
from agent.judge.learned.model import JudgeModel, shipped_model
from agent.judge.learned.names import NameModel, shipped_names
from agent.judge.learned.talk import Talk
from agent.judge.learned.verdicts import Listening, measured, verdicts_of
from agent.judge.own_words import OwnWords, Said, notes_on_doubted, own_words
from agent.judge.substance import shipped as shipped_substance
from agent.judge.substance import substance
from agent.judge.twists import Answer, answer_to, in_report, twists_of
from agent.judge.verdicts import verdict_on
from agent.prose import words
from agent.protocols import Embedder
from agent.recognition import CUE_BONUS
from agent.rubric import Competency, Indicator, Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin, State, Verdict
from agent.version import __version__

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEPT_RUBRICS = 8


class EmbeddedJudge:
    """Grades each competency by a model fitted to rated transcripts (`agent.judge.learned`), where one knows it and the embedder.

    Competencies that no model knows, as those of a rubric of one's own, are graded by sentences that are near to the rubric's examples
    and a documented formula from evidence to level (`agent.judge.levels`); such grades are not calibrated, and the notes say so.
    """

    id = "embedded"
    version = "2.0.0"

    def __init__(self, embedder: Embedder, models: Sequence[JudgeModel] | None = None) -> None:
        """`models` are the fitted ones, the first that knows a competency counts; the shipped one unless given."""
        self._embedder = Checked(embedder)
        self._listeners: dict[str, Listener] = {}
        self._models = tuple(one for one in ((shipped_model(),) if models is None else models) if one.embedder == embedder.id)

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The verdicts on every competency of the rubric; an embedder that fails is reported in the verdicts, not raised."""
        return await asyncio.to_thread(self.grade_now, transcript, rubric)

    def grade_now(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """See `grade`."""
        own = own_words(transcript, rubric)
        reason = _why_not(transcript, own)
        if reason:
            return report(transcript, rubric, self.pin(), ungraded(rubric, State.ABSTAINED, reason), notes=(*own.notes, reason))
        try:
            return self._graded(transcript, rubric, own)
        except InstrumentError as error:
            verdicts = ungraded(rubric, State.INSTRUMENT_ERROR, f"The sentence embedder failed, so nothing was measured: {error}")
            return report(transcript, rubric, self.pin(), verdicts, notes=own.notes)

    def pin(self) -> JudgePin:
        """This judge, its version and everything that moves its grades."""
        parameters = {
            "embedder": self._embedder.id,
            "threshold": THRESHOLD,
            "counter_threshold": COUNTER_THRESHOLD,
            "cue_bonus": CUE_BONUS,
            "near": NEAR,
            "min_words": MIN_WORDS,
            **_heads(),
            "names": _pinned(shipped_names()),
            "models": [_pinned(one) for one in self._models],
        }
        return JudgePin(id=self.id, version=self.version, package=__version__, parameters=parameters)

    def _graded(self, transcript: Transcript, rubric: Rubric, own: OwnWords) -> GradeReport:
        self._embedder.embed([form for said in own.said for form in said.heard])  # together, which is faster than one by one
        heard = with_contempt(rubric, self._listener(rubric).hear(own.said), own.said)
        adaptive = heard.get(COMPETENCY, Hearing()).support
        answers = [answer_to(mark, own.said, adaptive, self._embedder) for mark in twists_of(transcript)]
        fitted, notes = self._by_models(rubric, heard, own, transcript)
        rest = [each for each in rubric.competencies if each.id not in fitted]
        verdicts = fitted | self._by_formula(rest, heard, answers, own, transcript)
        return report(
            transcript,
            rubric,
            self.pin(),
            {each.id: verdicts[each.id] for each in rubric.competencies},
            twists=[in_report(answer) for answer in answers],
            notes=(*own.notes, *notes),
            own=own,
            embedder=self._embedder,
        )

    def _by_models(
        self, rubric: Rubric, heard: dict[str, Hearing], own: OwnWords, transcript: Transcript
    ) -> tuple[dict[str, Verdict], list[str]]:
        """The verdicts on the competencies that a fitted model knows, and what to tell of what did not count."""
        by: dict[str, Verdict] = {}
        notes: list[str] = []
        for model in self._models:
            known = [each for each in rubric.competencies if each.id not in by and model.knows(each)]
            if known:
                seen = measured(Talk.of(transcript, own.said), model, self._embedder)
                by |= verdicts_of(known, seen, Listening(model, heard, self._name))
                notes += notes_on_doubted(seen.suspect)
                if seen.too_little and not any(each.state is State.SCORED for each in by.values()):
                    notes.append(seen.too_little)
        return by, notes

    def _name(self, competency: Competency, said: Said, supports: bool) -> Indicator | None:
        return shipped_names().name_of(said.heard[0], competency, self._embedder, supports=supports)

    def _by_formula(
        self,
        competencies: Sequence[Competency],
        heard: dict[str, Hearing],
        answers: Sequence[Answer],
        own: OwnWords,
        transcript: Transcript,
    ) -> dict[str, Verdict]:
        """The verdicts on competencies that no model knows."""
        if not competencies:
            return {}
        concrete = substance([said.heard[0] for said in own.said], self._embedder)
        verdicts = {}
        for each in competencies:
            hearing = heard[each.id]
            if each.id == COMPETENCY:
                hearing = after_the_twist(each, hearing, answers, own.said)
            verdicts[each.id] = verdict_on(each, hearing, transcript, concrete)
        return verdicts

    def _listener(self, rubric: Rubric) -> Listener:
        """The rubric made ready, kept by its content."""
        key = fingerprint(rubric)
        if key not in self._listeners:
            listener = Listener(rubric, self._embedder)
            if len(self._listeners) >= KEPT_RUBRICS:
                self._listeners.clear()
            self._listeners[key] = listener
        return self._listeners[key]


class Checked:
    """An embedder whose every failure, and every vector that is no number, is an `InstrumentError`."""

    def __init__(self, embedder: Embedder) -> None:
        self._inner = embedder
        self.id = embedder.id

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions).

        Raises:
            InstrumentError: the embedder failed or returned something else.
        """
        import numpy as np

        try:
            vectors = self._inner.embed(texts)
        except InstrumentError:
            raise
        except Exception as error:
            raise InstrumentError(f"the embedder {self.id!r} failed ({error}); check its installation and grade again") from error
        if len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise InstrumentError(f"the embedder {self.id!r} returned no usable vectors; check its installation and grade again")
        return vectors


@cache
def _heads() -> dict[str, str]:
    """The heads beside the models, each by its version and a fingerprint of its weights."""
    heads = {"substance": shipped_substance(), "doubt": shipped_doubt()}
    return {name: f"{head['version']} {digest(head)[:12]}" for name, head in heads.items()}


_pinned = PerDocument[JudgeModel | NameModel, str](lambda model: f"{model.version} {fingerprint(model)[:12]}")


def _why_not(transcript: Transcript, own: OwnWords) -> str | None:
    """Why the judge abstains: nothing said, too little, another language; None if it does not."""
    spoken = [word for turn in transcript.candidate_turns for word in words(turn.text)]
    if not spoken:
        return "The candidate said nothing, so there is nothing to judge."
    if not is_english(spoken):
        return "The candidate's words are not in English, which is the only language this judge reads."
    return too_little(said.text for said in own.said)
