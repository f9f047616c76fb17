from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import InputError
from agent.simulation.walkthroughs import read_walkthrough

REPLIES = "".join(f"  - say: Answer {number}.\n" for number in range(6))
GOOD = f"scenario: debug-the-leak\ncandidate: weak\nabout: Short.\nreplies:\n{REPLIES}"


def _file(folder: Path, text: str) -> Path:
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_walkthrough_is_read_as_it_was_written(tmp_path: Path) -> None:
    walkthrough = read_walkthrough(_file(tmp_path, GOOD))
    assert [reply.say for reply in walkthrough.replies] == [f"Answer {number}." for number in range(6)]
    assert {reply.to for reply in walkthrough.replies} == {"any"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("replies: [", "mine.yaml"),
        (GOOD.replace("weak", "brilliant"), "candidate"),
        (GOOD.replace("say: Answer 2.", "to: somewhere/else"), "replies.2"),
        (GOOD.replace("  - say: Answer 5.\n", ""), "replies"),
        (GOOD + "mood: good\n", "mood"),
    ],
)
def test_what_is_no_walkthrough_is_a_sentence_with_the_place(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(InputError, match=named):
        read_walkthrough(_file(tmp_path, text))


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.yaml"):
        read_walkthrough(tmp_path / "nowhere.yaml")
