"""Entries of a profile as far as they could be read: errors are noted and reading goes on, to report all at once."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from famdesk.domain.centre.profile import INNER, Entries, Rule, rules_of, tables
from famdesk.exchange import profiles_errors as wrong
from famdesk.exchange.profiles_errors import ProfileError, ProfileErrors
from famdesk.exchange.profiles_lines import Lines, Path
from famdesk.exchange.profiles_values import Refused, value_of

Kind = type[Any]
"""A class of entries: `Entry` or `DocumentEntry`."""

_BARE = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(slots=True)
class Draft:
    """An entry as far as it could be read; `given` has the fields that are right, `inner` the entries inside it."""

    kind: Kind
    path: Path
    holder: Draft | None = None
    given: dict[str, Any] = field(default_factory=dict)
    inner: dict[str, list[Draft]] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """The errors found so far, and where things are in the file."""

    lines: Lines
    errors: list[ProfileError] = field(default_factory=list)

    def add(self, error: type[ProfileError], path: Path, **params: Any) -> None:
        self.errors.append(error(self.lines.of(path), path_text(path), **params))

    def finish(self) -> None:
        """Raises ProfileErrors: if there is any error."""
        if self.errors:
            raise ProfileErrors(self.errors)


def _required(kind: Kind) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind) if each.default is MISSING)


def read_drafts(data: dict[str, Any], report: Report) -> dict[str, list[Draft]]:
    known = tables()
    for name in sorted(data.keys() - known.keys()):
        report.add(wrong.UnknownName, (name,), known=", ".join(["profile", *known]))
    return {name: _list(known[name], data[name], (name,), None, report) for name in known if name in data}


def _list(kind: Kind, raw: object, path: Path, holder: Draft | None, report: Report) -> list[Draft]:
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        report.add(wrong.NotEntries, path, name=".".join(str(step) for step in path if isinstance(step, str)))
        return []
    return [_draft(kind, row, (*path, number), holder, report) for number, row in enumerate(raw)]


def _draft(kind: Kind, raw: dict[str, Any], path: Path, holder: Draft | None, report: Report) -> Draft:
    draft = Draft(kind, path, holder)
    rules = rules_of(kind.table)
    for name in sorted(_required(kind) - raw.keys()):
        report.add(wrong.Missing, (*path, name))
    for name, content in raw.items():
        rule = rules.get(name)
        if rule is None:
            report.add(wrong.UnknownName, (*path, name), known=", ".join(rules))
        elif isinstance(rule, Entries):
            draft.inner[name] = _list(INNER[rule.entry], content, (*path, name), draft, report)
        elif (value := checked(rule, content, (*path, name), report)) is not None:
            draft.given[name] = value
    return draft


def checked(rule: Rule, raw: object, path: Path, report: Report) -> Any:
    """The value, or None after an error was noted."""
    try:
        return value_of(rule, raw)
    except Refused as refused:
        report.add(refused.error, path, **refused.params)
        return None


def path_text(path: Path) -> str:
    """A path as people count: ("access_point", 2, "name") is "access_point[3].name"."""
    parts = [f"[{step + 1}]" if isinstance(step, int) else "." + _plain(step) for step in path]
    return "".join(parts).removeprefix(".")


def _plain(name: str) -> str:
    return name if _BARE.fullmatch(name) else ascii(name[:40])
