"""What lint finds beyond the schema: references, triggers, lines, leaks, cues, caps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from agent.errors import LibraryError
from agent.library import Library
from agent.library.lint import lint
from agent.library.problem import Problem
from agent.settings import Settings

from .conftest import PERSONA, RUBRIC, SCENARIO, TWIST, Edit


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def test_what_was_shipped_has_no_errors() -> None:
    library = Library.default(settings=Settings.from_environment({"HOTSEAT_HOME": "/nowhere"}))
    assert [str(problem) for problem in _errors(lint(library, [library.search_path[-1]]))] == []


def test_what_the_starters_write_has_no_errors(root: Path) -> None:
    assert _errors(lint(Library([root]))) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "message"),
    [
        (
            SCENARIO,
            "  - persona: warehouse ",
            "  - persona: warehose ",
            "cast[0].persona",
            "no persona 'warehose'; did you mean 'warehouse'?",
        ),
        (SCENARIO, "  - twist: new-target", "  - twist: new-targets", "twists[0].twist", "did you mean 'new-target'?"),
        (SCENARIO, "rubric: core@1.0.0", "rubric: core@1.0.9", "rubric", "did you mean 'core@1.0.0'?"),
        (SCENARIO, "competencies: [communication]", "competencies: [comunication]", "competencies[0]", "did you mean 'communication'?"),
        (SCENARIO, "        competency: comm", "        competency: com", "beats[0].points[0].competency", "did you mean 'communication'?"),
        (SCENARIO, "    kind: opening\n    by: ware", "    kind: opening\n    by: where", "beats[0].by", "no cast member 'wherehouse'"),
        (SCENARIO, "    known_by: [ware", "    known_by: [wear", "facts[0].known_by[0]", "did you mean 'warehouse'?"),
        (SCENARIO, "  - beat: choice", "  - beat: choise", "hints[0].beat", "no beat 'choise'; did you mean 'choice'?"),
        (SCENARIO, "    when: turn\n    value: 1", "    when: beat\n    value: chioce", "twists[0].value", "did you mean 'choice'?"),
        (
            SCENARIO,
            "    when: turn\n    value: 1",
            "    when: fact\n    value: cost-of-lat",
            "twists[0].value",
            "did you mean 'cost-of-late'?",
        ),
        (
            SCENARIO,
            "    when: turn\n    value: 1",
            "    when: position\n    value: blind-trust",
            "twists[0].value",
            "did you mean 'no-blind-trust'?",
        ),
        (SCENARIO, "    value: 1", "    value: soon", "twists[0].value", "expected the number of a candidate turn"),
        (SCENARIO, "    when: turn\n    value: 1", "    when: elapsed\n    value: 15", "twists[0].value", "a minute from 1 to 14, got 15"),
        (SCENARIO, "    value: 1", "    value: 4", "twists[0].value", "after the deadline"),
        (SCENARIO, "    deadline: 2", "    deadline: 12", "twists[0].deadline", "not before `max_turns` (12)"),
        (SCENARIO, "    deadline: 2", "    deadline: 2\n    voids: [cost-of-lates]", "twists[0].voids[0]", "did you mean 'cost-of-late'?"),
        (SCENARIO, "    deadline: 2", "    deadline: 2\n    slots: {tagret: x}", "twists[0].slots.tagret", "did you mean 'target'?"),
        (
            SCENARIO,
            '"And for one single parcel',
            '"Nine euros eighty. And for one single parcel',
            "beats[0].points[0].probe[1]",
            "gives away 'nine euros eighty'",
        ),
        (SCENARIO, 'brief: "A shop', 'brief: "Nine euros eighty a time: a shop', "brief", "gives away 'nine euros eighty'"),
        (
            SCENARIO,
            "Which of the two do you fix first?",
            "Which of {quotes} do you fix first?",
            "beats[1].lines[0]",
            "unknown slot {quotes}; did you mean 'quote'?",
        ),
        (
            SCENARIO,
            "Which of the two do you fix first?",
            "Which of {quote do you fix first?",
            "beats[1].lines[0]",
            "a brace has no partner",
        ),
        (
            SCENARIO,
            '- "Last thing. Next week, who does what?"',
            '- "monday, six o\'clock: what is different from last monday"',
            "beats[2].lines[1]",
            "the same wording as beats[2].lines[0]",
        ),
        (SCENARIO, "    when: always", "    when: positions_moved", "endings", "no ending has `when: always`"),
        (
            TWIST,
            "and from today we are measured by {target}",
            "and from today we are measured by {tarket}",
            "lines[0]",
            "did you mean 'target'",
        ),
        (TWIST, "competencies: [communication]", "competencies: [comunication]", "competencies[0]", "did you mean 'communication'?"),
        (TWIST, "  - id: what-is-dropped", "  - id: new-target", "behaviours[1]", "the behaviour 'new-target' is there twice"),
        (TWIST, 'cues: ["metric"', 'cues: ["Metric"', "behaviours[0].heard.cues[0]", "capital letter"),
        (TWIST, 'cues: ["metric"', 'cues: ["(a+)+"', "behaviours[0].heard.cues[0]", "can take forever"),
        (TWIST, 'cues: ["metric"', 'requires: ["kpi"]\n      cues: ["metric"', "behaviours[0].heard.requires", "no example holds anything"),
        (TWIST, 'cues: ["metric"', 'cues: ["x?"', "behaviours[0].heard.cues[0]", "matches the empty text"),
        (TWIST, 'cues: ["metric"', 'cues: ["(a|b)\\\\1"', "behaviours[0].heard.cues[0]", "a group reference"),
        (
            TWIST,
            '- "We keep the metric we had."',
            '- "Okay, if that is the goal now, we judge every option by it."',
            "behaviours[0].heard.examples[2]",
            "an example and a counter-example",
        ),
        (PERSONA, "  silence:\n", "  silence: []\n  xsilence:\n", "lines.xsilence", "did you mean 'silence'"),
        (
            PERSONA,
            '  react_plain:\n    - "Right."\n    - "I hear you."\n',
            "  react_plain: []\n",
            "lines.react_plain",
            "no line of this kind",
        ),
        (PERSONA, '    - "Can you tell me one day on which that was so?"\n', "", "lines.probe_example", "every line needs a slot"),
        (PERSONA, "triggers: [monologue", "triggers: [vague, monologue", "lines.cut_vague", "no line of this kind"),
        (PERSONA, "  triggers: [", "  overlap: insist\n  triggers: [", "lines.cut_ignored", "no line of this kind"),
        (
            PERSONA,
            '    - "{term}. Say that in words for the ramp."\n    - "Hold on. What is {term}?"',
            '    - "{term} and {number}?"',
            "lines.cut_jargon",
            "every line needs a slot",
        ),
        (
            PERSONA,
            "    softened:\n",
            "    hardens_when: {examples: [Trust me.]}\n    softened:\n",
            "positions[0].hardened",
            "no line to say then",
        ),
        (
            RUBRIC,
            "        unless: says-what-it-means",
            "        unless: says-what-it-mean",
            "competencies[0].caps[0].unless",
            "did you mean 'says-what-it-means'?",
        ),
        (
            RUBRIC,
            "      - id: checks-in",
            "      - id: point-first",
            "competencies[0].indicators[2]",
            "the indicator 'point-first' is there twice",
        ),
    ],
)
def test_an_error(root: Path, edit: Edit, name: str, old: str, new: str, field: str, message: str) -> None:
    path = edit(name, old, new)
    found = _errors(lint(Library([root]), [path]))
    assert any(problem.field == field and message in problem.message for problem in found), "\n".join(map(str, found))
    assert {problem.path for problem in found} == {path}


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "message"),
    [
        (SCENARIO, "    deadline: 2", "    deadline: 5", "twists[0].deadline", "reaches the close after 2 answers"),
        (
            SCENARIO,
            "competency: communication",
            "competency: listening",
            "beats[0].points[0].competency",
            "not among the scenario's competencies",
        ),
        (SCENARIO, "kind: opening", "kind: core", "beats[0].kind", "not an opening"),
        (SCENARIO, "Every one of them is nine euros eighty", "Every one of them costs", "facts[0].told[1]", "none of the key terms"),
        (SCENARIO, 'You said \\"{quote}\\"', "You said {quote}", "beats[0].points[0].pickup[0]", "put it in double quotes"),
        (TWIST, 'cues: ["metric"', 'requires: ["metric"]\n      cues: ["metric"', "behaviours[0].heard.examples[0]", "never heard"),
        (PERSONA, '    - "Right."\n', "", "lines.react_plain", "1 of 14 lines"),
        (PERSONA, "  triggers: [", "  frequency: 1\n  min_gap_seconds: 0\n  per_turn: 9\n  triggers: [", "interruption", "a storm of"),
        (
            PERSONA,
            '  jargon: ["recall", "precision", "auc", "embedding", "drift"]',
            "",
            "interruption.triggers",
            "`listener.jargon` is empty",
        ),
    ],
)
def test_a_warning(root: Path, edit: Edit, name: str, old: str, new: str, field: str, message: str) -> None:
    path = edit(name, old, new)
    found = [problem for problem in lint(Library([root]), [path]) if problem.severity == "warning"]
    assert any(problem.field == field and message in problem.message for problem in found), "\n".join(map(str, found))


def test_a_competency_that_nothing_lets_one_show(root: Path, edit: Edit) -> None:
    text = (root / RUBRIC).read_text(encoding="utf-8")
    start = text.index("  - id: communication")
    (root / RUBRIC).write_text(text + text[start:].replace("id: communication", "id: listening"), encoding="utf-8")
    path = edit(SCENARIO, "competencies: [communication]", "competencies: [communication, listening]")
    assert [problem.message for problem in lint(Library([root]), [path])] == [
        "no point, contingency or twist lets the candidate show 'listening'; write one, or leave the competency out"
    ]


def test_a_bare_common_number_is_only_a_warning(root: Path, edit: Edit) -> None:
    edit(SCENARIO, 'key_terms: ["nine euros eighty"]', 'key_terms: ["nine euros eighty", "40"]')
    path = edit(SCENARIO, 'brief: "A shop', 'brief: "With 40 people, a shop')
    assert [(problem.field, problem.severity) for problem in lint(Library([root]), [path])] == [("brief", "warning")]


def test_a_number_inside_another_is_no_leak(root: Path, edit: Edit) -> None:
    edit(SCENARIO, 'key_terms: ["nine euros eighty"]', 'key_terms: ["nine euros eighty", "$41"]')
    path = edit(SCENARIO, 'brief: "A shop', 'brief: "With $412, $41.5 and $41k, a shop')
    assert lint(Library([root]), [path]) == []


def test_a_persona_gives_the_fact_away(root: Path, edit: Edit) -> None:
    edit(PERSONA, '- "Right."', '- "Nine euros eighty, right."')
    found = _errors(lint(Library([root])))
    assert [problem.message for problem in found] == [
        "lines.react_plain[0] of persona 'warehouse' gives away 'nine euros eighty' of fact 'cost-of-late'"
    ]


def test_a_twist_in_other_words_counts_instead_of_its_own(root: Path, edit: Edit) -> None:
    edit(TWIST, "Nobody asks about the old target", "It was nine euros eighty. Nobody asks about the old target")
    assert len(_errors(lint(Library([root])))) == 1
    edit(SCENARIO, "    deadline: 2", '    deadline: 2\n    lines: ["It is {target} from now on. What now?"]')
    assert _errors(lint(Library([root]))) == []


def test_a_broken_persona_is_reported_once(root: Path, edit: Edit) -> None:
    edit(PERSONA, "agenda:", "agneda:")
    assert {problem.path for problem in lint(Library([root]))} == {root / PERSONA}


def test_two_files_of_one_name(root: Path) -> None:
    shutil.copy(root / PERSONA, root / "personas/cast/warehouse.yml")
    assert any("is there twice" in problem.message for problem in _errors(lint(Library([root]))))


@pytest.mark.parametrize("inside", ["personas", "personas/cast"])
def test_two_files_of_one_name_in_a_part_of_the_library(root: Path, inside: str) -> None:
    shutil.copy(root / PERSONA, root / "personas/cast/warehouse.yml")
    assert any("is there twice" in problem.message for problem in _errors(lint(Library([root]), [root / inside])))


def test_a_file_name_that_nobody_can_refer_to(root: Path) -> None:
    (root / PERSONA).rename(root / "personas/cast/The Warehouse.yaml")
    assert any("rename the file" in problem.message for problem in _errors(lint(Library([root]))))


def test_files_one_level_too_deep_are_not_read(root: Path) -> None:
    deeper = root / "personas/cast/night-shift"
    deeper.mkdir()
    (root / PERSONA).rename(deeper / "warehouse.yaml")
    problems = lint(Library([root]))
    assert [(problem.path, problem.message) for problem in problems if problem.severity == "warning"] == [
        (deeper, "files in here are not read; move them up into personas/cast")
    ]


def test_a_word_that_everybody_uses_is_no_jargon(root: Path, edit: Edit) -> None:
    path = edit(PERSONA, 'jargon: ["recall"', 'jargon: ["we", "recall"')
    library = Library.default(root, Settings.from_environment({"HOTSEAT_HOME": "/nowhere"}))
    assert [problem.field for problem in lint(library, [path]) if "an everyday word" in problem.message] == ["listener.jargon[0]"]


def test_a_file_outside_a_library_is_known_by_its_content(root: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(root / TWIST, tmp_path / "new-target.yaml"))
    assert lint(Library([root]), [path]) == []


def test_a_directory_on_its_own_refers_to_itself(root: Path, tmp_path: Path) -> None:
    assert _errors(lint(Library([tmp_path / "nothing"]), [root])) == []


@pytest.mark.parametrize(
    ("name", "message"), [("gone.yaml", "no file or directory"), ("what.yaml", "cannot be told"), ("empty", "nothing to check")]
)
def test_it_could_not_run(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "what.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(LibraryError, match=message):
        lint(Library([tmp_path]), [tmp_path / name])


def _prompt(root: Path, name: str, text: str, variables: str = "{}") -> Path:
    path = root / "prompts" / f"{name.replace('@', '/')}.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{{#\npurpose: x\nvariables: {variables}\n-#}}\n{text}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{% block system_a %}{{ nmae }}{% endblock %}", 5, "uses a variable it does not declare; did you mean 'name'?"),
        ("{% block system_a %}hello{% endblock %}", 3, "never uses this variable"),
        ("{{ name }}\n{% if %}", 6, "this is no template"),
        ('{{ name }}{% include "judge/other@1.0.0" %}', 5, "there is no prompt 'judge/other@1.0.0'"),
        ('{{ name }}{% include "judge/one" %}', 5, "has to name a version"),
        ("{{ name }}{% include name %}", 5, "name its prompt in quotes"),
        ('{{ name }}{% include "judge/one@1.0.0" %}', 5, "in a circle: judge/one@1.0.0 → judge/one@1.0.0"),
    ],
)
def test_a_wrong_prompt(root: Path, text: str, line: int, message: str) -> None:
    path = _prompt(root, "judge/one@1.0.0", text, "{name: a name}")
    assert [(problem.path, problem.line) for problem in lint(Library([root]), [path]) if message in problem.message] == [(path, line)]


def test_prompts_that_include_each_other(root: Path) -> None:
    _prompt(root, "judge/one@1.0.0", '{% include "judge/two@1.0.0" %}')
    _prompt(root, "judge/two@1.0.0", '{% include "judge/one@1.0.0" %}')
    assert sum("in a circle" in problem.message for problem in lint(Library([root]))) == 2


def test_a_prompt_without_front_matter(root: Path) -> None:
    path = _prompt(root, "judge/one@1.0.0", "x")
    path.write_text("hello", encoding="utf-8")
    assert [problem.message for problem in lint(Library([root]), [path])] == [
        "the file has to open with a comment {# purpose: … variables: … #}"
    ]
