"""One side of a comparison: the reports of one judge by item, from a run's folder or from reports that were saved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.errors import InputError, nearest
from agent.evaluation.runs.folder import JUDGEMENTS
from agent.evaluation.runs.reading import read_run
from agent.evaluation.why import why
from agent.verdict import GradeReport

SAVED = "saved"
"""The name of who graded, where a line does not tell."""
FORMS = (
    "a comparison needs a run's folder, a folder of reports (hotseat grade TALK --json > FOLDER/TALK.json), "
    'or JSON lines {"item": "…", "report": {…}}'
)


class Line(BaseModel):
    """A report on an item, as a line of JSON; what else the line says is not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    item: str
    judge: str = SAVED
    report: GradeReport


@dataclass(frozen=True)
class Side:
    """The reports of the judge of that name in `source`.

    `talks` are fingerprints of the transcripts, as far as they are known; `damage` says what of the source could not be read.
    """

    source: str
    judge: str
    reports: Mapping[str, GradeReport]
    talks: Mapping[str, str] = field(default_factory=dict)
    damage: str = ""

    @property
    def name(self) -> str:
        """The source, and the judge where it has a name."""
        return self.source if self.judge == SAVED else f"{self.source} ({self.judge})"


def read_sides(path: Path) -> dict[str, Side]:
    """By judge, what lies at `path`.

    Raises:
        InputError: there is nothing that can be compared, or a line or file is no report.
    """
    sides = _of_run(path) if (path / JUDGEMENTS).is_file() else _saved(path)
    if not sides:
        raise InputError(f"there is no report in {path} that can be read; {FORMS}")
    return sides


def matching(before: Mapping[str, Side], after: Mapping[str, Side], judge: str | None) -> list[tuple[Side, Side]]:
    """Whom to compare with whom: the judge that is named, all that have one name, or the only two there are.

    Raises:
        InputError: the judge is not on both sides, or it cannot be told who belongs together.
    """
    common = [name for name in before if name in after]
    if judge is not None and judge not in common:
        known = sorted({*before, *after})
        raise InputError(f"the judge {judge!r} is not on both sides{nearest(judge, known)}; there are {', '.join(known)}")
    if not common and len(before) == len(after) == 1:
        return [(next(iter(before.values())), next(iter(after.values())))]
    if not common:
        raise InputError(f"no judge is on both sides: {', '.join(before)} before, {', '.join(after)} after; name runs of one judge each")
    return [(before[name], after[name]) for name in common if judge in (None, name)]


def _of_run(path: Path) -> dict[str, Side]:
    run = read_run(path)
    found = {judge: {one.item: one.report for one in run.of_items(judge)} for judge in run.plan.judges}
    damage = run.damage
    return {judge: Side(str(path), judge, reports, run.plan.items, damage) for judge, reports in found.items() if reports}


def _saved(path: Path) -> dict[str, Side]:
    found: dict[str, dict[str, GradeReport]] = {}
    for line in _files(path) if path.is_dir() else _lines(path):
        reports = found.setdefault(line.judge, {})
        if line.item in reports:
            raise InputError(f'{path}: there are two reports on {line.item!r} by one judge; keep one, or give each line a "judge"')
        reports[line.item] = line.report
    return {judge: Side(str(path), judge, reports) for judge, reports in found.items()}


def _files(folder: Path) -> Iterator[Line]:
    for file in sorted(folder.glob("*.json")):
        try:
            yield Line(item=file.stem, report=GradeReport.model_validate_json(file.read_bytes()))
        except (OSError, ValidationError) as error:
            raise InputError(f"{file} is no report, {why(error)}; {FORMS}") from error


def _lines(file: Path) -> Iterator[Line]:
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {file}: {why(error)}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield Line.model_validate(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise InputError(f"{file}, line {number} holds no report, {why(error)}; {FORMS}") from error
