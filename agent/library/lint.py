"""Linting: every file against its schema, its references, and the rules that make a scene playable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from agent.errors import LibraryError
from agent.library.kinds import FileKind, unread_folders
from agent.library.library import Library
from agent.library.loading import Loaded, duplicates, load_file
from agent.library.problem import Problem, Wrong
from agent.library.prompt import load_prompt
from agent.library.released import check_released
from agent.library.rules.arc import check_arc
from agent.library.rules.cutting import check_cutting
from agent.library.rules.facts import check_facts
from agent.library.rules.ids import check_ids
from agent.library.rules.leaks import check_leaks
from agent.library.rules.lines import check_lines
from agent.library.rules.patterns import check_patterns
from agent.library.rules.pools import check_pools
from agent.library.rules.prompt import check_prompt
from agent.library.rules.references import check_references
from agent.library.rules.room import check_room
from agent.library.rules.rubric import check_caps, check_fed_competencies
from agent.library.rules.shown import check_competencies
from agent.library.rules.triggers import check_triggers
from agent.library.rules.walkthrough import check_walkthrough
from agent.library.rules.wording import check_wording
from agent.library.targets import Target, is_slug, roots_of, targets_in, targets_of

Rule = Callable[[Loaded, Library], Iterable[Problem]]
Further = Callable[[Sequence[Loaded], Library], Iterable[Problem]]
"""Looks at all the documents that could be read, at once."""

RULES: dict[FileKind, tuple[Rule, ...]] = {
    "persona": (check_ids, check_patterns, check_lines, check_pools, check_cutting),
    "scenario": (
        check_ids,
        check_patterns,
        check_lines,
        check_references,
        check_triggers,
        check_competencies,
        check_arc,
        check_room,
        check_facts,
        check_leaks,
        check_wording,
    ),
    "twist": (check_ids, check_patterns, check_lines, check_fed_competencies),
    "candidate": (check_ids,),
    "rubric": (check_ids, check_patterns, check_caps),
    "acts": (check_patterns,),
    "slips": (check_patterns,),
    "questions": (check_patterns,),
    "walkthrough": (check_walkthrough,),
}


def lint(library: Library, paths: Sequence[Path] | None = None, further: Further | None = None) -> list[Problem]:
    """Everything that is wrong with the files at `paths`, or with the whole library; sorted by file and line.

    Directories are searched. Files refer to what the library and their own directory hold. `further` adds checks that need more
    than the files.

    Raises:
        LibraryError: a path is not there, holds nothing to check, or cannot be told what it is.
    """
    roots = list(library.search_path) if paths is None else roots_of(paths)
    targets = [target for root in roots for target in targets_in(root)] if paths is None else targets_of(paths)
    if not targets:
        raise LibraryError(f"there is nothing to check in {', '.join(map(str, paths or roots))}; name files or directories of a library")
    around = Library((*roots, *library.search_path))
    loaded, found = _read(targets, around)
    found += [problem for one in loaded for rule in RULES[one.kind] for problem in rule(one, around)]
    found += further(loaded, around) if further else ()
    around_files = [problem for root in roots for problem in (*check_released(root), *_names_taken_twice(root), *_unread(root))]
    found += [problem for problem in around_files if paths is None or _within(problem.path, paths)]
    return sorted(set(found))


def _within(path: Path, places: Sequence[Path]) -> bool:
    return any(path.is_relative_to(place.absolute()) for place in places)


def _read(targets: Iterable[Target], library: Library) -> tuple[list[Loaded], list[Problem]]:
    """The documents that fit their models, and what is wrong with the other files and with prompts."""
    loaded: list[Loaded] = []
    found: list[Problem] = []
    for target in targets:
        try:
            if target.kind == "prompt":
                found += check_prompt(load_prompt(target.name, target.path), library)
            else:
                loaded.append(_loaded(target, library))
        except Wrong as wrong:
            found += wrong.problems
    return loaded, found


def _loaded(target: Target, library: Library) -> Loaded:
    """The library's own copy where this file is the one that wins, so that it is read once."""
    kind, name, path = target
    if kind != "walkthrough" and name in library.names(kind) and library.files(kind, name) == (path,):
        return library.load(kind, name)
    return load_file(kind, name, path)


def _names_taken_twice(root: Path) -> Iterator[Problem]:
    by_name: dict[tuple[FileKind, str], list[Path]] = {}
    for target in targets_in(root):
        by_name.setdefault((target.kind, target.name), []).append(target.path)
        if not is_slug(target):
            yield Problem(target.path, 1, "", f"the name {target.name!r} is not in lower-case words joined by hyphens; rename the file")
    for (kind, name), same in by_name.items():
        yield from duplicates(kind, name, same)


def _unread(root: Path) -> Iterator[Problem]:
    for folder in unread_folders(root):
        yield Problem(folder, 1, "", f"files in here are not read; move them up into {folder.parent.relative_to(root)}", "warning")
