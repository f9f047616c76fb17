"""The broken file of a live session: read it, change it, run its test, and hear what the room says to that."""

from __future__ import annotations

import asyncio
import re
from types import TracebackType
from typing import NamedTuple, Self

from agent.errors import WorkbenchError
from agent.events import ArtifactChanged
from agent.scenario import Artifact
from agent.scene import effective
from agent.session import Interview
from agent.sync import run_sync
from agent.utterance import Utterance
from agent.workbench.diff import changed_lines
from agent.workbench.result import RunResult
from agent.workbench.workbench import Workbench

LONGEST_LINE = 300
"""Characters of a changed line that are looked at, so that no pattern takes forever."""


class Ran(NamedTuple):
    """A test run, and what was said to it."""

    result: RunResult
    said: list[Utterance]


class Repair:
    """Works on one artifact of an interview. The log keeps every edit and run, so another `Repair` goes on where this one ended.

    Args:
        interview: a live one.
        artifact: the id of a file with a test; the scene's only one unless given.

    Raises:
        WorkbenchError: the scene has no such file.
    """

    def __init__(self, interview: Interview, artifact: str | None = None) -> None:
        self._interview = interview
        self.artifact = broken_file(interview, artifact)
        self._bench = Workbench(self.artifact)
        self._bench.replace(current_text(interview, self.artifact))

    @property
    def text(self) -> str:
        """The file as it is now."""
        return self._bench.text

    async def areplace(self, text: str) -> list[Utterance]:
        """Puts `text` in the file's place; returns what the room says."""
        before = self._bench.text
        self._bench.replace(text)
        return await self._edited(before)

    def replace(self, text: str) -> list[Utterance]:
        """See `areplace`."""
        return run_sync(self.areplace(text))

    def edit(self) -> list[Utterance]:
        """Opens the file in $VISUAL or $EDITOR and waits; returns what the room says.

        Raises:
            WorkbenchError: the editor failed, or what it left is no text; the former text is in place again.
        """
        before = self._bench.text
        return run_sync(self._edited(before)) if self._bench.edit() else []

    async def arun(self) -> Ran:
        """Runs the test in the sandbox; returns the result and what the room says."""
        result = await asyncio.to_thread(self._bench.run)
        said = await self._interview.aran(self.artifact.id, passed=result.passed, output=result.output)
        return Ran(result, said)

    def run(self) -> Ran:
        """See `arun`."""
        return run_sync(self.arun())

    def close(self) -> None:
        """Removes the folder of the file."""
        self._bench.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    async def _edited(self, before: str) -> list[Utterance]:
        after = self._bench.text
        return await self._interview.aedit(self.artifact.id, after, wrong_turn=wrong_turn(self.artifact, before, after))


def broken_file(interview: Interview, artifact: str | None = None) -> Artifact:
    """The artifact of that id, or the only one, that has a test to run.

    Raises:
        WorkbenchError: there is none, or it is not clear which.
    """
    runnable = {one.id: one for one in interview.stage.scenario.artifacts if one.file and one.test}
    if artifact in runnable:
        return runnable[artifact]
    if artifact is None and len(runnable) == 1:
        return next(iter(runnable.values()))
    if not runnable:
        raise WorkbenchError("there is no file to repair in this scene\nThe papers on the table: /open")
    raise WorkbenchError(f"name the file: {', '.join(runnable)}")


def current_text(interview: Interview, artifact: Artifact) -> str:
    """The artifact's file as the log has it."""
    edits = [event.text for event in effective(interview.events) if isinstance(event, ArtifactChanged) and event.artifact == artifact.id]
    return edits[-1] if edits else artifact.text


def wrong_turn(artifact: Artifact, before: str, after: str) -> str | None:
    """The known wrong edit among the lines that were changed, if any."""
    changed = [line[:LONGEST_LINE] for line in changed_lines(before, after)]
    for turn in artifact.wrong_turns:
        if any(re.search(cue, line) for cue in turn.code for line in changed):
            return turn.id
    return None
