"""What does not fit the model: file, line, field, and the nearest valid name."""

from __future__ import annotations

from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import InvalidDocument
from agent.library import Library, loading

from .conftest import PERSONA, RUBRIC, SCENARIO, TWIST, Edit


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "message"),
    [
        (PERSONA, "agenda:", "agneda:", "agneda", "unknown key 'agneda'; did you mean 'agenda'?"),
        (PERSONA, "agenda:", "agneda:", "agenda", "this field is missing"),
        (PERSONA, "  formality: plain", "  formality: plan", "voice.formality", "'plan' is not known; did you mean 'plain'?"),
        (PERSONA, "  react_vague:", "  react_vage:", "lines.react_vage", "did you mean 'react_vague'"),
        (PERSONA, "patience: 0.5", "patience: 1.5", "temperament.patience", "less than or equal to 1"),
        (PERSONA, "        kind: test", "        kind: tset", "positions[0].moves_when[0].kind", "did you mean 'test'"),
        (PERSONA, "          examples:", "          exmaples:", "positions[0].moves_when[0].heard.exmaples", "did you mean 'examples'"),
        (PERSONA, 'cues: ["trial"', 'cues: ["("', "positions[0].moves_when[0].heard.cues", "is not a regular expression"),
        (PERSONA, "version: 1.0.0", "version: 1.0", "version", "expected text, got the number 1.0; put it in quotes"),
        (PERSONA, "slug: warehouse", "slug: Ware House", "slug", "lower-case words joined by hyphens"),
        (PERSONA, 'title: "Warehouse manager"', 'title: " "', "title", "the text is empty"),
        (PERSONA, 'name: "Warehouse"', "name: [a]", "name", "expected text, got a list"),
        (PERSONA, "interruption:", "interruption: often\nmetadata:", "interruption", "got the text 'often'"),
        (SCENARIO, "    value: 1\n", "    value: [1]\n", "twists[0].value", "expected text, got a list"),
        (SCENARIO, "rubric: core@1.0.0", "rubric: core", "rubric", "a name and version like 'core@1.0.0'"),
        (SCENARIO, "  - id: choice", "  - id: start", "", "beat 'start' is there twice"),
        (
            SCENARIO,
            '          - "\\"{quote}\\". And if',
            '          - 5\n          - "\\"{quote}\\". And if',
            "beats[1].points[0].pickup[0]",
            "the number 5",
        ),
        (TWIST, "kind: priority_shift", "kind: priority-shift", "kind", "did you mean 'priority_shift'"),
        (TWIST, "behaviours:", "behaviors:", "behaviors", "did you mean 'behaviours'"),
        (RUBRIC, '      5: "Opens', '      6: "Opens', "competencies[0].levels", "6"),
        (RUBRIC, '      5: "Opens', "      '5': \"Opens", "competencies[0].levels", "5"),
        (RUBRIC, "counter: refuses-to-explain", "counter: refuses", "competencies[0]", "which is not one of"),
    ],
)
def test_a_wrong_field(edit: Edit, name: str, old: str, new: str, field: str, message: str) -> None:
    path = edit(name, old, new)
    kind, slug = {
        PERSONA: ("persona", "warehouse"),
        SCENARIO: ("scenario", "parcels"),
        TWIST: ("twist", "new-target"),
        RUBRIC: ("rubric", "core"),
    }[name]
    with pytest.raises(InvalidDocument) as raised:
        Library([path.parents[2]]).load(kind, slug)  # type: ignore[arg-type]
    assert any(f": {field}" in line and message in line for line in str(raised.value).splitlines()), str(raised.value)


def test_the_line_is_the_field_s(edit: Edit) -> None:
    path = edit(PERSONA, "  react_vague:", "  react_vage:")
    line = path.read_text(encoding="utf-8").splitlines().index("  react_vage:") + 1
    with pytest.raises(InvalidDocument) as raised:
        Library([path.parents[2]]).persona("warehouse")
    assert str(raised.value).startswith(f"{path}:{line}: lines.react_vage: ")


def test_everything_that_is_wrong_is_named_at_once(edit: Edit) -> None:
    edit(PERSONA, "agenda:", "agneda:")
    path = edit(PERSONA, "formality: plain", "formality: posh")
    with pytest.raises(InvalidDocument) as raised:
        Library([path.parents[2]]).persona("warehouse")
    assert len(str(raised.value).splitlines()) == 3


@given(data=st.data())
def test_no_damage_is_a_crash(data: st.DataObject) -> None:
    starter = Template((Path(loading.__file__).parent / "starters/rubric.yaml").read_text(encoding="utf-8"))
    text = starter.substitute(slug="core", title="Core", version="1.0.0")
    at = data.draw(st.integers(0, len(text)))
    damage = data.draw(st.sampled_from(["", "\n", ":", "- ", "{", "]", '"', "null", "*a", "\t", "\x00", "1.5", "é"]))
    gone = data.draw(st.integers(0, 40))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "1.0.0.yaml"
        path.write_text(text[:at] + damage + text[at + gone :], encoding="utf-8")
        assert _complaint(path).startswith((f"{path}:", "nothing"))


def _complaint(path: Path) -> str:
    try:
        loading.load_file("rubric", "core@1.0.0", path)
    except InvalidDocument as error:
        return str(error)
    return "nothing"


@pytest.mark.parametrize("content", ["- a\n- b\n", "just words\n", "5\n"])
def test_a_file_without_fields(root: Path, content: str) -> None:
    (root / PERSONA).write_text(content, encoding="utf-8")
    with pytest.raises(InvalidDocument, match="expected fields and their values at the top"):
        Library([root]).persona("warehouse")
