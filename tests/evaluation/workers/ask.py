"""Hands orders to a cluster and prints what comes back, line by line: ask.py ADDRESS MODULE:FUNCTION ORDER..."""

from __future__ import annotations

import sys
from importlib import import_module

from agent.errors import HotseatError
from agent.evaluation.workers.cluster import on_cluster

if __name__ == "__main__":
    address, named, *orders = sys.argv[1:]
    module, _, function = named.partition(":")
    try:
        for done in on_cluster(getattr(import_module(module), function), orders, address):
            print(done, flush=True)  # noqa: T201
    except HotseatError as error:
        sys.exit(str(error))
