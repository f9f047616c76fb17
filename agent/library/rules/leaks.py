"""Facts stay hidden: nothing said or shown before gives their key terms away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agent.errors import LibraryError
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem, Severity, field_name
from agent.library.rules.walk import Placed, models, numbered, spoken
from agent.scenario import Fact, Point, Scenario

_SHOWN = {
    "artifacts": ("title", "text", "test", "bug"),
    "cast": ("role", "title"),
    "beats": ("ask",),
    "exchanges": ("ask",),
    "contingencies": ("ask",),
}
"""What is read or said, beside the authored lines."""
_COMMON = re.compile(r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|a third|a quarter")


class _Text(NamedTuple):
    """Something the candidate hears or reads; `within` and `source` say where it stands when that is another file."""

    loc: Loc
    text: str
    source: str = ""
    within: Loc = ()


def check_leaks(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Key terms of facts in lines that are not the fact's own; and told lines that hold none of them."""
    scenario: Scenario = loaded.document
    texts = [*_own_texts(scenario), *_foreign_texts(scenario, library)]
    lowered = [(one, one.text.lower()) for one in texts if one.text]
    for index, fact in enumerate(scenario.facts):
        own = ("facts", index)
        for number, term in enumerate(fact.key_terms):
            sign, part = _sign(term), term.lower()
            for one, text in lowered:
                if part in text and one.loc[:2] != own and sign.search(text):
                    yield _leak(loaded, (*own, "key_terms", number), fact, term, one)
        yield from _untold(loaded, index, fact)


def _leak(loaded: Loaded, own: Loc, fact: Fact, term: str, one: _Text) -> Problem:
    severity: Severity = "warning" if _COMMON.fullmatch(term.lower()) else "error"
    if one.source:
        return loaded.problem(own, f"{field_name(one.within)} of {one.source} gives away {term!r} of fact {fact.id!r}", severity)
    return loaded.problem(one.loc, f"this gives away {term!r}, a key term of fact {fact.id!r}", severity)


def _sign(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,]){re.escape(term.lower())}(?![\w]|[.,]\d)")


def _untold(loaded: Loaded, index: int, fact: Fact) -> Iterator[Problem]:
    signs = [_sign(term) for term in fact.key_terms]
    told: list[Placed] = list(numbered(fact.told, "facts", index, "told"))
    for persona, lines in fact.told_by.items():
        told.extend(numbered(lines, "facts", index, "told_by", persona))
    for loc, line in told:
        if not any(sign.search(line.lower()) for sign in signs):
            yield loaded.problem(loc, f"the line holds none of the key terms of fact {fact.id!r}", "warning")


def _own_texts(scenario: Scenario) -> Iterator[_Text]:
    for field in ("title", "brief", "you", "goal"):
        yield _Text((field,), getattr(scenario, field))
    for field, names in _SHOWN.items():
        for index, part in enumerate(getattr(scenario, field)):
            yield from (_Text((field, index, name), getattr(part, name) or "") for name in names)
    for loc, point in models(scenario.beats, Point, ("beats",)):
        yield _Text((*loc, "ask"), point.ask)
    for index, use in enumerate(scenario.twists):
        yield from (_Text(("twists", index, "slots", slot), text) for slot, text in use.slots.items())
    yield from (_Text(loc, line) for loc, line in spoken(scenario))


def _foreign_texts(scenario: Scenario, library: Library) -> Iterator[_Text]:
    for use in scenario.twists:
        try:
            twist = library.twist(use.twist)
        except LibraryError:
            continue
        lines = [one for one in spoken(twist) if not (use.lines and one[0][0] == "lines")]
        yield from (_Text((), line, f"twist {use.twist!r}", loc) for loc, line in lines)
    for member in scenario.cast:
        try:
            persona = library.persona(member.persona)
        except LibraryError:
            continue
        yield from (_Text((), line, f"persona {member.persona!r}", loc) for loc, line in spoken(persona))
