"""A suite with everything that it names read and made ready: what a run begins with."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from agent.document import fingerprint
from agent.errors import InputError, nearest
from agent.evaluation.golden import Golden, read_golden
from agent.evaluation.probes.catalogue import chosen
from agent.evaluation.probes.probe import Probe
from agent.evaluation.ratings import Rating, read_ratings
from agent.evaluation.runs.judges import Made, Workshop
from agent.evaluation.runs.paths import check
from agent.evaluation.runs.plan import Plan
from agent.evaluation.runs.suite import Goldens, Suite
from agent.rubric import Rubric
from agent.verdict import RubricPin


@dataclass(frozen=True)
class Prepared:
    """`goldens` are the items in the order of the suite, `ratings` those of them alone."""

    suite: Suite
    evals: Path
    rubric: Rubric
    goldens: tuple[Golden, ...]
    ratings: tuple[Rating, ...]
    judges: dict[str, Made]
    probes: tuple[Probe, ...]
    plan: Plan


def prepare(suite: Suite, workshop: Workshop, rubric: Rubric) -> Prepared:
    """Reads what the suite names, and makes its judges.

    Raises:
        InputError: something is not there, or wrong.
    """
    return prepare_with(workshop.judges(suite), suite, workshop.evals, rubric)


def prepare_with(judges: dict[str, Made], suite: Suite, evals: Path, rubric: Rubric) -> Prepared:
    """Reads what the suite names, for judges that are there already.

    Raises:
        InputError: something is not there, or wrong.
    """
    goldens = _goldens(suite, evals)
    file = evals / suite.ratings if suite.ratings else None
    ratings = _of(goldens, read_ratings(file)) if file else ()
    probes = tuple(chosen(suite.probes.names)) if suite.probes else ()
    check(suite, rubric, [probe.name for probe in probes])
    plan = Plan(
        suite=suite,
        rubric=RubricPin(id=rubric.slug, version=rubric.version, sha256=fingerprint(rubric)),
        items={golden.id: fingerprint(golden.transcript) for golden in goldens},
        left_out={name: left for name, made in judges.items() if (left := made.unrecorded(goldens, rubric))},
        ratings=hashlib.sha256(file.read_bytes()).hexdigest() if file else None,
        judges={name: made.inputs for name, made in judges.items()},
        materials=_materials(evals, probes),
    )
    return Prepared(suite, evals, rubric, goldens, ratings, judges, probes, plan)


def _goldens(suite: Suite, evals: Path) -> tuple[Golden, ...]:
    files = [file for choice in suite.goldens for file in _files(choice, evals)]
    found = tuple(read_golden(file) for file in files)
    ids = [golden.id for golden in found]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise InputError(f"{', '.join(twice)}: suite {suite.id!r} names goldens of that id more than once; name each once")
    return found


def _files(choice: Goldens, evals: Path) -> Sequence[Path]:
    folder = evals / choice.place
    files = {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    if not files:
        raise InputError(f"there are no goldens in {folder}; name the directory that holds them with --evals")
    for name in choice.items:
        if name not in files:
            raise InputError(f"there is no golden {name!r} in {folder}{nearest(name, files)}")
    drawn = choice.items or sorted(Random(f"{choice.seed}/{folder.name}").sample(list(files), min(choice.limit or len(files), len(files))))
    return [files[name] for name in drawn]


def _of(goldens: Sequence[Golden], ratings: Sequence[Rating]) -> tuple[Rating, ...]:
    wanted = {golden.id for golden in goldens}
    return tuple(rating for rating in ratings if rating.item in wanted)


def _materials(evals: Path, probes: Sequence[Probe]) -> dict[str, str]:
    """The sha256 of each file that these probes read, alone or with a folder of them."""
    named = [evals / name for probe in probes for name in probe.reads]
    files = {file for one in named for file in (one, *one.glob("*.*")) if file.is_file()}
    return {file.relative_to(evals).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}
