"""Mistakes worth mending: where they occurred, the worst first. What is excused, made good or denied is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from agent.document import Cues
from agent.feedback import CompetencyMoments, Mistake, Structure
from agent.judge.feedback.answers import Answer
from agent.judge.feedback.counted import counted
from agent.judge.feedback.data import MistakeKind, mistakes
from agent.judge.feedback.ears import Ears
from agent.judge.own_words import Said
from agent.judge.quotes import normalised
from agent.recognition import any_of
from agent.transcript import Transcript
from agent.verdict import Verdict

MOST = 5
STRONG = 4
"""A competency of this level is not accused of a mistake in it."""

_FIGURE = re.compile(r"\d")


class Slip(NamedTuple):
    """A mistake in a sentence of an answer; `more` is a figure to the fix."""

    answer: Answer
    said: Said
    more: str = ""


class Talk(NamedTuple):
    """All that mistakes are looked for in."""

    transcript: Transcript
    answers: tuple[Answer, ...]
    structures: tuple[Structure, ...]
    verdicts: Mapping[str, Verdict]
    best: tuple[CompetencyMoments, ...]


def found(talk: Talk, ears: Ears | None) -> tuple[Mistake, ...]:
    """At most `MOST` mistakes, each once, the worst first; without `ears` only those that words alone decide."""
    named = []
    for name, kind in sorted(mistakes().items(), key=lambda one: -one[1].worst):
        if not _is_denied(kind, talk.verdicts):
            slips = [slip for slip in _slips(name, kind, talk, ears) if not _is_praised(slip, kind, talk)]
            named += [_mistake(name, kind, slips)] if slips else []
    return tuple(_each_sentence_once(named))[:MOST]


def _each_sentence_once(named: Sequence[Mistake]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for one in named:
        if one.quote not in seen:
            seen.add(one.quote)
            yield one


def _slips(name: str, kind: MistakeKind, talk: Talk, ears: Ears | None) -> list[Slip]:
    possible = [answer for answer in talk.answers if _may_be_in(answer, kind, talk.answers)]
    heard = [Slip(answer, said) for answer in possible for said in _heard(name, kind, answer, ears)]
    dense = [Slip(answer, _densest(kind, answer)) for answer in possible if answer.said and _is_dense(kind, answer)]
    counts = [Slip(*one) for one in counted(name, talk.transcript, talk.answers, talk.structures)]
    return [*heard, *dense, *counts, *_told(kind, talk)]


def _heard(name: str, kind: MistakeKind, answer: Answer, ears: Ears | None) -> list[Said]:
    sure = any_of(kind.sure)
    return [
        one
        for one in answer.said
        if (sure and sure.search(_lowered(one.heard[0]))) or (ears and kind.heard and _is_meant(name, kind, one, ears))
    ]


def _is_meant(name: str, kind: MistakeKind, said: Said, ears: Ears) -> bool:
    """What asks is no mistake."""
    return not said.text.rstrip().endswith("?") and ears.hears(name, said.heard[0], kind.threshold)


def _is_dense(kind: MistakeKind, answer: Answer) -> bool:
    """Whether enough different ones of the counted words occur in an answer that is long enough and, of phrases, has no figure."""
    pattern = any_of(kind.counted)
    found = {match.group() for match in pattern.finditer(answer.text)} if pattern else set()
    return len(found) >= kind.at_least and answer.length >= kind.shortest and not (kind.shortest and _FIGURE.search(answer.text))


def _densest(kind: MistakeKind, answer: Answer) -> Said:
    pattern = any_of(kind.counted)
    return max(answer.said, key=lambda one: len(pattern.findall(_lowered(one.text))) if pattern else 0)


def _told(kind: MistakeKind, talk: Talk) -> Iterator[Slip]:
    """What a verdict quotes as that mistake, if it has one of the required words too."""
    required = any_of(kind.heard.requires) if kind.heard else None
    for name, verdict in talk.verdicts.items():
        for one in verdict.evidence:
            answer = next((each for each in talk.answers if each.turn.number == one.turn), None)
            if not one.supports and f"{name}/{one.indicator}" in kind.told_by and answer and _has(required, one.quote):
                yield Slip(answer, Said(one.turn, one.quote, (one.quote,)))


def _has(required: re.Pattern[str] | None, quote: str) -> bool:
    return required is None or required.search(_lowered(quote)) is not None


def _may_be_in(answer: Answer, kind: MistakeKind, answers: Sequence[Answer]) -> bool:
    following = next((later.text for later in answers[answer.place + 1 :]), "")
    return (
        not (kind.first_answer and answer.place)
        and not (kind.after_twist and not answer.after_twist)
        and not (kind.asked and not _occurs(kind.asked, answer.question))
        and not _occurs(kind.excused, answer.text)
        and not _occurs(kind.redeemed, following)
    )


def _occurs(cues: Cues, text: str) -> bool:
    pattern = any_of(cues)
    return pattern is not None and pattern.search(text) is not None


def _is_denied(kind: MistakeKind, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether the verdicts see it otherwise: the competency is strong, or what the mistake says is missing was heard."""
    own = verdicts.get(kind.competency or "")
    heard = {f"{name}/{one.indicator}" for name, verdict in verdicts.items() for one in verdict.evidence if one.supports}
    return bool(own and (own.level or 0) >= STRONG) or any(name in heard for name in kind.denied_by)


def _is_praised(slip: Slip, kind: MistakeKind, talk: Talk) -> bool:
    """Whether the same sentence speaks for the competency, or is shown as a best moment."""
    own = talk.verdicts.get(kind.competency or "")
    praised = [one.quote for one in own.evidence if one.supports] if own else []
    shown = [one.best.quote for one in talk.best if one.best]
    sentence = normalised(slip.said.text)
    return any(normalised(quote) in sentence or sentence in normalised(quote) for quote in (*praised, *shown))


def _mistake(name: str, kind: MistakeKind, slips: Sequence[Slip]) -> Mistake:
    """The first place stands for all of them."""
    first = slips[0]
    turns = dict.fromkeys(slip.said.turn for slip in slips)
    return Mistake(
        id=name,
        name=kind.name,
        turn=first.said.turn,
        quote=first.said.text,
        fix=kind.fix + (f" ({first.more})" if first.more else ""),
        also=tuple(turn for turn in turns if turn != first.said.turn),
    )


def _lowered(text: str) -> str:
    return text.lower().replace("’", "'")
