"""The command line's edge: errors a user can mend end with a sentence and exit code 2."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command line."""
    from agent.cli.app import app
    from agent.errors import HotseatError

    _speak_utf8()
    try:
        app()
    except HotseatError as error:
        print(f"hotseat: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
