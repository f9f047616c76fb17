"""The guides to a library: their examples form one library that is right and can be played, and their commands do what they say."""

from __future__ import annotations

import asyncio
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli.app import app
from agent.engine import Engine
from agent.hearing import Hearing
from agent.library import Library
from agent.library.lint import lint
from agent.memory.embedder import LazyEmbedder
from agent.session import Interview
from agent.settings import Settings
from agent.simulation.answering import player_of
from agent.simulation.checks import Findings, check
from agent.simulation.clock import SimulatedClock
from agent.simulation.play import play

GUIDES = sorted((Path(__file__).parents[1] / "docs" / "guides").glob("write-a-*.md"))
FOLDERS = {"persona": "cast", "scenario": "scenarios", "twist": "twists"}
CANDIDATES = ("agreeable", "hostile", "injector", "middling", "rambler", "silent", "strong", "weak")

_YAML = re.compile(
    r"^```yaml\n(# yaml-language-server: \$schema=\.\./(\w+)\.schema\.json\nslug: (\S+)\n.*?)^```$", re.MULTILINE | re.DOTALL
)
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The library that the three examples make."""
    root = tmp_path / "my-library"
    for guide in GUIDES:
        for text, kind, slug in _YAML.findall(guide.read_text(encoding="utf-8")):
            path = root / "personas" / FOLDERS[kind] / f"{slug}.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def library(root: Path) -> Library:
    return Library.default(root, Settings.from_environment())


def test_each_guide_has_one_complete_example() -> None:
    kinds = [kind for guide in GUIDES for _, kind, _ in _YAML.findall(guide.read_text(encoding="utf-8"))]
    assert (
        [guide.stem for guide in GUIDES]
        == [f"write-a-{kind}" for kind in kinds]
        == ["write-a-persona", "write-a-scenario", "write-a-twist"]
    )


def test_the_examples_are_right_and_heard(root: Path, library: Library) -> None:
    hearing = Hearing(LazyEmbedder(), Settings.from_environment().cache_dir)
    found = lint(library, [root], hearing)
    assert [str(problem) for problem in found if "runs dry" not in problem.message] == []


def simulated(library: Library, candidate: str, seed: int) -> Findings:
    clock = SimulatedClock()
    interview = Interview("night-flags", seed=seed, engine=Engine(library=library, clock=clock))
    simulant = library.candidate(candidate)
    asyncio.run(play(interview, player_of(simulant, seed), clock, words_per_minute=simulant.words_per_minute))
    return check(interview.events, interview.scene, interview.stage)


@pytest.mark.parametrize("candidate", CANDIDATES)
def test_the_scene_is_played_to_the_end(library: Library, candidate: str) -> None:
    findings = simulated(library, candidate, seed=3)
    assert findings.problems == []
    assert findings.ended in ("arc_finished", "turn_limit", "time_up")


def test_what_the_guides_say_comes_of_it(library: Library) -> None:
    strong, weak, agreeable = (simulated(library, candidate, seed=1) for candidate in ("strong", "weak", "agreeable"))
    assert strong.twists == {"second-hospital": "answered"}
    assert weak.twists == {"second-hospital": "missed"}
    assert "moved" not in agreeable.positions.values()


def test_the_position_moves_when_its_condition_is_met_and_the_fact_comes_when_asked(library: Library) -> None:
    interview = Interview("night-flags", seed=1, engine=Engine(library=library, clock=SimulatedClock()))
    interview.start()

    told = interview.say("How often do you click the warnings away?")
    moved = interview.say("We start on one ward only, and you can switch it back on yourself at any time of the night.")

    assert "nineteen of twenty" in " ".join(line.text for line in told).lower()
    assert {line.text for line in moved} & {*library.persona("night-pharmacist").positions[0].moved}


def commands(guide: Path, heading: str) -> list[list[str]]:
    section = guide.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [shlex.split(line)[1:] for block in _SHELL.findall(section) for line in block.splitlines() if line.startswith("hotseat ")]


def run(command: list[str], answers: Path) -> None:
    """Runs a command of a guide; a scene is played from a file, where a reader types."""
    typed = ["--answers", str(answers), "--plain", "--no-grade", "--calm"] if command[0] == "play" else []
    result = CliRunner().invoke(app, [*command, *typed])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("heading", ["Start", "Test it"])
@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_the_commands_run(guide: Path, heading: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = root.parent / "answers.txt"
    answers.write_text("How many of the warnings do you click away?\nWe try it on one ward, with a way back.\n", encoding="utf-8")
    start = root.parent / "empty"
    start.mkdir()
    monkeypatch.chdir(start if heading == "Start" else root.parent)

    found = commands(guide, heading)

    assert found
    for command in found:
        run(command, answers)
