"""A small library in a temporary directory: one of each kind, valid, made by the starters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.library import Library
from agent.library.starter import start

PERSONA = "personas/cast/warehouse.yaml"
SCENARIO = "personas/scenarios/parcels.yaml"
TWIST = "personas/twists/new-target.yaml"
RUBRIC = "rubrics/core/1.0.0.yaml"

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "own"
    for kind, name in (("rubric", "core"), ("persona", "warehouse"), ("twist", "new-target"), ("scenario", "parcels")):
        start(Library([root]), kind, name, root)
    return root


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replaces the first `old` in a file of the library by `new`."""

    def replace(name: str, old: str, new: str) -> Path:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return replace
