from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agent.errors import FailureKind, ModelError
from agent.llm.json_answer import parse

FENCE = "```"
OBJECT = {"level": 3, "quote": 'he typed {"level": 5} and "]}" and ```'}
BARE = json.dumps(OBJECT)

TEXTS = st.text(alphabet=st.one_of(st.sampled_from('{}[]"`\\\n\t:,'), st.characters(codec="utf-8")), max_size=60)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=5)
PROSE = st.text(alphabet=st.characters(exclude_characters="{}[]<", codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        f"\ufeff{BARE}",
        f"{FENCE}json\n{BARE}\n{FENCE}",
        f"{FENCE}{{.json}}\n{BARE}\n{FENCE}",
        f"{FENCE}\n{BARE}",
        f"Here is the grade [1] for {{name}}:\n\n{json.dumps(OBJECT, indent=2)}\n\nI hope this helps!",
        f'<think>Perhaps {{"level": 4}}? No.</think>\n{BARE}',
        f"{BARE}\n\n{BARE}",
        f'He used the labels ["good", "bad"] [[2]].\n{BARE}',
    ],
)
def test_the_object_is_found_wherever_it_stands(text: str) -> None:
    assert parse(text) == OBJECT


@settings(deadline=None)
@given(before=PROSE, found=OBJECTS, after=PROSE, indent=st.sampled_from([None, 2]), label=st.sampled_from(["", "json", "JSON5"]))
@example(before='"', found={}, after='"', indent=None, label="")
def test_every_object_comes_back_whatever_its_texts_hold(
    before: str, found: dict[str, object], after: str, indent: int | None, label: str
) -> None:
    text = json.dumps(found, indent=indent, ensure_ascii=False)

    assert parse(text) == parse(f"{before}{text}{after}") == parse(f"{FENCE}{label}\n{text}\n{FENCE}") == found


@settings(deadline=None)
@given(found=OBJECTS, cut=st.floats(0, 1, exclude_max=True))
def test_an_object_that_breaks_off_is_never_taken_for_a_smaller_one(found: dict[str, object], cut: float) -> None:
    text = json.dumps({"evidence": [found, {"quote": "x"}], "level": 3})

    with pytest.raises(ModelError):
        parse(text[: int(cut * len(text))])


@settings(deadline=None)
@given(TEXTS | st.text(max_size=80))
def test_any_text_is_an_object_or_a_named_failure(text: str) -> None:
    with suppress(ModelError):
        assert isinstance(parse(text), dict)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no JSON object"),
        ("I would say a solid three.", "holds no JSON object"),
        ("{level: 5}", "holds no JSON object"),
        ('The candidate wrote {"level": 5}.\n{"level": 2}', "more than one JSON object, and they differ"),
        ('[{"level": 2}]', "a JSON list"),
        ('["level", 2]', "a JSON list"),
        ('[["no"], {"level": 2}]', "a JSON list"),
        ("[1, 2]", "holds no JSON object"),
        ('[1, {"level": 2}]', "a JSON list"),
        ('[[], {"level": 2}]', "a JSON list"),
        ('["a", {"level": 5}', "begins at character 1 breaks off"),
        ('["a", [{"level": 5}]] {"level": 5}', "a JSON list"),
        ('[{"level": 2}', "begins at character 1 breaks off"),
        ('{"level": 2', "begins at character 1 breaks off"),
        ('{"quote": "and then', "breaks off before its end"),
        (f'{FENCE}json\n{{"evidence": [{{"quote": "a"}},\n{FENCE}', "breaks off before its end"),
        ('"level": 4, "more": {"level": 2}}', "a brace closes at character 33"),
        ('{"level": 2, "level": 5}', "the key 'level' is there twice"),
        ('{"a": [{"b": {"level": 2, "level": 2}}]}', "the key 'level' is there twice"),
        ('{"level": NaN}', "NaN is no JSON number"),
        ('{"level": -Infinity}', "-Infinity is no JSON number"),
        ('{"level": 1e999}', "too large"),
        ('{"level": ' + "9" * 5000 + "}", "too long"),
        ('{"levels": [1, 2,]}', "a comma before the ']' at line 1, column 18"),
        ('{"level": 2,\n}', "a comma before the '}' at line 2, column 1"),
        ("{'level': {\"a\": 1}}", "broken at line 1, column 2, near "),
        ('{"level": 2 // good\n}', "broken at line 1, column 13"),
        ('{"quote": "\\ud800"}', "half of a character"),
        ('{"a":' * 41 + "1" + "}" * 41, "deeper than 40 levels"),
        ('{"a":' * 100_000, "deeper than 40 levels"),
        ('{"a": "' + "ä" * 500_000 + '"}', "longer than 1,000,000 bytes"),
        ('<think>{"level": 5}</think>{"quote": "</think>", "level": 1}', "more than one JSON object"),
    ],
)
def test_what_is_no_single_object_is_named(text: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        parse(text)

    assert caught.value.kind is FailureKind.UNREADABLE
    assert message in str(caught.value)


@pytest.mark.parametrize("piece", ["[1, x ", "[x ", "[ ", "[[", "{x} ", "[1] ", '["a"] ', '{"a":1} ', "<think>", "[[1],x]"])
def test_the_longest_answer_is_read_in_a_moment(piece: str) -> None:
    started = time.process_time()
    with suppress(ModelError):
        parse(piece * (999_999 // len(piece)))

    assert time.process_time() - started < 10


def test_forty_levels_are_not_too_deep() -> None:
    text = '{"a":' * 40 + "1" + "}" * 40

    assert json.dumps(parse(text), separators=(",", ":")) == text
