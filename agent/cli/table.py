"""The table: where a session is played, from the brief to the report."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from agent.answer import checked_answer
from agent.cli import address, commands
from agent.cli.answers import Answer, Answers
from agent.cli.commands import After
from agent.cli.screen import Screen
from agent.errors import AnswerError
from agent.prose import clean
from agent.session import Interview


class WarmUp(threading.Thread):
    """Loads what is slow while the person reads: `first` for the first line, `then` for the first answer.

    A failure is raised where the work is waited for. `then` is given a function that says when to stop.
    """

    HEAD_START = 0.5
    """Seconds that the first line has for itself before the rest is loaded."""

    def __init__(self, first: Callable[[], object], then: Callable[[Callable[[], bool]], object]) -> None:
        super().__init__(daemon=True)
        self._first = first
        self._then = then
        self._ready = threading.Event()
        self._wanted = threading.Event()
        self._stopped = threading.Event()
        self._done = threading.Event()
        self._failure: BaseException | None = None

    def run(self) -> None:
        """Does the work."""
        try:
            self._first()
            self._ready.set()
            self._wanted.wait(self.HEAD_START)
            self._then(self._stopped.is_set)
        except BaseException as failure:
            self._failure = failure
        finally:
            self._ready.set()
            self._done.set()

    def wait_for_first(self) -> None:
        """Returns when the first line can be said."""
        self._ready.wait()
        self._raise()

    def wait(self) -> None:
        """Returns when everything is loaded."""
        self._wanted.set()
        self._done.wait()
        self._raise()

    def stop(self) -> None:
        """Ends the work; to be called before the process ends, which would tear the thread off.

        Another Ctrl-C does not cut it short. A join that Ctrl-C cuts short would take the thread for ended, so `_done` is waited for.
        """
        self._stopped.set()
        self._wanted.set()
        while not self._done.is_set():
            with suppress(KeyboardInterrupt):
                self._done.wait()
        self.join()

    def _raise(self) -> None:
        if self._failure:
            raise self._failure


@dataclass
class Table:
    """One interview, one screen, one source of answers."""

    interview: Interview
    screen: Screen
    answers: Answers
    warm_up: WarmUp | None = None
    _unheard: bool = field(default=False, init=False)

    def play(self) -> bool:
        """Plays until the scene is over (True) or paused (False)."""
        try:
            self._sit_down()
            while not self.interview.is_over:
                if not self._turn():
                    return self._pause()
        except KeyboardInterrupt:
            if not self.interview.is_started:
                raise
            return self._pause()
        return True

    def _sit_down(self) -> None:
        if not self.interview.is_started:
            with self.screen.listening(self.interview):
                opened = self.interview.start()
            self.screen.says(opened, self.interview.stage)
        self.interview.unpause()

    def _turn(self, draft: str = "") -> bool:
        answer = self.answers.next(draft)
        if answer is None:
            return False
        text = clean(answer.text)
        aimed = address.aimed(text, self.interview.stage)
        if isinstance(aimed, str):
            self.screen.note(aimed)
            return True
        if aimed is None and commands.is_command(text):
            return self._command(text)
        try:
            checked_answer(answer.text)
        except AnswerError as error:
            self.screen.note(str(error))
            return self._turn(answer.text) if self.answers.is_person and text else True
        return self._say(answer._replace(text=aimed.text), to=aimed.to) if aimed else self._say(answer)

    def _say(self, answer: Answer, to: str | None = None) -> bool:
        if self.answers.is_person:
            self.screen.answered()
        else:
            self.screen.said(clean(answer.text))
        self._unheard = True
        if self.warm_up and self.warm_up.is_alive():
            with self.screen.waiting("One moment: the people are reading up on the scene, which takes a while the first time"):
                self.warm_up.wait()
        spent = self.interview.engine.share_spent(self.interview.scene)
        with self.screen.listening(self.interview):
            said = self.interview.say(answer.text, to=to, seconds=answer.seconds, resumed_after=answer.resumed_after)
        self._unheard = False
        self.screen.says(said, self.interview.stage)
        self._tell_of_the_budget(spent)
        return True

    def _tell_of_the_budget(self, before: float) -> None:
        """Says once that the models' budget is nearly used up, and once that it is."""
        share, warn_at = self.interview.engine.share_spent(self.interview.scene), self.interview.engine.models.budget.warn_at
        if before < 1 <= share:
            self.screen.note("The budget for models is used up; the scene goes on with the embedded parts.")
        elif before < warn_at <= share:
            self.screen.note(f"{share:.0%} of the budget for models is used up (hotseat models shows it).")

    def _command(self, text: str) -> bool:
        after = commands.run(text, self.interview, self.screen)
        if after is After.LEAVE and self._means_it():
            self.interview.leave()
        return after is not After.PAUSE

    def _means_it(self) -> bool:
        if not self.answers.is_person:
            return True
        return input("End the scene for good? [y/N] ").strip().lower() in ("y", "yes")

    def _pause(self) -> bool:
        if self.interview.is_over:
            return True
        if self.interview.scene["paused_at"] is None:
            self.interview.pause()
        saved = "all but your last answer is saved, for nobody has heard it yet" if self._unheard else "everything is saved"
        if self.answers.unsent.strip():
            self.screen.text(f"\nNot sent: {clean(self.answers.unsent)}")
        self.screen.note(f"\nPaused; {saved}. Go on with: hotseat resume {self.interview.session}")
        return False
