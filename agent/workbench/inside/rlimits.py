"""Limits that a process sets on itself and cannot lift again."""

from __future__ import annotations

from agent.workbench.inside.job import Job


def limit_process(job: Job) -> None:
    """Limits processor time, memory, the size of a file, open files and core dumps, each where the system has such a limit."""
    _limit("RLIMIT_CPU", job["cpu_seconds"], 1)
    _limit("RLIMIT_AS", job["memory"])
    _limit("RLIMIT_FSIZE", job["file_size"])
    _limit("RLIMIT_NOFILE", job["open_files"])
    _limit("RLIMIT_CORE", 0)


def forbid_more_processes() -> None:
    """For systems where no filter refuses them. It does not bind the superuser."""
    _limit("RLIMIT_NPROC", 0)


def _limit(name: str, soft: int, grace: int = 0) -> None:
    try:
        import resource

        resource.setrlimit(getattr(resource, name), (soft, soft + grace))
    except (ImportError, AttributeError, ValueError, OSError):
        return
