"""The command line's edge: errors a user can mend end with a sentence and exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""The matrices here are small: threads that wait for each other cost more than they bring. Read by numpy when it is imported."""


def main() -> None:
    """Runs the command line."""
    from agent.cli.app import app
    from agent.errors import HotseatError

    _open_closed_streams()
    _speak_utf8()
    try:
        _run(app)
    except HotseatError as error:
        _end(2, str(error))
    except KeyboardInterrupt:
        _end(130)
    except BrokenPipeError:
        _forget_output()
        _end(1)
    except OSError as error:
        _forget_output()
        _end(
            2, f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}; make room or check permissions, and try again"
        )


def _run(app: Callable[[], object]) -> None:
    """Runs it, and writes out what is still buffered while a failure can be told."""
    try:
        app()
    finally:
        if sys.stdout:
            sys.stdout.flush()


def _end(code: int, sentence: str = "") -> NoReturn:
    if sentence:
        print(f"hotseat: {sentence}", file=sys.stderr)  # noqa: T201
    sys.exit(code)


def _forget_output() -> None:
    """What is still buffered goes nowhere, so that Python does not try it again at the exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed_streams() -> None:
    """A standard stream that was closed before the start (`<&-`) gives and keeps nothing, where Python has None for it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _speak_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
