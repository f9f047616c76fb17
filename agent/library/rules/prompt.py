"""Prompts: the template parses, uses the variables it declares, and includes files that exist and never itself."""

from __future__ import annotations

from collections.abc import Iterator

from agent.errors import LibraryError, nearest
from agent.library.library import Library
from agent.library.problem import Problem
from agent.library.prompt import Prompt


def check_prompt(prompt: Prompt, library: Library) -> Iterator[Problem]:
    """Problems with one prompt and what it includes."""
    from jinja2 import Environment, TemplateSyntaxError
    from jinja2.meta import find_undeclared_variables

    try:
        used = find_undeclared_variables(Environment().parse(prompt.text))
    except TemplateSyntaxError as error:
        yield Problem(prompt.path, error.lineno, "", f"this is no template: {error.message}")
        return
    yield from _check_variables(prompt, used, _passed_on(prompt, library))
    yield from _check_includes(prompt, library, (prompt.name,))


def included(prompt: Prompt) -> list[str | None]:
    """The prompts that a prompt includes; None where the name is computed."""
    from jinja2 import Environment
    from jinja2.meta import find_referenced_templates

    return list(find_referenced_templates(Environment().parse(prompt.text)))


def _passed_on(prompt: Prompt, library: Library) -> set[str]:
    """Variables that what the prompt includes needs."""
    passed: set[str] = set()
    for name in included(prompt):
        try:
            passed.update(library.prompt(name or "").header.variables)
        except LibraryError:
            continue
    return passed


def _check_variables(prompt: Prompt, used: set[str], passed: set[str]) -> Iterator[Problem]:
    declared = set(prompt.header.variables)
    for name in sorted(used - declared):
        yield Problem(prompt.path, _line(prompt, name), name, f"the template uses a variable it does not declare{nearest(name, declared)}")
    for name in sorted(declared - used - passed):
        yield Problem(prompt.path, _line(prompt, name), f"variables.{name}", "the template never uses this variable")


def _check_includes(prompt: Prompt, library: Library, chain: tuple[str, ...]) -> Iterator[Problem]:
    for name in included(prompt):
        line = _line(prompt, name or "include")
        if name is None:
            yield Problem(prompt.path, line, "", "an include has to name its prompt in quotes")
        elif "@" not in name:
            yield Problem(prompt.path, line, "", f"the include {name!r} has to name a version, as in '{name}@1.0.0'")
        elif name in chain:
            yield Problem(prompt.path, line, "", f"the includes run in a circle: {' → '.join((*chain, name))}")
        else:
            yield from _check_included(prompt, library, chain, name)


def _check_included(prompt: Prompt, library: Library, chain: tuple[str, ...], name: str) -> Iterator[Problem]:
    try:
        inner = library.prompt(name)
    except LibraryError as error:
        yield Problem(prompt.path, _line(prompt, name), "", str(error).splitlines()[0])
        return
    missing = set(inner.header.variables) - set(prompt.header.variables)
    for variable in sorted(missing):
        yield Problem(prompt.path, _line(prompt, name), f"variables.{variable}", f"{name!r}, included here, needs this variable")
    yield from _check_includes(inner, library, (*chain, name))


def _line(prompt: Prompt, word: str) -> int:
    position = prompt.text.find(word)
    return prompt.text[: max(position, 0)].count("\n") + 1
