"""Linting: every file against its schema, its references, and the rules that make a scene playable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from agent.errors import LibraryError
from agent.library.kinds import Kind
from agent.library.library import Library
from agent.library.loading import Loaded, duplicates, load_file
from agent.library.problem import Problem, Wrong
from agent.library.prompt import load_prompt
from agent.library.released import check_released
from agent.library.rules.arc import check_arc
from agent.library.rules.ids import check_ids
from agent.library.rules.leaks import check_leaks
from agent.library.rules.lines import check_lines
from agent.library.rules.patterns import check_patterns
from agent.library.rules.pools import check_pools
from agent.library.rules.prompt import check_prompt
from agent.library.rules.references import check_references
from agent.library.rules.rubric import check_caps, check_fed_competencies
from agent.library.rules.shown import check_competencies
from agent.library.rules.triggers import check_triggers
from agent.library.targets import Target, is_slug, roots_of, targets_in, targets_of

Rule = Callable[[Loaded, Library], Iterable[Problem]]

RULES: dict[Kind, tuple[Rule, ...]] = {
    "persona": (check_ids, check_patterns, check_lines, check_pools),
    "scenario": (
        check_ids,
        check_patterns,
        check_lines,
        check_references,
        check_triggers,
        check_competencies,
        check_arc,
        check_leaks,
    ),
    "twist": (check_ids, check_patterns, check_lines, check_fed_competencies),
    "candidate": (check_ids,),
    "rubric": (check_ids, check_patterns, check_caps),
    "acts": (check_patterns,),
    "questions": (check_patterns,),
}


def lint(library: Library, paths: Sequence[Path] | None = None) -> list[Problem]:
    """Everything that is wrong with the files at `paths`, or with the whole library; sorted by file and line.

    Directories are searched. Files refer to what the library and their own directory hold.

    Raises:
        LibraryError: a path is not there, holds nothing to check, or cannot be told what it is.
    """
    roots = list(library.search_path) if paths is None else roots_of(paths)
    targets = [target for root in roots for target in targets_in(root)] if paths is None else targets_of(paths)
    if not targets:
        raise LibraryError(f"there is nothing to check in {', '.join(map(str, paths or roots))}; name files or directories of a library")
    around = Library((*roots, *library.search_path))
    found = [problem for target in targets for problem in _lint_target(target, around)]
    around_files = [problem for root in roots for problem in (*check_released(root), *_names_taken_twice(root))]
    found.extend(problem for problem in around_files if paths is None or _within(problem.path, paths))
    return sorted(set(found))


def _within(path: Path, places: Sequence[Path]) -> bool:
    return any(path.is_relative_to(place.absolute()) for place in places)


def _lint_target(target: Target, library: Library) -> Iterator[Problem]:
    try:
        if target.kind == "prompt":
            yield from check_prompt(load_prompt(target.name, target.path), library)
            return
        loaded = load_file(target.kind, target.name, target.path)
    except Wrong as wrong:
        yield from wrong.problems
        return
    for rule in RULES[target.kind]:
        yield from rule(loaded, library)


def _names_taken_twice(root: Path) -> Iterator[Problem]:
    by_name: dict[tuple[Kind, str], list[Path]] = {}
    for target in targets_in(root):
        by_name.setdefault((target.kind, target.name), []).append(target.path)
        if not is_slug(target):
            yield Problem(target.path, 1, "", f"the name {target.name!r} is not in lower-case words joined by hyphens; rename the file")
    for (kind, name), same in by_name.items():
        yield from duplicates(kind, name, same)
