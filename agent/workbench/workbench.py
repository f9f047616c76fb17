"""A broken file on the table: the candidate reads it, edits it, and runs its test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from agent.errors import WorkbenchError
from agent.scenario import Artifact
from agent.workbench.edited import MAX_BYTES, read_edited, text_of
from agent.workbench.editor import open_editor
from agent.workbench.limits import Limits
from agent.workbench.result import RunResult
from agent.workbench.run import check, test_name


class Workbench:
    """Keeps the file of an artifact, and its test to read, in a folder that only this user may enter.

    Without `folder` it is a temporary one, which `close` removes. The text in memory is the one that counts: the file is
    taken in by `edit` and `reread`.

    Raises:
        WorkbenchError: the artifact has no file, or the folder cannot be made.
    """

    def __init__(self, artifact: Artifact, folder: Path | None = None, *, limits: Limits | None = None) -> None:
        if artifact.file is None:
            raise WorkbenchError(f"{artifact.id!r} has no file to work on\nRead it instead: /open {artifact.id}")
        self._artifact, self._file, self._limits = artifact, artifact.file, limits or Limits()
        self._is_temporary = folder is None
        with _as_sentence("the folder for the file cannot be made"):
            self._folder = _private(folder)
        self.replace(artifact.text)

    @property
    def path(self) -> Path:
        """The file, for an editor that is open already."""
        return self._folder / self._file

    @property
    def text(self) -> str:
        """The file as it was given, replaced or last taken in."""
        return self._text

    def replace(self, text: str) -> None:
        """Puts `text` in the place of the file.

        Raises:
            WorkbenchError: it is no text for a file of this size and encoding, or it cannot be written.
        """
        self._text = _usable(self._file, text)
        self._write()

    def edit(self) -> bool:
        """Opens the file in the candidate's editor, waits, and says whether the text changed.

        Raises:
            WorkbenchError: the editor failed, or what it left is no text; the former text is in place again.
        """
        former = self._text
        self._take_in_or_put_back()
        try:
            open_editor(self.path)
        except WorkbenchError:
            self._write()
            raise
        self.reread()
        return self._text != former

    def reread(self) -> bool:
        """Takes in what is in the file now, and says whether the text changed.

        Raises:
            WorkbenchError: the file is gone, too large, or no text; the former text is in place again.
        """
        former = self._text
        try:
            self._text = read_edited(self.path)
        except WorkbenchError:
            self._write()
            raise
        return self._text != former

    def run(self) -> RunResult:
        """Runs the test as the artifact has it against the text as it is, in a sandbox, and waits for the result.

        What an editor that is still open has saved counts after `reread`.

        Raises:
            WorkbenchError: the artifact has no test, or one that is no Python, or there is no room for the run.
        """
        if self._artifact.test is None:
            raise WorkbenchError(f"{self._artifact.id!r} has no test to run\nRead it instead: /open {self._artifact.id}")
        with _as_sentence("the test cannot be run"):
            return check(self._file, self._text, self._artifact.test, limits=self._limits).result

    def close(self) -> None:
        """Removes the folder if it is a temporary one."""
        if self._is_temporary:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _take_in_or_put_back(self) -> None:
        """What another editor saved is not lost, and a file that is gone is there again."""
        if self.path.exists():
            self.reread()
        else:
            self._write()

    def _write(self) -> None:
        """The file and its test as they should be, whatever lies there now."""
        with _as_sentence(f"{self._file!r} cannot be written"):
            _put(self.path, self._text)
            if self._artifact.test is not None:
                _put(self._folder / test_name(self._file), _usable(self._file, self._artifact.test))


def _private(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="hotseat-"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _put(path: Path, text: str) -> None:
    """Writes a new file and puts it in the place of the old one, which may be a link, a folder or read-only."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(name).replace(path)


def _usable(file: str, text: str) -> str:
    try:
        content = text.encode()
        usable = text_of(content)
    except ValueError as error:
        raise WorkbenchError(f"this text cannot be put into {file!r}: {error}\nUse UTF-8 text") from error
    if len(content) > MAX_BYTES:
        raise WorkbenchError(f"this text is too large for {file!r}: more than {MAX_BYTES // 1000} kB\nShorten it")
    return usable


@contextmanager
def _as_sentence(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkbenchError(
            f"{what}: {error.strerror or error}\nCheck that its disk has room and that the folder may be written"
        ) from error
