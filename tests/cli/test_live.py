"""A scene with two people and a broken file, on a terminal: being cut into, speaking to one alone, mending the file."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.engine import Engine
from agent.events import ArtifactChanged, CandidateSaid, Event, Interrupted
from agent.library import Library
from agent.library.library import shipped
from agent.session import Interview
from agent.store import LogStore

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

SCENE = "debug-the-leak"
FIRST = "I would look at the test first, because it says what changed."
BUZZ, REST = "I would leverage the readings from the press that stopped in the night. ", "I read them by hand."
LOOKED_AT = 0.6
"""Seconds in which the room has long looked at a draft."""
Playing = Callable[..., Any]


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Embeds the scene once; every process finds its sentences in the cache."""
    made = Engine(library=Library((shipped(),)), clock=lambda: 1_000_000.0)
    made.warm(SCENE)
    return made


@pytest.fixture(scope="module")
def cutting_seed(engine: Engine) -> int:
    """A seed with which somebody takes the buzzword up; most do."""
    for seed in range(20):
        interview = Interview(SCENE, seed=seed, engine=engine)
        interview.start()
        interview.say(FIRST)
        if interview.draft(BUZZ):
            return seed
    raise AssertionError("nobody cuts in at a buzzword")


@pytest.fixture
def playing(terminal, cutting_seed: int) -> Playing:
    """Starts the scene on a terminal, past the brief."""

    def started(*options: object, **environment: str):
        shown = terminal("play", SCENE, "--seed", cutting_seed, "--fast", *options, **environment)
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


def test_a_cut_in_appears_above_the_draft_of_an_answer_which_stays_as_it_is(playing: Playing, log) -> None:
    shown = playing()
    shown.send(FIRST)
    shown.send(f"/notes {BUZZ}")
    shown.see(r"Noted\.")
    shown.see("⌨")
    shown.type(BUZZ)
    shown.see(r"(?:Ivo Tull|Malik Farrow)\s+\S[^\n]+[\s\S]*?> " + re.escape(BUZZ.strip()))
    shown.type(f"{REST}\r")
    shown.send("/pause")
    assert shown.wait() == 0
    cuts = [event for event in log() if isinstance(event, Interrupted)]
    assert [(cut.trigger, cut.about) for cut in cuts] == [("buzzword", "leverage")]
    assert _said(log())[-1] == BUZZ + REST


@pytest.mark.parametrize(("options", "environment"), [(("--calm",), {}), ((), {"HOTSEAT_CALM": "1"})], ids=["--calm", "HOTSEAT_CALM"])
def test_in_a_calm_session_nobody_cuts_in_and_there_is_no_clock(playing: Playing, log, options, environment) -> None:
    shown = playing(*options, **environment)
    shown.send(FIRST)
    shown.see("⌨")
    shown.type(BUZZ)
    time.sleep(LOOKED_AT)
    shown.type(f"{REST}\r")
    shown.send("/pause")
    assert shown.wait() == 0
    assert "calm, so no clock, nobody cuts in" in " ".join(shown.text.split())
    assert (log()[0].calm, log()[0].minutes) == (True, 0)
    assert not [event for event in log() if isinstance(event, Interrupted)]
    assert _said(log()) == [FIRST, BUZZ + REST]


def test_the_first_run_offers_calm_and_later_ones_do_not(terminal, parcels) -> None:
    first = terminal("play", "parcels", "--fast", **parcels)
    first.see("or type calm")
    first.type("calm\r")
    first.see("Calm it is: no clock, nobody cuts in, silence is fine")
    first.send("/pause")
    assert first.wait() == 0
    later = terminal("play", "parcels", "--fast", **parcels)
    later.see(r"Press Enter when you are ready\. ")
    assert "calm" not in later.text


def test_words_for_one_person_and_for_the_room(playing: Playing, log) -> None:
    shown = playing()
    shown.send("/aside Malik How tired are the crews, between us?")
    shown.see(r"Malik Farrow \(to you alone\)")
    shown.send("/room So much for that, and now to the file.")
    shown.send("/pause")
    assert shown.wait() == 0
    answers = [event for event in log() if isinstance(event, CandidateSaid)]
    assert [(event.text, event.to) for event in answers] == [
        ("How tired are the crews, between us?", "hurried-lead"),
        ("So much for that, and now to the file.", None),
    ]


def test_words_for_nobody_are_a_sentence_and_are_not_said(playing: Playing, log) -> None:
    shown = playing()
    for command in ("/aside Nobody Are you there?", "/aside", "/aside Malik", "/aside Malikson Hello."):
        shown.send(command)
        shown.see(r"Say to whom and what: /aside NAME TEXT\. In the room: Ivo, Malik\.")
    shown.send("/room")
    shown.see("Say what everybody should hear: /room TEXT")
    shown.send("/pause")
    assert shown.wait() == 0
    assert _said(log()) == []


def test_the_file_is_run_mended_in_the_editor_and_run_again(playing: Playing, log, tmp_path: Path, engine: Engine) -> None:
    shown = playing(EDITOR=str(_editor(tmp_path, engine)), VISUAL="")
    shown.send("/run")
    shown.see("The test runs in a sandbox")
    shown.see("test_what_comes_later_changes_nothing")
    shown.see(r"The test failed\.")
    shown.send("/edit")
    shown.see(r"(?:Ivo Tull|Malik Farrow)\s+\S+")
    shown.send("/run")
    shown.see(r"The test passed\.")
    assert "sandbox" not in shown.text.rpartition("/edit")[2]
    shown.send("/pause")
    assert shown.wait() == 0
    assert [event.passed for event in log() if event.type == "test_ran"] == [False, True]


@pytest.mark.parametrize(
    ("editor", "sentence"),
    [
        ("false", "the editor 'false' ended with code 1, so nothing was changed"),
        ("true", r"Nothing was changed\."),
    ],
)
def test_an_editor_that_does_nothing_is_a_sentence_and_the_session_goes_on(playing: Playing, log, editor: str, sentence: str) -> None:
    shown = playing(EDITOR=editor, VISUAL="")
    shown.send("/edit")
    shown.see(sentence)
    shown.send("/notes still here")
    shown.see(r"Noted\.")
    shown.send("/pause")
    assert shown.wait() == 0
    assert "Traceback" not in shown.text
    assert not [event for event in log() if isinstance(event, ArtifactChanged)]


def test_a_scene_without_a_file_says_so(terminal, parcels) -> None:
    shown = terminal("play", "parcels", "--fast", **parcels)
    shown.see("Press Enter when you are ready")
    shown.type("\r")
    for command in ("/run", "/edit"):
        shown.send(command)
        shown.see("there is no file to repair in this scene")
    shown.send("/pause")
    assert shown.wait() == 0


def _said(log: list[Event]) -> list[str]:
    return [event.text for event in log if isinstance(event, CandidateSaid)]


def _editor(folder: Path, engine: Engine) -> Path:
    """A script that puts the mended text into the file it is given."""
    mended, script = folder / "mended.py", folder / "editor"
    mended.write_text(engine.stage(SCENE).scenario.artifacts[0].fixed or "", encoding="utf-8")
    script.write_text(f'#!/bin/sh\ncp "{mended}" "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    return script
