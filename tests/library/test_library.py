"""Finding documents by name along the search path."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from agent.document import fingerprint
from agent.errors import InvalidDocument, LibraryError, NotInLibrary
from agent.library import Library
from agent.settings import Settings

from .conftest import PERSONA, RUBRIC, SCENARIO, Edit


@pytest.fixture
def second(root: Path, tmp_path: Path) -> Path:
    return shutil.copytree(root, tmp_path / "second")


def test_it_loads_one_of_each(root: Path) -> None:
    library = Library([root])
    assert library.persona("warehouse").slug == "warehouse"
    assert library.scenario("parcels").cast[0].persona == "warehouse"
    assert library.twist("new-target").kind == "priority_shift"
    assert library.rubric("core@1.0.0").name == "core@1.0.0"


def test_the_first_directory_wins_and_shadows_the_others(root: Path, second: Path, edit: Edit) -> None:
    edit(PERSONA, 'name: "Warehouse"', 'name: "Other"')
    library = Library([root, second])
    assert library.persona("warehouse").name == "Other"
    assert library.where("persona", "warehouse") == root / PERSONA
    assert library.files("persona", "warehouse") == (root / PERSONA, second / PERSONA)


def test_a_name_without_version_is_the_newest(root: Path) -> None:
    for version in ("1.9.0", "1.10.0"):
        text = (root / RUBRIC).read_text(encoding="utf-8").replace("version: 1.0.0", f"version: {version}")
        (root / f"rubrics/core/{version}.yaml").write_text(text, encoding="utf-8")
    library = Library([root])
    assert library.names("rubric") == ("core@1.0.0", "core@1.9.0", "core@1.10.0")
    assert library.rubric("core").version == "1.10.0"


def test_a_miss_names_the_places_and_what_is_near(root: Path, tmp_path: Path) -> None:
    with pytest.raises(NotInLibrary) as raised:
        Library([root, tmp_path / "none"]).persona("warehose")
    said = str(raised.value)
    assert "did you mean 'warehouse'?" in said
    assert f"looked in {root / 'personas/cast'}" in said
    assert f"looked in {tmp_path / 'none/personas/cast'}" in said


@pytest.mark.parametrize("name", ["../scenarios/parcels", "/etc/passwd", "", "warehouse.yaml", "a\x00b"])
def test_a_name_is_never_a_path(root: Path, name: str) -> None:
    with pytest.raises(NotInLibrary):
        Library([root]).persona(name)


def test_documents_are_loaded_once(root: Path) -> None:
    library = Library([root])
    first = library.scenario("parcels")
    (root / SCENARIO).unlink()
    assert library.scenario("parcels") is first


def test_the_same_name_twice_in_a_directory(root: Path) -> None:
    shutil.copy(root / PERSONA, root / "personas/cast/warehouse.yml")
    with pytest.raises(InvalidDocument, match=r"'warehouse' is there twice, also as warehouse\.yml"):
        Library([root]).persona("warehouse")


def test_a_file_called_otherwise_than_its_slug(root: Path) -> None:
    (root / PERSONA).rename(root / "personas/cast/depot.yaml")
    with pytest.raises(InvalidDocument, match=r"depot\.yaml:5: slug: the file's name says 'depot', the field says 'warehouse'"):
        Library([root]).persona("depot")


def test_a_rubric_called_otherwise_than_its_version(root: Path) -> None:
    (root / RUBRIC).rename(root / "rubrics/core/1.0.1.yaml")
    with pytest.raises(InvalidDocument, match=r"version: the file's name says '1\.0\.1'"):
        Library([root]).rubric("core")


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas/cast").write_text("no folder", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot be read"):
        Library([tmp_path]).names("persona")


def test_the_fingerprint_is_of_the_content_not_of_the_layout(root: Path, second: Path) -> None:
    path = second / PERSONA
    path.write_text("# a remark\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    mine, other = Library([root]), Library([second])
    assert mine.fingerprint("persona", "warehouse") == other.fingerprint("persona", "warehouse") == fingerprint(mine.persona("warehouse"))


def test_the_fingerprint_changes_with_a_word(root: Path, edit: Edit) -> None:
    before = Library([root]).fingerprint("persona", "warehouse")
    edit(PERSONA, "Mind the step", "Mind the stairs")
    assert Library([root]).fingerprint("persona", "warehouse") != before


def test_the_default_order(root: Path, second: Path, tmp_path: Path) -> None:
    settings = Settings.from_environment({"HOTSEAT_HOME": str(tmp_path / "home"), "HOTSEAT_LIBRARY": str(second)})
    path = Library.default(root, settings).search_path
    assert path[:3] == (root, second, tmp_path / "home")
    assert (path[-1] / "personas").is_dir()


@pytest.mark.parametrize(("name", "message"), [("gone", "there is no library directory"), ("own/personas", "holds none of personas/")])
def test_a_library_directory_that_is_none(root: Path, tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(LibraryError, match=message):
        Library.default(tmp_path / name)


def test_what_was_shipped_is_there() -> None:
    library = Library.default(settings=Settings.from_environment({"HOTSEAT_HOME": "/nowhere"}))
    assert library.acts()
    assert library.slips()
    assert all(library.rubric(library.scenario(slug).rubric) for slug in library.names("scenario"))
    assert library.names("scenario")
