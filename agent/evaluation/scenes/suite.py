"""A suite of simulated sessions: which scenes, which candidates, how many seeds, and what a scene has to separate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator

from agent.document import Document, Slug, Text
from agent.errors import InputError
from agent.library.lined_yaml import parse_yaml
from agent.library.problem import Wrong
from agent.library.source import read_text


class SceneSuite(Document):
    """One file `evals/suites/NAME.yaml` of simulated sessions."""

    id: Slug
    about: Text
    scenarios: tuple[Slug, ...] = Field(default=(), description="The scenes to play; all of the library where none is named.")
    candidates: tuple[Slug, ...] = Field(min_length=1, description="The simulated candidates who play each of them.")
    seeds: int = Field(ge=1, le=1000, description="Each scene is played by each candidate at the seeds 1 to this.")
    strong: Slug = Field(default="strong", description="The candidate whose sessions have to score higher.")
    weak: Slug = Field(default="weak", description="The candidate whose sessions have to score lower.")
    least: float = Field(
        default=0.8, gt=0.5, le=1, description="How often at least a strong session has to score higher than a weak one, 0.5 to 1."
    )

    @model_validator(mode="after")
    def _names_are_unique(self) -> SceneSuite:
        for names in (self.scenarios, self.candidates):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(f"{', '.join(sorted(twice))}: named twice")
        return self

    def but(self, changes: Mapping[str, Any]) -> SceneSuite:
        """The suite with these values instead.

        Raises:
            InputError: they do not fit.
        """
        try:
            return SceneSuite.model_validate({**self.model_dump(), **changes})
        except ValidationError as error:
            first = error.errors()[0]
            raise InputError(f"{first['input']!r} will not do: {first['msg'].removeprefix('Value error, ')}") from error


def read_suite(file: Path) -> SceneSuite:
    """The suite in a YAML file.

    Raises:
        InputError: the file cannot be read, or is no suite of simulated sessions.
    """
    try:
        return SceneSuite.model_validate(parse_yaml(read_text(file), file).data)
    except Wrong as wrong:
        raise InputError(f"{wrong}\nSuites lie in a checkout of Hotseat, in evals/suites; name another file with --suite") from wrong
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{file} is no suite of simulated sessions: {place}: {first['msg']}") from error
