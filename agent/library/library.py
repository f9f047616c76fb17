"""The library: finds a persona, scenario, twist, rubric or prompt by name along a search path, and checks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from agent.candidate import SimulatedCandidate
from agent.document import Pattern, fingerprint
from agent.errors import LibraryError, NotInLibrary
from agent.library.kinds import ACTS_NAME, FOLDERS, KINDS, QUESTIONS_NAME, SLIPS_NAME, Kind, Slips, files_of
from agent.library.loading import Loaded, duplicates, load_file
from agent.library.problem import Wrong
from agent.library.prompt import Prompt, load_prompt
from agent.observation import Act
from agent.persona import Persona
from agent.questions import QuestionBank
from agent.rubric import Rubric
from agent.scenario import Scenario
from agent.settings import Settings
from agent.twist import Twist

Files = Mapping[str, tuple[Path, ...]]
"""Every name of a kind, with its files; the first one wins, the others are shadowed."""


class Library:
    """Data files along `search_path`. The first directory that has a name wins; documents are loaded once."""

    def __init__(self, search_path: Iterable[Path]) -> None:
        self.search_path = tuple(dict.fromkeys(search_path))
        self._loaded: dict[tuple[Kind, str], Loaded] = {}
        self._prompts: dict[str, Prompt] = {}
        self._files: dict[Kind, Files] = {}

    @classmethod
    def default(cls, extra: Path | None = None, settings: Settings | None = None) -> Library:
        """The library of this machine: `extra`, $HOTSEAT_LIBRARY, $HOTSEAT_HOME, the user's directories, what was shipped.

        Raises:
            LibraryError: `extra` is no library directory.
        """
        if extra is not None:
            _require_library(extra)
        settings = settings or Settings.from_environment()
        return cls((*settings.search_path(extra), shipped()))

    def persona(self, slug: str) -> Persona:
        """The persona of that slug.

        Raises:
            NotInLibrary: there is none; the same for everything below.
            InvalidDocument: its file is wrong; the same for everything below.
        """
        return cast("Persona", self.load("persona", slug).document)

    def scenario(self, slug: str) -> Scenario:
        """The scenario of that slug."""
        return cast("Scenario", self.load("scenario", slug).document)

    def twist(self, slug: str) -> Twist:
        """The twist of that slug."""
        return cast("Twist", self.load("twist", slug).document)

    def candidate(self, slug: str) -> SimulatedCandidate:
        """The simulated candidate of that slug."""
        return cast("SimulatedCandidate", self.load("candidate", slug).document)

    def rubric(self, name: str) -> Rubric:
        """The rubric `slug@version`; with `slug` alone the newest version."""
        return cast("Rubric", self.load("rubric", name).document)

    def acts(self) -> dict[Act, Pattern]:
        """How the acts of a candidate are recognised."""
        return dict(self.load("acts", ACTS_NAME).document.root)

    def slips(self) -> Slips:
        """How lines that a person must not say are recognised."""
        return cast("Slips", self.load("slips", SLIPS_NAME).document)

    def questions(self) -> QuestionBank:
        """The bank of questions for interviews built from a job post."""
        return cast("QuestionBank", self.load("questions", QUESTIONS_NAME).document)

    def prompt(self, name: str) -> Prompt:
        """The prompt `role/name@version`; with `role/name` alone the newest version."""
        full, path = self._winner("prompt", name)
        if full not in self._prompts:
            self._prompts[full] = load_prompt(full, path)
        return self._prompts[full]

    def names(self, kind: Kind) -> tuple[str, ...]:
        """All names of a kind, sorted; versions from old to new."""
        return tuple(self._index(kind))

    def files(self, kind: Kind, name: str) -> tuple[Path, ...]:
        """The file that wins for a name, then those it shadows."""
        return self._index(kind)[self._full_name(kind, name)]

    def where(self, kind: Kind, name: str) -> Path:
        """The file that wins for a name."""
        return self.files(kind, name)[0]

    def fingerprint(self, kind: Kind, name: str) -> str:
        """The sha256 of a document's content, or of a prompt's text."""
        return self.prompt(name).sha256 if kind == "prompt" else fingerprint(self.load(kind, name).document)

    def load(self, kind: Kind, name: str) -> Loaded:
        """A document of any kind but prompts, with its path and lines."""
        full, path = self._winner(kind, name)
        if (kind, full) not in self._loaded:
            self._loaded[kind, full] = load_file(kind, full, path)
        return self._loaded[kind, full]

    def find(self, name: str) -> list[tuple[Kind, str]]:
        """Every kind that knows `name`, with the full name there."""
        return [(kind, full) for kind in KINDS if (full := self._complete(kind, name))]

    @cached_property
    def all_names(self) -> tuple[str, ...]:
        """The names of everything, for suggestions."""
        return tuple(name for kind in KINDS for name in self.names(kind))

    def _winner(self, kind: Kind, name: str) -> tuple[str, Path]:
        full = self._full_name(kind, name)
        paths = self._index(kind)[full]
        twice = duplicates(kind, full, [path for path in paths if path.parent == paths[0].parent])
        if twice:
            raise Wrong(twice)
        return full, paths[0]

    def _full_name(self, kind: Kind, name: str) -> str:
        full = self._complete(kind, name)
        if full is None:
            places = [root / FOLDERS[kind] for root in self.search_path]
            raise NotInLibrary(kind, name, places=places, known=self._suggestions(kind, name))
        return full

    def _complete(self, kind: Kind, name: str) -> str | None:
        index = self._index(kind)
        if name in index:
            return name
        versions = [known for known in index if known.partition("@")[0] == name]
        return versions[-1] if versions else None

    def _suggestions(self, kind: Kind, name: str) -> list[str]:
        known = self._index(kind)
        return list(known) if "@" in name else [*known, *(full.partition("@")[0] for full in known if "@" in full)]

    def _index(self, kind: Kind) -> Files:
        if kind not in self._files:
            found: dict[str, tuple[Path, ...]] = {}
            for root in self.search_path:
                for name, path in files_of(kind, root):
                    found[name] = (*found.get(name, ()), path)
            self._files[kind] = {name: found[name] for name in sorted(found, key=_age)}
        return self._files[kind]


def _age(name: str) -> tuple[Any, ...]:
    slug, _, version = name.partition("@")
    return slug, tuple(int(part) if part.isascii() and part.isdigit() else -1 for part in version.split(".")), version


def shipped() -> Path:
    """Where the files that came with the package lie: inside a wheel, or at the root of a checkout."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent


def is_library(directory: Path) -> bool:
    """Whether a directory has the folders of a library."""
    return any((directory / folder).is_dir() for folder in ("personas", "rubrics", "prompts"))


def _require_library(directory: Path) -> None:
    if not directory.is_dir():
        raise LibraryError(f"there is no library directory {str(directory)!r}; give a directory that holds personas/, rubrics/ or prompts/")
    if not is_library(directory):
        raise LibraryError(f"{str(directory)!r} holds none of personas/, rubrics/, prompts/; give the directory above them")
