"""`hotseat evals …`: the commands about ratings. Each lies in a module of its own."""

from __future__ import annotations

import typer

from agent.cli.agreement import agreement
from agent.cli.label import label
from agent.cli.labels import labels

app = typer.Typer(help="Ratings: give them by hand, see who gave how many, and how far raters agree.", no_args_is_help=True)
app.command()(label)
app.command()(labels)
app.command()(agreement)
