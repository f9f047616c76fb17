"""A rubric: competencies with anchored levels. A released version never changes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from agent.document import CompetencyId, Document, Pattern, SemVer, Slug, Text

Level = Literal[1, 2, 3, 4, 5]
LEVELS: tuple[Level, ...] = (1, 2, 3, 4, 5)
Weight = Annotated[float, Field(gt=0, le=5)]


class Indicator(Document):
    """One behaviour that speaks for (or, as a counter-indicator, against) a competency."""

    id: Slug
    text: Text
    strength: Literal[1, 2] = Field(default=1, description="2 marks what only the top levels show, or what alone sinks an answer.")
    heard: Pattern


class Cap(Document):
    """A counter-indicator that limits the level, however good the rest is."""

    counter: Slug = Field(description="Id of a counter-indicator of the same competency.")
    level: Level
    unless: Slug | None = Field(default=None, description="Id of an indicator that lifts the cap when heard after it.")
    reason: Text


class Competency(Document):
    """One competency: five written anchors, indicators, counter-indicators, caps, and what 'not observed' means."""

    id: CompetencyId
    name: Text
    definition: Text
    weight: Weight = 1.0
    levels: dict[Level, Text] = Field(description="The behaviour at each of the five levels.")
    indicators: tuple[Indicator, ...] = Field(min_length=3)
    counter_indicators: tuple[Indicator, ...] = Field(min_length=2)
    caps: tuple[Cap, ...] = ()
    not_observed: Text = Field(description="When this competency counts as not observed.")
    next_steps: tuple[Text, ...] = Field(min_length=2, description="What to practise, from the lower to the higher levels.")

    @model_validator(mode="after")
    def _is_whole(self) -> Competency:
        if set(self.levels) != set(LEVELS):
            raise ValueError(f"{self.id!r} needs anchors for the levels 1 to 5, has {sorted(self.levels)}")
        counters = {indicator.id for indicator in self.counter_indicators}
        for cap in self.caps:
            if cap.counter not in counters:
                raise ValueError(f"{self.id!r}: cap names the counter-indicator {cap.counter!r}, which is not one of {sorted(counters)}")
        return self


class Rubric(Document):
    """Competencies with weights, as one released version."""

    slug: Slug
    version: SemVer
    title: Text
    description: Text
    competencies: tuple[Competency, ...] = Field(min_length=1)
    formats: dict[Text, dict[CompetencyId, Weight]] = Field(
        default={}, description="By interview format: weights in place of the competencies' own, for those it names."
    )

    def weight(self, competency: Competency, format: str) -> float:
        """What a competency weighs in the overall score of an interview of that format; a remark after a colon is no part of it."""
        return self.formats.get(format.partition(":")[0], {}).get(competency.id, competency.weight)

    @model_serializer(mode="wrap")
    def _without_what_it_does_not_say(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A rubric released before there were formats keeps its fingerprint."""
        whole: dict[str, Any] = dump(self)
        return whole if self.formats else {name: value for name, value in whole.items() if name != "formats"}

    @model_validator(mode="after")
    def _formats_name_competencies(self) -> Rubric:
        known = {each.id for each in self.competencies}
        for format, weights in self.formats.items():
            if strange := sorted(set(weights) - known):
                raise ValueError(f"the format {format!r} weighs {strange[0]!r}, which is no competency of this rubric")
        return self

    @property
    def name(self) -> str:
        """`slug@version`."""
        return f"{self.slug}@{self.version}"
