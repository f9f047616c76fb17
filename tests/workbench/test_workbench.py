"""The file on the table: its folder, its text, the candidate's editor, its test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.errors import WorkbenchError
from agent.scenario import Artifact
from agent.workbench.edited import MAX_BYTES
from agent.workbench.result import Outcome
from agent.workbench.workbench import Workbench

from .conftest import BROKEN, MENDED, TEST

SetEditor = Callable[[str], None]


@pytest.fixture
def bench(artifact: Artifact) -> Iterator[Workbench]:
    with Workbench(artifact) as bench:
        yield bench


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetEditor:
    """Makes an editor that does something to the path `file`, with a path that holds a space, and an argument before the file."""

    def make(does: str) -> None:
        script = tmp_path / "my editor.py"
        script.write_text(
            f"import os, pathlib, sys\nassert sys.argv[1] == '-w'\nfile = pathlib.Path(sys.argv[2])\n{does}\n", encoding="utf-8"
        )
        monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}' -w")

    return make


def test_the_file_and_its_test_lie_in_a_private_folder_that_goes_away(artifact: Artifact) -> None:
    with Workbench(artifact) as bench:
        folder = bench.path.parent
        assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {"window.py": BROKEN, "test_window.py": TEST}
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_a_folder_that_was_named_is_made_and_stays(artifact: Artifact, tmp_path: Path) -> None:
    folder = tmp_path / "sessions" / "one"
    with Workbench(artifact, folder) as bench:
        assert bench.path == folder / "window.py"
        assert folder.stat().st_mode & 0o777 == 0o700
    assert bench.path.read_text(encoding="utf-8") == BROKEN


def test_it_fails_until_it_is_mended(bench: Workbench) -> None:
    assert bench.run().outcome is Outcome.FAILED

    bench.replace(MENDED)

    assert bench.text == bench.path.read_text(encoding="utf-8") == MENDED
    assert bench.run().passed


def test_an_edit_is_taken_in(bench: Workbench, editor: SetEditor) -> None:
    editor("file.write_text(file.read_text().replace('(len(values) - 1)', 'len(values)'))")

    assert bench.edit()
    assert bench.text == MENDED
    assert bench.run().passed


def test_an_editor_that_is_closed_without_a_change_says_so(bench: Workbench, editor: SetEditor) -> None:
    editor("file.write_text(file.read_text())")

    assert not bench.edit()


def test_the_end_of_the_last_line_is_no_change(bench: Workbench, editor: SetEditor) -> None:
    """Some editors put it there, some leave it out."""
    editor("file.write_text(file.read_text().rstrip())")

    assert not bench.edit()
    assert bench.text == BROKEN


def test_an_editor_that_is_open_already_may_be_used(bench: Workbench) -> None:
    bench.path.write_bytes(b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode())

    assert bench.text == BROKEN
    assert bench.reread()
    assert bench.text == MENDED


def test_what_another_editor_saved_is_not_lost(bench: Workbench, editor: SetEditor) -> None:
    bench.path.write_text("saved = 1\n", encoding="utf-8")
    editor("file.write_text(file.read_text() + 'more = 2')")

    assert bench.edit()
    assert bench.text == "saved = 1\nmore = 2\n"


def test_a_file_that_went_away_is_there_again(bench: Workbench, editor: SetEditor) -> None:
    bench.path.unlink()
    editor("file.read_text()")

    assert not bench.edit()
    assert bench.text == BROKEN


def test_the_test_may_be_read_and_not_weakened(bench: Workbench, editor: SetEditor) -> None:
    editor("file.with_name('test_window.py').write_text('')")
    bench.edit()

    assert bench.run().outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("file.write_text('x = 1'); sys.exit(3)", "ended with code 3, so nothing was changed"),
        ("file.write_text('x = 1'); os.kill(os.getpid(), 9)", "was ended by signal 9"),
        ("file.unlink()", "'window.py' is gone"),
        ("file.write_bytes(b'x = 1\\ny = \\xff')", "is not UTF-8 in line 2"),
        ("file.write_bytes(b'x = 1\\0')", "NUL"),
        ("file.open('wb').truncate(50_000_000)", "is larger than 200 kB"),
        ("file.unlink(); file.symlink_to('/etc/hostname')", "is no regular file"),
        ("file.unlink(); os.mkfifo(file)", "is no regular file"),
        ("file.unlink(); file.mkdir(); (file / 'a').touch()", "is no regular file"),
    ],
)
def test_a_bad_edit_is_told_and_the_former_text_kept(bench: Workbench, editor: SetEditor, does: str, says: str) -> None:
    bench.replace("former = 1\n")
    editor(does)

    with pytest.raises(WorkbenchError, match=says):
        bench.edit()

    assert bench.text == bench.path.read_text(encoding="utf-8") == "former = 1\n"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("no-such-editor -w", "'no-such-editor' cannot be started: No such file"),
        ("/", "'/' cannot be started: Permission denied"),
        ("vi 'open", 'VISUAL is "vi \'open", which is no command: No closing quotation'),
    ],
)
def test_an_editor_that_cannot_be_started_is_named(bench: Workbench, monkeypatch: pytest.MonkeyPatch, command: str, says: str) -> None:
    monkeypatch.setenv("VISUAL", command)

    with pytest.raises(WorkbenchError, match="Set VISUAL or EDITOR") as caught:
        bench.edit()

    assert says in str(caught.value)


def test_editor_comes_after_visual_and_nano_after_both(
    bench: Workbench, editor: SetEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("file.write_text('visual = 1')")
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert bench.edit()
    assert bench.text == "visual = 1\n"

    nano = tmp_path / "nano"
    nano.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'w').write('nano = 1')\n", encoding="utf-8")
    nano.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("VISUAL", " ")
    monkeypatch.delenv("EDITOR")
    assert bench.edit()
    assert bench.text == "nano = 1\n"


def test_without_any_editor_there_is_a_way_out(bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(WorkbenchError, match="there is no editor"):
        bench.edit()


@pytest.mark.parametrize(("text", "says"), [("x" * (MAX_BYTES + 1), "too large"), ("a\0b", "NUL"), ("\ud800", "surrogates")])
def test_only_text_of_a_usual_size_can_be_put_in(bench: Workbench, text: str, says: str) -> None:
    with pytest.raises(WorkbenchError, match=says):
        bench.replace(text)

    assert bench.text == BROKEN


def test_a_memo_can_be_neither_edited_nor_run() -> None:
    with pytest.raises(WorkbenchError, match="has no file to work on"):
        Workbench(Artifact(id="memo", title="A memo", kind="memo", text="Do it by Friday."))
    with (
        Workbench(Artifact(id="table", title="A table", kind="csv", text="a,b\n", file="table.csv")) as bench,
        pytest.raises(WorkbenchError, match="has no test to run"),
    ):
        bench.run()


def test_a_folder_that_cannot_be_made_is_told(artifact: Artifact, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(WorkbenchError, match="the folder for the file cannot be made: Not a directory"):
        Workbench(artifact, tmp_path / "file" / "folder")


def test_a_folder_that_is_gone_is_told(artifact: Artifact, tmp_path: Path) -> None:
    bench = Workbench(artifact, tmp_path / "folder")
    for path in [*bench.path.parent.iterdir()]:
        path.unlink()
    bench.path.parent.rmdir()

    with pytest.raises(WorkbenchError, match=r"'window\.py' cannot be written: No such file"):
        bench.edit()
