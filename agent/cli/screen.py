"""What a session looks like in a terminal: coloured and boxed, or plain lines for screen readers and pipes."""

from __future__ import annotations

import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.cli.quiet import no_echo
from agent.llm.names import EMBEDDED
from agent.utterance import Utterance

if TYPE_CHECKING:
    from rich.console import Console

    from agent.interview.stage import Stage
    from agent.move import Streamed
    from agent.session import Interview

COLORS = ("cyan", "magenta", "yellow", "green", "blue")
WIDEST = 96
ENDLESS = 10_000
SECONDS_A_WORD = 0.05
LONGEST_PAUSE = 1.6


@dataclass
class Screen:
    """Draws on a console. `plain`: no boxes, no colours, no motion, one speaker's name before each line."""

    plain: bool = False
    color: bool = True
    pauses: bool = True
    _last_speaker: str = field(default="", init=False)
    _seen: int = field(default=0, init=False)
    _console: Console | None = field(default=None, init=False)

    @property
    def console(self) -> Console:
        """The rich console, made on first use."""
        if self._console is None:
            from rich.console import Console

            made = Console(no_color=not self.color, highlight=False, soft_wrap=self.plain and not sys.stdout.isatty(), emoji=False)
            if not self.plain and made.width > WIDEST:
                made.width = WIDEST
            self._console = made
        return self._console

    @property
    def width(self) -> int:
        """How many characters a line may have; in a pipe with --plain, where none is broken, as good as any number."""
        return ENDLESS if self.console.soft_wrap else self.console.width

    def text(self, text: str = "", style: str = "") -> None:
        """A paragraph, never read as markup."""
        self.console.print(text, style=style if not self.plain else "", markup=False)

    def paper(self, text: str) -> None:
        """A file or a memo, line by line as it is."""
        self.console.print(text, markup=False, soft_wrap=True)

    def heading(self, text: str) -> None:
        """A line that opens a part of the screen."""
        if self.plain:
            self.text(f"\n{text}")
        else:
            self.console.rule(text, align="left", style="dim")

    def note(self, text: str) -> None:
        """A remark of the program, not of anybody in the scene."""
        self.text(text, style="dim")

    def brief(self, stage: Stage, terms: Sequence[str]) -> None:
        """Who, where, what for, and what is graded."""
        scenario = stage.scenario
        self.heading(scenario.title)
        self.note(f"{scenario.format} · difficulty {scenario.difficulty} of 3 · about {scenario.minutes} minutes")
        for title, body in (("The situation", scenario.brief), ("You", scenario.you), ("Your goal", scenario.goal)):
            self._section(title, unwrap(body))
        self._section("In the room", "\n".join(self._introduction(stage, member.persona) for member in scenario.cast))
        graded = [each.name for each in stage.rubric.competencies if each.id in scenario.competencies]
        self._section("What is graded", f"{', '.join(graded)}. Rubric {stage.rubric.name}.")
        self.text()
        for term in terms:
            self.note(term)

    def says(self, utterances: Sequence[Utterance], stage: Stage) -> None:
        """Lines of personas, each after the pause of somebody typing; not those that were seen growing."""
        seen, self._seen = self._seen, 0
        with no_echo():
            for utterance in utterances[seen:]:
                self._typing(utterance)
                self._line(utterance, list(stage.personas).index(utterance.persona))

    def cuts_in(self, utterances: Sequence[Utterance], stage: Stage) -> None:
        """Lines said while the candidate types: at once, above the draft."""
        for utterance in utterances:
            self._last_speaker = ""
            self._line(utterance, list(stage.personas).index(utterance.persona))
        self._last_speaker = ""

    @contextmanager
    def waiting(self, why: str) -> Iterator[None]:
        """Shows why nothing happens inside."""
        if not self._moves:
            with no_echo():
                yield
            return
        from rich.text import Text

        with no_echo(), self.console.status(Text(why, style="dim"), spinner="dots"):
            yield

    @contextmanager
    def listening(self, interview: Interview) -> Iterator[None]:
        """Shows lines inside while somebody finds the words for them; each is printed when it stands.

        Without motion nothing is drawn twice, and lines are printed by `says` alone.
        """
        who = interview.stage.name(interview.scene["last_speaker"] or interview.stage.host) if interview.is_started else ""
        why = f"{who} is listening" if who else "Somebody is about to speak"
        if not self._moves or interview.engine.models.voice == EMBEDDED:
            with self.waiting(why):
                yield
            return
        from rich.text import Text

        with no_echo(), self.console.status(Text(why, style="dim"), spinner="dots") as status:

            def grows(line: Streamed) -> None:
                if line.done:
                    self._seen += 1
                    self._line(utterance_of(line, interview.stage), list(interview.stage.personas).index(line.speaker))
                name = interview.stage.name(line.speaker)
                growing = f"{name} starts over" if line.withdrawn else f"{name}: {line.text}"
                status.update(Text("" if line.done else growing, style="dim"))

            interview.hear = grows
            try:
                yield
            finally:
                interview.hear = None

    def said(self, answer: str) -> None:
        """An answer of the candidate, where it does not stand on the screen already."""
        self._last_speaker = "You"
        self._labelled("You", answer, "bold")

    def answered(self) -> None:
        """The candidate has spoken; the next line names its speaker again."""
        self._last_speaker = "You"

    @property
    def _moves(self) -> bool:
        return not self.plain and self.console.is_terminal

    def _introduction(self, stage: Stage, persona: str) -> str:
        return f"{stage.name(persona)}, {stage.title(persona)}. {unwrap(stage.personas[persona].public)}"

    def _section(self, title: str, body: str) -> None:
        self.text()
        self.text(title if not self.plain else f"{title}:", style="bold")
        self.text(body)

    def _typing(self, utterance: Utterance) -> None:
        if not self.pauses or not self._moves:
            return
        from rich.text import Text

        with self.console.status(Text(f"{utterance.name} is typing", style="dim"), spinner="dots"):
            time.sleep(min(LONGEST_PAUSE, 0.25 + SECONDS_A_WORD * len(utterance.text.split())))

    def _line(self, utterance: Utterance, index: int) -> None:
        name = f"{utterance.name} (to you alone)" if utterance.private else utterance.name
        self._labelled(name, utterance.text, f"bold {COLORS[index % len(COLORS)]}")

    def _labelled(self, name: str, body: str, style: str) -> None:
        if self.plain:
            self.text(f"{name}: {body}")
            return
        if name != self._last_speaker or name == "You":
            self.text()
            self.text(name, style=style)
        self._last_speaker = name
        self.text(textwrap.indent(self._wrapped(body), "  "))

    def _wrapped(self, body: str) -> str:
        width = max(20, self.console.width - 3)
        return "\n".join(textwrap.fill(line, width) if line.strip() else "" for line in body.splitlines())

    def clock(self, interview: Interview) -> str:
        """Time left, in words for the foot of the screen."""
        left = interview.seconds_left
        if left is None:
            return "no clock"
        return f"{int(left // 60)}:{int(left % 60):02d} left" if left else "time is up: last words"


def utterance_of(line: Streamed, stage: Stage) -> Utterance:
    """A line that stands, as what was said."""
    return Utterance(stage.name(line.speaker), line.text, line.speaker, "", line.private)


def unwrap(text: str) -> str:
    """Paragraphs without the line breaks of the file they came from."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
