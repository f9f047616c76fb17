"""The whole suite runs without a network, and away from the user's files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

settings.register_profile("hotseat", deadline=None)
settings.load_profile("hotseat")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

OFFLINE = Path(__file__).parent / "offline" / "sitecustomize.py"
USER_FOLDERS = ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
KEYS = ("_API_KEY", "_BASE_URL")
COLOURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")


def _load(file: Path) -> ModuleType:
    """`file` under its own name: a system may have a sitecustomize that is loaded already."""
    spec = spec_from_file_location("offline", file)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


offline = _load(OFFLINE)


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """None of the user's settings, no model; subprocesses are offline too; vectors are cached for the whole run, not per test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("HOTSEAT_") or name.endswith(KEYS) or name in COLOURS]:
            patch.delenv(name)
        patch.setenv("HOTSEAT_MODEL", "embedded")
        for host in ("OLLAMA_HOST", "LLAMACPP_HOST"):
            patch.setenv(host, "http://elsewhere.invalid")
        patch.setenv("PYTHONPATH", str(OFFLINE.parent), prepend=os.pathsep)
        patch.setenv("HOTSEAT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is this test's home, and holds the folder where Hotseat keeps its things."""
    folder = tmp_path_factory.mktemp("home")
    for name in USER_FOLDERS:
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("HOTSEAT_HOME", str(folder / "hotseat"))
    return folder


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """What was refused during this test; it fails if there was anything, also where the refusal was swallowed."""
    offline.attempts.clear()
    yield offline.attempts
    assert not offline.attempts, f"the network was used: {offline.attempts}"
