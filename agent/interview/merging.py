"""What of a model's notes is taken over: pure rules.

A note is added when its id is open and not noted already, and its words stand in the answer. A fact is asked for by a question
alone. A point, a condition, a hardening or a behaviour needs `MIN_WORDS` words; a condition is not met by a sentence that turns
away or only asks, and what softens a position does not harden it as well. A sentence that talks to the grader is noted as that and
as nothing else. Points of the current beat that came up in this very answer may be withdrawn, unless the model notes them too.
Facts told, positions moved and twists settled are never taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import cast, get_args

from agent.amendment import Added, Amendment
from agent.interview.notes import Note, Notes
from agent.interview.questions import asks, proposes
from agent.interview.still_open import StillOpen
from agent.observation import Act, Heard, Observation, Seen
from agent.polarity import turns_away
from agent.prose import sentences, words
from agent.quotation import Span, located

MIN_WORDS = 3
COUNTED = frozenset({"question", "number", "jargon", "too_short", "rambling"})
"""Acts that are counted in the text, and are no model's business."""
ACTS = frozenset(get_args(Act)) - COUNTED


class Dropped(StrEnum):
    """Why a note is not taken over."""

    NOT_OPEN = "not_open"
    NOT_THERE = "not_there"
    TOO_SHORT = "too_short"
    NO_QUESTION = "no_question"
    ONLY_ASKS = "only_asks"
    TURNS_AWAY = "turns_away"
    TO_THE_GRADER = "to_the_grader"
    SOFTENED = "softened_too"


_Rule = Callable[[str, str], Dropped | None]
"""What speaks against a note by its id and the sentences it quotes."""


def merged(notes: Notes, answer: str, seen: Observation, still_open: StillOpen, *, observer: str, turn: int) -> Amendment:
    """What the notes change in `seen`, the observation of `answer`, which is turn number `turn` of the transcript."""
    merging = _Merging(notes, answer, seen, still_open)
    added, withdrawn = merging.added(), merging.withdrawn()
    return Amendment(observer=observer, turn=turn, added=added, withdrawn=withdrawn, dropped=dict(merging.dropped))


def current(amendment: Amendment, still_open: StillOpen, beat: Container[str]) -> Amendment:
    """What of an amendment still holds in a scene that has moved on: `still_open` now, and the points of the current `beat`."""
    added, dropped = amendment["added"], Counter(amendment["dropped"])

    def kept(heard: Iterable[Heard], ids: Container[str]) -> list[Heard]:
        listed = list(heard)
        open_yet = [one for one in listed if one["id"] in ids]
        dropped[Dropped.NOT_OPEN] += len(listed) - len(open_yet)
        return open_yet

    now = Added(
        acts=added["acts"],
        points=kept(added["points"], still_open.points),
        facts=kept(added["facts"], still_open.facts),
        conditions=kept(added["conditions"], still_open.conditions),
        hardening=kept(added["hardening"], still_open.hardening),
        behaviours=kept(added["behaviours"], still_open.behaviours),
        addressed=added["addressed"],
    )
    withdrawn = [point for point in amendment["withdrawn"] if point in beat]
    return Amendment(**{**amendment, "added": now, "withdrawn": withdrawn, "dropped": dict(+dropped)})


def is_empty(amendment: Amendment) -> bool:
    """Whether nothing changes."""
    return not amendment["withdrawn"] and not any(amendment["added"].values())


@dataclass
class _Merging:
    notes: Notes
    answer: str
    seen: Observation
    open: StillOpen
    dropped: Counter[str] = field(default_factory=Counter)

    def added(self) -> Added:
        notes, seen = self.notes, self.seen
        acts = self._kept(notes.acts, ACTS, [act["act"] for act in seen["acts"]], _nothing)
        conditions = self._heard(notes.conditions, self.open.conditions, seen["conditions"], self._against_condition)
        softened = {one["id"].rpartition("/")[0] for one in [*seen["conditions"], *conditions]}
        return Added(
            acts=[Seen(act=cast("Act", name), quote=quote) for name, quote in acts.items()],
            points=self._heard(notes.points, self.open.points, seen["points"], _too_short),
            facts=self._heard(notes.facts, self.open.facts, seen["facts"], _no_question),
            conditions=conditions,
            hardening=self._heard(notes.hardening, self.open.hardening, seen["hardening"], _against_hardening(softened)),
            behaviours=self._heard(notes.behaviours, self.open.behaviours, seen["behaviours"], _too_short),
            addressed=self._addressed(),
        )

    def withdrawn(self) -> list[str]:
        noted = {note.id for note in self.notes.points}
        doubted = dict.fromkeys(self.notes.not_said)
        self.dropped[Dropped.NOT_OPEN] += sum(point not in self.open.taken for point in doubted)
        self.dropped = +self.dropped
        return [point for point in doubted if point in self.open.taken and point not in noted]

    def _heard(self, notes: Sequence[Note], ids: Container[str], known: Iterable[Heard], rule: _Rule) -> list[Heard]:
        return [Heard(id=name, quote=quote) for name, quote in self._kept(notes, ids, [one["id"] for one in known], rule).items()]

    def _kept(self, notes: Sequence[Note], ids: Container[str], known: Sequence[str], rule: _Rule) -> dict[str, str]:
        """The quote of every note that is taken over, by id; the others are counted, but for those that say nothing new."""
        kept: dict[str, str] = {}
        for note in notes:
            if note.id in known or note.id in kept:
                continue
            span = located(note.quote, self.answer)
            fault = self._fault(note, span, ids, rule)
            if fault:
                self.dropped[fault] += 1
            elif span:
                kept[note.id] = span.of(self.answer)
        return kept

    def _fault(self, note: Note, span: Span | None, ids: Container[str], rule: _Rule) -> Dropped | None:
        if note.id not in ids:
            return Dropped.NOT_OPEN
        if span is None:
            return Dropped.NOT_THERE
        if note.id != "instructs_grader" and any(_overlap(span, place) for place in self._to_the_grader):
            return Dropped.TO_THE_GRADER
        return rule(note.id, self._around(span))

    @cached_property
    def _sentences(self) -> list[Span]:
        places, start = [], 0
        for sentence in sentences(self.answer):
            start = self.answer.index(sentence, start)
            places.append(Span(start, start + len(sentence)))
            start += len(sentence)
        return places

    @cached_property
    def _to_the_grader(self) -> list[Span]:
        """The sentences that anybody heard talk to the grader."""
        quotes = [note.quote for note in self.notes.acts if note.id == "instructs_grader"]
        quotes += [act["quote"] for act in self.seen["acts"] if act["act"] == "instructs_grader"]
        spans = [span for quote in quotes if (span := located(quote, self.answer))]
        return [place for place in self._sentences if any(_overlap(place, span) for span in spans)]

    def _around(self, span: Span) -> str:
        """The sentences that a quote is taken from."""
        return " ".join(place.of(self.answer) for place in self._sentences if _overlap(place, span))

    def _against_condition(self, name: str, sentence: str) -> Dropped | None:
        if turns_away(sentence):
            return Dropped.TURNS_AWAY
        if asks(sentence) and not proposes(sentence) and name not in self.open.wanting:
            return Dropped.ONLY_ASKS
        return _too_short(name, sentence)

    def _addressed(self) -> str | None:
        """Whoever is addressed, if a part of the name or the title is in the answer."""
        person = self.notes.addressed
        if person is None or self.seen["addressed"]:
            return None
        said = {word.lower() for word in words(self.answer)}
        if said & {word.lower() for word in words(self.open.people.get(person, "")) if len(word) > 1}:
            return person
        self.dropped[Dropped.NOT_THERE] += 1
        return None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _nothing(name: str, sentence: str) -> None:
    return None


def _too_short(name: str, sentence: str) -> Dropped | None:
    return Dropped.TOO_SHORT if len(words(sentence)) < MIN_WORDS else None


def _no_question(name: str, sentence: str) -> Dropped | None:
    return None if any(asks(one) for one in sentences(sentence)) else Dropped.NO_QUESTION


def _against_hardening(softened: Container[str]) -> _Rule:
    def against(name: str, sentence: str) -> Dropped | None:
        if name in softened:
            return Dropped.SOFTENED
        return Dropped.ONLY_ASKS if asks(sentence) else _too_short(name, sentence)

    return against
