"""A person at a terminal: what they type, what they see, how they leave and come back."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.answer import MAX_ANSWER
from agent.events import CandidateSaid, Event
from agent.store import LogStore

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

ALT_ENTER, CTRL_C, CTRL_D = "\x1b\r", "\x03", "\x04"
ANSWER = "For every parcel it says how likely it is to be late."
_COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d|10\d)(?:;\d+)*m")
_BOX = re.compile("[\u2500-\u259f\u2800-\u28ff]")
_ASKS = r"Sit down\.|So you own the thing"


@pytest.fixture
def playing(terminal, parcels) -> Callable[..., Any]:
    """Starts the small scene, past the brief, on a terminal."""

    def started(*options: object, fast: bool = True, **how: object):
        shown = terminal("play", "parcels", "--seed", "7", *(["--fast"] if fast else []), *options, **parcels, **how)
        shown.see("Press Enter when you are ready")
        shown.type("\r")
        return shown

    return started


@pytest.fixture
def log(home: Path) -> Callable[[], list[Event]]:
    """The log of the only session of this test."""

    def read() -> list[Event]:
        with LogStore.open(home / "hotseat" / "sessions.db") as store:
            (row,) = store.sessions()
            return store.read(row.id)

    return read


@pytest.fixture
def said(log) -> Callable[[], list[str]]:
    """The answers that were saved."""
    return lambda: [event.text for event in log() if isinstance(event, CandidateSaid)]


def test_brief_then_enter_then_an_answer_is_replied_to(terminal, parcels, said):
    shown = terminal("play", "parcels", "--fast", **parcels)
    brief = shown.see("Press Enter when you are ready")
    for part in ("The situation", "Your goal", "In the room", "What is graded", "Practice: /hint helps"):
        assert part in brief
    shown.type("\r")
    shown.see(_ASKS)
    shown.send(ANSWER)
    shown.see(r"Parcels\s+\S+")
    shown.send("/pause")
    assert shown.wait() == 0
    assert said() == [ANSWER]


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_alt_enter_starts_a_line_of_the_same_answer(playing, said, options):
    shown = playing(*options)
    shown.send(f"It gives a list.{ALT_ENTER}One line for each parcel.")
    shown.send("/pause")
    assert shown.wait() == 0
    assert said() == ["It gives a list.\nOne line for each parcel."]


def test_the_commands_answer_and_nobody_in_the_scene_hears_them(playing, said):
    shown = playing()
    for command, seen in [
        ("/help", "/leave +end the scene now"),
        ("/hint", "Hint: that is all the help"),
        ("/notes ask for the price", "Noted"),
        ("/notes", "- Your note: ask for the price"),
        ("/repeat", f"Parcels: (?:{_ASKS})"),
        ("/brief", "Your goal: Leave the room"),
        ("/nonsense", "There is no /nonsense"),
    ]:
        shown.send(command)
        shown.see(seen)
    shown.send("/pause")
    shown.see("Paused; everything is saved. Go on with: hotseat resume")
    assert shown.wait() == 0
    assert said() == []


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_ctrl_c_and_ctrl_d_pause_and_resume_goes_on_there(playing, terminal, parcels, log, said, key, options):
    shown = playing(*options)
    shown.send(ANSWER)
    shown.see("⌨")
    _press(shown, key)
    session = shown.see(r"hotseat resume \w+").split()[-1]
    assert shown.wait() == 0
    assert shown.echoes
    before = log()

    again = terminal("resume", session, "--fast", *options, **parcels)
    again.see(re.escape(ANSWER))
    again.send("A missed one costs more than a check.")
    again.send("/pause")
    assert again.wait() == 0
    assert log()[: len(before)] == before
    assert said() == [ANSWER, "A missed one costs more than a check."]


@pytest.mark.parametrize("where", ["Press Enter", "Number or name"])
def test_ctrl_c_before_the_scene_ends_without_a_traceback(terminal, parcels, where):
    shown = terminal("play", *(["parcels"] if where == "Press Enter" else []), **parcels)
    shown.see(where)
    _press(shown, CTRL_C)
    assert shown.wait() == 128 + signal.SIGINT
    assert "Traceback" not in shown.text
    assert ("Nothing was said yet, so nothing was kept." in shown.text) == (where == "Press Enter")
    assert shown.echoes


def test_ctrl_c_while_somebody_is_typing_pauses(playing, terminal, parcels, said):
    shown = playing(fast=False)
    shown.see("Parcels is typing")
    _press(shown, CTRL_C)
    shown.see("Paused; everything is saved. Go on with: hotseat resume")
    assert shown.wait() == 0
    assert shown.echoes
    again = terminal("resume", "--fast", **parcels)
    again.see(_ASKS)
    again.send(ANSWER)
    again.send("/pause")
    assert again.wait() == 0
    assert said() == [ANSWER]


def test_ctrl_c_before_an_answer_is_heard_says_that_it_is_not_saved(playing, said, tmp_path):
    shown = playing(HOTSEAT_CACHE=str(tmp_path))
    shown.send(ANSWER)
    shown.see("One moment")
    _press(shown, CTRL_C)
    shown.see("Paused; all but your last answer is saved")
    assert shown.wait() == 0
    assert shown.echoes
    assert said() == []


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_an_answer_that_is_far_too_long_is_refused_and_stays_in_the_prompt(playing, said, options):
    shown = playing(*options)
    shown.see("⌨")
    shown.type(f"\x1b[200~{'word ' * 39_998}and an end\x1b[201~")
    for _ in range(3):
        shown.see("an end")
        shown.type("\r")
        shown.see(rf"that answer has 200,000 characters; at most {MAX_ANSWER:,} are taken")
        shown.see("⌨")
    shown.see("an end")
    _press(shown, CTRL_C)
    assert shown.wait() == 0
    assert said() == []


def test_the_picker_takes_a_number_or_a_name_and_asks_again(terminal, parcels):
    shown = terminal("play", **parcels)
    number = re.search(r"(\d+)\. Parcels", shown.see("Number or name")).group(1)
    shown.type("nonsense\r")
    shown.see("Type a number from 1 to")
    shown.see("Number or name")
    shown.type(f"{number}\r")
    shown.see("A shop wants to know which parcels")
    named = terminal("play", **parcels)
    named.see("Number or name")
    named.type("parcels\r")
    named.see("A shop wants to know which parcels")


def test_forty_columns_are_enough(playing, said):
    shown = playing(columns=40, rows=20)
    shown.send(ANSWER)
    shown.see(r"Parcels\s+\S+")
    shown.send("/help")
    shown.send("/leave")
    shown.see(r"\[y/N\] ")
    shown.type("y\r")
    shown.see("Communication")
    assert shown.wait() == 0
    printed = re.sub(r"\x1b\[\?2004h.*?\x1b\[\?2004l", "", shown.raw, flags=re.DOTALL)
    assert [line for line in _lines(printed) if len(line.rstrip()) > 40] == []
    assert said() == [ANSWER]


def test_no_color_shows_no_colours(playing):
    assert _COLOUR.search(_to_the_report(playing()).raw)
    assert not _COLOUR.search(_to_the_report(playing(NO_COLOR="1")).raw)


def test_plain_has_no_boxes_and_moves_nothing(playing):
    shown = _to_the_report(playing("--plain", fast=False))
    assert not _BOX.search(shown.text.replace("⌨", ""))
    assert set(re.findall(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", shown.raw)) == {"\x1b[?2004h", "\x1b[?2004l"}
    assert shown.text.count(ANSWER) == 1 + shown.text.split("Report: ")[1].count(ANSWER)


def test_assessed_refuses_help(playing, log):
    shown = playing("--assessed")
    shown.send(ANSWER)
    for command in ("/hint", "/retry"):
        shown.send(command)
        shown.see("this session is assessed, so there are no")
    shown.send("/pause")
    assert shown.wait() == 0
    assert {"hint_given", "retracted"}.isdisjoint(event.type for event in log())


@pytest.mark.parametrize("ahead", ["It is a list. ", "It is a list.\r", "It is a list.\rOf parcels"])
def test_what_is_typed_while_somebody_talks_waits_for_the_prompt(playing, said, ahead):
    shown = playing(fast=False)
    shown.see("Parcels is typing")
    shown.type(ahead)
    for _ in range(ahead.count("\r") + 1):
        shown.see("⌨")
    shown.see(re.escape(ahead.split("\r")[-1].strip()))
    shown.type("!\r")
    shown.send("/pause")
    assert shown.wait() == 0
    assert said() == [line.strip() for line in f"{ahead}!".split("\r")]


def test_of_two_terminals_the_second_to_act_ends_and_the_first_goes_on(playing, terminal, parcels, said):
    stale = playing()
    stale.see("⌨")
    first = terminal("resume", "--fast", **parcels)
    first.send(ANSWER)
    first.see("⌨")
    stale.type("It depends on what a wrong warning costs.\r")
    stale.see("hotseat: another terminal plays session")
    assert stale.wait() == 2
    assert "Traceback" not in stale.text
    assert stale.echoes
    first.type("A missed one costs more than a check.\r")
    first.send("/pause")
    assert first.wait() == 0
    assert said() == [ANSWER, "A missed one costs more than a check."]


@pytest.mark.parametrize("command", ["/notes mine", "/retry", "/pause"])
def test_a_command_in_a_second_terminal_ends_it_too(playing, terminal, parcels, log, command):
    stale = playing()
    stale.send("Hello.")
    stale.see("⌨")
    first = terminal("resume", "--fast", **parcels)
    first.send(ANSWER)
    first.send("/pause")
    assert first.wait() == 0
    before = log()
    stale.type(f"{command}\r")
    stale.see("hotseat: another terminal plays session")
    assert stale.wait() == 2
    assert log() == before


def test_leaving_by_mistake_is_no_end(playing):
    shown = playing()
    shown.send("/leave")
    shown.see(r"\[y/N\] ")
    shown.type("\r")
    shown.send("/pause")
    shown.see("hotseat resume")
    assert shown.wait() == 0


def _press(shown, key: str) -> None:
    """Presses a key as late as a person would: a signal between the prompt and its wait for input is seen only with the next key."""
    time.sleep(0.1)
    shown.type(key)


def _to_the_report(shown):
    shown.send(ANSWER)
    shown.send("/leave")
    shown.see(r"\[y/N\] ")
    shown.type("y\r")
    shown.see("Next steps|Keep it")
    assert shown.wait() == 0
    return shown


def _lines(printed: str) -> list[str]:
    """The lines, each picture of a spinner being one."""
    return re.split(r"[\r\n\u2800-\u28ff]", re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", printed))
