"""Where answers come from: a person at a terminal, or a file."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from agent.errors import InputError

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from agent.cli.listening import Listening

MAX_FILE = 5_000_000


class Answer(NamedTuple):
    """What was typed, how long it took where a person typed it, and how long after a cut-in they went on."""

    text: str
    seconds: float | None
    resumed_after: float | None = None


class Answers(Protocol):
    """A source of answers; None when there are no more."""

    is_person: bool
    unsent: str
    """What stood in the prompt when the person pressed Ctrl-C, where that is known."""

    def next(self, draft: str = "") -> Answer | None:
        """The next answer. `draft` is put before the cursor."""
        ...


class TypedAnswers:
    """A person: Enter sends, Alt+Enter (or Esc, Enter) starts a new line, a draft survives."""

    is_person = True
    unsent = ""

    def __init__(self, foot: Callable[[], str], *, commands: dict[str, str], listening: Listening | None = None) -> None:
        self._foot = foot
        self._commands = commands
        self._listening = listening
        self._session: PromptSession[str] | None = None

    def next(self, draft: str = "") -> Answer | None:
        """What the person types.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        began = time.monotonic()
        try:
            text = self._prompt_session().prompt("\n> ", default=draft, pre_run=self._listen)
        except EOFError:
            return None
        except KeyboardInterrupt:
            self.unsent = self._prompt_session().default_buffer.text
            raise
        resumed = self._listening.resumed_after if self._listening else None
        return Answer(text, round(time.monotonic() - began, 1), resumed)

    def _listen(self) -> None:
        from prompt_toolkit.application import get_app, run_in_terminal

        if self._listening is None:
            return
        buffer = self._prompt_session().default_buffer
        get_app().create_background_task(self._listening.watch(lambda: buffer.text, run_in_terminal))

    def _prompt_session(self) -> PromptSession[str]:
        if self._session is None:
            from prompt_toolkit import PromptSession
            from prompt_toolkit.completion import WordCompleter

            self._session = PromptSession(
                key_bindings=_keys(),
                multiline=True,
                prompt_continuation="  ",
                bottom_toolbar=lambda: f" {self._foot()} · Enter sends, Alt+Enter new line, /help ",
                refresh_interval=1,
                completer=WordCompleter(sorted(self._commands), sentence=True),
                complete_while_typing=False,
            )
        return self._session


class SpokenAnswers:
    """A person with `--plain`: nothing is ever drawn twice, so a screen reader says each thing once.

    Keys are those of `TypedAnswers`, where Python has readline; without it a line is an answer, and no draft survives.
    """

    is_person = True
    unsent = ""

    def next(self, draft: str = "") -> Answer | None:
        """What the person types.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        began = time.monotonic()
        _put_before_the_cursor(draft)
        try:
            text = input("Your answer: ")
        except EOFError:
            return None
        return Answer(text, round(time.monotonic() - began, 1))


def _put_before_the_cursor(draft: str) -> None:
    try:
        import readline
    except ImportError:
        return
    readline.set_auto_history(False)
    readline.parse_and_bind("set enable-bracketed-paste on")
    readline.parse_and_bind(r'"\e\C-m": "\C-v\C-j"')
    readline.set_startup_hook(lambda: readline.insert_text(draft))


def _keys() -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("enter")
    def _send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


class WrittenAnswers:
    """Answers from a text: divided by lines of `---`, or one on each line where there is no such line."""

    is_person = False
    unsent = ""

    def __init__(self, text: str) -> None:
        self._answers = iter(_split(text))

    def next(self, draft: str = "") -> Answer | None:
        """The next one in the text."""
        text = next(self._answers, None)
        return None if text is None else Answer(text, None)

    @classmethod
    def read(cls, file: Path | None) -> WrittenAnswers:
        """Answers from a file, or from standard input.

        Raises:
            InputError: there is no such file, or it is no text, or it is far too long.
        """
        file = None if str(file) == "-" else file
        name = str(file or "standard input")
        try:
            data = _bytes_of(file)
        except OSError as error:
            raise InputError(f"cannot read answers from {name}: {error.strerror}; check the path and its permissions") from error
        if len(data) > MAX_FILE:
            raise InputError(f"{name} has more than {MAX_FILE:,} bytes; that is no list of answers")
        try:
            return cls(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise InputError(f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8 and try again") from error


def _bytes_of(file: Path | None) -> bytes:
    """At most one byte more than is allowed, also of a file without an end."""
    if file is None:
        return sys.stdin.buffer.read(MAX_FILE + 1)
    with file.open("rb") as stream:
        return stream.read(MAX_FILE + 1)


def _split(text: str) -> Iterator[str]:
    divided = re.split(r"^---[ \t]*$", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    parts = divided if len(divided) > 1 else text.splitlines()
    return (part.strip() for part in parts if part.strip())
