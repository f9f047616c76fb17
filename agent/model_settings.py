"""`settings.toml`: which models this user wants, how long to wait for them, and what a session may cost."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.errors import InvalidDocument

FILE = "settings.toml"


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Wishes(_Table):
    """Model strings: `model` for every role that is not named itself."""

    model: str | None = None
    voice: str | None = None
    observer: str | None = None
    judge: str | None = None


class Waiting(_Table):
    """How long to wait for a model, in seconds, and how often to ask."""

    attempt_timeout: float = Field(default=30.0, gt=0, description="Up to the first piece of an answer, and from piece to piece.")
    total_timeout: float = Field(default=90.0, gt=0, description="Over all attempts and the pauses between them.")
    attempts: int = Field(default=3, ge=1, le=10)


class Budget(_Table):
    """What one session may take, voice, observer and judge together. Without a limit: None."""

    tokens: int | None = Field(default=600_000, ge=0)
    dollars: float | None = Field(default=3.0, ge=0)
    warn_at: float = Field(default=0.8, gt=0, le=1, description="The share at which the player is told.")

    def share(self, tokens: int, dollars: float) -> float:
        """The share that is used up, 0 to 1 and beyond, by whichever limit is nearer."""
        limits = ((tokens, self.tokens), (dollars, self.dollars))
        return max((used / limit if limit else 1.0 for used, limit in limits if limit is not None), default=0.0)


class Judging(_Table):
    """How a model judge is asked. A panel is no setting: it costs several times as much, so it is asked for each time."""

    repeats: int = Field(default=1, ge=1, le=9, description="How often it is asked; the median is the score.")
    examples: int = Field(default=0, ge=0, le=5, description="Rated talks that each question shows for comparison.")


class ModelSettings(_Table):
    """The whole file. Every table may be left out."""

    models: Wishes = Wishes()
    judging: Judging = Judging()
    waiting: Waiting = Waiting()
    budget: Budget = Budget()


def read_model_settings(folders: tuple[Path, ...]) -> ModelSettings:
    """The settings of the first folder that has the file; the defaults where none has.

    Raises:
        InvalidDocument: the file is there and wrong; the text names the field.
    """
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        return ModelSettings()
    try:
        return ModelSettings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InvalidDocument(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidDocument(f"{path}: the settings cannot be read: {error}") from error
