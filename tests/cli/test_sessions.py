"""What is kept of a session: lists, replays, exports, imports, deletion."""

from __future__ import annotations

import json

import pytest

from agent.report import as_json
from agent.store import LogStore

ANSWERS = "What does a false decline cost us?\nI would test a lower setting on 5% of the traffic for two weeks first.\n/leave"

pytestmark = pytest.mark.usefixtures("warm")


@pytest.fixture
def session(hotseat, home) -> str:
    """The id of a session that was played and graded."""
    assert hotseat("play", "fraud-trade-off", "--seed", 3, "--plain", stdin=ANSWERS).code == 0
    return str(json.loads(hotseat("sessions", "--json").out)[0]["id"])


@pytest.fixture
def log(home):
    def read(session: str):
        with LogStore.open(home / "hotseat/sessions.db") as store:
            return store.read(session)

    return read


def test_the_list_names_the_session(hotseat, session) -> None:
    assert session in hotseat("sessions").out
    assert "2 answers, left" in hotseat("sessions").out


def test_without_a_session_the_list_says_what_to_do(hotseat) -> None:
    assert "hotseat play" in hotseat("sessions").out


def test_a_replay_shows_what_was_and_grades_nothing(hotseat, session, log) -> None:
    before = log(session)
    replayed = hotseat("replay", session[:4], "--plain")
    assert replayed.code == 0
    assert "What does a false decline cost us?" in replayed.out
    assert "Next steps" in replayed.out
    assert log(session) == before


@pytest.mark.parametrize(("form", "sign"), [("md", "# "), ("json", '"transcript"'), ("jsonl", "session-log"), ("html", "<!doctype html>")])
def test_every_export_has_the_talk(hotseat, session, tmp_path, form, sign) -> None:
    file = tmp_path / f"out.{form}"
    assert hotseat("export", session, "--format", form, "--out", file).code == 0
    text = file.read_text(encoding="utf-8")
    assert sign.lower() in text.lower()
    assert "false decline cost" in text


def test_an_export_comes_back_as_it_was(hotseat, session, log, tmp_path) -> None:
    before = log(session)
    file = tmp_path / "kept.jsonl"
    hotseat("export", session, "--format", "jsonl", "-o", file)
    assert hotseat("delete", session, "--yes").code == 0
    assert hotseat("import", file).code == 0
    assert log(session) == before


def test_a_deleted_session_is_gone(hotseat, session) -> None:
    hotseat("delete", session, "--yes")
    gone = hotseat("replay", session)
    assert gone.code == 2
    assert session in gone.err


def test_deleting_asks_first(hotseat, session) -> None:
    assert "Kept" in hotseat("delete", session, stdin="n\n").out
    assert session in hotseat("sessions").out


def test_grading_an_export_gives_the_grades_of_the_session(hotseat, session, tmp_path) -> None:
    file = tmp_path / "kept.json"
    hotseat("export", session, "--format", "json", "-o", file)
    of_session, of_file = (json.loads(hotseat("grade", source, "--json").out) for source in (session, file))
    assert as_json(of_session["verdicts"]) == as_json(of_file["verdicts"])
