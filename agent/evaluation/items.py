"""What is to be rated: goldens and transcripts, from files and folders, in an order that is each rater's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agent.errors import InputError
from agent.evaluation.golden import read_golden
from agent.evaluation.talk import Talk
from agent.prose import clean
from agent.reading import read_transcript
from agent.report.text import transcript_to_text
from agent.transcript import Transcript

GOLDENS = (".yaml", ".yml")
TRANSCRIPTS = (".json", ".jsonl", ".srt", ".txt", ".vtt")


@dataclass(frozen=True)
class Item:
    """One talk to rate."""

    id: str
    transcript: Transcript
    brief: str
    sha256: str

    @cached_property
    def talk(self) -> Talk:
        """What a rater sees of it."""
        return Talk.of(self.transcript, self.brief)


def read_items(paths: Iterable[Path], candidate: str | None = None) -> Iterator[Item]:
    """The items in files and folders. `candidate` names the candidate in files that do not.

    Raises:
        InputError: a file is neither golden nor transcript, or a folder holds none.
    """
    files = [file for path in paths for file in _files(path)]
    for file in dict.fromkeys(file.absolute() for file in files):
        yield _item(file, candidate)


def item_of(name: str, transcript: Transcript, brief: str = "") -> Item:
    """A transcript that lies in no file; its sha256 is that of its text."""
    return Item(name, transcript, brief, _sha256(transcript_to_text(transcript).encode("utf-8", "replace")))


def in_order(items: Iterable[Item], rater: str, seed: int) -> list[Item]:
    """The items shuffled by rater and seed. One that is added later leaves the others in their order.

    Raises:
        InputError: there is none, or two have the same name.
    """
    by_id: dict[str, Item] = {}
    for item in items:
        if item.id in by_id:
            raise InputError(f"two of the items are called {item.id!r}, and ratings go by that name; rename one of the files")
        by_id[item.id] = item
    if not by_id:
        raise InputError("there is nothing to rate; name golden files, transcripts, or a folder of them")
    return sorted(by_id.values(), key=lambda item: hashlib.sha256(f"{seed}\n{rater}\n{item.id}".encode()).digest())


def _files(path: Path) -> Sequence[Path]:
    """A file itself; of a folder the goldens at any depth or, where there are none, the transcripts right in it."""
    if not path.is_dir():
        return [path]
    inside = sorted(path.rglob("*"))
    goldens = [file for file in inside if file.suffix in GOLDENS]
    found = goldens or [file for file in inside if file.suffix in TRANSCRIPTS and file.parent == path]
    if not found:
        raise InputError(
            f"there is nothing to rate in {path}; it needs golden files ({GOLDENS[0]}) or transcripts ({', '.join(TRANSCRIPTS)})"
        )
    return found


def _item(file: Path, candidate: str | None) -> Item:
    if file.suffix in GOLDENS:
        golden = read_golden(file)
        return Item(golden.id, golden.transcript, golden.brief or "", _sha256(file.read_bytes()))
    return Item(clean(file.stem), read_transcript(file, candidate=candidate), "", _sha256(file.read_bytes()))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
