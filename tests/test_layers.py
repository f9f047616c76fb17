"""The shape of the package: imports go down only, SDKs stay in their adapters, functions and files stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = (
    "action amendment counted debrief document errors events move observation persona prose questions quotation rubric rubric_diff "
    "scenario scene feedback scene_parts session_id terms transcript twist utterance candidate verdict version walkthrough",
    "answer background heads library manner prompting model_settings polarity protocols reading recognition settings sync",
    "llm memory store workbench",
    "interview judge",
    "aids cards debriefing engine evaluation finding grading hearing jobpost models practice record repair report session simulation "
    "twins usage",
    "__init__ __main__ cli pytest_plugin serving web",
)
LAYER_OF = {name: layer for layer, names in enumerate(LAYERS) for name in names.split()}
STRANGERS = {"interview": "judge", "judge": "interview"}

ADAPTERS = {
    "alembic": ("store",),
    "chromadb": ("memory",),
    "distributed": ("evaluation.workers",),
    "langchain_core": ("interview.state", "interview.tracing", "serving"),
    "langgraph": ("interview.graph", "interview.state"),
    "httpx2": ("llm",),
    "langsmith": ("interview.tracing",),
    "litellm": ("llm",),
    "onnxruntime": ("memory",),
    "openai": ("llm",),
    "opentelemetry": ("llm",),
    "sqlalchemy": ("store",),
    "tokenizers": ("memory",),
}
"""Who may import an SDK."""

EAGER = ("store", "interview.state")
"""Who may import it at the top of the file, because nobody imports them before they are needed."""

LONGEST_FUNCTION = 60
LONGEST_FILE = 350


class Import(NamedTuple):
    """By whom, of what; `early` if it happens as soon as the file is imported."""

    module: str
    imported: str
    early: bool


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


FILES = {_name(file): file for file in sorted((ROOT / "agent").rglob("*.py"))}
TREES = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in FILES.items()}


def _imports(module: str) -> Iterator[Import]:
    early = set(_early(TREES[module]))
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (Import(module, alias.name, node in early) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"agent.{module}, line {node.lineno}: name the package, from agent.… import"
            yield from (Import(module, f"{node.module}.{alias.name}", node in early) for alias in node.names)


def _early(node: ast.AST) -> Iterator[ast.AST]:
    """What runs as soon as the file is imported."""
    for child in ast.iter_child_nodes(node):
        if not _is_late(child):
            yield child
            yield from _early(child)


def _is_late(node: ast.AST) -> bool:
    is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return is_for_types or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _own(imported: str) -> str | None:
    """The module of this package that `imported` means; None if it is of another one. Its last part may be a name in a module."""
    package, _, rest = imported.partition(".")
    if package != "agent":
        return None
    return next(name for name in (rest, rest.rpartition(".")[0], "__init__") if name in FILES)


IMPORTS = [found for module in FILES for found in _imports(module)]
EDGES = [(found.module, own) for found in IMPORTS if (own := _own(found.imported)) is not None]


def _part(module: str) -> str:
    return module.partition(".")[0]


def _within(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def test_every_module_has_a_layer() -> None:
    assert {_part(module) for module in FILES} <= LAYER_OF.keys()


def test_imports_go_down_only() -> None:
    assert [edge for edge in EDGES if LAYER_OF[_part(edge[0])] < LAYER_OF[_part(edge[1])]] == []


def test_judge_and_interview_never_meet() -> None:
    assert [edge for edge in EDGES if STRANGERS.get(_part(edge[0])) == _part(edge[1])] == []


def test_there_are_no_cycles() -> None:
    graph: dict[str, set[str]] = {module: set() for module in FILES}
    for module, imported in EDGES:
        graph[module].add(imported)

    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("sdk", ADAPTERS)
def test_an_sdk_is_imported_in_its_adapter_only_and_late(sdk: str) -> None:
    users = [found for found in IMPORTS if _part(found.imported) == sdk]

    assert [found for found in users if not _within(found.module, ADAPTERS[sdk])] == []
    assert [found for found in users if found.early and not _within(found.module, EAGER)] == []


def test_functions_and_files_stay_small() -> None:
    functions = [
        f"agent.{module}.{node.name}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > LONGEST_FUNCTION
    ]
    files = [module for module, file in FILES.items() if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]

    assert functions + files == []


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
