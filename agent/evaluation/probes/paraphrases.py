"""Goldens whose answers were said again in other words, one by one: what they are made of is in `evals/paraphrases`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from agent.document import Document
from agent.errors import InputError
from agent.evaluation.checked_file import read_checked
from agent.evaluation.golden import Golden
from agent.transcript import Transcript


class Paraphrase(Document):
    """The candidate's turns of one golden, each in other words."""

    golden: str
    answers: tuple[str, ...] = Field(min_length=1, description="One for each of the candidate's turns, in their order.")


def paraphrased(golden: Golden, folder: Path) -> Transcript:
    """The golden in other words; itself where there are none.

    Raises:
        InputError: the file of that golden cannot be read, is another's, or has not one answer for each turn.
    """
    file = folder / f"{golden.id}.yaml"
    if not file.is_file():
        return golden.transcript
    answers = iter(_read(file, golden).answers)
    turns = (turn.model_copy(update={"text": next(answers)}) if turn.role == "candidate" else turn for turn in golden.transcript.turns)
    return golden.transcript.model_copy(update={"turns": tuple(turns)})


def _read(file: Path, golden: Golden) -> Paraphrase:
    found = read_checked(file, Paraphrase, "paraphrase")
    wanted = len(golden.transcript.candidate_turns)
    if found.golden != golden.id or len(found.answers) != wanted:
        raise InputError(f"{file} has {len(found.answers)} answers of {found.golden!r}; {golden.id!r} has {wanted} turns of the candidate")
    return found
