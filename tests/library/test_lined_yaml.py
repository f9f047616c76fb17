"""YAML with line numbers: what is plain is read, what is dangerous is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import InvalidDocument
from agent.library.lined_yaml import MAX_DEPTH, parse_yaml

PATH = Path("some.yaml")


def test_every_part_knows_its_line() -> None:
    lined = parse_yaml("a: 1\nb:\n  - x\n  - c: >\n      long\n", PATH)
    assert lined.data == {"a": 1, "b": ["x", {"c": "long\n"}]}
    assert [lined.line(loc) for loc in [(), ("a",), ("b",), ("b", 0), ("b", 1, "c")]] == [1, 1, 2, 3, 4]


def test_a_part_that_is_missing_has_the_line_of_what_is_around_it() -> None:
    assert parse_yaml("a: 1\nb:\n  c: 2\n", PATH).line(("b", "d", 3)) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [("no", "no"), ("on", "on"), ("2024-01-02", "2024-01-02"), ("1:30", "1:30"), ("true", True), ("~", None), ("-3", -3), ("0.5", 0.5)],
)
def test_words_stay_words(text: str, value: object) -> None:
    assert parse_yaml(f"a: {text}", PATH).data == {"a": value}


def test_quotes_make_text_of_numbers() -> None:
    assert parse_yaml("a: '1.0'", PATH).data == {"a": "1.0"}


def test_an_anchor_can_be_used_again() -> None:
    assert parse_yaml("a: &x [1, 2]\nb: *x\n", PATH).data == {"a": [1, 2], "b": [1, 2]}


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "there twice, first in line 1"),
        ("a: 1\nb: &x [1, *x]\n", 2, "stands inside what it names"),
        ("a: *nowhere\n", 1, "has no anchor"),
        (LAUGHS, 5, "more than"),
        ("a:\n  " + "[" * 200 + "]" * 200, 2, f"deeper than {MAX_DEPTH}"),
        ("a:\n" + "[" * 100_000, 2, "this is not YAML"),
        ("\n".join(f"{' ' * depth}a:" for depth in range(500)), MAX_DEPTH + 1, "deeper than"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: !!python/object:os.system x\n", 1, "is not allowed"),
        ("a: !!set {x}\n", 1, "is not allowed"),
        ("a: 1\nb:\n  <<: {c: 1}\n", 3, "merge keys"),
        ("? [a, b]\n: 1\n", 1, "a key has to be a word"),
        ("a: 1\nnull: 2\n", 2, "the key None has to be a word"),
        ("true: 2\n", 1, "has to be a word"),
        ('a: 1\nb: "\\e[31mred"\n', 2, "control character"),
        ("a: 1\nb: \x07\n", 2, "this is not YAML"),
        ("a: [1, 2\nb: 3\n", 2, "this is not YAML"),
        ("a: x: y\n", 1, "put text that contains ': ' in quotes"),
        ("a:\n\t- b\n", 2, "this is not YAML"),
        ('a: "\\ud800"', 1, "this is not YAML"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_wrong_has_a_line_and_a_sentence(text: str, line: int, message: str) -> None:
    with pytest.raises(InvalidDocument) as raised:
        parse_yaml(text, PATH)
    assert str(raised.value).startswith(f"some.yaml:{line}: ")
    assert message in str(raised.value)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"\n #?,%@\t\\0"), max_size=60))
def test_no_text_is_a_crash(text: str) -> None:
    assert _complaint(text) == "" or _complaint(text).startswith("some.yaml:")


def _complaint(text: str) -> str:
    try:
        parse_yaml(text, PATH)
    except InvalidDocument as error:
        return str(error)
    return ""
