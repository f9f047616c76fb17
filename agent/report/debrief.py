"""A debrief in sentences, under headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from agent.debrief import CutIns, Debrief, Heard, ModelUse, PositionOutcome, RatedLevel, Repair
from agent.errors import FailureKind
from agent.prose import clean
from agent.report.wording import titled


class Section(NamedTuple):
    """A heading and the lines under it."""

    head: str
    lines: tuple[str, ...]


MOST_OF_A_DIFF = 60
_KINDS = frozenset({*FailureKind, "rejected"})
"""How the reason begins that a model's line or answer was not used."""
STATES = {"held": "held to the end", "softened": "came closer and held", "moved": "moved", "hardened": "dug in"}


def sections(debrief: Debrief | None) -> tuple[Section, ...]:
    """What the debrief says; nothing for a talk that has none."""
    if debrief is None:
        return ()
    found = (
        Section("Your levels beside the judge's", tuple(_ratings(debrief.ratings))),
        Section("What people held on to", tuple(line for position in debrief.positions for line in _position(position))),
        Section("Technical progress, apart from composure", tuple(line for repair in debrief.repairs for line in _repair(repair))),
        Section("When you were cut into", tuple(_cut_ins(debrief.cut_ins)) if debrief.cut_ins else ()),
        Section("What each of them heard", tuple(line for heard in debrief.heard for line in _heard(heard))),
        Section("Models", (*(model_line(one) for one in debrief.models), *_taken_over(debrief.taken_over))),
    )
    return tuple(Section(section.head, tuple(map(clean, section.lines))) for section in found if section.lines)


def model_line(one: ModelUse) -> str:
    """What a model took, in a sentence."""
    cost = "at an unknown price" if one.cost is None else f"for ${one.cost:.4f}"
    unused = f", {one.not_used} of them not used" if one.not_used else ""
    replayed = f", {one.replayed} replayed" if one.replayed else ""
    first = f", first words after {one.first_token_ms:,.0f} ms" if one.first_token_ms is not None else ""
    tokens = f"{one.input_tokens:,} tokens in ({one.cached_tokens:,} of them cached), {one.output_tokens:,} out"
    return f"{one.role.capitalize()} {one.model}: {_times(one.calls, 'call')}{unused}{replayed}; {tokens}, {cost}{first}."


def _taken_over(reasons: tuple[str, ...]) -> Iterator[str]:
    if reasons:
        yield f"The embedded parts took over {_times(len(reasons), 'time')}, and the scene went on:"
        kinds = Counter(map(_kind, reasons))
        yield from (f"- {kind}, {_times(count, 'time')}{_such_as(kind, reasons)}" for kind, count in kinds.most_common())


def _kind(reason: str) -> str:
    """Of which kind a failure is: the word before its message, as in 'timeout: …' or 'rejected: …', or else the whole."""
    kind = reason.partition(": ")[0]
    return kind if kind in _KINDS else reason


def _such_as(kind: str, reasons: tuple[str, ...]) -> str:
    first = next(reason for reason in reasons if _kind(reason) == kind)
    return f", such as: {first.partition(': ')[2]}" if first != kind else ""


def _ratings(ratings: tuple[RatedLevel, ...]) -> Iterator[str]:
    both = [(one.yours, one.judge) for one in ratings if one.yours is not None and one.judge is not None]
    for one in ratings:
        yield f"{titled(one.competency)}: you {_level(one.yours)}, the judge {_level(one.judge)}."
    if both:
        apart = sum(abs(yours - judge) for yours, judge in both) / len(both)
        same = sum(yours == judge for yours, judge in both)
        yield f"The same level in {same} of {len(both)}, {apart:.1f} levels apart on average. Where you differ, look at the quotes."


def _level(level: int | None) -> str:
    return "not observed" if level is None else str(level)


def _position(one: PositionOutcome) -> Iterator[str]:
    yield f"{one.name}: “{one.statement}” {STATES[one.state].capitalize()}."
    yield from (f'- Turn {cause.turn}, "{cause.quote}": {cause.text}' for cause in one.met)
    yield from (f'- Turn {cause.turn}, "{cause.quote}": made it harder.' for cause in one.hardened)
    yield from (f"- Not met: {text}" for text in one.open)


def _repair(one: Repair) -> Iterator[str]:
    result = "the test passes" if one.passed else "the test still fails" if one.runs else "the test was never run"
    when = f", after {_times(one.answers or 0, 'answer')} and {one.minutes:g} minutes" if one.passed else ""
    turns = f", {_times(one.wrong_turns, 'wrong turn')}" if one.wrong_turns else ""
    yield f"{one.title}: {result}{when}. {_times(one.edits, 'edit')}, {_times(one.runs, 'run')}{turns}."
    yield from (f"- {line}" for line in one.diff.splitlines()[:MOST_OF_A_DIFF] if line.strip())
    if one.bug:
        yield f"- What was wrong: {one.bug}"


def _cut_ins(one: CutIns) -> Iterator[str]:
    yield f"{_times(one.count, 'cut-in')}: {one.answered} answered, {one.parked} put off with a word, {one.ignored} passed over."
    settled = one.answered + one.parked + one.ignored
    back = f"- The thread was picked up again after {one.resumed} of {settled}."
    yield back + (f" Typing went on after {one.seconds:g} s on average." if one.seconds is not None else "")


def _heard(one: Heard) -> Iterator[str]:
    alone = f", and not the {_times(one.missed, 'answer')} meant for somebody else" if one.missed else ""
    yield f"{one.name}, {one.title}: heard {_times(one.answers, 'answer')}{alone}."
    if one.told:
        yield f"- Told you: {'; '.join(one.told)}."
    if one.kept:
        yield f"- Knew, and was not asked: {'; '.join(one.kept)}."


def _times(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
