"""The same answers in other words: the files that say them, and the probe."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.golden import read_golden
from agent.evaluation.probes.finding import Outcome
from agent.evaluation.probes.paraphrases import paraphrased
from agent.prose import words
from tests.evaluation.probes.scripted import EVALS, SEEN, Scripted, bench, golden, said_in, scored

FOLDER = EVALS / "paraphrases"
SHIPPED = sorted(FOLDER.glob("*.yaml"))


def _golden_of(file: Path) -> Path:
    return next(found for split in ("dev", "train") if (found := EVALS / "goldens" / split / file.name).is_file())


def _written(folder: Path, text: str) -> Path:
    (folder / "talk-1.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_paraphrase_says_it_in_other_words_at_about_the_same_length(file) -> None:
    plain = read_golden(_golden_of(file))
    other = paraphrased(plain, FOLDER)

    assert [turn.text for turn in other.turns if turn.role != "candidate"] == [
        turn.text for turn in plain.transcript.turns if turn.role != "candidate"
    ]
    for turn, twin in zip(plain.transcript.candidate_turns, other.candidate_turns, strict=True):
        assert bool(turn.text.strip()) == bool(twin.text.strip())
        assert abs(len(words(twin.text)) - len(words(turn.text))) <= max(3, 0.3 * len(words(turn.text)))
    before, after = (said_in(talk) for talk in (plain.transcript, other))
    assert before != after
    assert _shared(before, after) < 0.35, "too much of it stands there in the same words"


def _shared(first: str, second: str) -> float:
    """The share of runs of four words of the first that stand in the second too."""
    runs = [{tuple(said[at : at + 4]) for at in range(len(said) - 3)} for said in (words(first.casefold()), words(second.casefold()))]
    return len(runs[0] & runs[1]) / max(1, len(runs[0]))


def test_every_golden_of_dev_has_one() -> None:
    assert {file.name for file in (EVALS / "goldens/dev").glob("*.yaml")} <= {file.name for file in SHIPPED}


def test_a_judge_that_likes_one_wording_fails(found, rubric, tmp_path) -> None:
    talks = [golden(number, f"I would ask who pays, {number} times.") for number in range(12)]
    (tmp_path / "paraphrases").mkdir()
    for talk in talks:
        (tmp_path / "paraphrases" / f"{talk.id}.yaml").write_text(
            f"golden: {talk.id}\nanswers: ['Who pays? My first question.']\n", encoding="utf-8"
        )
    fond = Scripted(lambda talk: {SEEN: scored(4.0 if "I would" in said_in(talk) else 3.0)})
    finding = found("paraphrase", bench(fond, rubric, talks, evals=tmp_path))

    assert (finding.estimate, finding.outcome) == (-1.0, Outcome.FAILED)


def test_goldens_without_one_are_left_out_and_counted(found, rubric, tmp_path) -> None:
    finding = found("paraphrase", bench(Scripted(lambda talk: {}), rubric, [golden(1, "Yes.")], evals=tmp_path))
    assert (finding.counts.unchanged, finding.counts.pairs, finding.outcome) == (1, 0, Outcome.NOT_RUN)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("golden: talk-1\nanswers: ['One.', 'Two.']", "has 2 answers of 'talk-1'; 'talk-1' has 1 turns"),
        ("golden: other\nanswers: ['One.']", "has 1 answers of 'other'"),
        ("golden: talk-1\nanswers: []", "is no paraphrase: line 2, answers"),
        ("answers: [", "this is not YAML"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path, text, says) -> None:
    with pytest.raises(InputError, match=says):
        paraphrased(golden(1, "I would ask who pays."), _written(tmp_path, text))
