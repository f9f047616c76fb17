"""`hotseat judge calibrate`: fits a model judge's levels to those of raters, from a run that graded rated talks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from agent.evaluation.calibrating import Source
    from agent.evaluation.golden import Split
    from agent.evaluation.runs.reading import Run
    from agent.judge.calibration import Calibration

LEARNED_FROM: tuple[Split, ...] = ("train", "dev")
"""What may be fitted to; the test goldens are for reports alone."""


def calibrate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run of a suite.")],
    judge: Annotated[str | None, typer.Option("--judge", help="Which judge of the run; not needed where one model was asked.")] = None,
    evals: Annotated[Path, typer.Option("--evals", help="The directory with goldens and ratings.")] = Path("evals"),
    rubric: Annotated[str | None, typer.Option("--rubric", help="The run's own, where it lies in the library.")] = None,
    provenance: Annotated[str, typer.Option("--provenance", help="Who wrote the talks, who rated them, how the model was asked.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file; without it, among your own calibrations.")] = None,
) -> None:
    """Fit how far a model's levels are off from the raters' on train and dev goldens; later gradings of that model use it."""
    from agent.cli.grading import write
    from agent.evaluation.calibrating import calibration, pairs
    from agent.evaluation.golden import goldens
    from agent.evaluation.ratings import read_ratings, reference
    from agent.evaluation.runs.reading import read_run
    from agent.library import Library

    made = read_run(run)
    name = judge or _only_model(made)
    families = {golden.id: golden.family for split in LEARNED_FROM for golden in goldens(evals / "goldens", split)}
    reports = {each.item: each.report for each in made.of_items(name) if each.item in families}
    graded_by = Library.default().rubric(rubric or f"{made.plan.rubric.id}@{made.plan.rubric.version}")
    found = pairs(reports, families, reference(read_ratings(evals / "goldens" / "ratings.jsonl")))
    fitted = calibration(found, graded_by, _source(made.plan.judges[name], provenance))
    file = out or _own(fitted)
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, fitted.model_dump_json(indent=1) + "\n")
    typer.echo(_told(fitted.report))
    typer.echo(f"Wrote {file}")


def _only_model(run: Run) -> str:
    from agent.errors import InputError

    models = [name for name, inputs in run.plan.judges.items() if str(inputs["id"]).startswith("model:")]
    if not models:
        raise InputError("the run has no judge by a model; the embedded judge is calibrated by: hotseat judge fit")
    if len(models) > 1:
        raise InputError(f"the run has {len(models)} judges by a model; say which with --judge: {', '.join(models)}")
    return models[0]


def _source(inputs: dict[str, Any], provenance: str) -> Source:
    from agent.errors import InputError
    from agent.evaluation.calibrating import Source

    kind, _, address = str(inputs["id"]).partition(":")
    if kind != "model":
        raise InputError(f"{inputs['id']!r} is no judge by a model; the embedded judge is calibrated by: hotseat judge fit")
    prompt = next(iter(inputs["parameters"]["prompts"]))
    return Source(address.partition("@")[0], prompt, provenance)


def _own(fitted: Calibration) -> Path:
    from agent.judge.calibration import FOLDER
    from agent.settings import Settings

    name = f"{fitted.rubric}--{fitted.model.replace('/', '-')}--{fitted.prompt.replace('/', '-')}.json"
    return Settings.from_environment().user_dirs[0] / FOLDER / name


def _told(report: dict[str, Any]) -> str:
    rows = [f"{'':<8} {'QWK':>6} {'MAE':>6} {'bias':>6}"]
    rows += [f"{name:<8} " + " ".join(f"{report[name][figure]:>6.2f}" for figure in ("qwk", "mae", "bias")) for name in ("before", "after")]
    head = (
        f"{report['references']} levels of {report['talks']} talks in {report['families']} families, {report['answers']} answers each; "
        f"{report['folds']}-fold by family, on what the fit had not seen"
    )
    kept = (
        []
        if report["moved"]
        else ["Moving the levels would bring them no nearer to the raters', so they stay; what is known now is how far off they are."]
    )
    return "\n".join([head, *rows, *kept, f"In the interval: {report['covered']:.2f}"])
