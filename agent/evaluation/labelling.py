"""Rating by hand, as questions and answers: what is asked next, what an answer does, and what is taken back.

It knows no terminal and no file. `ratings` is at any moment what a file of the answers should hold.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from agent.evaluation.items import Item
from agent.evaluation.ratings import Rating
from agent.rubric import LEVELS, Competency

BACK, STOP, SKIP, NOT_OBSERVED, TALK, HELP = "b", "q", "s", "n", "t", "?"


class Stage(Enum):
    """What is asked about a competency."""

    LEVEL = "level"
    BEST = "best"
    WORST = "worst"


class Outcome(Enum):
    """What an answer did."""

    TAKEN = "taken"
    TAKEN_BACK = "taken back"
    NOTHING_TO_TAKE_BACK = "nothing to take back"
    WANTS_TALK = "wants to read the talk again"
    WANTS_HELP = "wants the anchors"
    NO_KEY = "not one of the keys"
    NOT_SAID = "not what the candidate said"
    STOPPED = "stopped"


_WISHES = {TALK: Outcome.WANTS_TALK, HELP: Outcome.WANTS_HELP}


class Question(NamedTuple):
    """One competency of one item, and the places of both, from 1."""

    item: Item
    competency: Competency
    item_number: int
    number: int
    of: int

    @property
    def key(self) -> tuple[str, str]:
        """Item and competency, as a rating names them."""
        return self.item.id, self.competency.id


class Counts(NamedTuple):
    """Of all questions: with a level, not observed, skipped, and not answered yet."""

    levels: int
    not_observed: int
    skipped: int
    open: int


def questions(items: Sequence[Item], competencies: Sequence[Competency], *, named: bool = False) -> list[Question]:
    """Every question about the items. What an item cannot show is not asked, unless the competencies were `named` by the rater."""
    own = [(item, [one for one in competencies if named or _shows(item, one)]) for item in items]
    return [
        Question(item, competency, place, number, len(asked))
        for place, (item, asked) in enumerate((pair for pair in own if pair[1]), 1)
        for number, competency in enumerate(asked, 1)
    ]


def _shows(item: Item, competency: Competency) -> bool:
    """Whether the item can show a competency; one that names none can show all."""
    return competency.id in (item.transcript.competencies or (competency.id,))


class Labelling:
    """A rater's way through the questions; `given` are the ratings of earlier sittings."""

    def __init__(self, asked: Iterable[Question], rater: str, given: Sequence[Rating] = ()) -> None:
        self._rater = rater
        self._all = {question.key: question for question in asked}
        done = {(one.item, one.competency) for one in given}
        self._open = deque(question for key, question in self._all.items() if key not in done)
        self._history: list[Rating | Question] = list(given)
        self.stage = Stage.LEVEL
        self.is_stopped = False

    @property
    def question(self) -> Question | None:
        """What is asked now; None when everything is answered. What is answered last can be taken back even then."""
        return self._open[0] if self._open else None

    @property
    def ratings(self) -> list[Rating]:
        """What was given and not taken back, in that order."""
        return [one for one in self._history if isinstance(one, Rating)]

    @property
    def counts(self) -> Counts:
        """How many questions are in which state; the four add up to all."""
        own = [one for one in self.ratings if (one.item, one.competency) in self._all]
        unseen = sum(one.value is None for one in own)
        skipped = len(self._history) - len(self.ratings)
        return Counts(len(own) - unseen, unseen, skipped, len(self._all) - len(own) - skipped)

    @property
    def items(self) -> dict[str, int]:
        """For every item the number of its questions that have no rating."""
        left = dict.fromkeys((item for item, _ in self._all), 0)
        rated = {(one.item, one.competency) for one in self.ratings}
        for key in self._all.keys() - rated:
            left[key[0]] += 1
        return left

    def answer(self, typed: str) -> Outcome:
        """Takes what the rater typed: a key, or words of the candidate where a quote is asked for."""
        given = typed.strip()
        key = given.lower()
        if key in _WISHES:
            return _WISHES[key]
        if key == BACK:
            return self._back()
        if key == STOP or not self._open:
            return self.stop()
        return self._level(key) if self.stage is Stage.LEVEL else self._quote(given)

    def stop(self) -> Outcome:
        """Ends the sitting; a level whose quotes were not given yet stands without them."""
        self.is_stopped = True
        return Outcome.STOPPED

    def _level(self, key: str) -> Outcome:
        question = self._open[0]
        if key == SKIP:
            self._history.append(question)
            return self._next()
        if key == NOT_OBSERVED:
            self._history.append(self._rating(question, None))
            return self._next()
        if key not in {str(level) for level in LEVELS}:
            return Outcome.NO_KEY
        self._history.append(self._rating(question, int(key)))
        self.stage = Stage.BEST
        return Outcome.TAKEN

    def _quote(self, given: str) -> Outcome:
        if given:
            words = self._open[0].item.talk.quoted(given)
            if words is None:
                return Outcome.NOT_SAID
            rating = self.ratings[-1]
            self._history[-1] = rating.model_copy(update={self.stage.value: words})
        if self.stage is Stage.BEST:
            self.stage = Stage.WORST
            return Outcome.TAKEN
        return self._next()

    def _next(self) -> Outcome:
        self._open.popleft()
        self.stage = Stage.LEVEL
        return Outcome.TAKEN

    def _back(self) -> Outcome:
        """Takes the last answer back, and asks it again."""
        if self.stage is not Stage.LEVEL:
            self._history.pop()
            self.stage = Stage.LEVEL
            return Outcome.TAKEN_BACK
        last = self._history[-1] if self._history else None
        question = self._all.get((last.item, last.competency)) if isinstance(last, Rating) else last
        if question is None:
            return Outcome.NOTHING_TO_TAKE_BACK
        self._history.pop()
        self._open.appendleft(question)
        return Outcome.TAKEN_BACK

    def _rating(self, question: Question, value: int | None) -> Rating:
        return Rating(item=question.item.id, competency=question.competency.id, rater=self._rater, value=value)
