"""`hotseat play` with answers from a file or a pipe: the whole way, slash commands, bad answers, and what it looks like."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from agent.events import Event

SCENE = "fraud-trade-off"
ANSWER = "I would first ask what both errors cost, and then set the threshold where the sum is smallest."
QUESTION = "What does it cost us to turn away an honest payment?"
ESCAPE = "\x1b"
DRAWN = re.compile("[\u2500-\u25ff\u2800-\u28ff]")
COLOURED = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")

pytestmark = pytest.mark.usefixtures("warm")


@pytest.fixture
def answers(tmp_path):
    """Writes a file of answers."""

    def written(*texts: str) -> Path:
        file: Path = tmp_path / "answers.txt"
        file.write_bytes("\n---\n".join(texts).encode("utf-8", "surrogatepass"))
        return file

    return written


def said(events: list[Event]) -> list[str]:
    return [event.text for event in events if event.type == "candidate_said"]


def kinds(events: list[Event]) -> list[str]:
    return [event.type for event in events]


# --- the whole way --------------------------------------------------------------------------------


def test_it_goes_from_the_brief_to_the_end_of_the_scene_and_a_report(played):
    out = played.done.out

    assert played.done.code == 0
    assert played.done.err == ""
    parts = [
        "The situation:",
        "Your goal:",
        "In the room:",
        "What is graded:",
        "seed 8",
        "Joanna Weir: ",
        "You: ",
        "Report: ",
        "Next steps",
    ]
    places = [out.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "Paused" not in out


def test_every_quote_of_the_report_was_said_in_the_turn_it_names(played, hotseat):
    exported = json.loads(hotseat("export", "--format", "json", HOTSEAT_HOME=str(played.home)).out)
    turns = {turn["number"]: turn for turn in exported["transcript"]["turns"]}
    evidence = [one for verdict in exported["report"]["verdicts"].values() for one in verdict["evidence"]]

    assert evidence
    assert all(turns[one["turn"]]["role"] == "candidate" and one["quote"] in turns[one["turn"]]["text"] for one in evidence)


def test_the_report_tells_the_twist_before_and_after(played):
    assert re.search(r"Twist in turn \d+: .+\n.+\nBefore, turn \d+: \".+\"\nAfter, turn \d+: \".+\"", played.done.out)


def test_the_same_seed_and_answers_give_the_same_talk(answers, hotseat):
    file = answers(QUESTION, ANSWER, "/leave")
    first, second = (hotseat("play", SCENE, "--answers", file, "--seed", 5, "--plain", "--no-grade") for _ in range(2))

    assert first.code == 0
    talks = [[line for line in done.out.splitlines() if not line.startswith("Session ")] for done in (first, second)]
    assert talks[0] == talks[1]


def test_answers_come_through_a_pipe_one_a_line(hotseat, log):
    done = hotseat("play", SCENE, "--plain", "--no-grade", stdin=f"{QUESTION}\n\n{ANSWER}\r\n/leave\n")

    assert done.code == 0
    assert said(log()) == [QUESTION, ANSWER]


def test_when_the_answers_run_out_it_is_paused_graded_and_goes_on_later(answers, hotseat, log):
    done = hotseat("play", SCENE, "--answers", answers(QUESTION), "--plain")
    session = log()[0].session

    assert done.code == 0
    assert f"Paused; everything is saved. Go on with: hotseat resume {session}" in done.out
    assert "Report: " in done.out

    resumed = hotseat("resume", "last", "--answers", "-", "--plain", stdin=f"{ANSWER}\n/leave\n")
    assert resumed.code == 0
    assert f"Session {session}" in resumed.out
    assert f"Candidate: {QUESTION}" in resumed.out
    assert said(log()) == [QUESTION, ANSWER]
    assert kinds(log()).count("graded") == 2
    assert log()[-2].type == "ended"


def test_without_a_single_answer_there_is_nothing_to_grade_and_the_session_waits(hotseat, log):
    done = hotseat("play", SCENE, "--plain")

    assert done.code == 0
    assert "Nothing was said, so there is nothing to grade." in done.out
    assert "graded" not in kinds(log())
    assert "ended" not in kinds(log())


# --- slash commands -------------------------------------------------------------------------------


def test_slash_commands_work_among_answers(answers, hotseat, log):
    file = answers("/retry", "/notes ask finance", QUESTION, "/hint", "/retry", ANSWER, "/notes", "/teleport", "/leave", "never said")
    out = hotseat("play", SCENE, "--answers", file, "--seed", 3, "--plain", "--no-grade").out

    assert "there is no answer to take back yet" in out
    assert "Hint: " in out
    assert f"Taken back: {QUESTION}" in out
    assert "- Your note: ask finance" in out
    assert "There is no /teleport. /help lists what there is." in out
    assert said(log()) == [QUESTION, ANSWER]
    assert log()[-1].type == "ended"
    assert log()[-1].reason == "left"


def test_an_answer_taken_back_is_not_graded(answers, hotseat):
    file = answers(QUESTION, "/retry", ANSWER, "/leave")
    hotseat("play", SCENE, "--answers", file, "--seed", 3, "--plain", "--no-grade")
    told = hotseat("replay", "--plain").out

    assert ANSWER in told
    assert QUESTION not in told


def test_an_assessed_session_pins_rubric_and_seed_and_refuses_help(answers, hotseat, log):
    done = hotseat("play", SCENE, "--assessed", "--answers", answers(QUESTION, "/hint", "/retry", "/leave"), "--plain", "--no-grade")
    start = log()[0]

    assert re.search(
        rf"Assessed: rubric core@\S+ \(sha256 [0-9a-f]{{12}}…\) and seed {start.seed} are pinned; no hints, no retries", done.out
    )
    assert "there are no hints; they belong to practice mode" in done.out
    assert "there are no retries; they belong to practice mode" in done.out
    assert start.mode == "assessed"
    assert {"hint_given", "retracted"}.isdisjoint(kinds(log()))


# --- bad answers ----------------------------------------------------------------------------------


def test_answers_that_cannot_be_taken_are_refused_one_by_one_and_the_session_goes_on(answers, hotseat, log):
    nasty = f"{ESCAPE}[31mred{ESCAPE}[0m {ESCAPE}]0;title\x07\x00\x08ri\u200bght\u202e \ufefflater\x7f"
    file = answers("\u200b\u2060", "x" * 200_000, nasty, f"/fly{ESCAPE}[2J", " \t\n ", ANSWER, "/leave")
    done = hotseat("play", SCENE, "--answers", file, "--plain", "--no-grade")

    assert done.code == 0
    assert "that answer is empty; say something, or ask a question" in done.out
    assert "that answer has 200,000 characters; at most 20,000 are taken. Shorten it and send it again" in done.out
    assert "x" * 100 not in done.out
    assert said(log()) == ["red right later", ANSWER]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u200b\u202e]", done.out)


def test_a_missing_scenario_names_the_near_ones_and_the_places(hotseat, answers):
    done = hotseat("play", "fraud-trade-of", "--answers", answers(ANSWER))

    assert (done.code, done.out) == (2, "")
    assert "there is no scenario 'fraud-trade-of'; did you mean 'fraud-trade-off'?" in done.err
    assert "looked in " in done.err


def test_without_a_scenario_and_a_terminal_it_asks_for_one(hotseat):
    done = hotseat("play")

    assert (done.code, done.out) == (2, "")
    assert re.fullmatch(r"hotseat: name a scenario: hotseat play \{\S*fraud-trade-off\S*\}\n", done.err)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"MZ\x90\x00\xff\xfe", r"is not UTF-8 \(byte 2\); save it as UTF-8"),
        ("caf\ud800".encode("utf-8", "surrogatepass"), r"is not UTF-8 \(byte 3\)"),
        (b"word " * 2_000_000, "has more than 5,000,000 bytes; that is no list of answers"),
        (None, "cannot read answers from .*: No such file or directory; check the path"),
    ],
    ids=["binary", "lone surrogate", "10 MB", "missing"],
)
def test_a_file_that_holds_no_answers_is_refused_before_anything_starts(content, told, hotseat, tmp_path):
    file = tmp_path / "answers.txt"
    if content is not None:
        file.write_bytes(content)
    done = hotseat("play", SCENE, "--answers", file, "--plain")

    assert (done.code, done.out) == (2, "")
    assert re.search(told, done.err)
    assert hotseat("sessions").out == "No sessions yet. Play one: hotseat play\n"


@pytest.mark.parametrize(("file", "told"), [("/dev/zero", "more than 5,000,000 bytes"), ("/", "Is a directory")])
def test_answers_from_what_is_no_file_are_refused(file, told, hotseat):
    done = hotseat("play", SCENE, "--answers", file)

    assert (done.code, done.out) == (2, "")
    assert told in done.err


# --- what it looks like ---------------------------------------------------------------------------


def test_plain_has_no_escapes_and_nothing_drawn_even_where_colour_is_forced(answers, hotseat):
    out = hotseat("play", SCENE, "--answers", answers(ANSWER, "/leave"), "--plain", FORCE_COLOR="1", COLUMNS="40").out

    assert "Report: " in out
    assert ESCAPE not in out
    assert not DRAWN.search(out)
    assert f"You: {ANSWER}\n" in out


def test_no_color_has_no_colour_even_where_it_is_forced(played, hotseat):
    shown = [hotseat("replay", HOTSEAT_HOME=str(played.home), FORCE_COLOR="1", **more).out for more in ({}, {"NO_COLOR": "1"})]

    assert [bool(COLOURED.search(out)) for out in shown] == [True, False]
    assert ESCAPE not in hotseat("replay", HOTSEAT_HOME=str(played.home), NO_COLOR="1").out


def test_a_narrow_terminal_gets_narrow_lines(answers, hotseat):
    out = hotseat("play", SCENE, "--answers", answers(ANSWER, "/leave"), COLUMNS="40").out

    assert "Next steps" in out
    assert [line for line in out.splitlines() if cell_len(line) > 40] == []


def test_a_copied_home_is_a_whole_home(played, hotseat, tmp_path):
    shutil.copytree(played.home, tmp_path / "copy")
    replays = [hotseat("replay", "--plain", HOTSEAT_HOME=str(home)).out for home in (played.home, tmp_path / "copy")]

    assert replays[0] == replays[1] != ""
