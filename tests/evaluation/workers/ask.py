"""Hands orders to a cluster and prints what comes back, line by line: ask.py ADDRESS MODULE:FUNCTION ORDER...

Modules in the folder `here` are found by this process alone.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from agent.errors import HotseatError
from agent.evaluation.workers.cluster import on_cluster

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).with_name("here")))
    address, named, *orders = sys.argv[1:]
    module, _, function = named.partition(":")
    try:
        for done in on_cluster(getattr(import_module(module), function), orders, address):
            print(done, flush=True)  # noqa: T201
    except HotseatError as error:
        sys.exit(str(error))
