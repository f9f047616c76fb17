"""Single verdicts to look at: what was said, what the raters gave, and what each side made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from agent.evaluation.page.material import Material
from agent.evaluation.page.words import figure
from agent.evaluation.ratings import Rating
from agent.prose import clean
from agent.report.quoted import Piece, locate, pieces
from agent.report.text import named, twist_line
from agent.report.view import QuoteView
from agent.report.wording import STATE_WORDS
from agent.transcript import Transcript, Turn
from agent.verdict import Verdict

MOST = 30
"""So many cases are shown."""


class Said(NamedTuple):
    """A verdict, and whose it is."""

    side: str
    verdict: Verdict


class Case(NamedTuple):
    """A competency of an item, and what the sides said about it."""

    item: str
    competency: str
    said: tuple[Said, ...]


class SideView(NamedTuple):
    """A verdict in words, with its quotes by their numbers in the case."""

    name: str
    outcome: str
    reasoning: str
    quotes: tuple[QuoteView, ...]


class TurnView(NamedTuple):
    """A turn cut where quotes begin and end; `after_gap` tells that turns before it were left out."""

    number: int
    role: str
    speaker: str
    pieces: Sequence[Piece]
    marks: tuple[str, ...]
    after_gap: bool


class CaseView(NamedTuple):
    """Everything that is shown of a case."""

    number: int
    title: str
    item: str
    competency: str
    raters: str
    sides: tuple[SideView, ...]
    turns: tuple[TurnView, ...]
    has_transcript: bool


def furthest(material: Material) -> list[Case]:
    """The cases in which a judge is furthest from the raters' level, widest first; every judge's verdict stands in them."""
    gaps: dict[tuple[str, str], float] = {}
    for judge in material.run.plan.judges:
        for unit in material.units(judge):
            if unit.gap:
                key = (unit.item, unit.competency)
                gaps[key] = max(gaps.get(key, 0.0), abs(unit.gap))
    widest = sorted(gaps, key=lambda key: (-gaps[key], key))[:MOST]
    said = _said(material, set(widest))
    return [Case(*key, tuple(said[key])) for key in widest]


def shown(cases: Iterable[Case], material: Material) -> list[CaseView]:
    """Cases laid out for reading."""
    given = _by_unit(material.ratings)
    return [_view(number, case, material, given.get((case.item, case.competency), ())) for number, case in enumerate(cases, 1)]


def _said(material: Material, wanted: set[tuple[str, str]]) -> Mapping[tuple[str, str], list[Said]]:
    items, said = {item for item, _ in wanted}, {key: list[Said]() for key in wanted}
    for judge in material.run.plan.judges:
        for judgement in material.run.of_items(judge):
            for name, verdict in judgement.report.verdicts.items() if judgement.item in items else ():
                if (judgement.item, name) in wanted:
                    said[judgement.item, name].append(Said(judge, verdict))
    return said


def _by_unit(ratings: Iterable[Rating]) -> Mapping[tuple[str, str], Sequence[Rating]]:
    found: dict[tuple[str, str], list[Rating]] = {}
    for rating in ratings:
        found.setdefault((rating.item, rating.competency), []).append(rating)
    return found


def _view(number: int, case: Case, material: Material, ratings: Sequence[Rating]) -> CaseView:
    transcript = material.transcripts.get(case.item)
    numbers = count(1)
    sides = tuple(_side(said, numbers, transcript) for said in case.said)
    return CaseView(
        number,
        clean(transcript.title) if transcript else clean(case.item),
        clean(case.item),
        clean(material.name(case.competency)),
        _raters(material.levels.get((case.item, case.competency)), ratings),
        sides,
        tuple(_excerpt(transcript, [quote for side in sides for quote in side.quotes])) if transcript else (),
        transcript is not None,
    )


def _raters(together: float | None, ratings: Sequence[Rating]) -> str:
    if not ratings:
        return "not rated"
    each = ", ".join("none" if rating.value is None else f"{rating.value:g}" for rating in ratings)
    return f"{'not observed' if together is None else f'level {together:g}'} (each: {each})"


def _side(said: Said, numbers: Iterator[int], transcript: Transcript | None) -> SideView:
    verdict = said.verdict
    quotes = tuple(
        QuoteView(next(numbers), one.turn, quote := clean(one.quote), clean(one.text), one.supports, _is_there(one.turn, quote, transcript))
        for one in verdict.evidence
    )
    return SideView(clean(said.side), _outcome(verdict), clean(verdict.reasoning), quotes)


def _outcome(verdict: Verdict) -> str:
    if verdict.score is None or verdict.confidence is None:
        return STATE_WORDS[verdict.state]
    return f"level {verdict.level}, score {figure(verdict.score, 2)}, confidence {figure(verdict.confidence, 2)}"


def _is_there(turn: int, quote: str, transcript: Transcript | None) -> bool | None:
    if transcript is None:
        return None
    return any(said.number == turn and locate(clean(said.text), quote) for said in transcript.candidate_turns)


def _excerpt(transcript: Transcript, quotes: Sequence[QuoteView]) -> Iterator[TurnView]:
    """Turns with quotes, and the turn before each."""
    cited = {quote.turn for quote in quotes if quote.found}
    kept = [turn for turn in transcript.turns if turn.number in cited or turn.number + 1 in cited]
    before = 0
    for turn in kept:
        yield _turn(turn, transcript, quotes, turn.number > before + 1)
        before = turn.number


def _turn(turn: Turn, transcript: Transcript, quotes: Sequence[QuoteView], after_gap: bool) -> TurnView:
    own = [(quote.number, quote.quote) for quote in quotes if quote.turn == turn.number and quote.found]
    marks = tuple(twist_line(mark) for mark in transcript.marks if mark.turn == turn.number)
    return TurnView(turn.number, turn.role, named(turn), pieces(clean(turn.text), own), marks, after_gap)
