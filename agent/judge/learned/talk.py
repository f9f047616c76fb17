"""What the candidate said, what the others asked for, and where the scene changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from agent.judge.adaptability import COMPETENCY as ADAPTABILITY
from agent.judge.blinding import Mask
from agent.judge.credence import credence, suspicion
from agent.judge.learned.measures import counted
from agent.judge.learned.worth import Worth, vectors_of, worth
from agent.judge.own_words import Said, own_words
from agent.judge.quotes import normalised
from agent.judge.twists import twists_of
from agent.prose import sentences, words
from agent.transcript import Transcript, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONG = 60
"""Of a turn of more words only the last two sentences are heard: there the question is, or the news."""
SURELY = 0.6
"""From so much on a line is taken for the one that changes the scene, where no mark tells."""


class Line(NamedTuple):
    """What somebody else than the candidate said, as far as it is heard, without who anybody is."""

    turn: int
    text: str


class Talk(NamedTuple):
    """The candidate's sentences that count, the others' lines, and the turn of the first mark of a change, None without marks.

    `asks_for` is the only competency that the scene asks for, None if it asks for more or does not say; `answers` in how many
    different turns the candidate said anything.
    """

    said: Sequence[Said]
    lines: Sequence[Line]
    marked: int | None
    asks_for: str | None = None
    answers: int = 1

    @classmethod
    def of(cls, transcript: Transcript, said: Sequence[Said] | None = None) -> Talk:
        """The talk of a transcript; `said` are its own words where they are known."""
        marks = twists_of(transcript)
        mask = Mask(transcript)
        others = [turn for turn in transcript.turns if turn.role == "interviewer" and turn.text.strip()]
        lines = [Line(turn.number, mask.spoken(_heard(turn))) for turn in others]
        only = transcript.competencies[0] if len(transcript.competencies) == 1 else None
        answers = len({text for turn in transcript.candidate_turns if (text := normalised(turn.text))})
        return cls(own_words(transcript).said if said is None else said, lines, marks[0].turn if marks else None, only, answers)


class Room(NamedTuple):
    """What the others' lines amount to.

    `asked` is by competency how much its most and all of its lines ask for it, about 0 to 1; `change` how surely the scene changed,
    0 to 1, and `turn` where, None if nowhere.
    """

    asked: Mapping[str, tuple[float, float]]
    change: float
    turn: int | None


def room_of(talk: Talk, seen: NDArray[np.float64], asks: Mapping[str, NDArray[np.float64]], news: NDArray[np.float64]) -> Room:
    """The room of a talk; `seen` are the inputs of its lines, `asks` and `news` the heads.

    The first of several lines changes nothing yet; a single one may come after a change.
    """
    import numpy as np

    asked = {name: _asked(np.maximum(seen @ head, 0.0)) for name, head in asks.items()}
    if talk.marked is not None:
        return Room(asked, 1.0, talk.marked)
    first = min(1, max(0, len(seen) - 1))
    told = np.clip(seen[first:] @ news, 0.0, 1.0)
    if not len(told):
        return Room(asked, 0.0, None)
    most = int(told.argmax())
    return Room(asked, float(told[most]), talk.lines[most + first].turn if told[most] >= SURELY else None)


def suspicion_of(talk: Talk, seen: NDArray[np.float64], lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely each of the candidate's sentences is meant for the grading; `seen` are the inputs of those, `lines` of the others'."""
    once = {line.text: place for place, line in enumerate(talk.lines)}
    return suspicion([one.heard[0] for one in talk.said], vectors_of(seen), vectors_of(lines)[list(once.values())])


def worths_of(seen: NDArray[np.float64], heads: Mapping[str, NDArray[np.float64]], suspected: NDArray[np.float64]) -> dict[str, Worth]:
    """What each sentence is worth to each competency that has heads, as far as it counts."""
    return counted({name: worth(seen, rows) for name, rows in heads.items()}, credence(suspected))


def counting(competency: str, talk: Talk, room: Room, worth: Worth) -> tuple[Sequence[Said], Worth]:
    """The sentences that count for a competency with their worth: for adaptability those after the change.

    Where nothing was said after it, none count if it is marked, and all if it was only guessed.
    """
    import numpy as np

    if competency != ADAPTABILITY or room.turn is None:
        return talk.said, worth
    after = np.array([one.turn > room.turn for one in talk.said], dtype=bool)
    if not after.any() and talk.marked is None:
        return talk.said, worth
    return [one for one, is_after in zip(talk.said, after, strict=True) if is_after], {
        head: values[after] for head, values in worth.items()
    }


def _heard(turn: Turn) -> str:
    return turn.text if len(words(turn.text)) <= LONG else " ".join(sentences(turn.text)[-2:])


def _asked(values: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np

    return (float(values.max()), 1.0 - float(np.exp(-values.sum()))) if len(values) else (0.0, 0.0)
