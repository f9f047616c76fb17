"""A talk as somebody who rates it sees it: without who the candidate is, and with the way back from what they quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from agent.judge.blinding import Mask, mask_of_candidate
from agent.judge.masking import Masked
from agent.prose import words
from agent.quotation import located
from agent.report.text import alone_with, one_line
from agent.transcript import Transcript, Turn

CANDIDATE = "Candidate"
SHORTEST_QUOTE = 2
"""Words. A single one is more often a key pressed too early than a quote."""


class Shown(NamedTuple):
    """A turn: its number, who speaks, what they say, and what changes in the scene at that moment."""

    number: int
    who: str
    text: str
    changes: tuple[str, ...]


class _Own(NamedTuple):
    """What the candidate said, as it is shown and as it was."""

    shown: Masked
    original: str


@dataclass(frozen=True)
class Talk:
    """What a rater reads. Title and source are left out, for they may tell what the writer had in mind."""

    format: str
    brief: str
    turns: tuple[Shown, ...]
    own: tuple[_Own, ...]

    @classmethod
    def of(cls, transcript: Transcript, brief: str = "") -> Talk:
        """`transcript` with the candidate's names and personal marks replaced as they are for a judge."""
        mask = mask_of_candidate(transcript)
        shown = tuple(
            Shown(
                turn.number,
                _who(turn, mask),
                _masked(turn.text, mask).text,
                tuple(_masked(mark.text, mask).text for mark in transcript.marks if mark.turn == turn.number),
            )
            for turn in transcript.turns
        )
        own = tuple(_Own(_masked(turn.text, mask), turn.text) for turn in transcript.candidate_turns)
        return cls(transcript.format, _masked(brief, mask).text, shown, own)

    def quoted(self, given: str) -> str | None:
        """The candidate's own words for a quote from what is shown; None if they did not say it."""
        if len(words(given)) < SHORTEST_QUOTE:
            return None
        for said in self.own:
            span = located(given, said.shown.text)
            original = span and said.shown.original(span)
            if original:
                return original.of(said.original)
        return None


def _masked(text: str, mask: Mask) -> Masked:
    return Masked.of(text, mask.found(text))


def _who(turn: Turn, mask: Mask) -> str:
    if turn.role == "candidate":
        return f"{CANDIDATE} (to {_masked(one_line(turn.aside), mask).text} alone)" if turn.aside else CANDIDATE
    alone = f" ({alone_with(turn).replace('to you', 'to the candidate')})" if turn.aside else ""
    title = f", {one_line(turn.title)}" if turn.title else ""
    return _masked(f"{one_line(turn.speaker)}{title}{alone}", mask).text
