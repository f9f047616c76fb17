"""Takes greetings, thanks and fillers out of an answer, as far as a rule knows them for such."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field

from agent.document import Cues, Document
from agent.evaluation.checked_file import read_checked
from agent.prose import sentences

_GAP = re.compile(r" {2,}")
_STRAY = re.compile(r" +([,.!?;:])")
_FIRST = re.compile(r"^[\s,;:]+")


class Shortening(Document):
    """The rule: regular expressions, in whatever case."""

    whole: Cues = Field(min_length=1, description="A sentence that is nothing else goes, with its end.")
    words: Cues = Field(min_length=1, description="These words go, with a comma after them.")


def read_shortening(file: Path) -> Shortening:
    """The rule in a YAML file.

    Raises:
        InputError: the file cannot be read, or holds no such rule.
    """
    return read_checked(file, Shortening, "rule for shortening")


def shortened(text: str, rule: Shortening) -> str:
    """`text` without them; as it is where nothing would be left."""
    whole = re.compile(rf"(?:{'|'.join(rule.whole)})[\s.,!?…]*", re.IGNORECASE)
    filler = re.compile(rf"(?<!\w)(?:{'|'.join(rule.words)})(?![\w'’]),?", re.IGNORECASE)
    kept, end = "", 0
    for sentence in sentences(text):
        start = text.index(sentence, end)
        kept += text[end:start] + ("" if whole.fullmatch(sentence) else _mended(filler.sub("", sentence), sentence))
        end = start + len(sentence)
    return _GAP.sub(" ", kept + text[end:]).strip() or text


def _mended(text: str, before: str) -> str:
    """What is left of a sentence, with a capital where it had one."""
    if text == before:
        return before
    text = _FIRST.sub("", _STRAY.sub(r"\1", _GAP.sub(" ", text))).strip()
    if not any(letter.isalnum() for letter in text):
        return ""
    return text[0].upper() + text[1:] if before[0].isupper() else text
