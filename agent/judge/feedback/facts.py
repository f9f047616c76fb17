"""Facts to speak with: the candidate's own decisions, deeds, figures and listeners, cut out of their sentences word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agent.judge.feedback.clauses import decisions, events, looks_only, statement
from agent.judge.feedback.figures import figures
from agent.judge.own_words import Said

FactKind = Literal["decision", "choice", "event", "said", "measure", "figure", "people"]
"""What can be taken up. `decision` and `event` are clauses, `choice` is a decision that does more than look and ask, `said` is a whole
sentence and `measure` one with a figure; the others are phrases."""

_PEOPLE = re.compile(
    r"(?<!\w)(?:customers?|users?|merchants?|shops?|patients?|players?|agents?|drivers?|riders?|clients?|applicants?|nurses?|doctors?|sellers?"
    r"|buyers?|moderators?|readers?|students?|farmers?|viewers?|tenants?|callers?|passengers?|dispatchers?|operators?|analysts?|clinicians?"
    r"|borrowers?|subscribers?|shoppers?|visitors?|crews?|planners?|mechanics?|speakers?|listeners?|policyholders?|teachers?"
    r"|caseworkers?|editors?|annotators?|technicians?|growers?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fact:
    """Words that stand in a turn, and the sentence they were cut from."""

    words: str
    said: Said


class Facts:
    """What a candidate said, ready to be taken up."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.said = tuple(said)

    def of(self, kind: FactKind) -> Sequence[Fact]:
        """The facts of one kind, in the order they were said."""
        return self._all[kind]

    @cached_property
    def _all(self) -> dict[FactKind, list[Fact]]:
        decided = [Fact(text, one) for one in self.said for text in decisions(one.text)]
        stated = [Fact(text, one) for one in self.said if (text := statement(one.text))]
        return {
            "decision": decided,
            "choice": [fact for fact in decided if not looks_only(fact.words)],
            "event": [Fact(text, one) for one in self.said for text in events(one.text)],
            "said": stated,
            "measure": [fact for fact in stated if next(figures(fact.words), None)],
            "figure": [Fact(text, one) for one in self.said for text in figures(one.text)],
            "people": self._people(),
        }

    def _people(self) -> list[Fact]:
        """Whom the candidate speaks of most."""
        found = [Fact(_plural(match.group()), one) for one in self.said for match in _PEOPLE.finditer(one.text)]
        counts = Counter(fact.words for fact in found)
        return sorted(found, key=lambda fact: -counts[fact.words])[:1]


def _plural(noun: str) -> str:
    lowered = noun.lower()
    return lowered if lowered.endswith("s") else f"{lowered}s"
