"""Prompts: templates from the library, rendered strictly into the messages of a chat.

Every top-level block of a template is one message; the block's name up to the first underscore is its role
(`system_person`, `user_talk`). What a candidate typed is a value, never part of the template, so it cannot open a
message of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pydantic import BaseModel

from agent.errors import InvalidDocument, LibraryError, nearest
from agent.library import Library

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from agent.library.prompt import Prompt

Role = Literal["system", "user", "assistant"]
ROLES: tuple[Role, ...] = ("system", "user", "assistant")
HIDDEN = "metadata"
"""The field of a document that no prompt ever sees."""
KEPT_DOCUMENTS = 100


class Message(TypedDict):
    """One message of a chat."""

    role: Role
    content: str


class Prompts:
    """Renders the prompts of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._environment = _environment(library)
        self._documents = _PlainDocuments()
        self._fingerprints: dict[str, str] = {}

    def render(self, name: str, /, **variables: Any) -> list[Message]:
        """The messages of prompt `role/name@version` (newest version without `@`), with documents as plain values.

        Raises:
            NotInLibrary: there is no such prompt.
            InvalidDocument: the template is wrong, or a variable is missing, unknown or lacks a part the template uses.
        """
        from jinja2 import TemplateError

        prompt = self._library.prompt(name)
        _require(prompt, variables)
        try:
            template = self._environment.get_template(prompt.name)
            return _messages(template, {key: self._documents.plain(value) for key, value in variables.items()})
        except (TemplateError, TypeError) as error:
            raise InvalidDocument(f"{prompt.path}: prompt {prompt.name!r} cannot be rendered: {error}") from error

    def compile(self, name: str) -> None:
        """Compiles a prompt's template now, so that its first rendering does not have to.

        Raises:
            NotInLibrary: there is no such prompt.
        """
        self._environment.get_template(self._library.prompt(name).name)

    def fingerprint(self, name: str) -> str:
        """The sha256 of a prompt's text together with everything it includes."""
        if name not in self._fingerprints:
            digest = hashlib.sha256()
            for prompt in self._closure(self._library.prompt(name), {}).values():
                digest.update(prompt.sha256.encode())
            self._fingerprints[name] = digest.hexdigest()
        return self._fingerprints[name]

    def _closure(self, prompt: Prompt, seen: dict[str, Prompt]) -> dict[str, Prompt]:
        from jinja2.meta import find_referenced_templates

        if prompt.name not in seen:
            seen[prompt.name] = prompt
            for name in find_referenced_templates(self._environment.parse(prompt.text)):
                self._closure(self._library.prompt(name or ""), seen)
        return seen


def boundary(seed: str, texts: Iterable[str]) -> str:
    """A mark of 16 hex digits to fence `texts` off, that occurs in none of them: the sha256 of `seed` and the first counter that fits.

    The same for the same session, so that a recorded one replays byte for byte.
    """
    joined = "\n".join(texts)
    marks = (hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()[:16] for number in count())
    return next(mark for mark in marks if mark not in joined)


def plain(value: Any) -> Any:
    """`value` with every document in it as a dict, without its metadata."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields if name != HIDDEN}
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple | set | frozenset) else value


class _PlainDocuments:
    """Values in plain form. That of a document is kept, since it never changes: a person has hundreds of lines, and speaks often."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[BaseModel, Any]] = {}

    def plain(self, value: Any) -> Any:
        if not isinstance(value, BaseModel):
            return plain(value)
        if id(value) not in self._kept:
            if len(self._kept) >= KEPT_DOCUMENTS:
                self._kept.clear()
            self._kept[id(value)] = value, plain(value)
        return self._kept[id(value)][1]


def _environment(library: Library) -> Environment:
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_source(library)), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )


def _source(library: Library) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def find(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        try:
            prompt = library.prompt(name)
        except LibraryError:
            return None
        return prompt.text, str(prompt.path), lambda: True

    return find


def _require(prompt: Prompt, variables: Mapping[str, Any]) -> None:
    declared = prompt.header.variables
    for name in sorted(declared.keys() - variables.keys()):
        raise InvalidDocument(f"prompt {prompt.name!r} needs the variable {name!r}: {declared[name]}")
    for name in sorted(variables.keys() - declared.keys()):
        raise InvalidDocument(f"prompt {prompt.name!r} has no variable {name!r}{nearest(name, declared)}")


def _messages(template: Template, variables: dict[str, Any]) -> list[Message]:
    rendered = []
    for block, render in template.blocks.items():
        role = block.partition("_")[0]
        if role not in ROLES:
            raise InvalidDocument(f"{template.filename}: the block {block!r} has to start with one of {', '.join(ROLES)}")
        content = "".join(render(template.new_context(variables))).strip()
        rendered.append(Message(role=role, content=content))
    if not rendered:
        raise InvalidDocument(f"{template.filename}: the template has no block, so no message; write {{% block system_… %}}")
    return rendered
