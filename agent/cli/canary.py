"""`hotseat evals canary`: whether a judge still grades as it did, and whose doing it is if not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.counted import counted

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.comparing.drift import Drift, Out

ROW = "{:<26}{:>6}{:>8}{:>9}  {:<16}{}"
SHOWN = 10


def canary(
    judge: Annotated[str, typer.Option("--judge", help="Who is watched: embedded, or a model.")] = "embedded",
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="What it said before; without it EVALS/canary/JUDGE.json.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Keep this run: as the baseline, or as one more run of it.")] = False,
    repeats: Annotated[int | None, typer.Option(min=1, max=9, help="How often a model judge is asked; two or more show its noise.")] = None,
    evals: Annotated[Path, typer.Option("--evals", help="The directory with canary and goldens.")] = Path("evals"),
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Grade a few fixed goldens and hold the grades against those of before: did the provider change the model, or did we change something?

    Exits with 0 if they held, with 1 if they moved, with 2 if it cannot be told.
    """
    from agent.cli.models import chosen
    from agent.cli.setup import Options, make_engine, make_screen
    from agent.evaluation.comparing.baseline import place_of
    from agent.evaluation.comparing.canary import read_canary
    from agent.evaluation.comparing.watching import Watch
    from agent.sync import run_sync

    engine, screen = make_engine(None, chosen(Options(model="embedded", judge=judge, repeats=repeats))), make_screen(Options(plain=plain))
    watched = read_canary(evals)
    watch = Watch(watched, evals, engine.judge, engine.rubric(watched.rubric), baseline or place_of(judge, evals))
    watch.check(may_begin=accept)
    with screen.waiting(f"{counted(len(watched.goldens), 'golden')} graded by {judge}"):
        engine.prepare(watch.rubric)
        reading = run_sync(watch.read())
    found = watch.drift(reading)
    if found:
        typer.echo(found.model_dump_json(indent=2)) if as_json else _show(found, screen)
    if accept:
        typer.echo(watch.accept(reading, found), err=as_json)
    raise typer.Exit(0 if accept or found is None else found.exit_code)


def _show(found: Drift, screen: Screen) -> None:
    screen.text(f"Canary of {found.judge}: {counted(found.runs, 'accepted run')}, canary {found.canary[:12]}")
    for pin in found.pins:
        screen.text(f"Differs: {pin}")
    if found.charts:
        screen.text(f"\n{ROW.format('', 'items', 'before', 'now', 'limits', '')}".rstrip(), style="bold")
    for chart in found.charts:
        limits = f"{chart.limits.low:.2f} to {chart.limits.high:.2f}"
        row = ROW.format(
            chart.competency, chart.items, f"{chart.limits.centre:.2f}", f"{chart.now:.2f}", limits, "out" if chart.is_out else ""
        )
        screen.text(row.rstrip(), style="bold red" if chart.is_out else "")
    for line in _lines(found):
        screen.text(line)
    screen.text(f"\n{told(found)}", style="bold")


def _lines(found: Drift) -> Iterator[str]:
    flips = found.flips
    if flips.count:
        yield f"\nScored now and not before, or before and not now: {flips.count}; up to {flips.most} by chance."
        yield from map(_out, flips.verdicts[:SHOWN])
    if found.items:
        which = "other than before" if found.is_repeatable else "beyond their limits"
        yield f"\nVerdicts that are {which}: {len(found.items):,}."
        yield from map(_out, found.items[:SHOWN])


def _out(out: Out) -> str:
    return f"  {out.item}, {out.competency}: {_level(out.before)} → {_level(out.now)}"


def _level(level: float | None) -> str:
    return "none" if level is None else f"{level:.2f}"


def told(found: Drift) -> str:
    """What it comes to, and what to do, in words."""
    if found.cause == "held":
        return _held(found)
    if found.cause == "unknown":
        return (
            "Grades differ, and it cannot be told from noise: the baseline has one answer for each verdict. Ask with --repeats 3, or "
            "accept some runs of an ordinary day."
        )
    if found.cause == "provider":
        named = [str(pin) for pin in found.pins]
        answered = f"and names another model ({named[0]})" if named else "under the same model name"
        return (
            f"The provider: prompts, rubric, package and canary are the same, and the model answers otherwise, {answered}. Look at the "
            "items above; grades from now on are not comparable. --accept makes them the new baseline."
        )
    if found.cause == "both":
        return "Our change and the provider's cannot be told apart, for both are there. Undo one of them and run the canary again."
    ours = "; ".join(pin.name for pin in found.pins)
    where = f"({ours})" if ours else "(no pin differs: it is code, data, or how this machine calculates, for this judge has no provider)"
    return f"Our own change {where}: look at the items above, then --accept makes this the new baseline."


def _held(found: Drift) -> str:
    ours, theirs = ([pin.name for pin in found.pins if pin.is_provider_s is side] for side in (False, True))
    same = "Held: every verdict is the same." if found.is_repeatable else "Held: everything lies within its limits."
    changed = f" What differs on our side ({', '.join(ours)}) moved nothing; --accept makes it the new baseline." if ours else ""
    return same + changed + (" The provider names another model, and its grades are as before." if theirs else "")
