"""`hotseat judge …`: fit the embedded judge anew, and see how it does on what it has not seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.calibrate import calibrate

if TYPE_CHECKING:
    from agent.document import Document

app = typer.Typer(help="Fit a judge to rated talks, and see how good it is.", no_args_is_help=True)
app.command()(calibrate)

Evals = Annotated[Path, typer.Option("--evals", help="A directory with goldens, sentences and lines.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")]

NAMED_BY = "a strong language model, asked by hand, which named the indicator of every quote in its recorded judgements"
PROVENANCE = (
    "sentences and lines written and labelled by language models; transcripts written by language models and rated by others that had "
    "not written them; no person rated anything"
)


@app.command()
def fit(
    evals: Evals = Path("evals"),
    out: Annotated[Path | None, typer.Option("--out", help="Write into this folder; without it, to the judge's own files.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if the file is not what the data give.")] = False,
) -> None:
    """Fit the judge to the train and dev goldens, and write its model and names; the test goldens are not read."""
    from agent.evaluation.fitting.cases import read_material
    from agent.evaluation.fitting.fit import fit as run
    from agent.evaluation.fitting.namings import FILE as NAMINGS
    from agent.evaluation.fitting.namings import fit_names, read_namings
    from agent.judge.learned import model, names
    from agent.library import Library
    from agent.library.library import shipped
    from agent.memory.embedder import default_embedder

    rubric, embedder = Library((shipped(),)).rubric("core"), default_embedder()
    material = read_material(evals, ("train", "dev"), [each.id for each in rubric.competencies], embedder)
    named = fit_names(read_namings(evals / NAMINGS), material.cases, rubric, embedder, NAMED_BY)
    typer.echo("Names of indicators: " + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in named.report.items()))
    fitted = run(material, rubric, embedder.id, PROVENANCE)
    typer.echo(_told(fitted.report))
    for document, file in ((fitted, model.FILE), (named, names.FILE)):
        _keep(document, out / file.name if out else file, evals, check=check)


@app.command()
def report(as_json: AsJson = False) -> None:
    """Show how the shipped model did on families of goldens that it had not seen."""
    from agent.judge.learned.model import shipped_model

    model = shipped_model()
    if as_json:
        typer.echo(json.dumps({"format": 1, **model.model_dump(include={"version", "embedder", "provenance", "report"})}, indent=2))
        return
    typer.echo(f"Model {model.version} on {model.embedder}. Provenance: {model.provenance}.\n")
    typer.echo(_told(model.report))


@app.command()
def measure(
    split: Annotated[str, typer.Argument(help="train, dev or test; test is for a final report alone.")] = "dev",
    evals: Evals = Path("evals"),
    rubric: Annotated[str, typer.Option("--rubric", help="The rubric they were rated by.")] = "core",
    as_json: AsJson = False,
) -> None:
    """Grade goldens with the embedded judge and show how far it agrees with their raters."""
    from agent.errors import InputError
    from agent.evaluation.golden import SPLITS, goldens
    from agent.evaluation.held_out import agreement
    from agent.evaluation.ratings import read_ratings, reference
    from agent.judge import EmbeddedJudge
    from agent.library import Library
    from agent.library.library import shipped
    from agent.memory.embedder import default_embedder

    known = next((each for each in SPLITS if each == split), None)
    if known is None:
        raise InputError(f"there is no split {split!r}; choose one of {', '.join(SPLITS)}")
    judge, graded_by = EmbeddedJudge(default_embedder()), Library((shipped(),)).rubric(rubric)
    reports = {each.id: judge.grade_now(each.transcript, graded_by) for each in goldens(evals / "goldens", known)}
    found = agreement(reports, reference(read_ratings(evals / "goldens" / "ratings.jsonl")))
    if as_json:
        rows = {name: row.model_dump() for name, row in found.items()}
        typer.echo(
            json.dumps(
                {"format": 1, "judge": judge.pin().model_dump(), "split": known, "goldens": len(reports), "agreement": rows}, indent=2
            )
        )
        return
    typer.echo(f"{len(reports)} goldens of {known}, judge {judge.id} {judge.version}, rubric {graded_by.name}\n")
    typer.echo(f"{'':<24} {'both':>6} {'QWK':>7} {'MAE':>7} {'bias':>7} {'observed':>9} {'in interval':>12}")
    for name, row in found.items():
        shown = " ".join(_figure(each) for each in (row.qwk, row.mae, row.bias))
        typer.echo(f"{name:<24} {row.both:>6} {shown} {_figure(row.observed):>9} {_figure(row.covered):>12}")


def _keep(document: Document, file: Path, evals: Path, *, check: bool) -> None:
    """Writes what was fitted, or holds the file against it.

    Raises:
        InputError: the file is another one, or cannot be written.
    """
    from agent.cli.grading import write
    from agent.errors import InputError

    text = json.dumps(document.model_dump(mode="json"), separators=(",", ":")).replace('},"', '},\n"') + "\n"
    if not check:
        write(file, text)
        typer.echo(f"Wrote {file}")
    elif not file.is_file() or file.read_text(encoding="utf-8") != text:
        raise InputError(f"{file} is not what {evals} gives; fit it again: hotseat judge fit")


def _told(report: dict[str, Any]) -> str:
    head = (
        f"{report['goldens']} goldens of {report['families']} families, {report['sentences']} sentences; {report['folds']}-fold by family"
    )
    rows = [(name, figures) for name, figures in report.items() if isinstance(figures, dict)]
    lines = [f"{'':<24} {'rated':>6} {'QWK':>7} {'MAE':>7} {'bias':>7} {'observed':>9}"]
    lines += [f"{name:<24} " + _row(figures) for name, figures in rows]
    return "\n".join([head, *lines])


def _row(figures: dict[str, Any]) -> str:
    shown = [f"{figures['rated']:>6}"] + [_figure(figures[name]) for name in ("qwk", "mae", "bias")]
    return " ".join([*shown, f"{_figure(figures['observed_balanced_accuracy']):>9}"])


def _figure(value: float | None) -> str:
    return f"{'–' if value is None else format(value, '.2f'):>7}"
