"""Who else grades for `hotseat evals run`: processes of this machine, or a cluster."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.evaluation.runs.elsewhere import Elsewhere
    from agent.evaluation.runs.suite import Suite
    from agent.evaluation.workers.crew import Crew


def crew_of(workers: int, address: str | None, *, offline: bool) -> AbstractContextManager[Crew | None]:
    """Who is there to grade; None for this process itself.

    Raises:
        InputError: there is no cluster at the address, no network is wanted, or workers of both kinds are.
    """
    from agent.errors import InputError
    from agent.evaluation.runs.offline import no_network_any_more
    from agent.evaluation.workers.cluster import cluster
    from agent.evaluation.workers.processes import processes

    if address and offline:
        raise InputError("a cluster is reached through the network, which --offline refuses; leave out one of the two")
    require_one_place(workers, address)
    if address:
        return cluster(address)
    return processes(workers, no_network_any_more if offline else None) if workers > 1 else nullcontext()


def require_one_place(workers: int, address: str | None) -> None:
    """Sees that not both, processes of this machine and a cluster, are asked for.

    Raises:
        InputError: they are.
    """
    from agent.errors import InputError

    if address and workers > 1:
        raise InputError(f"--workers {workers} and --cluster {address} are two places to work at; leave out one of the two")


def elsewhere(suite: Suite, crew: Crew, library: Path | None) -> Elsewhere:
    """The embedded judge, for which the crew grades.

    Raises:
        InputError: no judge of the suite is embedded.
    """
    from agent.errors import InputError
    from agent.evaluation.runs.elsewhere import Elsewhere
    from agent.evaluation.runs.suite import EMBEDDED
    from agent.memory.embedder import LazyEmbedder

    if not any(judge.model == EMBEDDED for judge in suite.judges.values()):
        raise InputError("only the embedded judge grades elsewhere, and no judge here is embedded; leave out --cluster and --workers")
    return Elsewhere(crew, LazyEmbedder(), library)
