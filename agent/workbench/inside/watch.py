"""Notices when the edited file replaces what its test relies on: builtins, unittest, and what the test imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

_ALWAYS = frozenset({"builtins", "contextlib", "unittest"})
_SHOWN = 5


class _Kept(NamedTuple):
    """A function or class: where it is found, and what it was."""

    place: str
    names: Mapping[str, Any]
    name: str
    value: Any
    code: Any


class Watch:
    """Remembers the functions and classes of some packages, and tells which are others now."""

    def __init__(self, packages: frozenset[str]) -> None:
        loaded = sorted(sys.modules.items())
        self._modules = [(name, module) for name, module in loaded if name.partition(".")[0] in packages | _ALWAYS]
        self._kept = [kept for name, module in self._modules for kept in _within(name, vars(module))]
        self._sizes = [(kept, len(vars(kept.value))) for kept in self._kept if _of_unittest(kept)]
        self._kept += _of_classes(self._kept)
        self._loaded = sys.modules

    def also(self, test: ModuleType) -> None:
        """Watches the classes of the test too."""
        found = list(_within(test.__name__, vars(test)))
        self._kept += found + _of_classes(found)

    def replaced(self) -> tuple[str, ...]:
        """The dotted names of the first few that are no longer what they were."""
        found = [name for name, module in self._modules if self._loaded.get(name) is not module]
        found += [f"{kept.place}.{kept.name}" for kept in self._kept if _is_other(kept)]
        found += [f"{kept.place}.{kept.name}" for kept, size in self._sizes if len(kept.value.__dict__) != size]
        if sys.gettrace() or sys.getprofile():
            found.append("the interpreter's trace function")
        return tuple(found[:_SHOWN])


def import_what_is_imported(test: str, *, but: str) -> frozenset[str]:
    """The packages that the test names in its imports, all but one; those that can be imported are."""
    names = {name for name in _imports(ast.parse(test)) if name.partition(".")[0] != but}
    for name in names:
        with suppress(ImportError):
            import_module(name)
    return frozenset(name.partition(".")[0] for name in names)


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _within(place: str, names: Mapping[str, Any]) -> Iterator[_Kept]:
    for name, value in list(names.items()):
        if callable(value):
            yield _Kept(place, names, name, value, _code(value))


def _of_classes(found: list[_Kept]) -> list[_Kept]:
    """What is found within classes, each under the first of its names."""
    classes = {id(kept.value): kept for kept in reversed(found) if isinstance(kept.value, type)}
    return [inner for kept in classes.values() for inner in _within(f"{kept.place}.{kept.name}", vars(kept.value))]


def _code(value: object) -> object:
    return value.__code__ if isinstance(value, FunctionType) else None


def _of_unittest(kept: _Kept) -> bool:
    return isinstance(kept.value, type) and kept.value.__module__.startswith("unittest")


def _is_other(kept: _Kept) -> bool:
    value = kept.names.get(kept.name)
    return value is not kept.value or (kept.code is not None and value.__code__ is not kept.code)
