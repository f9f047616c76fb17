"""Released files stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import LibraryError
from agent.library import Library
from agent.library.lint import lint
from agent.library.released import check_released, release

from .conftest import RUBRIC, Edit


def test_what_is_released_is_locked_once(root: Path) -> None:
    assert release(root) == [root / RUBRIC]
    assert release(root) == []
    assert check_released(root) == []


def test_the_lock_is_what_sha256sum_reads(root: Path) -> None:
    release(root)
    digest, name = (root / "rubrics/released.lock").read_text(encoding="utf-8").split()
    assert (len(digest), name) == (64, "core/1.0.0.yaml")


def test_a_released_file_that_changed_is_found_and_stops_the_next_release(root: Path, edit: Edit) -> None:
    release(root)
    before = (root / "rubrics/released.lock").read_bytes()
    path = edit(RUBRIC, "weight: 1.0", "weight: 2.0")
    assert [problem.path for problem in lint(Library([root]), [root]) if problem.severity == "error"] == [path]
    with pytest.raises(LibraryError, match="nothing was released"):
        release(root)
    assert (root / "rubrics/released.lock").read_bytes() == before


def test_a_new_version_is_added_and_the_old_entry_kept(root: Path) -> None:
    release(root)
    before = (root / "rubrics/released.lock").read_text(encoding="utf-8")
    new = root / "rubrics/core/1.0.1.yaml"
    new.write_text((root / RUBRIC).read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8")
    assert release(root) == [new]
    assert (root / "rubrics/released.lock").read_text(encoding="utf-8").startswith(before)


def test_line_ends_of_another_system_are_no_change(root: Path) -> None:
    release(root)
    (root / RUBRIC).write_bytes((root / RUBRIC).read_bytes().replace(b"\n", b"\r\n"))
    assert check_released(root) == []


def test_a_released_file_that_is_gone(root: Path) -> None:
    release(root)
    (root / RUBRIC).unlink()
    assert ["is gone" in problem.message for problem in check_released(root)] == [True]


def test_a_damaged_lock(root: Path) -> None:
    (root / "rubrics/released.lock").write_text("abc core/1.0.0.yaml\n", encoding="utf-8")
    assert ["restore the lock file" in problem.message for problem in check_released(root)] == [True]
    with pytest.raises(LibraryError):
        release(root)
