"""A line that a model found, looked at before it counts: by code, in a few milliseconds, each check with a name.

What the authored line for the move holds as well is never held against a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal, NamedTuple

from agent.interview import signs
from agent.interview.agreement import concession
from agent.interview.brief import longest, manner
from agent.interview.coaching import COACHING
from agent.interview.english import not_english
from agent.interview.figures import figures, values
from agent.interview.leaking import Leaks
from agent.interview.ledger import is_open
from agent.interview.slips import ANSWERING, WHEN, Slip, SlipHeads
from agent.interview.stage import Stage
from agent.interview.talk import heard
from agent.move import Move, MoveKind
from agent.prose import words
from agent.protocols import Embedder
from agent.scene import Scene

Check = Literal[
    "empty", "cut_off", "too_long", "list", "stage_direction", "speaks_for", "machine", "leaves_scene", "coaches", "leaks", "invents",
    "drops", "concedes", "repeats", "language",
]  # fmt: skip
"""Why a line cannot be said."""

TOO_LONG = 2
"""How many times the words it may have."""
SAME = 0.85
"""Share of words in the same order (Ratcliff/Obershelp) at which a line was said before."""
SHORTEST = 5
"""Words below which only the very same line counts as said before."""
TWICE = 2
"""How many times longer a turn may be in characters, to be compared at all."""
CLOSING: frozenset[MoveKind] = frozenset({"ending", "farewell", "time_up"})
YIELDING = frozenset({"moved", "ending", "farewell", "go_on", "hand_over", "take_your_time", "meta"})
"""Moves, and manners of a move, in which somebody may agree."""

WHEN_LEAKING: frozenset[MoveKind] = ANSWERING | {"beat", "conduct"}
"""Moves in which facts in other words are listened for."""
BRINGING: frozenset[MoveKind] = frozenset({"tell", "news"})
"""Moves whose figures somebody needs."""

_COMMON = re.compile(r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|a third|a quarter")


class Fault(NamedTuple):
    """What is wrong with a line, and the words that show it."""

    check: Check
    about: str = ""


class Attempt(NamedTuple):
    """A line in its place: the move and scene it is for, and the authored line."""

    line: str
    move: Move
    scene: Scene
    written: str


class LiveCheck:
    """Checks the lines of one stage; with an embedder, also by what they mean."""

    def __init__(self, stage: Stage, embedder: Embedder | None = None) -> None:
        self._stage = stage
        self.slips = SlipHeads(stage, embedder) if embedder else None
        self.leaks = Leaks(stage, self._freely(), embedder) if embedder else None

    def sentences(self) -> list[str]:
        """All that is embedded to hear meanings; nothing without an embedder."""
        return [sentence for part in (self.slips, self.leaks) if part for sentence in part.sentences()]

    def read(self) -> None:
        """Reads what everybody in the room has read, which takes some milliseconds."""
        _ = self._given, self._secrets, self._others

    def warm(self) -> None:
        """Readies what hears meanings, so that no line waits for it; seconds where its sentences were never embedded."""
        if self.slips and self.leaks:
            self.slips.warm()
            self.leaks.warm()

    def fault(self, attempt: Attempt) -> Fault | None:
        """The first thing wrong with a line; None when it can be said."""
        if not words(attempt.line):
            return Fault("empty")
        return next((Fault(check, about) for check, find in _CHECKS for about in find(self, attempt)), None)

    def _lists(self, attempt: Attempt) -> Iterator[str]:
        yield from _signs(signs.LIST, attempt)
        yield from _signs(signs.MARKUP, attempt)

    def _languages(self, attempt: Attempt) -> Iterator[str]:
        if (foreign := not_english(attempt.line)) and not not_english(attempt.written):
            yield foreign

    def _directions(self, attempt: Attempt) -> Iterator[str]:
        yield from _signs(signs.DIRECTION, attempt)

    def _machine(self, attempt: Attempt) -> Iterator[str]:
        if manner(attempt.move) != "meta":
            yield from _signs(signs.MACHINE, attempt)

    def _leaves(self, attempt: Attempt) -> Iterator[str]:
        if manner(attempt.move) != "meta":
            yield from _signs(signs.LEAVES, attempt)
        if attempt.move["kind"] not in CLOSING:
            yield from _signs(signs.ENDS, attempt)

    def _coaches(self, attempt: Attempt) -> Iterator[str]:
        yield from _signs(signs.COACHES, attempt)
        yield from _signs(COACHING, attempt)

    def _speaks_for(self, attempt: Attempt) -> Iterator[str]:
        yield from _signs(self._others, attempt)

    def _leaks(self, attempt: Attempt) -> Iterator[str]:
        """Telling words of facts that were not told, unless somebody has said them."""
        line = attempt.line.lower()
        hidden = [term for fact, terms in self._secrets.items() if fact not in attempt.scene["facts"] for term in terms]
        if given_away := [term for term in hidden if term.search(line)]:
            known = "\n".join([self._read[attempt.move["speaker"]], *_heard(attempt)]).lower()
            yield from (found.group() for term in given_away if (found := term.search(line)) and not term.search(known))

    def _means_to_leak(self, attempt: Attempt) -> Iterator[str]:
        """Facts in other words; not in the first line of a scene, which never waits for what is compared to be embedded."""
        if self.leaks is None or not attempt.scene["talk"] or attempt.move["kind"] not in WHEN_LEAKING:
            return
        told = {*attempt.scene["facts"], *_facts(attempt.move)}
        yield from self.leaks.found(attempt.line, told, _heard(attempt))

    def _invents(self, attempt: Attempt) -> Iterator[str]:
        given = self._given[attempt.move["speaker"]]
        if new := [figure for figure in figures(attempt.line) if figure.matters and figure.value not in given]:
            brought_up = values("\n".join(_heard(attempt)))
            yield from (figure.text for figure in new if figure.value not in brought_up)

    def _drops(self, attempt: Attempt) -> Iterator[str]:
        """Figures and telling words that the line was there to bring."""
        if attempt.move["kind"] not in BRINGING:
            return
        brought = values(attempt.line)
        yield from (figure.text for figure in figures(attempt.written) if figure.matters and figure.value not in brought)
        yield from (fact for fact in _facts(attempt.move) if not self._tells(fact, attempt))

    def _tells(self, fact: str, attempt: Attempt) -> bool:
        """Whether the line holds one of the telling words that the authored line holds."""
        terms = [term for term in self._secrets[fact] if term.search(attempt.written.lower())]
        return not terms or any(term.search(attempt.line.lower()) for term in terms)

    def _concedes(self, attempt: Attempt) -> Iterator[str]:
        if self._may_not_yield(attempt) and (gives_way := concession(attempt.line)) and not concession(attempt.written):
            yield gives_way

    def _means_to_concede(self, attempt: Attempt) -> Iterator[str]:
        if self._may_not_yield(attempt):
            yield from self._slips("concedes", attempt)

    def _means_to_coach(self, attempt: Attempt) -> Iterator[str]:
        yield from self._slips("coaches", attempt)

    def _slips(self, slip: Slip, attempt: Attempt) -> Iterator[str]:
        """Nobody slips in the first line of a scene, so that it never waits for the heads to be fitted."""
        if self.slips is None or not attempt.scene["talk"] or attempt.move["kind"] not in WHEN[slip]:
            return
        slipped = self.slips.heard(slip, attempt.line)
        if slipped and not self.slips.heard(slip, attempt.written):
            yield slipped

    def _may_not_yield(self, attempt: Attempt) -> bool:
        speaker = attempt.move["speaker"]
        held = any(name.partition("/")[0] == speaker and is_open(attempt.scene, name) for name in self._stage.positions)
        return held and not YIELDING & {attempt.move["kind"], manner(attempt.move)}

    def _repeats(self, attempt: Attempt) -> Iterator[str]:
        line = _plain(attempt.line)
        said = [said["text"] for said in heard(attempt.scene, attempt.move["speaker"])]
        if any(
            _same(line, _plain(text)) for text in said if len(text) < TWICE * len(attempt.line) and len(attempt.line) < TWICE * len(text)
        ):
            yield ""

    def _too_long(self, attempt: Attempt) -> Iterator[str]:
        if len(words(attempt.line)) > TOO_LONG * longest(self._stage, attempt.move, attempt.written):
            yield ""

    def _freely(self) -> Iterator[str]:
        """What anybody may say in this scene at any time."""
        yield from self._read.values()
        for position in self._stage.positions.values():
            yield from (*position.pushback, *position.softened, *position.hardened)
        for beat in self._stage.scenario.beats:
            yield from beat.lines
        for point in self._stage.points.values():
            yield from point.probe

    @cached_property
    def _read(self) -> dict[str, str]:
        """What everybody in the room has read, or knows of themselves."""
        scenario = self._stage.scenario
        papers = [scenario.brief, scenario.you, scenario.title, *(artifact.text for artifact in scenario.artifacts)]
        return {persona: "\n".join([*papers, *self._own(persona)]) for persona in self._stage.personas}

    def _own(self, persona: str) -> list[str]:
        person, member = self._stage.personas[persona], self._stage.member(persona)
        views = [position.statement for name, position in self._stage.positions.items() if name.partition("/")[0] == persona]
        return [person.public, person.agenda, *person.knowledge, *person.voice.samples, member.role, member.agenda or "", *views]

    @cached_property
    def _given(self) -> dict[str, set[float]]:
        """Figures that a person may use: what they have read, and those of the scene but for its facts."""
        scenario = self._stage.scenario
        told = [line for fact in scenario.facts for line in (*fact.told, *(one for lines in fact.told_by.values() for one in lines))]
        open_ones = {float(number) for number in self._stage.given_numbers} - values("\n".join(told))
        return {persona: values(read) | open_ones for persona, read in self._read.items()}

    @cached_property
    def _secrets(self) -> dict[str, list[re.Pattern[str]]]:
        return {
            fact.id: [_term(term) for term in fact.key_terms if not _COMMON.fullmatch(term.lower())] for fact in self._stage.scenario.facts
        }

    @cached_property
    def _others(self) -> re.Pattern[str]:
        """A name with a colon, as in a written dialogue, and reports of what the candidate does."""
        names = {part for persona in self._stage.personas for part in (self._stage.name(persona), self._stage.first_name(persona))}
        spoken = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        anybody = rf"(?:the )?candidate|you|user|human|interviewer|engineer|assistant|system|{spoken}"
        return re.compile(
            rf"(?:^|\n|[.!?…][\"”']?\s)\s*[*_]*(?:{anybody})\s*(?:\([^)\n]*\))?[*_]*:[*_]*(?=\s)|"
            r"\bthe candidate (?:says|replies|answers|responds|nods|thinks|asks|explains|hesitates)\b",
            re.I,
        )


def _heard(attempt: Attempt) -> list[str]:
    """What the speaker has heard, and is about to say."""
    said = [said["text"] for said in heard(attempt.scene, attempt.move["speaker"])]
    return [attempt.written, *attempt.move["slots"].values(), *said]


def _signs(pattern: re.Pattern[str], attempt: Attempt) -> Iterator[str]:
    if seen := signs.found(pattern, attempt.line):
        usual = {sign.lower() for sign in signs.found(pattern, attempt.written)}
        yield from (sign for sign in seen if sign.lower() not in usual)


def _facts(move: Move) -> list[str]:
    return [event["fact"] for event in move["events"] if event["type"] == "fact_revealed"]


def _term(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,$]){re.escape(term.lower())}(?![\w]|[.,]\d)")


def _plain(text: str) -> list[str]:
    return [word.lower() for word in words(text)]


def _same(line: list[str], said: list[str]) -> bool:
    if min(len(line), len(said)) < SHORTEST:
        return line == said
    matcher = SequenceMatcher(None, line, said, autojunk=False)
    return matcher.real_quick_ratio() >= SAME and matcher.quick_ratio() >= SAME and matcher.ratio() >= SAME


_CHECKS: tuple[tuple[Check, Callable[[LiveCheck, Attempt], Iterator[str]]], ...] = (
    ("speaks_for", LiveCheck._speaks_for),
    ("list", LiveCheck._lists),
    ("stage_direction", LiveCheck._directions),
    ("language", LiveCheck._languages),
    ("machine", LiveCheck._machine),
    ("leaves_scene", LiveCheck._leaves),
    ("coaches", LiveCheck._coaches),
    ("leaks", LiveCheck._leaks),
    ("invents", LiveCheck._invents),
    ("drops", LiveCheck._drops),
    ("concedes", LiveCheck._concedes),
    ("repeats", LiveCheck._repeats),
    ("too_long", LiveCheck._too_long),
    ("concedes", LiveCheck._means_to_concede),
    ("coaches", LiveCheck._means_to_coach),
    ("leaks", LiveCheck._means_to_leak),
)
