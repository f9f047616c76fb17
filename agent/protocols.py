"""The six seams of the product. Each has an embedded implementation; models are others behind the same seam."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agent.events import Event
    from agent.move import Hear, Move, Spoken
    from agent.observation import Observation
    from agent.rubric import Rubric
    from agent.scene import Scene
    from agent.transcript import Transcript
    from agent.verdict import GradeReport


class Embedder(Protocol):
    """Turns sentences into unit vectors. The same sentence always gives the same vector."""

    id: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions)."""
        ...


class Memory(Protocol):
    """Finds texts by meaning."""

    def near(self, shelf: str, texts: Sequence[str], query: str, count: int) -> list[tuple[int, float]]:
        """The `count` nearest of `texts` by index, with cosine similarity; `shelf` names the same texts from call to call."""
        ...


class Observer(Protocol):
    """Says what the candidate just did."""

    id: str

    async def observe(self, answer: str, scene: Scene) -> Observation:
        """What is seen in `answer`, given all that was said before."""
        ...


class Voice(Protocol):
    """Says one move as one person."""

    id: str

    async def speak(self, move: Move, scene: Scene, hear: Hear | None = None) -> Spoken:
        """The line, and which authored line it was; `hear` is handed it while it grows, by voices that find words one by one."""
        ...


class Judge(Protocol):
    """Grades a transcript against a rubric, and knows nothing else."""

    id: str

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The verdicts on every competency of the rubric."""
        ...


class EventStore(Protocol):
    """Keeps the logs of sessions."""

    def append(self, session: str, expected: int, events: Sequence[Event]) -> int:
        """Appends to a log that is `expected` events long; returns its new length.

        Raises:
            SequenceConflict: the log has another length.
        """
        ...

    def read(self, session: str) -> list[Event]:
        """The whole log, in order.

        Raises:
            SessionNotFound: there is no such session.
        """
        ...
