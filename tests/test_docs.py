"""The documentation: generated pages are current, links lead somewhere, commands exist, and the scene shown is the scene played."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from itertools import takewhile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from agent.cli.app import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXTS = [README, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

EXAMPLES = [ROOT / "examples/ci/github-actions.yml", ROOT / ".pre-commit-hooks.yaml"]
AWAITED = ("evals compare", "evals diff-rubric")
"""Commands that pages name before they are there; where they are, their options have to be too."""

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"`(?:[^`\n]*/)?hotseat ([a-z][^`\n]*)`")
_SHELL_LINE = re.compile(r"^\$? ?(?:\S*/)?hotseat ([a-z].*)$", re.MULTILINE)
_RUN = re.compile(r"^\s*(?:- )?(?:run|entry): hotseat (.+)$", re.MULTILINE)
_OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = spec_from_file_location("generate_docs", ROOT / "scripts" / "generate_docs.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_generated_is_current(generator: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert generator.main(["--check"]) == 0, capsys.readouterr().out


def test_the_check_notices_a_page_that_was_changed_and_writes_nothing(generator: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "docs/generated/cli.md"
    assert generator.main(["--root", str(tmp_path)]) == 0
    page.write_text("old", encoding="utf-8")

    assert generator.main(["--root", str(tmp_path), "--check"]) == 1
    assert page.read_text(encoding="utf-8") == "old"
    assert generator.main(["--root", str(tmp_path)]) == 0
    assert generator.main(["--root", str(tmp_path), "--check"]) == 0


def test_the_help_does_not_depend_on_the_terminal(generator: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = generator.cli_page()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERMINAL_WIDTH", "40")

    assert generator.cli_page() == wide


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(text: Path) -> None:
    assert [target for target in _relative_links(text) if not _is_there(text, target)] == []


@pytest.mark.parametrize(
    "text", [README, *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/guides").glob("*.md"))], ids=lambda path: path.name
)
def test_every_command_and_option_named_is_there(text: Path) -> None:
    assert [line for line in _commands(text) if not _exists(line) and not _is_awaited(line)] == []


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda path: path.name)
def test_every_command_of_an_example_is_there(text: Path) -> None:
    commands = _RUN.findall(text.read_text(encoding="utf-8"))

    assert commands
    assert [line for line in commands if not _exists(line)] == []


def test_the_suites_and_scenes_of_the_examples_are_there() -> None:
    commands = [line.split() for text in EXAMPLES for line in _RUN.findall(text.read_text(encoding="utf-8"))]
    suites = {words[2] for words in commands if words[:2] == ["evals", "run"]}
    scenes = {word for words in commands if words[:2] == ["evals", "scenes"] for word in takewhile(lambda one: one[0] != "-", words[2:])}

    assert [name for name in suites if not (ROOT / "evals/suites" / f"{name}.yaml").is_file()] == []
    assert [name for name in scenes if not (ROOT / "personas/scenarios" / f"{name}.yaml").is_file()] == []
    assert suites
    assert scenes


def test_the_readme_names_every_command() -> None:
    named = {line.split()[0] for line in _commands(README)}

    assert named == set(_commands_of(typer.main.get_command(app)))


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 150


def test_the_exchange_in_the_readme_is_what_is_printed() -> None:
    command = next(line for line in _commands(README) if "--answers" in line)
    printed = CliRunner().invoke(app, [str(ROOT / part) if "/" in part else part for part in command.split()])
    lines = iter(printed.output.splitlines())

    assert printed.exit_code == 0
    assert [shown for shown in _exchange() if shown not in lines] == [], "play it again and cut anew"


def test_the_graph_runs_as_langgraph_s_server_runs_it() -> None:
    """The server hands `configurable` over as the run's context too."""
    from agent.serving import make_graph

    config: Any = {"configurable": {"scenario": "fraud-trade-off"}}
    state = asyncio.run(make_graph(config).ainvoke({"messages": []}, config, context=config["configurable"]))

    assert [message.name for message in state["messages"]] == ["product-manager"]


def _exchange() -> list[str]:
    """The quoted paragraphs of the README, without their marks and without the cuts."""
    lines = README.read_text(encoding="utf-8").splitlines()
    quoted = "\n".join(line[1:].strip() if line.startswith(">") else "" for line in lines)
    paragraphs = [" ".join(paragraph.split()).replace("**", "") for paragraph in re.split(r"\n{2,}", quoted)]
    return [paragraph for paragraph in paragraphs if paragraph not in ("", "…")]


def _relative_links(text: Path) -> Iterator[str]:
    prose = _CODE.sub("", text.read_text(encoding="utf-8"))
    yield from (target for target in _LINK.findall(prose) if not re.match(r"[a-z]+:", target))


def _is_there(text: Path, target: str) -> bool:
    place, _, anchor = target.partition("#")
    file = (text.parent / place).resolve() if place else text
    return file.exists() and (not anchor or anchor in _anchors(file))


def _anchors(file: Path) -> set[str]:
    titles = _HEADING.findall(_CODE.sub("", file.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _commands(text: Path) -> list[str]:
    content = text.read_text(encoding="utf-8")
    return [*_COMMAND.findall(_CODE.sub("", content)), *(line for block in _CODE.findall(content) for line in _SHELL_LINE.findall(block))]


def _exists(line: str) -> bool:
    command: Any = typer.main.get_command(app)
    for word in line.split():
        below = _commands_of(command)
        if not below:
            break
        if word not in below:
            return False
        command = below[word]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return set(_OPTION.findall(line)) <= known | {"--help", "-h"}


def _is_awaited(line: str) -> bool:
    """Whether a page names a command that is still to come."""
    command = " ".join(line.split()[:2])
    return command in AWAITED and not _exists(command)


def _commands_of(command: Any) -> dict[str, Any]:
    return getattr(command, "commands", {})
