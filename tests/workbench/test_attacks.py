"""What an edited file might do to the machine. Each attack works where nothing is enforced, and fails where it is."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from agent.workbench.inside.job import GUARDS, Guard
from agent.workbench.limits import Limits
from agent.workbench.result import Outcome

from .conftest import MENDED, Run

TGKILL = 234 if os.uname().machine == "x86_64" else 131
FILES = {
    "reading": "open(SECRET).read()",
    "reading the home folder": "import os; os.listdir(os.path.dirname(SECRET))",
    "writing": "open(SECRET, 'a')",
    "emptying": "import os; os.close(os.open(SECRET, os.O_RDONLY | os.O_TRUNC))",
    "truncating": "import os; os.truncate(SECRET, 0)",
    "removing": "import os; os.remove(SECRET)",
    "writing beside it": "open(SECRET + '.new', 'w')",
    "changing its rights": "import os; os.chmod(SECRET, 0)",
    "changing its time": "import os; os.utime(SECRET, (0, 0))",
    "through a symlink": "import os; os.symlink(SECRET, 'link'); open('link').read()",
    "through a hard link": "import os; os.link(SECRET, 'hard')",
    "moving it in": "import os; os.rename(SECRET, 'here')",
    "by way of /proc": "open('/proc/self/root' + SECRET).read()",
}
LET_THROUGH = ("emptying", "truncating", "changing its rights", "changing its time")
NETWORK = {
    "tcp": "import socket; socket.socket()",
    "tcp over IPv6": "import socket; socket.socket(socket.AF_INET6)",
    "udp": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "unix": "import socket; socket.socket(socket.AF_UNIX)",
    "past Python": "import ctypes; assert ctypes.CDLL(None).socket(2, 1, 0) >= 0",
}
PROCESSES = {
    "fork": "import os; os.fork() or os._exit(0)",
    "a shell": "import subprocess; subprocess.run(['/bin/sh', '-c', 'true'], check=True)",
    "posix_spawn": "import os; os.posix_spawn('/bin/sh', ['sh', '-c', 'true'], {})",
    "multiprocessing": "import multiprocessing; multiprocessing.get_context('fork').Process(target=print).start()",
    "a signal to the program behind it": "import os; os.kill(os.getppid(), 0)",
    "a signal to a thread of it": f"import ctypes, os; assert not ctypes.CDLL(None).syscall({TGKILL}, os.getppid(), os.getppid(), 0)",
    "limits for it": "import os, resource; resource.prlimit(os.getppid(), resource.RLIMIT_CORE)",
    "its priority": "import os; os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid()))",
}
NOTHING: tuple[Guard, ...] = ("rlimits",)


@pytest.fixture
def secret(home: Path) -> Path:
    file = home / "secret.txt"
    file.write_text("my diary", encoding="utf-8")
    return file


def _reached(run: Run, attacks: dict[str, str], *, guards: tuple[Guard, ...] = GUARDS, before: str = "") -> list[str]:
    """Which attacks work, each tried by itself; the file passes its test all the same."""
    text = f"""
for name, attack in {attacks!r}.items():
    try:
        exec({before!r})
    except OSError:
        pass
    try:
        exec(attack)
    except (OSError, AssertionError):
        continue
    print("reached", name)
"""
    result = run(text + MENDED, guards=guards)
    assert result.passed, result.output
    return re.findall("^reached (.+)$", result.output, re.MULTILINE)


def test_files_outside_cannot_be_reached(run: Run, needs, secret: Path) -> None:
    needs("files")
    attacks = {name: attack.replace("SECRET", repr(str(secret))) for name, attack in FILES.items()}
    before = f"open({str(secret)!r}, 'w').write('my diary')"

    assert _reached(run, attacks, before=before) == []
    assert secret.read_text(encoding="utf-8") == "my diary"
    assert list(secret.parent.iterdir()) == [secret]
    assert _reached(run, attacks, before=before, guards=NOTHING) == list(FILES)


def test_what_early_landlocks_let_through_is_refused_without_them(run: Run, needs, secret: Path) -> None:
    needs("processes")
    attacks = {name: FILES[name].replace("SECRET", repr(str(secret))) for name in LET_THROUGH}

    assert _reached(run, attacks, guards=("seccomp",)) == []
    assert _reached(run, attacks, guards=NOTHING) == list(LET_THROUGH)


@pytest.mark.parametrize(("what", "attacks"), [("network", NETWORK), ("processes", PROCESSES)])
def test_neither_can_the_network_nor_other_processes(run: Run, needs, what: str, attacks: dict[str, str]) -> None:
    needs(what)

    assert _reached(run, attacks) == []
    assert _reached(run, attacks, guards=NOTHING) == list(attacks)


@pytest.mark.parametrize(
    "bomb", ["import os\nwhile True:\n    os.fork()\n", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n"]
)
def test_a_fork_bomb_does_not_go_off(run: Run, needs, bomb: str) -> None:
    needs("processes")

    result = run(bomb, limits=Limits(seconds=1))

    assert result.outcome in (Outcome.FAILED, Outcome.TIMED_OUT)
    assert result.seconds < 3


def test_threads_are_allowed_and_end_with_the_run(run: Run) -> None:
    result = run(f"import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n{MENDED}")

    assert result.passed
    assert result.seconds < 5


def test_limits_cannot_be_lifted(run: Run, needs) -> None:
    needs("memory")
    result = run(inside="import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))")

    assert result.outcome is Outcome.FAILED
    assert "raise maximum limit" in result.output


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs a system that tells the environment of processes")
def test_a_process_that_hides_in_the_background_is_ended_where_it_could_start(run: Run) -> None:
    """Forked twice, in a session of its own, deaf to what asks it to end."""
    hide = (
        "import os, signal, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        signal.signal(signal.SIGHUP, signal.SIG_IGN)\n        print('hidden', os.getpid())\n        time.sleep(60)\n"
        "    os._exit(0)\ntime.sleep(0.3)"
    )

    result = run(inside=hide, guards=NOTHING)

    hidden = int(result.output.split("hidden ")[1].split()[0])
    assert not _runs(hidden)
    assert result.seconds < 5


def _runs(process: int) -> bool:
    """Whether a process is there and no corpse."""
    for _ in range(20):
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True
