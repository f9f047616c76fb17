"""What a model notes about an answer."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Note(BaseModel):
    """An id, and the words of the answer that it is noted for."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    quote: str


_Notes = tuple[Note, ...]


class Notes(BaseModel):
    """All notes about one answer. `not_said` are ids of points that were wrongly taken for said."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    acts: _Notes = Field(max_length=40)
    points: _Notes = Field(max_length=40)
    facts: _Notes = Field(max_length=20)
    conditions: _Notes = Field(max_length=40)
    hardening: _Notes = Field(max_length=20)
    behaviours: _Notes = Field(max_length=20)
    addressed: str | None
    not_said: tuple[str, ...] = Field(max_length=20)
