"""What the whole system sees of a window is its title: no title tells of a person.

Read from the source: the title of every dialog and question is a fixed sentence of the program, or the dialog is
`named`, which keeps it inside the window. What else is put together is listed here, with what it is put together from.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import famdesk.ui

UI = Path(next(iter(famdesk.ui.__path__)))
QUESTIONS = frozenset({"confirm", "ask_reason", "ask_scope", "_as_far"})
"""Functions whose second argument, `question`, becomes a title."""
FIXED = frozenset({"_", "pgettext", "label", "ask_text", "_role"})
"""Functions whose answer is a sentence of the program, a code or a role in words, or the number of an application."""
HARMLESS = {
    "row.number": "the number of a meeting or an application",
    "visit.ticket": "a number of the waiting room",
    "row.code": "a case, which has a code so that it needs no name",
    "formats.date_long(family.on)": "a day",
    "point[1]": "an access point of the centre",
    "sheet.title": "the kind of a sheet, as printers show it",
    "view": "a view of the program",
    "info.centre": "the centre",
    "info.user_name": "who is signed in",
    "_head(note.row)": "kind and day of a session",
}
TITLED = ("Dialog", "setWindowTitle", *sorted(QUESTIONS))
WINDOWS = {
    ("kit/dialog.py", "NEUTRAL if named else title"),
    ("main_window.py", "title or 'FamDesk'"),  # the views' own, as below
}


@dataclass
class Class:
    """A class of the window: its bases, how it is made, and where its title stands among what it takes (None: it does
    not take one)."""

    path: Path
    bases: set[str]
    made: ast.FunctionDef | None
    title: tuple[int, str] | None = field(default=None)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _classes(path: Path, tree: ast.Module) -> dict[str, Class]:
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            made = next((one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)
            found[node.name] = Class(path, {_name(base) for base in node.bases}, made, _title_of(made))
    return found


def _title_of(made: ast.FunctionDef | None) -> tuple[int, str] | None:
    names = [one.arg for one in made.args.args] if made is not None else []
    wanted = next((name for name in ("title", "question") if name in names), None)
    return (names.index(wanted) - 1, wanted) if wanted else None


def _is_dialog(classes: dict[str, Class], name: str) -> bool:
    return name == "Dialog" or (name in classes and any(_is_dialog(classes, base) for base in classes[name].bases))


def _place(classes: dict[str, Class], name: str) -> tuple[int, str] | None:
    """Where a class takes its title: as itself says, or the first of its bases that is made otherwise."""
    known = classes.get(name)
    if known is None or known.made is not None:
        return known.title if known is not None else None
    return next((place for base in known.bases if (place := _place(classes, base)) is not None), None)


def _given(call: ast.Call, place: tuple[int, str]) -> ast.expr | None:
    at, name = place
    return call.args[at] if len(call.args) > at else next((one.value for one in call.keywords if one.arg == name), None)


def _is_fixed(node: ast.expr, known: dict[str, list[ast.expr]]) -> bool:
    if ast.unparse(node) in HARMLESS or isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return _is_fixed(node.body, known) and _is_fixed(node.orelse, known)
    if isinstance(node, ast.Name):
        return node.id in known and all(_is_fixed(one, {}) for one in known[node.id])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        parts = [*node.args, *(one.value for one in node.keywords)]
        return _is_fixed(node.func.value, known) and all(_is_fixed(part, known) for part in parts)
    return isinstance(node, ast.Call) and _name(node.func) in FIXED


def _assigned(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for one, value in pairs:
                if isinstance(one, ast.Name):
                    found.setdefault(one.id, []).append(value)
    return found


def _titles(classes: dict[str, Class], path: Path, tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, ast.expr, int]]:
    owners = {one.made.lineno: one for one in classes.values() if one.path == path and one.made is not None}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or any(one.arg == "named" for one in call.keywords):
                continue
            title = _title_in(classes, owners, function, call)
            if title is not None:
                yield function, title, call.lineno


def _title_in(
    classes: dict[str, Class], owners: dict[int, Class], function: ast.FunctionDef, call: ast.Call
) -> ast.expr | None:
    name = _name(call.func)
    if name in QUESTIONS:
        given = _given(call, (1, "question"))
        passed_on = function.name in QUESTIONS and given is not None and _name(given) == "question"
        return None if passed_on else given
    if name == "setWindowTitle":
        return call.args[0]
    if name == "QFileDialog":
        return call.args[1]
    if function.name in QUESTIONS:
        return None  # it passes its question on
    if name == "__init__" and function.lineno in owners:
        owner = owners[function.lineno]
        base = next((one for one in owner.bases if _is_dialog(classes, one)), None)
        place = _place(classes, base) if base is not None else None
        given = _given(call, place) if place is not None else None
        passed_on = owner.title is not None and given is not None and _name(given) == owner.title[1]
        return None if passed_on else given  # else it is looked at where one of these is made
    if _is_dialog(classes, name) and (place := _place(classes, name)) is not None:
        return _given(call, place)
    return None


def problems(sources: dict[Path, str]) -> list[str]:
    """The titles of windows that could tell of a person."""
    trees = {path: ast.parse(source) for path, source in sources.items()}
    by_file = {path: _classes(path, tree) for path, tree in trees.items()}
    everywhere = {name: one for classes in by_file.values() for name, one in classes.items()}
    found = []
    for path, tree in trees.items():
        classes = everywhere | by_file[path]  # of two that are called the same the one of this file
        for function, title, line in _titles(classes, path, tree):
            told = ast.unparse(title)
            if (path.as_posix(), told) not in WINDOWS and not _is_fixed(title, _assigned(function)):
                found.append(f"{path}:{line} {told}")
    return sorted(found)


def test_no_title_of_a_window_tells_of_a_person() -> None:
    sources = {path.relative_to(UI): path.read_text("utf-8") for path in UI.rglob("*.py")}
    titled = {path: source for path, source in sources.items() if any(word in source for word in TITLED)}
    assert problems(titled) == []


def test_a_name_in_a_title_is_found() -> None:
    kit = (UI / "kit" / "dialog.py").read_text("utf-8")
    bad = """
class One(Dialog):
    def __init__(self, parent, row):
        super().__init__(parent, _("Call {who}").format(who=row.name))
class Base(Dialog):
    def __init__(self, parent, runner, title):
        super().__init__(parent, title)
class Two(Base):
    def __init__(self, parent, row):
        super().__init__(parent, None, row.name)
class Three(Dialog):
    def __init__(self, parent, row):
        super().__init__(parent, row.name, named=True)
def ask(parent, row):
    confirm(parent, f"{row.name}?", _("Yes"), row.go)
    Base(parent, None, title=row.name)
    Base(parent, None, _("Fixed"))
"""
    found = problems({Path("kit/dialog.py"): kit, Path("bad.py"): bad})
    assert sorted(one.partition(" ")[2] for one in found) == [
        "_('Call {who}').format(who=row.name)", "f'{row.name}?'", "row.name", "row.name",
    ]  # fmt: skip
