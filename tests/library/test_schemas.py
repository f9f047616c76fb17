"""JSON Schemas beside the data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from agent.library.library import shipped
from agent.library.lined_yaml import parse_yaml
from agent.library.schemas import SCHEMA_FILES, outdated, write_schemas

from .conftest import PERSONA, RUBRIC, SCENARIO, TWIST


def test_the_shipped_ones_are_current() -> None:
    assert outdated(shipped()) == []


def test_missing_and_changed_ones_are_written_again(tmp_path: Path) -> None:
    assert write_schemas(tmp_path) == [tmp_path / name for name in SCHEMA_FILES]
    (tmp_path / "personas/twist.schema.json").write_text("{}", encoding="utf-8")
    assert write_schemas(tmp_path) == [tmp_path / "personas/twist.schema.json"]
    assert outdated(tmp_path) == []


@pytest.mark.parametrize(
    ("data", "schema"),
    [(PERSONA, "personas/persona"), (SCENARIO, "personas/scenario"), (TWIST, "personas/twist"), (RUBRIC, "rubrics/rubric")],
)
def test_they_accept_what_the_library_accepts_and_refuse_unknown_keys(root: Path, data: str, schema: str) -> None:
    write_schemas(root)
    validator = Draft202012Validator(json.loads((root / f"{schema}.schema.json").read_text(encoding="utf-8")))
    document = json.loads(json.dumps(parse_yaml((root / data).read_text(encoding="utf-8"), root / data).data))
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors({**document, "unknown": 1})) != []


@pytest.mark.parametrize("data", [PERSONA, SCENARIO, TWIST, RUBRIC])
def test_the_first_line_of_a_file_leads_to_its_schema(root: Path, data: str) -> None:
    write_schemas(root)
    first = (root / data).read_text(encoding="utf-8").splitlines()[0]
    assert ((root / data).parent / first.partition("$schema=")[2]).is_file()
