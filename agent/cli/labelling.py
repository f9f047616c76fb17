"""The screen of somebody who rates talks by hand: the talk, one question after the other, and what it came to."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.cli.keys import Keys, Lines
from agent.cli.screen import Screen
from agent.counted import counted
from agent.evaluation.labelling import STOP, Labelling, Outcome, Question, Stage
from agent.evaluation.ratings import Rating
from agent.evaluation.talk import Shown, Talk
from agent.prose import clean, sentences
from agent.rubric import Competency

KEYS = "1-5, n not observed, s skip, b back, ? anchors, t talk, q stop"
FOOT = "1-5  n not seen  s skip  b back  ? anchors  t talk  q stop"
QUOTE_FOOT = "Tab: their sentence  Enter: none  b back  t talk  q stop"
END_FOOT = "Enter ends  b back"
PAGE_FOOT = "Enter next page  s to the questions  q stop"
ASKED = {
    Stage.LEVEL: "Did you see it? 1 to 5, or n for no: ",
    Stage.BEST: "Their best words, Enter for none: ",
    Stage.WORST: "Their worst words, Enter for none: ",
}
TOLD = {
    Outcome.TAKEN_BACK: "Taken back.",
    Outcome.NOTHING_TO_TAKE_BACK: "There is nothing here that could be taken back.",
    Outcome.NO_KEY: f"That is none of the keys: {KEYS}.",
    Outcome.NOT_SAID: "The candidate did not say that in one turn. Give two of their words or more as they stand, or Enter for none.",
}
PROMPT, QUESTION = 3, 8
"""Lines of a screen that the prompt after a page takes, and a question with all that belongs to it."""
SMALLEST_PAGE = 5
NAME = "bold"
"""The style of the line that says who speaks; no page ends with one."""

_Line = tuple[str, str]
"""A line and its style."""


@dataclass
class Desk:
    """One rater, the questions, a screen and what keeps the answers."""

    labelling: Labelling
    screen: Screen
    keys: Keys | Lines
    keep: Callable[[Sequence[Rating]], None]
    _read: set[str] = field(default_factory=set, init=False)
    _asked: Question | None = field(default=None, init=False)

    def sit(self) -> None:
        """Asks until everything is answered or the rater stops; Ctrl-C and the end of the input stop as well."""
        try:
            while not self.labelling.is_stopped:
                self._step()
        except KeyboardInterrupt:
            self.screen.text()
            self.labelling.stop()
        finally:
            self.keep(self.labelling.ratings)

    def sum_up(self, path: Path) -> None:
        """Where the answers are, and how many of which kind."""
        self._gap()
        self.screen.heading(f"Kept in {path}")
        for line in summary(self.labelling):
            self.screen.text(line)

    def _step(self) -> None:
        question = self.labelling.question
        goes_on = question is None or question == self._asked or self._introduced(question)
        typed = self._typed(question) if goes_on else None
        if typed is None:
            self.labelling.stop()
            return
        outcome = self.labelling.answer(typed)
        self.keep(self.labelling.ratings)
        self._tell(outcome, question)

    def _typed(self, question: Question | None) -> str | None:
        if question is None:
            return self.keys.key("All is answered. Enter ends, b takes the last one back: ", END_FOOT)
        if self.labelling.stage is Stage.LEVEL:
            return self.keys.key(ASKED[Stage.LEVEL], FOOT)
        own = [sentence for said in question.item.talk.own for sentence in sentences(said.shown.text)]
        return self.keys.line(ASKED[self.labelling.stage], own, QUOTE_FOOT)

    def _tell(self, outcome: Outcome, question: Question | None) -> None:
        if outcome in TOLD:
            self.screen.note(TOLD[outcome])
        if outcome is Outcome.TAKEN_BACK:
            self._asked = None
        if question and outcome is Outcome.WANTS_HELP:
            self._anchors(question.competency)
        if question and outcome is Outcome.WANTS_TALK:
            self._read.discard(question.item.id)
            self._asked = None

    def _introduced(self, question: Question) -> bool:
        """Shows the talk, if it is new or wanted, and the competency; False where the rater stops while reading."""
        place = f"Item {question.item_number} of {self._items}"
        if question.item.id not in self._read:
            self._gap()
            self.screen.heading(place)
            if not self._page(list(self._lines(question.item.talk))):
                return False
            self._read.add(question.item.id)
        self._gap()
        self.screen.heading(f"{place} · {question.number} of {question.of} · {question.competency.name}")
        self.screen.note(question.competency.definition)
        self._asked = question
        return True

    def _gap(self) -> None:
        """A line between parts; a plain heading brings its own."""
        if not self.screen.plain:
            self.screen.text()

    @property
    def _items(self) -> int:
        return len(self.labelling.items)

    def _anchors(self, competency: Competency) -> None:
        self.screen.text()
        for level, anchor in competency.levels.items():
            self.screen.text(self._hanging(f"{level}  {anchor}", "   "))
        self.screen.text(self._hanging(f"n  {competency.not_observed}", "   "))
        self.screen.note(f"Keys: {KEYS}.")

    def _page(self, lines: Sequence[_Line]) -> bool:
        """Shows lines, on a terminal a page at a time; whether to go on."""
        *first, last = pages(lines, self.screen.console.height) if self._is_watched else [lines]
        for page in first:
            self._show(page)
            typed = self.keys.key("Enter goes on, s goes to the questions: ", PAGE_FOOT)
            if typed is None or typed.strip().lower() == STOP:
                return False
            if typed.strip():
                return True
        self._show(last)
        return True

    def _show(self, lines: Sequence[_Line]) -> None:
        for text, style in lines:
            self.screen.text(text, style)

    def _lines(self, talk: Talk) -> Iterator[_Line]:
        if talk.format:
            yield f"Kind of interview: {clean(talk.format)}", "dim"
        if talk.brief:
            yield from ((line, "dim") for line in self._wrapped(f"What the candidate was told: {clean(talk.brief)}"))
        for turn in talk.turns:
            yield from self._turn(turn)

    def _turn(self, turn: Shown) -> Iterator[_Line]:
        if not self.screen.plain:
            yield "", ""
        for change in turn.changes:
            yield from ((line, "dim") for line in self._wrapped(f"Something changes: {clean(change)}"))
        if self.screen.plain:
            yield from ((line, "") for line in self._wrapped(f"{turn.number}. {turn.who}: {clean(turn.text)}"))
            return
        yield f"{turn.number}. {turn.who}", NAME
        yield from ((f"   {line}", "") for line in self._wrapped(clean(turn.text)))

    def _wrapped(self, text: str) -> list[str]:
        if not self._is_watched:
            return [text]
        return [line for paragraph in text.splitlines() for line in textwrap.wrap(paragraph, self._width - 3) or [""]]

    def _hanging(self, text: str, indent: str) -> str:
        return text if self.screen.plain else textwrap.fill(text, self._width, subsequent_indent=indent)

    @property
    def _is_watched(self) -> bool:
        """Whether somebody sits before a screen, whose lines and pages have an end."""
        return sys.stdin.isatty() and self.screen.console.is_terminal

    @property
    def _width(self) -> int:
        return max(24, self.screen.console.width - 1)


def pages(lines: Sequence[_Line], height: int) -> list[Sequence[_Line]]:
    """Lines cut into pages for a screen of that height, the last with room for a question after it. No page ends with a name."""
    cut: list[Sequence[_Line]] = []
    while len(lines) > max(SMALLEST_PAGE, height - QUESTION):
        size = min(len(lines), max(SMALLEST_PAGE, height - PROMPT))
        size -= size < len(lines) and lines[size - 1][1] == NAME
        cut.append(lines[:size])
        lines = lines[size:]
    return [*cut, lines]


def summary(labelling: Labelling) -> list[str]:
    """What there is after a sitting, in lines whose figures add up."""
    counts, left = labelling.counts, labelling.items
    whole = sum(not open for open in left.values())
    items, questions = counted(len(left), "item"), counted(sum(counts), "question")
    return [
        f"{items}: {whole:,} rated to the end, {len(left) - whole:,} not.",
        f"{questions}: {counts.levels:,} with a level, {counts.not_observed:,} not observed, {counts.skipped:,} skipped, "
        f"{counts.open:,} not answered yet.",
    ]
