"""A job post as a list of sentences, each with its line and the heading above it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from agent.errors import InputError
from agent.jobpost.suspicious import suspicious
from agent.judge.language import is_english
from agent.prose import clean, sentences, words

MAX_BYTES = 100_000
FEWEST_WORDS = 12
LONGEST_SENTENCE = 220
MOST_SENTENCES = 300
LONGEST_HEADING = 6
NO_TITLE = "the place in your post"

_MARK = re.compile(r"^[\s>#*•·▪‣◦●○–—+-]*(?:\d{1,2}[.)]\s+)?|[*_`#]{1,6}(?=\S)|(?<=\S)[*_`]{1,3}(?=\s|$|[,.:;])")
_BULLETS = tuple("-*•·▪‣◦●○–—+0123456789")
_HTML = re.compile(r"<(?:html|body|div|p|br|li|ul|span|h[1-6])\b", re.IGNORECASE)
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]{0,2000}>", re.IGNORECASE | re.DOTALL)
_JOB = re.compile(
    r"\b(?:engineer|scientist|researcher|developer|analyst|architect|lead|manager|intern|specialist|consultant)s?\b", re.IGNORECASE
)
_HIRING = re.compile(
    r"\b(?:hiring|looking for|seeking|search(?:ing)? for)\s+(?:an?\s+)?(.{3,60}?)(?=\s(?:to|who|for|with|in|at|that|and)\b|[.,!;:]|$)", re.I
)
_LABEL = re.compile(r"^(?:job title|title|position|role|job)\s*:\s*", re.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence of a post. `line` counts from 1."""

    text: str
    line: int
    section: str = ""


class Ignored(NamedTuple):
    """A sentence that speaks to the interviewer or the grader, and what it tries."""

    sentence: Sentence
    why: str


@dataclass(frozen=True)
class Post:
    """What a job post says. Sentences that try to steer the interview are not among `sentences`."""

    title: str
    sentences: tuple[Sentence, ...]
    ignored: tuple[Ignored, ...]
    is_english: bool
    text: str


def read_post(path: Path) -> Post:
    """The job post in a text file.

    Raises:
        InputError: the file cannot be read, is larger than 100,000 bytes, is no text, or says hardly anything.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{str(path)!r} is no regular file; save the job post as a text file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"the job post {str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > MAX_BYTES:
        raise InputError(f"{str(path)!r} is larger than {MAX_BYTES:,} bytes; a job post is a page or two, keep only that")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{str(path)!r} is no text in UTF-8; copy the post out of the PDF or Word file and save it as text") from error
    if "\0" in text:
        raise InputError(f"{str(path)!r} is a binary file; copy the post and save it as text")
    return parse_post(text, str(path))


def parse_post(text: str, where: str = "the job post") -> Post:
    """The sentences of a post.

    Raises:
        InputError: it has hardly any words.
    """
    text = "\n".join(clean(line) for line in _plain(text).splitlines())
    if len(words(text)) < FEWEST_WORDS:
        raise InputError(f"{where} has {len(words(text))} words, too few to build an interview from; paste the whole post")
    found = list(_sentences(text))[:MOST_SENTENCES]
    ignored = tuple(Ignored(one, why) for one in found if (why := suspicious(one.text)))
    left = tuple(one for one in found if not suspicious(one.text))
    return Post(_title(left), _different(left), ignored, is_english(words(text)), text)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("\n", text)) if _HTML.search(text) else text


def _sentences(text: str) -> Iterator[Sentence]:
    section, above = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = _MARK.sub("", line.strip()).strip()
        if bare and number > 1 and _is_heading(line, bare, above):
            section = bare.rstrip(":")
        elif bare:
            yield from (Sentence(_cut(one), number, section) for one in sentences(bare) if words(one))
        above = line.strip()


def _is_heading(line: str, bare: str, above: str) -> bool:
    """A short line that is marked as one, or that stands alone without an end mark."""
    if len(words(bare)) > LONGEST_HEADING or ": " in bare:
        return False
    marked = line.lstrip().startswith(("#", "**")) or bare.endswith(":")
    return marked or (not above and not line.lstrip().startswith(_BULLETS) and bare[-1] not in ".!?")


def _different(found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Sentences of three words and more, each wording once."""
    kept: dict[str, Sentence] = {}
    for one in found:
        if len(words(one.text)) >= 3:
            kept.setdefault(one.text.lower(), one)
    return tuple(kept.values())


def _title(found: tuple[Sentence, ...]) -> str:
    for one in found[:12]:
        bare = _LABEL.sub("", one.text).rstrip(".!")
        if _JOB.search(bare) and len(words(bare)) <= 10 and (one.line <= 3 or bare != one.text):
            return _named(bare)
    for one in found[:20]:
        hiring = _HIRING.search(one.text)
        if hiring and _JOB.search(hiring.group(1)):
            return _named(hiring.group(1))
    return NO_TITLE


def _named(text: str) -> str:
    title = sayable(" ".join(text.split()))[:80].strip(" -–—|,")
    return title or NO_TITLE


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SENTENCE else text[: LONGEST_SENTENCE - 1].rsplit(" ", 1)[0] + "…"


def sayable(text: str) -> str:
    """`text` as it can stand inside an authored line: no slots, no double quotes, an end mark left as it is."""
    return text.replace("{", "(").replace("}", ")").replace('"', "'").replace("“", "'").replace("”", "'").replace("%", " percent")
