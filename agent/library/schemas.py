"""JSON Schemas beside the data files, so that editors complete and check them while one types."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from agent.library.kinds import MODELS, WALKTHROUGHS, FileKind

SCHEMA_FILES: dict[str, FileKind] = {
    "personas/persona.schema.json": "persona",
    "personas/scenario.schema.json": "scenario",
    "personas/twist.schema.json": "twist",
    "personas/candidate.schema.json": "candidate",
    "personas/acts.schema.json": "acts",
    "personas/slips.schema.json": "slips",
    "personas/questions.schema.json": "questions",
    "rubrics/rubric.schema.json": "rubric",
}
WALKTHROUGH_SCHEMA = "evals/walkthrough.schema.json"
"""Written only where there are walkthroughs."""


def schema_text(model: type[BaseModel]) -> str:
    """The model's JSON Schema as the text of a file."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def outdated(root: Path) -> list[Path]:
    """The schema files of a library directory that are missing or differ from the models."""
    return [root / name for name, kind in _wanted(root).items() if not _is_current(root / name, schema_text(MODELS[kind]))]


def write_schemas(root: Path) -> list[Path]:
    """Writes the schema files that are outdated; returns them."""
    written = outdated(root)
    for path in written:
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = _wanted(root)[path.relative_to(root).as_posix()]
        path.write_text(schema_text(MODELS[kind]), encoding="utf-8", newline="\n")
    return written


def _wanted(root: Path) -> dict[str, FileKind]:
    has_plays = (root / WALKTHROUGHS).is_dir()
    return {**SCHEMA_FILES, WALKTHROUGH_SCHEMA: "walkthrough"} if has_plays else SCHEMA_FILES


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
