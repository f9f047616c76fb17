from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import rubrics
from agent.cli.word_diff import shortened, word_diff
from agent.errors import NotInLibrary
from agent.library import Library
from agent.library.library import shipped
from agent.rubric_diff import diff

CORE = shipped() / "rubrics" / "core" / "1.0.0.yaml"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    file = tmp_path / "core" / "1.1.0.yaml"
    file.parent.mkdir()
    text = CORE.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.1.0")
    file.write_text(text.replace("5: Opens with the point,", "5: Begins with the point,"), encoding="utf-8")
    return file


def rubrics_command(*arguments: object) -> str:
    result = CliRunner().invoke(rubrics.app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_every_version_is_listed() -> None:
    assert "core@1.0.0            12 competencies" in rubrics_command("list")


def test_a_changed_anchor_is_shown_in_both_wordings(newer: Path) -> None:
    told = rubrics_command("diff", "core@1.0.0", newer)
    assert "1 change in 1 competency" in told
    assert "level 5 changed\n    [-Opens-]{+Begins+} with the point, says …\n" in told


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b c d e f g h", "a b c d X f g h", ["a b c d [-e-]{+X+} f g h"]),
        ("a b c d e f g h", "a b c d e f g h i", ["… e f g h {+i+}"]),
        ("a b c d e f g h", "b c d e f g h", ["[-a-] b c d e …"]),
        ("1 a b c d e f g h i 2", "3 a b c d e f g h i 4", ["[-1-]{+3+} a b c d …", "… f g h i [-2-]{+4+}"]),
        ("same", "same", []),
        ("a b", "a\n b", ["only spaces or line breaks differ"]),
    ],
)
def test_only_the_words_that_changed_are_shown_with_some_around_them(before: str, after: str, shown: list[str]) -> None:
    assert word_diff(before, after) == shown


def test_a_text_that_is_new_as_a_whole_is_cut() -> None:
    assert shortened("w " * 40) == "w " * 40
    assert shortened("w " * 43).endswith("w w … and 3 more words")


def test_a_place_that_changed_fits_the_window(newer: Path) -> None:
    library = Library((shipped(),))
    found = diff(rubrics.rubric_of(library, "core@1.0.0"), rubrics.rubric_of(library, str(newer)))
    assert max(len(line) for line in rubrics.told(found, 40).splitlines() if line.startswith("    ")) <= 40
    assert "    [-Opens-]{+Begins+} with the point,\n      says …" in rubrics.told(found, 40)


def test_the_difference_as_json_names_what_is_affected(newer: Path) -> None:
    found = json.loads(rubrics_command("diff", "core@1.0.0", newer, "--json"))
    assert (found["before"], found["after"], found["affected"]) == ("core@1.0.0", "core@1.1.0", ["communication"])


def test_a_rubric_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotInLibrary, match=r"core@9\.9\.9"):
        rubrics_command("diff", "core@1.0.0", "core@9.9.9")
