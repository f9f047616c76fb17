"""Tables of the evals commands: whole cells at any width."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli.app import app
from agent.cli.columns import Column, Row, show_table
from agent.cli.screen import Screen
from tests.cli.test_comparing import ITEMS, saved
from tests.evaluation.comparing.graded import FIRST, SECOND

COLUMNS = (
    Column("name", is_text=True),
    Column("first", goes=1),
    Column("interval", goes=2, is_text=True),
    Column("verdict", is_text=True),
)
ROWS = (Row(("one-row", "12", "0.10 to 0.20", "held")), Row(("another-row", "9", "", "unsure"), more="too few to tell"))


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (
            60,
            """
name         first  interval      verdict
one-row         12  0.10 to 0.20  held
another-row      9                unsure  too few to tell
""",
        ),
        (
            41,
            """
name         first  interval      verdict
one-row         12  0.10 to 0.20  held
another-row      9                unsure
    too few to tell
""",
        ),
        (
            40,
            """
name         first  verdict
one-row         12  held
another-row      9  unsure
    too few to tell
No room for: interval; a wider window or
--json shows all.
""",
        ),
    ],
)
def test_what_has_no_room_is_left_out(width: int, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert drawn(COLUMNS, width, capsys) == shown


def test_columns_of_which_none_may_go_are_put_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    shown = """
name
one-row
    first 12,
    interval 0.10 to 0.20,
    verdict held
another-row
    first 9,
    verdict unsure
    too few to tell
"""
    assert drawn([column._replace(goes=0) for column in COLUMNS], 26, capsys) == shown


def drawn(columns: Sequence[Column], width: int, capsys: pytest.CaptureFixture[str]) -> str:
    screen = Screen(color=False)
    screen.console.width = width
    show_table(columns, ROWS, screen)
    return "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_cell_of_a_comparison_is_broken(width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    wavers = {item: {FIRST: 1.0 + number % 4, SECOND: 3.0} for number, item in enumerate(ITEMS)}
    before, after = saved(tmp_path / "a.jsonl", 2.0), saved(tmp_path / "b.jsonl", 2.0, wavers)

    shown = CliRunner().invoke(app, ["evals", "compare", str(before), str(after), "--by", "competency", "--show", "0"]).output

    row = next(line for line in shown.splitlines() if line.startswith(FIRST))
    assert len(row) <= width
    assert row.split()[-4:-1] == ["6↑", "3↓", "3="]
    assert ("to" in row, " 12 " in row) == {60: (False, False), 80: (True, False), 140: (True, True)}[width]
