"""Centre profiles: a TOML file that tells all about a centre or a network, read into plain values.

    [profile]                    format = 1, title
    [[document]]                 key, title, paragraphs: what `source` refers to
    [[network]] [[centre]]       one network at most; without one, exactly one centre
    [[body]] [[role_holder]] [[place]] [[access_point]] [[access_point.hours]]
    [[act]] [[fund]] [[call]] [[service]] [[service.link]] [[initiative]] [[initiative.meeting]]
    [[partnership]] [[statement]] [[catchment]]

The fields of each table are those of the classes in `famdesk.domain.centre.profile`. Entries name each other by `key`,
unique in the file. Every entry has a `source` ("004 §3, §7": document and paragraphs; or "not from the sources: …");
`inferred` says which of its fields no source says outright, and how they were found ("starts_on: …; town: …"). What is
not known is left out. All errors of a file are reported together, each with its line and field.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from famdesk.domain.centre.profile import Plain, Profile
from famdesk.exchange import profiles_errors as wrong
from famdesk.exchange.profiles_checks import check
from famdesk.exchange.profiles_drafts import Draft, Report, checked, read_drafts
from famdesk.exchange.profiles_errors import ProfileError, ProfileErrors
from famdesk.exchange.profiles_lines import Lines

__all__ = ["FORMAT", "LARGEST", "Profile", "ProfileError", "ProfileErrors", "read_profile"]

FORMAT = 1
LARGEST = 2_000_000
"""Bytes of the largest file that is read; those that come with the program have about 40,000."""

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_profile(source: Path | str) -> Profile:
    """The profile in a file (a path) or in a text.

    Raises:
        ProfileError: with all that is wrong in `errors`; nothing else, whatever the file holds.
    """
    text = (_file(source) if isinstance(source, Path) else source).removeprefix("\ufeff").replace("\r\n", "\n")
    data = _toml(text)
    report = Report(Lines(text))
    title = _head(data, report)
    drafts = read_drafts(data, report)
    check([draft for listed in drafts.values() for draft in listed], report)
    report.finish()
    return Profile(
        title=title, **{name: tuple(_entry(one, report.lines) for one in found) for name, found in drafts.items()}
    )


def _file(path: Path) -> str:
    try:
        content = path.read_bytes()
    except (OSError, ValueError):  # ValueError: a path with a NUL
        raise ProfileErrors([wrong.Unreadable(0, name=path.name)]) from None
    if len(content) > LARGEST:
        raise ProfileErrors([wrong.TooLarge(0, limit=LARGEST // 1000)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProfileErrors([wrong.NotUtf8(content.count(b"\n", 0, error.start) + 1)]) from None


def _toml(text: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise ProfileErrors([wrong.TooLarge(0, limit=LARGEST // 1000)])
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ProfileErrors([wrong.NotToml(1, detail="Nested too deeply.")]) from None
    except ValueError as error:  # TOMLDecodeError, and int() for numbers without end
        detail = str(error)
        found = _AT_LINE.search(detail)
        line = int(found[1]) if found else text.count("\n") + 1 if "(at end of document)" in detail else 1
        raise ProfileErrors([wrong.NotToml(line, detail=detail.partition(" (at ")[0])]) from None


def _head(data: dict[str, Any], report: Report) -> str:
    """The title; `[profile]` must be there and of our format."""
    head = data.pop("profile", None)
    if not isinstance(head, dict):
        report.add(wrong.Missing if head is None else wrong.NotATable, ("profile",))
        return ""
    for name in sorted(head.keys() - {"format", "title"}):
        report.add(wrong.UnknownName, ("profile", name), known="format, title")
    if "format" not in head:
        report.add(wrong.Missing, ("profile", "format"))
    elif head["format"] is True or head["format"] != FORMAT:
        report.add(wrong.UnknownFormat, ("profile", "format"), known=FORMAT)
    if "title" not in head:
        report.add(wrong.Missing, ("profile", "title"))
        return ""
    title = checked(Plain("text"), head["title"], ("profile", "title"), report)
    return title if isinstance(title, str) else ""


def _entry(draft: Draft, lines: Lines) -> Any:
    inner = {name: tuple(_entry(one, lines) for one in listed) for name, listed in draft.inner.items()}
    return draft.kind(line=lines.of(draft.path), **draft.given, **inner)
