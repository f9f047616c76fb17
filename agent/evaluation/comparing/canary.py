"""The canary: a few goldens, listed with fingerprints, that a judge grades again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from agent.document import Document, Slug, Text, fingerprint
from agent.errors import InputError
from agent.evaluation.checked_file import read_checked
from agent.evaluation.golden import Golden, Split, read_golden

FOLDER, FILE = "canary", "canary.yaml"


class Canary(Document):
    """`evals/canary/canary.yaml`. A change of it makes every baseline incomparable."""

    format: Literal[1] = 1
    about: Text
    rubric: Text = Field(description="By which they are graded, with its version.")
    split: Split = Field(description="The folder of evals/goldens that they lie in.")
    goldens: dict[Slug, Text] = Field(min_length=10, description="By id, the sha256 of its content (agent.document.fingerprint).")

    @property
    def sha256(self) -> str:
        """The fingerprint of the whole set."""
        return fingerprint(self)


def read_canary(evals: Path) -> Canary:
    """The canary of a directory.

    Raises:
        InputError: it is not there, or wrong.
    """
    file = evals / FOLDER / FILE
    if not file.is_file():
        raise InputError(f"there is no canary in {file}; name the directory that holds canary/ and goldens/ with --evals")
    return read_checked(file, Canary, "canary")


def goldens_of(canary: Canary, evals: Path) -> list[Golden]:
    """The goldens that are listed.

    Raises:
        InputError: one is not there, or is not what was listed.
    """
    found = [read_golden(evals / "goldens" / canary.split / f"{name}.yaml") for name in canary.goldens]
    changed = [golden.id for golden in found if fingerprint(golden) != canary.goldens[golden.id]]
    if changed:
        raise InputError(
            f"{', '.join(changed)}: not the goldens that the canary lists; put them back, or list them anew in "
            f"{evals / FOLDER / FILE} and accept a new baseline (--accept)"
        )
    return found
