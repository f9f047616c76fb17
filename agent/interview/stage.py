"""A stage: a scenario with everything it refers to, ready to be played."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from agent.document import Pattern, fingerprint
from agent.library import Library
from agent.observation import Act
from agent.persona import Persona, Position
from agent.rubric import Rubric
from agent.scenario import Beat, CastMember, Contingency, Exchange, Fact, Point, Scenario, TwistUse
from agent.twist import Twist

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Stage:
    """A scenario, its people and its twists by name, and the library it came from."""

    scenario: Scenario
    personas: Mapping[str, Persona]
    twists: Mapping[str, Twist]
    library: Library

    @classmethod
    def load(cls, library: Library, slug: str) -> Stage:
        """The stage of scenario `slug`.

        Raises:
            LibraryError: the scenario, or something it refers to, is missing or wrong.
        """
        scenario = library.scenario(slug)
        return cls(
            scenario=scenario,
            personas={member.persona: library.persona(member.persona) for member in scenario.cast},
            twists={use.twist: library.twist(use.twist) for use in scenario.twists},
            library=library,
        )

    @cached_property
    def rubric(self) -> Rubric:
        """The rubric that the scenario names; read when it is first needed."""
        return self.library.rubric(self.scenario.rubric)

    @cached_property
    def acts(self) -> Mapping[Act, Pattern]:
        """How acts of a candidate are recognised; read when first needed."""
        return self.library.acts()

    @cached_property
    def beats(self) -> dict[str, Beat]:
        """The beats by id, in the order of the arc."""
        return {beat.id: beat for beat in self.scenario.beats}

    @cached_property
    def points(self) -> dict[str, Point]:
        """All points of all beats by id."""
        return {point.id: point for beat in self.scenario.beats for point in beat.points}

    @cached_property
    def askers(self) -> dict[str, str]:
        """Who asks for each point, when it is left out or touched."""
        return {point.id: point.by or beat.by for beat in self.scenario.beats for point in beat.points}

    @cached_property
    def exchanges(self) -> dict[str, Exchange]:
        """The disagreements between people in the room, by id."""
        return {exchange.id: exchange for exchange in self.scenario.exchanges}

    @cached_property
    def contingencies(self) -> dict[str, Contingency]:
        """What somebody does about a typical move of a candidate, by id."""
        return {contingency.id: contingency for contingency in self.scenario.contingencies}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts by id."""
        return {fact.id: fact for fact in self.scenario.facts}

    @cached_property
    def uses(self) -> dict[str, TwistUse]:
        """How this scene uses each twist."""
        return {use.twist: use for use in self.scenario.twists}

    @cached_property
    def positions(self) -> dict[str, Position]:
        """All positions in this scene as `persona/position`: the scene's own, or else the person's standing ones."""
        return {
            f"{member.persona}/{position.id}": position
            for member in self.scenario.cast
            for position in member.positions or self.personas[member.persona].positions
        }

    @cached_property
    def given_numbers(self) -> frozenset[str]:
        """Every figure that the brief, a fact, a twist or a position brings into the room, in digits."""
        facts = [line for fact in self.scenario.facts for line in (*fact.told, *(one for told in fact.told_by.values() for one in told))]
        news = [line for use in self.scenario.twists for line in (*use.lines, *use.slots.values(), *self.twists[use.twist].lines)]
        views = [line for position in self.positions.values() for line in (position.statement, *position.pushback)]
        asked = [line for beat in self.scenario.beats for line in beat.lines]
        papers = [artifact.text for artifact in self.scenario.artifacts]
        given = " ".join([self.scenario.brief, *facts, *news, *views, *asked, *papers]).replace(",", "")
        return frozenset(_FIGURE.findall(given))

    @property
    def host(self) -> str:
        """Who leads the talk: the first of the cast."""
        return self.scenario.cast[0].persona

    def member(self, persona: str) -> CastMember:
        """The part that `persona` plays here."""
        return next(member for member in self.scenario.cast if member.persona == persona)

    def name(self, persona: str) -> str:
        """The person's name, for the screen."""
        return self.personas[persona].name

    def first_name(self, persona: str) -> str:
        """What people in the room call each other."""
        return self.name(persona).split()[0]

    def title(self, persona: str) -> str:
        """The person's job in this scene."""
        return self.member(persona).title or self.personas[persona].title

    def jargon(self) -> tuple[str, ...]:
        """Terms that are jargon to somebody in the room."""
        return tuple(sorted({term for persona in self.personas.values() for term in persona.listener.jargon}))

    def pins(self) -> dict[str, str]:
        """Name and version of every document with its sha256."""
        documents = {
            f"scenario/{self.scenario.slug}@{self.scenario.version}": self.scenario,
            f"rubric/{self.rubric.name}": self.rubric,
            **{f"persona/{persona.slug}@{persona.version}": persona for persona in self.personas.values()},
            **{f"twist/{twist.slug}@{twist.version}": twist for twist in self.twists.values()},
        }
        return {name: fingerprint(document) for name, document in documents.items()}
