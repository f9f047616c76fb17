"""Walkthroughs on disk."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from agent.errors import InputError
from agent.library.lined_yaml import parse_yaml
from agent.library.problem import Wrong
from agent.library.source import read_text
from agent.walkthrough import Walkthrough


def read_walkthrough(file: Path) -> Walkthrough:
    """The walkthrough in a YAML file.

    Raises:
        InputError: the file cannot be read, or is no walkthrough.
    """
    try:
        return Walkthrough.model_validate(parse_yaml(read_text(file), file).data)
    except Wrong as wrong:
        raise InputError(str(wrong)) from wrong
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{file} is no walkthrough: {place}: {first['msg']}") from error
