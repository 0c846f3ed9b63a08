"""What the code may not do beside the safe-contact gate (`usecases.post.outgoing`), read from the source itself.

Whatever makes something for outside (sheets, exchange, command line, and use-cases that print or export) takes persons'
names, numbers and addresses from the gate. A new module is not on these lists and fails until somebody has thought
about it: put it behind the gate, or say here why nothing leaves by it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import famdesk.data
import famdesk.usecases

OUTSIDE = ("famdesk.sheets.", "famdesk.exchange.", "famdesk.cli.")

PERSONAL_TABLES = {"ContactPoint", "Household"}
"""What holds numbers and addresses."""

KNOW_CONTACTS = {
    "outgoing": "the gate",
    "contact_rights": "who may know a hidden one",
    "home_addresses": "the household's address for the gate, left out where somebody has to be careful",
    "call_list": "the rules only; the numbers come from the gate",
    "contacts": "they are entered there",
    "data_copy": "the copy of a person's own data, to that person (GDPR art. 15)",
    "demo": "invents them",
    "demo_guarded": "invents them",
    "demo_life": "invents them",
    "doubles": "compares them; shows on the office's own screen",
    "data_words": "names of tables and columns",
    "enrolment_checks": "who lives together and in which municipality, for the rule of an initiative",
    "families": "whether people live together",
    "family_file": "the office's own screen",
    "follow_ups": "which number was asked for, by id",
    "genogram": "which homes there are; on paper as the gate allows",
    "households": "they are entered there",
    "intake_rows": "the rules, on the office's own screen",
    "journal": "undo and history, on the office's own screen",
    "merge_moves": "moves them from one file to another",
    "person_file": "the file on the office's own screen",
    "person_search": "the list on the office's own screen",
    "placements": "where a child lives, on the office's own screen",
    "privacy_rights": "erases them",
    "referral_exchange": "writes those that the gate gave free into the referral; reads them back on the other side",
}
"""The modules of use-cases that may name `PERSONAL_TABLES`, each with the reason."""

FULL_NAMES = {
    "people", "person_file", "person_search", "person_names", "person_rows", "households", "families", "family_file",
    "contacts", "intake_rows", "doubles", "lookup", "name_search", "person_history", "search",
}  # fmt: skip
"""Modules of use-cases whose answers name people in full."""

MAY_NAME = {
    ("famdesk.cli.searching", "search"): "what a colleague who is signed in finds, on that colleague's own terminal",
    ("famdesk.cli.bench", "search"): "measures how long it takes; prints milliseconds",
    ("famdesk.cli.demo", "people"): "finds an invented family to book an appointment; prints none",
    ("famdesk.cli.exporting", "person_search"): "gives ids to the gate",
}
"""Where a module outside may ask such a one all the same, with the reason."""

MAY_MAKE = {
    "famdesk.cli.bench": "measures with invented people of its own file",
    "famdesk.cli.filling": "makes synthetic people",
}
"""Modules outside that may write `famdesk.data.tables.people`."""

TELLING = {"who", "surname", "given_name", "alias", "tax_code", "caller", "person", "birth_date"}
"""Fields of rows of the office's own screens that tell who somebody is."""


def bypasses(source: str, module: str) -> list[str]:
    """What a module does beside the gate, in words; empty if nothing."""
    tree = ast.parse(source)
    if module.startswith(OUTSIDE):
        return [*_imports(tree, module), *_fields(tree)]
    if module.startswith("famdesk.usecases."):
        return [*_tables(tree, module), *_prints(tree, module)]
    return []


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(module, name) of everything that is imported anywhere in a module; name "" for the module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""


def _packages() -> set[str]:
    """What holds modules: importing from one of these names a module, not something in a module."""
    folders = [Path(layer.__path__[0]) for layer in (famdesk.data, famdesk.usecases)]
    inner = {f"famdesk.{one.name}.{path.parent.name}" for one in folders for path in one.glob("*/__init__.py")}
    return {"famdesk.data", "famdesk.usecases", *inner}


PACKAGES = _packages()


def _imports(tree: ast.AST, module: str) -> Iterator[str]:
    for package, name in imported(tree):
        source = f"{package}.{name}" if package in PACKAGES else package
        if source == "famdesk.data.tables.people" and module not in MAY_MAKE:
            yield f"reads {source}"
        asked = source.rpartition(".")[2]
        public = asked == "person_names" and name.startswith("public_")
        of_usecases = source.startswith("famdesk.usecases.") and source not in PACKAGES
        if of_usecases and asked in FULL_NAMES and not public and (module, asked) not in MAY_NAME:
            yield f"asks {asked}, which names people in full"


def _fields(tree: ast.AST) -> Iterator[str]:
    """Fields that tell who somebody is, in a module that asks use-cases; a renderer only knows what it was given."""
    asks = any(source == "famdesk.data.tx" for source, _name in imported(tree))
    for node in ast.walk(tree):
        if asks and isinstance(node, ast.Attribute) and node.attr in TELLING:
            yield f"reads .{node.attr} in line {node.lineno}"


def _tables(tree: ast.AST, module: str) -> Iterator[str]:
    if module.rpartition(".")[2] in KNOW_CONTACTS:
        return
    for source, name in imported(tree):
        if source == "famdesk.data.tables.people" and name in PERSONAL_TABLES:
            yield f"reads {name}"
        elif (source, name) in {("famdesk.data.tables", "people"), ("famdesk.data.tables.people", "")}:
            yield "reads the tables of people as a whole"


def _prints(tree: ast.AST, module: str) -> Iterator[str]:
    """Who notes that something is printed or exported makes something for outside, and asks the gate."""
    gate = any("outgoing" in (source.rpartition(".")[2], name) for source, name in imported(tree))
    if gate or module.rpartition(".")[2] in {"prints", "data_copy"}:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called, first = node.func, node.args[0] if node.args else None
        logs = called.attr == "log" and isinstance(first, ast.Constant) and first.value in {"print", "export", "send"}
        notes = called.attr == "note" and isinstance(called.value, ast.Name) and called.value.id == "prints"
        if logs or notes:
            yield f"prints or exports in line {node.lineno} without the gate"
