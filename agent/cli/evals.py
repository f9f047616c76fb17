"""`hotseat evals …`: ratings and judges. Each command lies in a module of its own."""

from __future__ import annotations

import typer

from agent.cli.agreement import agreement
from agent.cli.canary import canary
from agent.cli.comparing import compare
from agent.cli.diffing import diff_rubric
from agent.cli.evals_replay import replay
from agent.cli.evals_run import run
from agent.cli.label import label
from agent.cli.labels import labels
from agent.cli.planning import plan
from agent.cli.probing import probe
from agent.cli.scenes import scenes

app = typer.Typer(help="Ratings and judges: rate by hand, see how far raters agree, and what moves a grade.", no_args_is_help=True)
app.command()(label)
app.command()(labels)
app.command()(agreement)
app.command()(probe)
app.command()(run)
app.command()(compare)
app.command()(diff_rubric)
app.command()(plan)
app.command()(canary)
app.command()(scenes)
app.command()(replay)
