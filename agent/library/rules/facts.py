"""Scenarios: every fact is known to somebody who takes part, and no two facts are the same secret."""

from __future__ import annotations

from collections.abc import Iterator

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Problem
from agent.library.rules.walk import models
from agent.scenario import Scenario, WrongTurn


def check_facts(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Facts that only silent people know, and facts that share a key term."""
    del library
    scenario: Scenario = loaded.document
    speaking = _speaking(scenario)
    cast = {member.persona for member in scenario.cast}
    owners: dict[str, str] = {}
    for index, fact in enumerate(scenario.facts):
        if cast >= {*fact.known_by} and not speaking & {*fact.known_by}:
            message = f"only {', '.join(fact.known_by)} knows this and never speaks to the room; let somebody else know it too"
            yield loaded.problem(("facts", index, "known_by"), message, "warning")
        for number, term in enumerate(fact.key_terms):
            owner = owners.setdefault(term.lower(), fact.id)
            if owner != fact.id:
                message = f"{term!r} is a key term of fact {owner!r} too, so one gives the other away; make them one fact or change it"
                yield loaded.problem(("facts", index, "key_terms", number), message)


def _speaking(scenario: Scenario) -> set[str]:
    """Who has something to say that the whole room hears."""
    beats = [beat for beat in scenario.beats if not beat.private]
    asking = {point.by for beat in beats for point in beat.points if point.by}
    parts = {part.by for field in ("twists", "exchanges", "contingencies") for part in getattr(scenario, field)}
    replying = {exchange.reply_by for exchange in scenario.exchanges}
    coding = {turn.by for _, turn in models(scenario.artifacts, WrongTurn)}
    return {beat.by for beat in beats} | parts | asking | replying | coding | {scenario.cast[0].persona}
