"""Where a rater's answers come from: single keys that act at once on a terminal, lines everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

ROOM_FOR_SENTENCES = 4
"""Lines below a prompt for the sentences that it offers."""


class Lines:
    """Each answer is a line: of a pipe, or of a person with `--plain`, for whom nothing is ever drawn twice."""

    def key(self, question: str, foot: str = "") -> str | None:
        """A key, followed by Enter; None at the end of the input."""
        return self.line(question)

    def line(self, question: str, offered: Sequence[str] = (), foot: str = "") -> str | None:
        """A line; None at the end of the input. It is shown where it was not typed on the screen."""
        try:
            given = input(question)
        except EOFError:
            return None
        if not sys.stdin.isatty():
            print(given)  # noqa: T201
        return given


class Keys:
    """A person at a terminal: a key needs no Enter, and Tab completes a sentence of the candidate's."""

    def __init__(self) -> None:
        self._keys: PromptSession[str] | None = None
        self._lines: PromptSession[str] | None = None

    def key(self, question: str, foot: str = "") -> str | None:
        """The key pressed; None for Ctrl-D.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        from prompt_toolkit import PromptSession

        if self._keys is None:
            self._keys = PromptSession(key_bindings=_at_once())
        return _prompted(self._keys, question, bottom_toolbar=f" {foot}" if foot else None)

    def line(self, question: str, offered: Sequence[str] = (), foot: str = "") -> str | None:
        """A line, with the sentences `offered` for completion; None for Ctrl-D.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import WordCompleter
        from prompt_toolkit.history import DummyHistory

        if self._lines is None:
            self._lines = PromptSession(
                history=DummyHistory(), complete_while_typing=False, reserve_space_for_menu=ROOM_FOR_SENTENCES, key_bindings=_pasted()
            )
        completer = WordCompleter(list(dict.fromkeys(offered)), ignore_case=True, sentence=True, match_middle=True) if offered else None
        return _prompted(self._lines, question, completer=completer, bottom_toolbar=f" {foot}" if foot else None)


def _prompted(session: PromptSession[str], question: str, **how: object) -> str | None:
    try:
        return session.prompt(question, **how)  # type: ignore[arg-type]
    except EOFError:
        return None


def _at_once() -> KeyBindings:
    """Every key is an answer; what is pasted is none."""
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys as Named

    keys = KeyBindings()

    @keys.add("<any>")
    def _answer(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            event.current_buffer.insert_text(event.data)
            event.current_buffer.validate_and_handle()

    @keys.add(Named.BracketedPaste)
    def _ignore(event: KeyPressEvent) -> None:
        pass

    return keys


def _pasted() -> KeyBindings:
    """What is copied from the screen comes with its line breaks, and is one line all the same."""
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys as Named

    keys = KeyBindings()

    @keys.add(Named.BracketedPaste)
    def _flat(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(" ".join(event.data.split()))

    return keys
