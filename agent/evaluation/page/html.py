"""One self-contained HTML page of a run: no script, nothing loaded from anywhere."""

from __future__ import annotations

from pathlib import Path

from agent.evaluation.page import confusion, reliability, words
from agent.evaluation.page.material import gather
from agent.evaluation.page.view import view
from agent.evaluation.replay.result import Replayed, from_kept
from agent.evaluation.runs.reading import Run
from agent.library import Library


def to_html(run: Run, evals: Path, library: Library, *, replayed: Replayed | None = None, baseline: Run | None = None) -> str:
    """The report of a run that has ended as a whole HTML document, the same for the same run.

    `evals` and `library` are where items, ratings and rubric are looked for; what has changed since the run is left out, and named.
    Without `replayed` all figures are computed again from the kept gradings, and the page tells what came of that. With `baseline`
    it shows what moved since.

    Raises:
        InputError: the run has not ended.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    places = [PackageLoader("agent.evaluation.page", "."), PackageLoader("agent.report", ".")]
    page = Environment(loader=ChoiceLoader(places), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page.globals.update(figure=words.figure, interval=words.interval, bound=words.bound, gate_bound=words.gate_bound, outcome=words.outcome)
    shown = view(gather(run, evals, library), replayed or from_kept(run, evals, library), baseline)
    return page.get_template("run.html.j2").render(page=shown, matrix=confusion, diagram=reliability)
