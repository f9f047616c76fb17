"""Rating by hand, from a pipe: what is asked, what is kept, and what the rater does not get to know."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import HotseatError
from agent.library.library import shipped

GOLDENS = shipped() / "evals/goldens"
WHO = ["p", "six years"]
TALK = "Dana: What did you see?\nCandidate: We saw the gap in the labels on Monday.\n"
BOTH = ["--competency", "resilience", "--competency", "storytelling"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three talks, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talks").mkdir()
    for name in ("weak-talk", "middling-talk", "strong-talk"):
        (tmp_path / "talks" / f"{name}.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


def run(*arguments: object, typed: list[str] | None = None) -> Result:
    return CliRunner().invoke(app, ["evals", *map(str, arguments)], input="".join(f"{line}\n" for line in typed or []))


def label(*typed: str, rater: str = "anna", options: tuple[object, ...] = (), items: object = "talks") -> Result:
    done = run("label", items, "--rater", rater, *BOTH, *options, typed=list(typed))
    assert done.exit_code == 0, done.output + str(done.exception)
    return done


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def refused(*arguments: object, typed: list[str] | None = None) -> str:
    done = run("label", *arguments, typed=typed)
    assert isinstance(done.exception, HotseatError), done.output
    return str(done.exception)


def test_answers_become_lines_and_the_summary_adds_up(folder: Path) -> None:
    told = label(*WHO, "4", "the gap in the labels", "", "n", "s", "2", "", "on Monday", "q").output
    written = lines(folder / "runs/ratings/anna.jsonl")
    assert [(one["competency"], one["value"], one.get("best"), one.get("worst")) for one in written] == [
        ("storytelling", 4, "the gap in the labels", None),
        ("resilience", None, None, None),
        ("resilience", 2, None, "on Monday"),
    ]
    assert "3 items: 1 rated to the end, 2 not." in told
    assert "6 questions: 2 with a level, 1 not observed, 1 skipped, 2 not answered yet." in told
    assert "Item 2 of 3 · 1 of 2 · Storytelling" in told


def test_a_started_file_goes_on_and_asks_nothing_twice(folder: Path) -> None:
    label(*WHO, "n", "n", "n")
    told = label("n", "n", "n").output
    assert "Who rates" not in told
    assert "Going on: 3 of 6 are answered already." in told
    written = lines(folder / "runs/ratings/anna.jsonl")
    assert len({(one["item"], one["competency"]) for one in written}) == len(written) == 6
    assert "3 items: 3 rated to the end, 0 not." in told
    assert "Item " not in label().output.replace("Items", "")


def test_a_torn_last_line_is_cut_and_its_question_asked_again(folder: Path) -> None:
    label(*WHO, "n", "n")
    file = folder / "runs/ratings/anna.jsonl"
    file.write_bytes(file.read_bytes()[:-9])
    told = " ".join(label("n").output.split())
    assert "was torn off by a crash and has been cut" in told
    assert len(lines(file)) == 2


def test_anchors_and_definition_are_shown_on_demand_and_the_talk_again(folder: Path) -> None:
    told = label(*WHO, "?", "t", "x", "b", "q").output
    assert "5  Short context, own task, specific action, a measured result" in told
    assert "n  No answer tells a past event" in told
    assert told.count("What did you see?") == 2
    assert "That is none of the keys" in told
    assert "nothing here that could be taken back" in told


def test_what_the_candidate_did_not_say_is_told_and_asked_again(folder: Path) -> None:
    told = label(*WHO, "4", "What did you see", "the gap in the labels", "").output
    assert "The candidate did not say that" in told
    assert lines(folder / "runs/ratings/anna.jsonl")[0]["best"] == "the gap in the labels"


def test_it_is_kept_who_rated(folder: Path) -> None:
    label("nobody", "m", "a model of ours", "n")
    about = json.loads((folder / "runs/ratings/anna.jsonl.about.json").read_text(encoding="utf-8"))
    assert (about["kind"], about["background"], about["rubric"]["version"]) == ("model", "a model of ours", "1.1.0")
    assert sorted(about["items"]) == ["middling-talk", "strong-talk", "weak-talk"]
    assert "human" not in json.dumps(about)


def test_nothing_tells_whose_talk_it_is_or_what_others_said(folder: Path) -> None:
    goldens = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted((GOLDENS / "dev").glob("*.yaml"))]
    told = label(*WHO, *(["4", "", ""] * len(goldens) * 2), items=GOLDENS / "dev").output
    assert f"{len(goldens)} items: {len(goldens)} rated to the end, 0 not." in told
    spoken = json.dumps([golden["turns"] for golden in goldens])
    secrets = {golden[field] for golden in goldens for field in ("id", "family", "profile", "title")}
    assert [secret for secret in secrets if secret in told and secret not in spoken] == []
    assert "model-1" not in told
    assert "goldens" not in told
    second = label(*WHO, "q", rater="bo", items=GOLDENS / "dev").output
    assert "anna" not in second


def test_the_order_differs_by_rater_and_stays_for_each(folder: Path) -> None:
    def order(rater: str, out: str) -> list[str]:
        label(*WHO, *["n"] * 48, rater=rater, items=GOLDENS / "dev", options=("--out", out))
        return list(dict.fromkeys(one["item"] for one in lines(folder / out)))

    assert order("anna", "1.jsonl") == order("anna", "2.jsonl") != order("bo", "3.jsonl")


def test_a_session_can_be_rated_too(folder: Path, played: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTSEAT_HOME", str(played.home))
    told = label(*WHO, "3", "", "", items="last").output
    assert "What the candidate was told: " in told
    assert len(lines(folder / "runs/ratings/anna.jsonl")) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("talks", "--rater", "../anna"), "cannot name a rater"),
        (("talks", "--rater", "anna", "--competency", "resiliense"), "did you mean 'resilience'"),
        (("talks", "--rater", "anna", "--rubric", "nosuch"), "there is no rubric"),
        (("talks/none.txt", "--rater", "anna"), "there is no file"),
        (("runs/", "--rater", "anna"), "there is no file|nothing to rate"),
    ],
)
def test_what_cannot_be_done_is_told(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    assert re.search(told, refused(*arguments))
    assert not (folder / "runs").exists()


def test_input_that_ends_before_it_is_said_who_rates_rates_nothing(folder: Path) -> None:
    assert "nothing was rated" in refused("talks", "--rater", "anna")
    assert not (folder / "runs/ratings/anna.jsonl.about.json").exists()


def test_another_rubric_on_a_started_file_is_refused(folder: Path) -> None:
    label(*WHO, "n")
    assert "go on with --rubric core@1.1.0" in refused("talks", "--rater", "anna", "--rubric", "core@1.0.0")


def test_labels_shows_who_rated_and_how_they_agree(folder: Path) -> None:
    label(*WHO, *["4", "", ""] * 6)
    label("m", "", *["4", "", "", "n"] * 3, rater="bot", options=("--seed", 3))
    told = run("labels", *sorted((folder / "runs/ratings").glob("*.jsonl"))).output
    rows = [line.split() for line in told.splitlines()]
    assert ["anna", "person", "3", "2", "6", "6", "0"] in rows
    assert ["bot", "model", "3", "2", "6", "3", "3"] in rows
    assert ["anna,", "bot", "6", "50%", "3", "100%", "100%", "–"] in rows


def test_labels_of_one_rater_have_no_agreement(folder: Path) -> None:
    label(*WHO, "n")
    assert "No two raters have rated the same thing" in run("labels", folder / "runs/ratings/anna.jsonl").output


def test_the_commands_are_listed() -> None:
    assert {"label", "labels"} <= set(run("--help").output.split())


def test_pipes_have_no_escapes(folder: Path, hotseat: Callable[..., Any]) -> None:
    done = hotseat("evals", "label", "talks", "--rater", "anna", *BOTH, stdin="p\n\n4\n\n\n?\nq\n")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert done.err == ""
