"""New files to start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import LibraryError
from agent.library import Library
from agent.library.lint import lint
from agent.library.starter import STARTABLE, start
from agent.settings import Settings

from .conftest import PERSONA


@pytest.mark.parametrize("kind", STARTABLE)
def test_it_is_valid_beside_what_was_shipped(tmp_path: Path, kind: str) -> None:
    library = Library.default(settings=Settings.from_environment({"HOTSEAT_HOME": "/nowhere"}))
    path = start(library, kind, "first-try", tmp_path)
    assert [str(problem) for problem in lint(library, [path]) if problem.severity == "error"] == []


def test_it_never_writes_over_a_file(root: Path) -> None:
    before = (root / PERSONA).read_bytes()
    with pytest.raises(LibraryError, match="is there already"):
        start(Library([root]), "persona", "warehouse", root)
    assert (root / PERSONA).read_bytes() == before


def test_it_never_writes_beside_the_same_name(root: Path) -> None:
    (root / PERSONA).rename(root / "personas/cast/warehouse.yml")
    with pytest.raises(LibraryError, match=r"warehouse\.yml is there already"):
        start(Library([root]), "persona", "warehouse", root)


@pytest.mark.parametrize("name", ["", "Big", "a b", "../a", "a/b", "-a", "a" * 61, "ä"])
def test_names_that_cannot_be(root: Path, name: str) -> None:
    with pytest.raises(LibraryError, match="is no name"):
        start(Library([root]), "persona", name, root)


def test_a_kind_that_cannot_be(root: Path) -> None:
    with pytest.raises(LibraryError, match="did you mean 'persona'"):
        start(Library([root]), "persna", "a", root)


def test_a_scenario_needs_somebody_to_talk_to(tmp_path: Path) -> None:
    start(Library([tmp_path]), "rubric", "core", tmp_path)
    with pytest.raises(LibraryError, match="hotseat library new persona"):
        start(Library([tmp_path]), "scenario", "a", tmp_path)


def test_a_scene_is_started_with_people_and_twists_of_one_s_own(root: Path, tmp_path: Path) -> None:
    shipped = Library.default(settings=Settings.from_environment({"HOTSEAT_HOME": "/nowhere"}))
    start(shipped, "scenario", "another", root)
    scenario = Library([root, *shipped.search_path]).scenario("another")
    assert [member.persona for member in scenario.cast] == ["warehouse"]
    assert [use.twist for use in scenario.twists] == ["new-target"]


def test_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot be written"):
        start(Library([tmp_path]), "persona", "a", tmp_path / "file")
