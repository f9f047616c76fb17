"""What lint finds in a whole scene: its room, its facts, its triggers, its code, its wording; each with one planted fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.library import Library
from agent.library.lined_yaml import parse_yaml
from agent.library.lint import lint
from agent.library.problem import Problem
from agent.library.source import read_text

from .conftest import PERSONA, SCENARIO, TWIST

Change = Callable[[dict[str, Any]], object]
SECOND = "personas/cast/foreman.yaml"
EXCHANGE = {
    "id": "who-decides",
    "when": "beat",
    "value": "start",
    "by": "warehouse",
    "lines": ["Foreman, the list is mine to read, and I read it late.", "Foreman, you want a list nobody on my ramp can use."],
    "reply_by": "foreman",
    "reply": ["A late list is still a list. Ask the engineer.", "Then say what your ramp can use. The engineer is listening."],
    "ask": "who reads the list",
}
CONTINGENCY = {
    "id": "blames-drivers",
    "heard": {"examples": ["The drivers are simply too slow."]},
    "by": "foreman",
    "lines": ["My drivers keep the hours they are given. Try again.", "Leave the drivers out of it. What is yours?"],
    "competency": "communication",
}
CODE = {
    "id": "belt",
    "title": "The script that reads the belt",
    "kind": "python",
    "text": "def late(minutes):\n    return minutes > 60\n",
    "file": "belt.py",
    "test": "import unittest\nfrom belt import late\n\n\nclass Ok(unittest.TestCase):\n    def test(self):\n        assert not late(61)\n",
    "wrong_turns": [
        {
            "id": "rounds",
            "code": ["round"],
            "by": "foreman",
            "lines": ["You round, and the hour is gone.", "Rounding, again. Who asked for that?"],
        }
    ],
}


def read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = parse_yaml(read_text(path), path).data
    return data


def write(path: Path, data: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return path


@pytest.fixture
def room(root: Path) -> Path:
    """A scene of two people with an exchange, a contingency, and code to mend."""
    second = read(root / PERSONA)
    second.update(slug="foreman", name="Ines Kaya", positions=[])
    second["lines"] = {kind: [f"Listen. {line}" for line in lines] for kind, lines in second["lines"].items()}
    words = {"edit_seen": "You touched {}.", "run_failed": "Red again, {}.", "run_passed": "Green, {}."}
    second["lines"] |= {kind: [line.format(f"number {n}") for n in range(5)] for kind, line in words.items()}
    write(root / SECOND, second)
    scene = read(root / SCENARIO)
    scene["cast"].append({"persona": "foreman", "role": "leads the drivers"})
    scene.update(exchanges=[EXCHANGE], contingencies=[CONTINGENCY], artifacts=[CODE])
    write(root / SCENARIO, json.loads(json.dumps(scene)))
    return root


def found(root: Path, change: Change, name: str = SCENARIO) -> list[Problem]:
    """What is wrong with the scene after a change to one of its files, beyond pools that run dry."""
    data = read(root / name)
    change(data)
    write(root / name, data)
    return [problem for problem in lint(Library([root]), [root / SCENARIO]) if "runs dry" not in problem.message]


def test_the_scene_itself_has_no_problem(room: Path) -> None:
    assert [str(problem) for problem in lint(Library([room])) if "runs dry" not in problem.message] == []


def twist(**fields: object) -> Change:
    return lambda scene: scene["twists"][0].update(fields)


def part(field: str, **fields: object) -> Change:
    return lambda scene: scene[field][0].update(fields)


def point(**fields: object) -> Change:
    return lambda scene: scene["beats"][0]["points"][0].update(fields)


def turn(**fields: object) -> Change:
    return lambda scene: scene["artifacts"][0]["wrong_turns"][0].update(fields)


def leave_code_out(scene: dict[str, Any]) -> None:
    scene["twists"][0].update(when="run", value="passed")
    scene["artifacts"] = []


def own_view(scene: dict[str, Any]) -> None:
    """The person's standing view gives way to the scene's, so nobody holds it here."""
    held = {**read_position(), "id": "only-here"}
    scene["cast"][0]["positions"] = [held]
    scene["twists"][0].update(when="position", value="no-blind-trust")


def read_position() -> dict[str, Any]:
    return {
        "statement": "Not on my floor.",
        "pushback": ["No, and I mean it.", "Still no, for the same reason.", "You have not moved me."],
        "moves_when": [{"id": "trial", "kind": "test", "text": "a trial", "heard": {"examples": ["We try it for a week."]}}],
        "softened": ["Closer than before."],
        "moved": ["Done, a week it is.", "Agreed then, one week."],
    }


def same_term(scene: dict[str, Any]) -> None:
    told = ["The sheet says nine euros eighty as well."]
    scene["facts"].append({**scene["facts"][0], "id": "the-sheet", "told": told})


def silent_witness(scene: dict[str, Any]) -> None:
    scene.update(exchanges=[], contingencies=[], artifacts=[])
    scene["facts"][0]["known_by"] = ["foreman"]


def twice(field: str, **fields: object) -> Change:
    return lambda scene: scene[field].append({**scene[field][0], **fields})


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (point(by="foremen"), "beats[0].points[0].by", "no cast member 'foremen'; did you mean 'foreman'?"),
        (part("exchanges", by="forman"), "exchanges[0].by", "did you mean 'foreman'?"),
        (part("exchanges", reply_by="forman"), "exchanges[0].reply_by", "did you mean 'foreman'?"),
        (part("exchanges", reply_by="warehouse"), "exchanges[0].reply_by", "'warehouse' answers themselves"),
        (part("exchanges", value="stat"), "exchanges[0].value", "no beat 'stat'; did you mean 'start'?"),
        (part("exchanges", when="heard", value="plain-word"), "exchanges[0].value", "no point 'plain-word'; did you mean 'plain-words'?"),
        (part("exchanges", when="twist", value="new"), "exchanges[0].value", "no twist of this scene 'new'"),
        (part("contingencies", by="forman"), "contingencies[0].by", "did you mean 'foreman'?"),
        (part("contingencies", competency="comunication"), "contingencies[0].competency", "did you mean 'communication'?"),
        (turn(by="forman"), "artifacts[0].wrong_turns[0].by", "did you mean 'foreman'?"),
        (lambda scene: scene.update(graded="forman"), "graded", "did you mean 'foreman'?"),
        (twist(when="heard", value="plain"), "twists[0].value", "no point 'plain'"),
        (twist(when="run", value="broken"), "twists[0].value", "'failed' or 'passed', not 'broken'"),
        (leave_code_out, "twists[0].when", "nothing in this scene can be run"),
        (own_view, "twists[0].value", "no position held in this scene 'no-blind-trust'; there is only-here"),
        (twist(when="manual", value=""), "twists", "every twist waits for a person to call it"),
        (twist(deadline=12), "twists[0].deadline", "not before `max_turns`"),
        (part("artifacts", file=None), "artifacts[0].file", "no `file` that it imports"),
        (part("artifacts", test=None), "artifacts[0].wrong_turns", "seen only in a file with a `test`"),
        (same_term, "facts[1].key_terms[0]", "a key term of fact 'cost-of-late' too"),
        (part("exchanges", lines=["Nine euros eighty, foreman.", "Well, foreman."]), "exchanges[0].lines[0]", "gives away"),
        (part("contingencies", lines=["Nine euros eighty.", "Well."]), "contingencies[0].lines[0]", "gives away"),
        (part("contingencies", ask="who pays nine euros eighty"), "contingencies[0].ask", "gives away"),
        (turn(lines=["Nine euros eighty.", "Well."]), "artifacts[0].wrong_turns[0].lines[0]", "gives away"),
        (part("artifacts", text="COST = 'nine euros eighty'\n"), "artifacts[0].text", "gives away"),
        (part("artifacts", test="# nine euros eighty\n"), "artifacts[0].test", "gives away"),
        (
            part("exchanges", lines=["Foreman, {quotes}?", "Foreman?"]),
            "exchanges[0].lines[0]",
            "unknown slot {quotes}; did you mean 'quote'?",
        ),
        (part("exchanges", reply=['Still "{quote}".', '"{quote}", I heard.']), "exchanges[0].reply", "every line needs a slot ({quote})"),
        (
            part("endings", lines=['"{quote}". Bye.', "{number}, then. Bye."]),
            "endings[0].lines",
            "every line needs a slot ({number}, {quote})",
        ),
    ],
)
def test_a_fault_that_stops_the_scene(room: Path, change: Change, field: str, message: str) -> None:
    problems = [problem for problem in found(room, change) if problem.severity == "error"]
    assert any(problem.field == field and message in problem.message for problem in problems), "\n".join(map(str, problems))
    assert {problem.path for problem in problems} == {room / SCENARIO}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (twice("twists", twist="other-target"), "twists[1].when", "`turn 1` sets off twists[0] too"),
        (twice("exchanges", id="again"), "exchanges[1].when", "`beat start` sets off exchanges[0] too"),
        (silent_witness, "facts[0].known_by", "only foreman knows this and never speaks to the room"),
        (lambda scene: scene["cast"].extend({"persona": f"p{n}", "role": "sits there"} for n in range(7)), "cast", "9 people are more"),
        (part("contingencies", competency="listening"), "contingencies[0].competency", "not among the scenario's competencies"),
        (lambda scene: scene.update(competencies=["communication", "listening"]), "competencies[1]", "no point, contingency or twist"),
    ],
)
def test_a_fault_that_weakens_it(room: Path, change: Change, field: str, message: str) -> None:
    problems = [problem for problem in found(room, change) if problem.severity == "warning"]
    assert any(problem.field == field and message in problem.message for problem in problems), "\n".join(map(str, problems))


def test_a_contingency_shows_a_competency_too(room: Path) -> None:
    def only_there(scene: dict[str, Any]) -> None:
        scene["twists"] = []
        for beat in scene["beats"]:
            beat["points"] = []

    assert [problem for problem in found(room, only_there) if "lets the candidate show" in problem.message] == []


@pytest.mark.parametrize("kind", ["farewell", "hand_over", "take_over", "aside"])
def test_somebody_without_lines_for_their_part(room: Path, kind: str) -> None:
    problems = found(room, lambda persona: persona["lines"].pop(kind), PERSONA)
    assert [(problem.field, problem.severity) for problem in problems] == [("cast[0].persona", "error")]
    assert f"'warehouse' has no line for {kind}, which this scene needs; write some in {room / PERSONA}" in problems[0].message


def test_alone_in_the_room_nobody_hands_over(root: Path) -> None:
    assert found(root, lambda persona: [persona["lines"].pop(kind) for kind in ("hand_over", "take_over", "aside")], PERSONA) == []


def test_code_needs_somebody_with_a_word_for_it(room: Path) -> None:
    problems = found(room, lambda persona: persona["lines"].pop("run_failed"), SECOND)
    assert [(problem.field, problem.severity) for problem in problems] == [("cast", "error")]
    assert "nobody has a line for run_failed" in problems[0].message


@pytest.mark.parametrize(
    ("name", "change", "field", "message"),
    [
        (
            SECOND,
            lambda persona: persona["lines"]["react_plain"].append("right"),
            "cast[1].persona",
            "lines.react_plain[2] of persona 'foreman' is the same wording as lines.react_plain[0] of persona 'warehouse'",
        ),
        (
            SCENARIO,
            part("endings", lines=["Next.", "That was it."]),
            "cast[0].persona",
            "lines.bridge[1] of persona 'warehouse' is the same wording as endings[0].lines[0]",
        ),
        (
            TWIST,
            lambda twist: twist["answered"].append("Next."),
            "twists[0].twist",
            "answered[2] of twist 'new-target' is the same wording as lines.bridge[1] of persona 'warehouse'",
        ),
    ],
)
def test_two_files_of_a_scene_share_a_line(room: Path, name: str, change: Change, field: str, message: str) -> None:
    problems = found(room, change, name)
    assert [(problem.field, problem.severity) for problem in problems] == [(field, "error")]
    assert message in problems[0].message


def test_lines_that_the_scene_replaces_are_not_compared(room: Path) -> None:
    own = ["It is {target} from now on, warehouse. What now?", "From today, {target}. Well?"]
    assert found(room, twist(lines=own)) == []
    assert found(room, lambda twist: twist["lines"].append("Next."), TWIST) == []
