from __future__ import annotations

import json

import pytest

from agent.errors import InputError, SessionNotFound
from agent.events import CandidateSaid
from agent.store.jsonl import import_jsonl, read_jsonl, to_jsonl


@pytest.fixture
def log(start, turn):
    return [start(), *turn(1), *turn(2)]


@pytest.fixture
def file(tmp_path, log):
    path = tmp_path / "one.jsonl"
    path.write_text(to_jsonl(log), encoding="utf-8")
    return path


def test_the_first_line_says_what_the_file_is_and_the_others_are_events(log):
    header, *lines = [json.loads(line) for line in to_jsonl(log).splitlines()]
    assert header == {"hotseat": "session-log", "format": 1, "session": "one", "events": 9}
    assert [(line["seq"], line["type"]) for line in lines] == [(seq, event.type) for seq, event in enumerate(log)]


def test_an_export_is_imported_as_it_was(store, file, log):
    assert import_jsonl(store, file) == "one"
    assert store.read("one") == log


def test_an_export_is_one_line_an_event_whatever_was_said(store, start, tmp_path):
    log = [start(), CandidateSaid(at=1, text="line\nbreak\u2028\x85\udcff\x00 é")]
    path = tmp_path / "odd.jsonl"
    path.write_text(to_jsonl(log), encoding="ascii")
    assert len(to_jsonl(log).splitlines()) == 3
    assert store.read(import_jsonl(store, path)) == log


def test_a_session_that_is_there_is_not_touched_unless_another_id_is_given(store, file, log, start):
    store.append("one", 0, [start(at=5)])
    with pytest.raises(InputError, match="there is a session 'one' already"):
        import_jsonl(store, file)
    assert store.read("one") == [start(at=5)]

    assert import_jsonl(store, file, as_id="one-again") == "one-again"
    assert store.read("one-again") == [start("one-again"), *log[1:]]


def test_the_other_id_has_to_be_one(store, file):
    with pytest.raises(InputError, match=r"'\.\./x' cannot name a session"):
        import_jsonl(store, file, as_id="../x")


def test_a_file_without_count_and_without_last_newline_is_whole_too(file, log):
    lines = file.read_text().splitlines()
    file.write_text("\n".join(['{"hotseat": "session-log", "format": 1, "session": "one"}', *lines[1:]]))
    assert read_jsonl(file) == log


def test_a_byte_order_mark_does_no_harm(file, log):
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_jsonl(file) == log


_HEADER = b'{"hotseat": "session-log", "format": 1, "session": "one"}\n'


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "begins with"),
        (b"\n", 1, "no JSON"),
        (b"PM: Hello\nMe: Hi\n", 1, "no JSON"),
        (b"[1]\n", 1, "begins with"),
        (b'{"messages": []}\n', 1, "begins with"),
        (_HEADER.replace(b": 1", b": 2"), 1, "format 2, this version of Hotseat reads up to 1"),
        (_HEADER.replace(b": 1", b': "1"'), 1, "'1' is no format"),
        (_HEADER.replace(b": 1", b": true"), 1, "True is no format"),
        (_HEADER, 1, "ends after 0"),
        (_HEADER + b"nonsense\n", 2, "no JSON"),
        (_HEADER + b"[" * 100_000 + b"\n", 2, "no JSON"),
        (_HEADER + b"9" * 5_000 + b"\n", 2, "no JSON"),
        (_HEADER + b'{"seq":0,"at":NaN}\n', 2, "no JSON"),
        (_HEADER + b"7\n", 2, "JSON object"),
        (_HEADER + b'{"seq":0,"type":"candidate_said","at":1,"text":"hi"}\n', 2, "begins with session_started"),
        (_HEADER + b'{"seq":0,"type":"dreamt","at":1}\n', 2, "no event of this version"),
        (_HEADER + b'{"type":"silence","at":1,"seconds":3}\n', 2, "seq None where 0 is due"),
    ],
)
def test_what_is_no_log_is_refused_with_its_line(tmp_path, data, line, says):
    path = tmp_path / "bad.jsonl"
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"line {line}: .*{says}"):
        read_jsonl(path)


@pytest.mark.parametrize(
    ("spoil", "line", "says"),
    [
        (lambda lines: [*lines[:4], *lines[5:]], 5, "seq 4 where 3 is due"),
        (lambda lines: [*lines[:4], lines[3], *lines[4:]], 5, "seq 2 where 3 is due"),
        (lambda lines: [*lines[:-1], lines[-1][: len(lines[-1]) // 2]], 10, "may have been cut off"),
        (lambda lines: lines[:-2], 8, "ends after 7 of 9 events"),
        (lambda lines: [*lines[:6], b"\xff\xfe" + lines[6], *lines[7:]], 7, "no UTF-8"),
        (lambda lines: [lines[0].replace(b'"one"', b'"two"'), *lines[1:]], 2, "'one' here and 'two'"),
        (lambda lines: [*lines[:2], lines[1].replace(b'"seq":0', b'"seq":1'), *lines[3:]], 3, "with that alone"),
        (lambda lines: [*lines[:2], lines[2].replace(b'"text"', b'"tekst"'), *lines[3:]], 3, "text: Field required"),
    ],
)
def test_a_spoilt_log_is_refused_with_its_line_and_nothing_is_imported(store, file, spoil, line, says):
    file.write_bytes(b"".join(spoil(file.read_bytes().splitlines(keepends=True))))
    with pytest.raises(InputError, match=f"line {line}: .*{says}"):
        import_jsonl(store, file)
    assert store.sessions() == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_another_encoding_is_refused_on_the_first_line(file, encoding):
    file.write_bytes(file.read_text().encode(encoding))
    with pytest.raises(InputError, match=r"line 1: this is no (UTF-8 text|JSON)"):
        read_jsonl(file)


def test_a_log_cut_off_at_any_byte_is_never_taken_for_whole(file):
    whole = file.read_bytes()
    for length in range(0, len(whole) - 1, 37):
        file.write_bytes(whole[:length])
        with pytest.raises(InputError, match="line "):
            read_jsonl(file)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_jsonl(path)


def test_times_beyond_numbers_are_refused(store, file):
    file.write_bytes(file.read_bytes().replace(b'"at":102.0', b'"at":1e999'))
    with pytest.raises(Exception, match="cannot be stored"):
        import_jsonl(store, file)
    with pytest.raises(SessionNotFound):
        store.read("one")
