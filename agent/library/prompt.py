"""A prompt as a file: a front matter in a comment, and the template under it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from agent.document import Document, Text
from agent.library.check import check
from agent.library.lined_yaml import parse_yaml
from agent.library.problem import Problem, Wrong
from agent.library.source import read_text

_FRONT = re.compile(r"\A\{#-?(.*?)-?#\}", re.DOTALL)


class PromptHeader(Document):
    """What a prompt says about itself: YAML in the comment that opens the file."""

    purpose: Text
    variables: dict[str, Text] = Field(default_factory=dict, description="Each variable the template needs, with what it holds.")


@dataclass(frozen=True)
class Prompt:
    """One version of a prompt. `name` is `role/name@version`."""

    name: str
    path: Path
    header: PromptHeader
    text: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def load_prompt(name: str, path: Path) -> Prompt:
    """The prompt in the file at `path`.

    Raises:
        InvalidDocument: it cannot be read, or its front matter is missing or wrong.
    """
    text = read_text(path).replace("\r\n", "\n")
    front = _FRONT.match(text)
    if not front:
        raise Wrong([Problem(path, 1, "", "the file has to open with a comment {# purpose: … variables: … #}")])
    return Prompt(name, path, check(path, parse_yaml(front.group(1), path), PromptHeader), text)
