"""The candidate's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.errors import WorkbenchError

_VARIABLES = ("VISUAL", "EDITOR")
_FALLBACKS = ("nano", "vi", "notepad")
_ADVICE = "Set VISUAL or EDITOR to the command of an editor, such as: export EDITOR='code -w'"


def open_editor(file: Path) -> None:
    """Opens `file` in $VISUAL, $EDITOR, nano or vi, and waits until the editor is closed.

    Raises:
        WorkbenchError: there is no editor, it cannot be started, or it ended with an error.
    """
    command = editor_command()
    try:
        with _interrupts_left_to_the_editor():
            code = subprocess.run([*command, str(file)]).returncode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WorkbenchError(f"the editor {command[0]!r} cannot be started: {reason}\n{_ADVICE}") from error
    if code:
        raise WorkbenchError(f"the editor {shlex.join(command)!r} {_ending(code)}, so nothing was changed\n{_ADVICE}")


def editor_command() -> list[str]:
    """The editor and its arguments.

    Raises:
        WorkbenchError: none is named and none is there, or its name has an open quotation mark.
    """
    named = next(((name, value) for name in _VARIABLES if (value := os.environ.get(name, "").strip())), None)
    if named:
        return _split(*named)
    found = next((editor for editor in _FALLBACKS if shutil.which(editor)), None)
    if found is None:
        raise WorkbenchError(f"there is no editor: neither VISUAL nor EDITOR is set, and no nano or vi was found\n{_ADVICE}")
    return [found]


def _split(variable: str, value: str) -> list[str]:
    if shutil.which(value):
        return [value]
    try:
        return shlex.split(value, posix=os.name == "posix")
    except ValueError as error:
        raise WorkbenchError(f"{variable} is {value!r}, which is no command: {error}\n{_ADVICE}") from error


def _ending(code: int) -> str:
    return f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Ctrl-C means something to many editors, and must not end the session behind them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
