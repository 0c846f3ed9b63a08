"""Every name of an icon in the program is that of a file."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import famdesk
from famdesk import resources

ROOT = Path(famdesk.__file__).parent
NAMED = {"IconLabel": 0, "paint": 1, "pixmap": 0, "set_icon": 0, "set_icon_name": 0, "icon": 0}
"""Where a name stands in calls whose parameter is not called "icon"."""

Places = dict[str, set[int]]


@pytest.fixture(scope="module")
def trees() -> list[tuple[Path, ast.Module]]:
    files = [*sorted((ROOT / "ui").rglob("*.py")), ROOT / "pages.py"]
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in files]


def _places(trees: list[tuple[Path, ast.Module]]) -> Places:
    """At which place an icon is given to what, by the name that is called."""
    found: Places = defaultdict(set, {name: {place} for name, place in NAMED.items()})
    for _path, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                fields = [one.target.id for one in node.body
                          if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]  # fmt: skip
                if "icon" in fields:
                    found[node.name].add(fields.index("icon"))
                for one in node.body:
                    if isinstance(one, ast.FunctionDef):
                        _note(found, node.name if one.name == "__init__" else one.name, one.args.args[1:])
            elif isinstance(node, ast.FunctionDef) and not (node.args.args and node.args.args[0].arg == "self"):
                _note(found, node.name, node.args.args)
    return found


def _note(found: Places, name: str, arguments: list[ast.arg]) -> None:
    names = [one.arg for one in arguments]
    if "icon" in names:
        found[name].add(names.index("icon"))


def _words(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may come to."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_words(node.body), *_words(node.orelse))
    elif isinstance(node, (ast.BoolOp, ast.Dict)):
        yield from (word for one in node.values for word in _words(one))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        yield from (word for one in node.args[1:] for word in _words(one))


def _names(tree: ast.Module, places: Places) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [node.args[place] for place in places.get(called, ()) if place < len(node.args)]
            given += [one.value for one in node.keywords if one.arg == "icon"]
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and one.id.upper().rstrip("S").endswith("ICON") for one in targets):
                given = [node.value]
        yield from ((node.lineno, word) for one in given for word in _words(one))


def test_every_icon_that_is_named_exists(trees: list[tuple[Path, ast.Module]]) -> None:
    places = _places(trees)
    named = [(path, line, name) for path, tree in trees for line, name in _names(tree, places)]
    assert len(named) > 300, "names are found at all"
    assert len({name for _path, _line, name in named}) > 60
    missing = [f"{path.relative_to(ROOT)}:{line} {name}" for path, line, name in named
               if not resources.path(f"icons/{name}.svg").is_file()]  # fmt: skip
    assert missing == []
