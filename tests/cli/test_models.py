"""Models on the command line: which are used, a session spoken by one, what happens when it fails, recording and replay, what it cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.library import Library
from agent.library.library import shipped

SCENE = "fraud-trade-off"
ANSWERS = "What does it cost us to turn away an honest payment?\nI would set the threshold where the sum of both costs is smallest."
FIRST = "So the model says no and I answer the phone. Tell me how you see it, before I say more."
LINES = (FIRST, "That goes into my notes. And what would the people at the till hear from us?", "Then who tells them, and when?")

pytestmark = pytest.mark.usefixtures("warm")


@pytest.fixture
def script(tmp_path):
    """Writes a file of replies; `scripted:` and its path."""

    def written(*replies: dict[str, object]) -> str:
        file: Path = tmp_path / "replies.jsonl"
        file.write_text("\n".join(json.dumps(reply) for reply in replies), encoding="utf-8")
        return f"scripted:{file}"

    return written


def spoken(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith(("Joanna Weir: ", "Marek Doyle: "))]


def test_without_a_model_the_first_screen_says_so(hotseat) -> None:
    done = hotseat("play", SCENE, "--plain", stdin="/leave\n")
    assert "Voice, observer and judge are embedded (HOTSEAT_MODEL); nothing leaves this machine." in done.out


def test_a_scene_is_spoken_by_the_model_that_is_named(hotseat, script, log) -> None:
    voice = script(*({"role": "voice", "text": line} for line in LINES), {"text": "Go on.", "repeat": True})
    done = hotseat("play", SCENE, "--plain", "--voice", voice, "--seed", 1, stdin=f"{ANSWERS}\n/leave\n")

    assert done.code == 0, done.err
    assert f"Voice: {voice} (--voice)." in done.out
    assert f"Joanna Weir: {FIRST}" in done.out
    calls = [event for event in log() if event.type == "model_called"]
    assert calls[0].outcome == "used"
    assert all(call.replayed and call.cost == 0 for call in calls)
    assert "\nModels\nVoice scripted/" in done.out


def test_a_model_that_fails_ends_no_scene_and_the_report_says_so(hotseat, script, log) -> None:
    voice = script({"failure": {"kind": "auth", "message": "the key is wrong"}, "repeat": True})
    done = hotseat("play", SCENE, "--plain", "--voice", voice, stdin=f"{ANSWERS}\n/leave\n")

    assert done.code == 0, done.err
    assert len(spoken(done.out)) >= 3
    failed = [event for event in log() if event.type == "model_failed"]
    assert {(event.role, event.instead) for event in failed} == {("voice", "embedded")}
    assert "The embedded parts took over" in done.out
    assert "- auth, " in done.out
    assert "such as: the key is wrong" in done.out


def test_what_was_recorded_is_played_again_to_the_letter(hotseat, script, tmp_path) -> None:
    voice = script(*({"role": "voice", "text": line} for line in LINES), {"text": "Go on.", "repeat": True})
    tape = tmp_path / "tape"
    live = hotseat("play", SCENE, "--plain", "--no-grade", "--voice", voice, "--seed", 3, "--record", tape, stdin=ANSWERS)
    again = hotseat("play", SCENE, "--plain", "--no-grade", "--voice", f"cassette:{tape}", "--seed", 3, stdin=ANSWERS)

    assert (live.code, again.code) == (0, 0), again.err
    assert spoken(again.out) == spoken(live.out)
    assert FIRST in again.out


def test_a_call_that_was_never_recorded_falls_back_and_says_what_differs(hotseat, script, log, tmp_path) -> None:
    voice, tape = script({"text": FIRST, "repeat": True}), tmp_path / "tape"
    hotseat("play", SCENE, "--plain", "--no-grade", "--voice", voice, "--seed", 3, "--record", tape, stdin="Yes.")
    done = hotseat("play", SCENE, "--plain", "--no-grade", "--voice", f"cassette:{tape}", "--seed", 3, stdin="No.")

    assert done.code == 0
    (reason,) = {event.reason for event in log() if event.type == "model_failed"}
    assert reason.startswith("not_recorded")


def grades(level: int) -> dict[str, object]:
    """What a model answers to every question: trade-offs at that level, the rest not observed."""
    quote = "I would set the threshold where the sum of both costs is smallest."
    evidence = {"turn": 2, "quote": quote, "indicator": "ties-choice-to-need", "supports": True}
    unseen: dict[str, object] = {
        "evidence": [],
        "missing": [],
        "reasoning": "Nothing.",
        "state": "not_observed",
        "level": None,
        "confidence": None,
    }
    seen = {**unseen, "evidence": [evidence], "reasoning": "A rule.", "state": "scored", "level": level, "confidence": 0.7}
    ids = [each.id for each in Library((shipped(),)).rubric("core").competencies]
    listed = [{"competency": name, **(seen if name == "trade_off_thinking" else unseen)} for name in ids]
    return {"role": "judge", "object": {"grades": listed}, "usage": {"input_tokens": 1000, "output_tokens": 200}}


@pytest.fixture
def talk(tmp_path):
    """A file with a talk."""
    file: Path = tmp_path / "talk.txt"
    question, answer = ANSWERS.splitlines()
    file.write_text(f"Ann: {question}\nBo: {answer}\n", encoding="utf-8")
    return file


def test_a_judge_is_a_model_too_and_says_what_it_took(hotseat, script, talk) -> None:
    judge = script({**grades(3), "repeat": True})
    report = json.loads(hotseat("grade", talk, "--candidate", "Bo", "--json", "--judge", judge).out)

    assert report["judge"]["id"].startswith("model:scripted/")
    assert report["verdicts"]["trade_off_thinking"]["level"] == 3
    assert len(report["context"]["calls"]) == 4
    assert report["context"]["graded"].endswith(": 4 calls, 4,800 tokens, replayed at no cost.")


def test_a_judge_asked_several_times_shows_its_levels(hotseat, script, talk) -> None:
    judge = script(*(grades(level) for level in (3, 3, 3, 3, 4)), {**grades(4), "repeat": True})
    done = hotseat("grade", talk, "--candidate", "Bo", "--plain", "--judge", judge, "--repeats", 3)

    assert done.code == 0, done.err
    assert "Levels 3, 4, 4." in done.out or "Levels 3, 3, 4." in done.out
    assert done.out.rstrip().endswith(": 12 calls, 14,400 tokens, replayed at no cost.")


def test_settings_say_how_often_a_judge_is_asked(hotseat, script, talk, tmp_path) -> None:
    (tmp_path / "settings.toml").write_text("[judging]\nrepeats = 2\n", encoding="utf-8")
    asked = ("grade", talk, "--candidate", "Bo", "--json")
    judge = script({**grades(3), "repeat": True})
    report = json.loads(hotseat(*asked, "--judge", judge, HOTSEAT_HOME=str(tmp_path)).out)
    assert report["judge"]["parameters"]["repeats"] == 2
    assert hotseat(*asked, HOTSEAT_HOME=str(tmp_path)).code == 0


def test_a_panel_shows_who_said_what(hotseat, tmp_path, talk) -> None:
    for level in (2, 3, 5):
        (tmp_path / f"judge{level}.jsonl").write_text(json.dumps({**grades(level), "repeat": True}), encoding="utf-8")
    panel = ",".join(f"scripted:{tmp_path}/judge{level}.jsonl" for level in (2, 3, 5))
    done = hotseat("grade", talk, "--candidate", "Bo", "--plain", "--panel", panel)

    assert done.code == 0, done.err
    assert "Trade-off thinking: level 3 of 5, score 3.0" in done.out
    assert [line for line in done.out.splitlines() if line.endswith((": level 2.", ": level 3.", ": level 5."))]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--judge", "openai/a", "--panel", "openai/a,openai/b"), "give one of the two"),
        (("--panel", "openai/a"), "two or more different models"),
        (("--panel", "openai/a,openai/a"), "two or more different models"),
        (("--panel", "openai/a,embedded"), "embedded is none"),
        (("--repeats", "3"), "name one with --judge"),
        (("--examples", "2"), "name one with --judge"),
    ],
)
def test_what_cannot_be_asked_of_a_judge_is_told_in_a_sentence(hotseat, talk, options, told: str) -> None:
    done = hotseat("grade", talk, "--candidate", "Bo", *options)
    assert done.code == 2
    assert told in done.err


def test_models_says_what_is_used_and_why(hotseat, script) -> None:
    voice = script({"text": "ready", "repeat": True})
    done = hotseat("models", "--plain", "--check", "--voice", voice)

    assert done.code == 0, done.err
    assert f"voice: {voice} (--voice)" in done.out
    assert "judge: embedded (HOTSEAT_MODEL)" in done.out
    assert "OPENAI_API_KEY: not set" in done.out
    assert "answered 'ready'" in done.out


def test_models_check_fails_with_the_sentence_of_the_failure(hotseat, script) -> None:
    done = hotseat("models", "--plain", "--check", "--voice", script({"failure": {"kind": "quota", "message": "the account is empty"}}))
    assert done.code == 1
    assert "voice: the account is empty" in done.out


@pytest.mark.parametrize("model", ["gpt-5", "scripted:nowhere.yaml", "cassette:nowhere", "openai/x@http://"])
def test_a_model_that_cannot_be_used_is_told_before_the_scene(hotseat, model: str) -> None:
    done = hotseat("play", SCENE, "--plain", "--voice", model, stdin="Hello.")
    assert done.code == 2
    assert done.err
    assert "Traceback" not in done.err


def test_usage_adds_up_over_sessions(hotseat, script) -> None:
    assert "No model has been asked" in hotseat("usage", "--plain").out
    voice = script({"text": FIRST, "usage": {"input_tokens": 100, "output_tokens": 5}})
    for _ in range(2):
        hotseat("play", SCENE, "--plain", "--no-grade", "--voice", voice, stdin="/leave\n")
    (use,) = json.loads(hotseat("usage", "--json").out)
    assert (use["role"], use["calls"], use["input_tokens"], use["output_tokens"]) == ("voice", 2, 200, 10)


def test_a_line_is_seen_once_where_it_grows(terminal, script) -> None:
    voice = script({"role": "voice", "text": FIRST}, {"text": "Go on.", "repeat": True})
    shown = terminal("play", SCENE, "--seed", 1, "--fast", "--voice", voice)
    shown.see("Press Enter when you are ready")
    shown.type("\r")
    shown.send("/leave")
    shown.see("End the scene")
    shown.type("y\r")
    assert shown.wait() == 0
    assert "Joanna Weir: So the model says no" in shown.text
    assert shown.text.count("  So the model says no") == 1
