"""Rating by hand on a terminal: single keys, pages, leaving and coming back, and a power cut."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

CTRL_C, CTRL_D = "\x03", "\x04"
LEVEL, BEST, WORST = "Did you see it", "Their best words", "Their worst words"
OWN = "We saw the gap in the labels on Monday."
_COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d|10\d)(?:;\d+)*m")
_BOX = re.compile("[\u2500-\u259f\u2800-\u28ff]")

Rating = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One short talk, and one that is longer than a screen."""
    (tmp_path / "short.txt").write_text(f"Dana: What did you see?\nCandidate: {OWN}\n", encoding="utf-8")
    turns = "".join(f"Dana: And then, {number}?\nCandidate: That was {number}.\n" for number in range(20))
    (tmp_path / "long.txt").write_text(turns, encoding="utf-8")
    return tmp_path


@pytest.fixture
def rating(terminal, folder: Path) -> Rating:
    """Starts rating a talk; in the first sitting past the questions about the rater."""

    def started(*options: object, talk: str = "short", **how: Any):
        out = folder / "anna.jsonl"
        is_first = not out.exists()
        shown = terminal("evals", "label", folder / f"{talk}.txt", "--rater", "anna", "--out", out, *options, **how)
        if is_first:
            shown.see("Who rates")
            shown.type("\r")
            shown.see("About the rater")
            shown.type("\r")
        return shown

    return started


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "anna.jsonl").read_text(encoding="utf-8").splitlines()]


def answer(shown: Any, *asked_and_typed: str) -> None:
    for asked, typed in zip(asked_and_typed[::2], asked_and_typed[1::2], strict=True):
        shown.see("⌨")
        shown.see(asked)
        shown.type(typed)


def test_a_key_needs_no_enter_and_tab_completes_a_sentence(rating: Rating, folder: Path) -> None:
    shown = rating()
    answer(shown, LEVEL, "4", BEST, "the gap\t")
    shown.see("labels on Monday")
    shown.type("\r")
    answer(shown, WORST, "\r", LEVEL, "n", LEVEL, "q")
    shown.see("1 with a level, 1 not observed, 0 skipped, 10 not answered yet")
    assert shown.wait() == 0
    assert [(one["value"], one.get("best")) for one in lines(folder)] == [(4, OWN), (None, None)]


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_ctrl_c_and_ctrl_d_keep_the_level_and_the_next_sitting_goes_on(
    rating: Rating, folder: Path, options: tuple[str, ...], key: str
) -> None:
    enter = "\r" if options else ""
    shown = rating(*options)
    shown.see(LEVEL)
    shown.type(f"3{enter}")
    shown.see(BEST)
    time.sleep(0.1)
    shown.type(key)
    shown.see("Kept in")
    assert shown.wait() == 0
    assert shown.echoes
    assert [one["value"] for one in lines(folder)] == [3]
    again = rating(*options)
    again.see("1 of 12 are answered already")
    again.see("2 of 12")
    again.see(LEVEL)
    again.type(f"q{enter}")
    assert again.wait() == 0


def test_a_power_cut_loses_nothing_that_was_answered(rating: Rating, folder: Path) -> None:
    shown = rating()
    answer(shown, LEVEL, "n", LEVEL, "5")
    shown.see(BEST)
    shown.kill()
    assert [one["value"] for one in lines(folder)] == [None, 5]


def test_a_second_terminal_is_refused(rating: Rating, folder: Path) -> None:
    first = rating()
    first.see(LEVEL)
    second = rating()
    second.see("another program is writing to")
    assert second.wait() == 2
    assert "Traceback" not in second.text


def test_a_long_talk_comes_in_pages(rating: Rating, folder: Path) -> None:
    shown = rating(talk="long", rows=20, columns=60)
    first = shown.see("⌨Enter goes on, ")
    assert "That was 0." in first
    assert "That was 19." not in first
    shown.type("\r")
    while LEVEL not in shown.see(f"⌨(?:Enter goes on|{LEVEL})"):
        shown.type("\r")
    assert "That was 19." in shown.text
    shown.type("t")
    answer(shown, "Enter goes on", "s", LEVEL, "t", "Enter goes on", "q")
    assert shown.wait() == 0
    printed = re.sub(r"\x1b\[\?2004h.*?\x1b\[\?2004l", "", shown.raw, flags=re.DOTALL)
    assert [line for line in re.split(r"[\r\n]", re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", printed)) if len(line.rstrip()) > 60] == []


def test_plain_has_no_boxes_and_no_colour_shows_none(rating: Rating) -> None:
    plain = rating("--plain")
    plain.see(LEVEL)
    plain.type("q\r")
    assert plain.wait() == 0
    assert not _BOX.search(plain.text)
    assert "\x1b" not in plain.raw
    bare = rating(NO_COLOR="1")
    answer(bare, LEVEL, "q")
    assert bare.wait() == 0
    assert not _COLOUR.search(bare.raw)
