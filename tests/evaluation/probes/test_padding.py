from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import InputError
from agent.evaluation.probes.padding import Padding, read_padding
from agent.prose import sentences, words
from tests.evaluation.probes.scripted import EVALS

EMPTY = ("Now there's a thing.", "Well, here we are then.", "Thank you ever so much.")


@given(st.lists(st.sampled_from(["It costs 4 euros.", "I asked e.g. Ann.", "Why?"]), min_size=1, max_size=8), st.integers(0, 5))
def test_an_answer_becomes_twice_as_long_and_loses_nothing(said, seed) -> None:
    text = " ".join(said)
    padded = Padding(EMPTY, Random(seed)).padded(text)

    assert 2 * len(words(text)) <= len(words(padded)) < 2 * len(words(text)) + 5
    assert [one for one in sentences(padded) if one not in EMPTY] == sentences(text)


def test_no_sentence_comes_twice_before_all_were_used() -> None:
    padding = Padding(EMPTY, Random(1))
    padded = [one for _ in range(3) for one in sentences(padding.padded("Yes it does so.")) if one in EMPTY]
    assert sorted(padded[:3]) == sorted(EMPTY)


def test_lines_stay_lines() -> None:
    assert Padding(EMPTY, Random(0)).padded("- First, the data\n- Then, the model").count("\n") == 1


def test_the_shipped_sentences_are_read() -> None:
    assert len(read_padding(EVALS / "padding/sentences.jsonl")) >= 200


@pytest.mark.parametrize("line", ['{"text": ""}', '{"words": "x"}', "no json", "[1]"])
def test_a_line_that_is_no_sentence_is_told(tmp_path, line) -> None:
    file = tmp_path / "sentences.jsonl"
    file.write_text(f'{{"text": "Well."}}\n{line}\n', encoding="utf-8")

    with pytest.raises(InputError, match="line 2"):
        read_padding(file)
