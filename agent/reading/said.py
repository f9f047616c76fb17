"""The common middle of all formats: who said what, before anybody knows who the candidate is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from agent.errors import TranscriptError, nearest
from agent.prose import clean, words
from agent.reading.flow import flowing
from agent.reading.source import shorten
from agent.transcript import Mark, Role, Transcript, Turn

MAX_TURNS = 2_000
CANDIDATE_NAMES = frozenset({"candidate", "interviewee", "applicant", "me", "you", "user"})
"""Speakers who are taken for the candidate when nobody is named."""


@dataclass(frozen=True)
class Said:
    """Something said by somebody. `start` and `end` are seconds into the talk; `seconds` is how long it took, where that is known."""

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    seconds: float | None = None
    role: Role | None = None
    mark: Mark | None = None


def transcript_of(turns: Sequence[Said], *, candidate: str | None, source: str) -> Transcript:
    """The transcript of `turns`. Roles come from them where they are known, otherwise from the candidate's name.

    Raises:
        TranscriptError: there is nothing in it, one speaker, no candidate, or too many turns.
    """
    if not turns:
        raise TranscriptError("there is nothing in the transcript; it needs at least a question and an answer")
    check_length(turns)
    _need_two(turns)
    who = None if candidate is None and all(turn.role for turn in turns) else _candidate(turns, candidate)
    numbered = tuple(_turn(number, turn, who) for number, turn in enumerate(turns, start=1))
    marks = tuple(turn.mark.model_copy(update={"turn": number}) for number, turn in enumerate(turns, start=1) if turn.mark)
    return Transcript(turns=numbered, marks=marks, source=source)


def cleaned(said: Iterable[Said]) -> list[Said]:
    """Everything that has words in it, safe to show."""
    safe = (replace(one, speaker=" ".join(clean_line(one.speaker).split()), text=clean_line(one.text)) for one in said)
    return [one for one in safe if one.text]


def clean_line(text: str) -> str:
    """`clean`, without its cost for the common line that is printable ASCII already."""
    return text.strip() if text.isascii() and text.isprintable() else clean(text)


def merged(said: Iterable[Said]) -> list[Said]:
    """One item for every uninterrupted stretch of one speaker."""
    return [_joined(list(stretch)) for _, stretch in groupby(said, key=lambda one: (one.speaker, one.role))]


def check_length(turns: Sequence[object]) -> None:
    """Checks that this is one interview, not a year of them.

    Raises:
        TranscriptError: there are more than `MAX_TURNS` turns.
    """
    if len(turns) > MAX_TURNS:
        raise TranscriptError(f"the transcript has {len(turns):,} turns, the limit is {MAX_TURNS:,}; cut it down to one interview")


def need_both(turns: Sequence[Turn]) -> None:
    """Checks that a candidate and an interviewer speak.

    Raises:
        TranscriptError: one of them is missing.
    """
    roles = {turn.role for turn in turns}
    if "candidate" not in roles:
        raise TranscriptError("no turn is the candidate's; the candidate's messages need the role 'user' (or 'candidate')")
    if "interviewer" not in roles:
        raise TranscriptError("no turn is an interviewer's; the interviewer's messages need the role 'assistant' (or 'interviewer')")


def _joined(stretch: list[Said]) -> Said:
    known = [one.seconds for one in stretch if one.seconds is not None]
    lines = [one.text for one in stretch]
    text = flowing(lines, spoken=True) if stretch[0].start is not None else "\n".join(lines)
    return replace(stretch[0], text=text, end=stretch[-1].end, seconds=sum(known) if known else None)


def _need_two(turns: Sequence[Said]) -> None:
    if all(turn.role for turn in turns):
        return
    speakers = {turn.speaker for turn in turns}
    if speakers == {""}:
        raise TranscriptError("the transcript does not say who speaks; start every turn with a name and a colon, like 'Candidate: ...'")
    if len(speakers) == 1:
        raise TranscriptError(
            f"only one speaker is in the transcript, {shorten(next(iter(speakers)), 60)!r}; "
            "it needs the turns of the candidate and of the interviewer, each as 'Name: text'"
        )


def _candidate(turns: Sequence[Said], candidate: str | None) -> str:
    counts: dict[str, int] = {}
    for turn in turns:
        counts[turn.speaker] = counts.get(turn.speaker, 0) + len(words(turn.text))
    names = list(counts)
    found = _guessed(names) if candidate is None else _asked_for(names, candidate)
    if len(found) == 1:
        return found[0]
    who = f"the speakers are {_listed(counts)}"
    if candidate is None:
        raise TranscriptError(f"it is not clear who the candidate is; {who}; say which one: --candidate NAME")
    near = nearest(candidate, names)
    raise TranscriptError(f"no single speaker is called {shorten(candidate, 60)!r}{near}; {who}; give one of these names")


def _listed(counts: dict[str, int]) -> str:
    most = sorted(counts.items(), key=lambda item: -item[1])[:12]
    return ", ".join(f"{shorten(name, 40)} ({count:,} {'word' if count == 1 else 'words'})" for name, count in most)


def _guessed(names: list[str]) -> list[str]:
    return [name for name in names if name.casefold() in CANDIDATE_NAMES]


def _asked_for(names: list[str], candidate: str) -> list[str]:
    wanted = clean(candidate).casefold()
    same = [name for name in names if name.casefold() == wanted]
    return same or [name for name in names if wanted and name.casefold().split()[:1] == [wanted]]


def _turn(number: int, said: Said, candidate: str | None) -> Turn:
    role: Role = (said.role or "interviewer") if candidate is None else ("candidate" if said.speaker == candidate else "interviewer")
    return Turn(number=number, role=role, speaker=said.speaker, text=said.text, seconds=_seconds(said))


def _seconds(said: Said) -> float | None:
    if said.seconds is not None:
        return said.seconds
    if said.start is None or said.end is None or said.end <= said.start:
        return None
    return round(said.end - said.start, 3)
