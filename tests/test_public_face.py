"""What others build on: the names of the package, the command, and how little both load."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import pytest

import agent

NAMES = {
    "Engine",
    "GradeReport",
    "HotseatError",
    "Interview",
    "Library",
    "LogStore",
    "Models",
    "Persona",
    "Rubric",
    "Scenario",
    "State",
    "Transcript",
    "Turn",
    "Twist",
    "Verdict",
    "__version__",
    "agrade",
    "grade",
    "read_transcript",
}

HEAVY = {
    "alembic",
    "chromadb",
    "httpx2",
    "langsmith",
    "opentelemetry",
    "langchain_core",
    "langgraph",
    "litellm",
    "numpy",
    "onnxruntime",
    "openai",
    "sqlalchemy",
    "tokenizers",
}


def test_the_public_names_are_these() -> None:
    assert set(agent.__all__) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES - {"__version__"}))
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(agent, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Interviewer"):
        _ = agent.Interviewer


def test_the_version_is_the_distribution_s() -> None:
    assert agent.__version__ == importlib.metadata.version("hotseat")


def test_the_command_is_installed() -> None:
    (command,) = importlib.metadata.entry_points(group="console_scripts", name="hotseat")

    assert command.value == "agent.__main__:main"


@pytest.mark.parametrize("arguments", [["-c", "import agent"], ["-m", "agent", "--help"], ["-m", "agent", "--version"]], ids=" ".join)
def test_it_loads_no_heavy_sdk(arguments: list[str]) -> None:
    run = subprocess.run([sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True)

    assert run.returncode == 0, run.stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines() if line.startswith("import time:")}
    assert "agent" in loaded
    assert loaded & HEAVY == set()


def test_importing_says_and_makes_nothing(home: object) -> None:
    run = subprocess.run([sys.executable, "-W", "error", "-c", "import agent"], capture_output=True, text=True)

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
