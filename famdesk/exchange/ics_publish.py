"""Sends published calendars: into a file of a folder, or event by event to a calendar server.

On a server only what changed is put or deleted; what others keep in the same calendar is not touched, and what they
changed of ours is put right again.

Source: RFC 4791 (CalDAV).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from famdesk.data.platform import write_atomically
from famdesk.domain.calendar.calendar_file import Entry
from famdesk.domain.errors import Forbidden, NotFound
from famdesk.exchange import ics_write
from famdesk.usecases.calendar import feeds
from famdesk.usecases.calendar.feeds import FILE, OK, Content

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

TIMEOUT = 20
"""Seconds that a server may be silent."""
STAMP = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in digests, so that the moment of writing is no change."""
_LISTING = """<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>"""
_DAV = "{DAV:}"
_CONTENT = {"Content-Type": "text/calendar; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Sent:
    """How it went (a code of `feeds.OUTCOMES`) and what is there now."""

    outcome: str
    there: Mapping[str, str]


class _Failed(Exception):
    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def publish_all(office: Office) -> list[tuple[str, str]]:
    """Publishes all calendars in use that this person may publish: the name and outcome of each."""
    found = []
    for feed_id in office.fetch(feeds.due):
        try:
            content = office.fetch(feeds.content, feed_id)
        except (NotFound, Forbidden):  # somebody has just changed it
            continue
        sent = send(content)
        office.run(feeds.published, feed_id, sent.outcome, sent.there)
        found.append((content.values.name, sent.outcome))
    return found


def send(content: Content) -> Sent:
    """Sends a calendar; whatever goes wrong is an outcome. Takes as long as the server: not for the window's thread."""
    return _to_file(content) if content.values.kind == FILE else _to_server(content)


def _to_file(content: Content) -> Sent:
    path = Path(content.values.path or "")
    name = content.values.name
    digest = _digest(ics_write.calendar(content.entries, name=name, zone=content.zone, stamp=STAMP))
    if content.there.get(str(path)) == digest and path.is_file():
        return Sent(OK, content.there)
    try:
        write_atomically(path, ics_write.calendar(content.entries, name=name, zone=content.zone))
    except OSError:
        return Sent("folder", content.there)
    return Sent(OK, {str(path): digest})


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _to_server(content: Content) -> Sent:
    there = dict(content.there)
    try:
        with _client(content) as client:
            _update(client, content, there)
    except _Failed as failed:
        return Sent(failed.outcome, there)
    return Sent(OK, there)


def _client(content: Content) -> Any:
    from caldav.davclient import DAVClient

    values = content.values
    login = values.login or None
    return DAVClient(
        url=values.url, username=login, password=content.password if login else None, timeout=TIMEOUT,
        enable_rfc6764=False, auth_type="basic" if login else None,
    )  # fmt: skip


def _update(client: Any, content: Content, there: dict[str, str]) -> None:
    """Makes the server's calendar say what the content says; `there` follows, also where it fails half-way.

    Raises:
        _Failed.
    """
    url = content.values.url or ""
    tags = _listed(client, url)
    wanted = _files(content)
    refused = False
    for name, data in wanted.items():
        digest, _blank, tag = there.get(name, "").partition(" ")
        mine = _digest(ics_write.calendar(data, zone=content.zone, method="", stamp=STAMP))
        if digest == mine and name in tags and tags[name] == tag:
            continue
        body = ics_write.calendar(data, zone=content.zone, method="").decode()
        answer = _ask(client.put, f"{url}{name}", body, _CONTENT)
        if answer.status in (200, 201, 204):
            there[name] = mine
        else:
            refused = True
    for name in [name for name in there if name not in wanted]:
        if name in tags and _ask(client.delete, f"{url}{name}").status not in (200, 202, 204, 404):
            refused = True
            continue
        del there[name]
    for name, tag in _listed(client, url).items():
        if name in there:
            there[name] = f"{there[name].partition(' ')[0]} {tag}"
    if refused:
        raise _Failed("refused")


def _files(content: Content) -> dict[str, list[Entry]]:
    """The entries of each file: a series with its dates that are told apart is one."""
    found: dict[str, list[Entry]] = {}
    for entry in content.entries:
        found.setdefault(f"famdesk-{_digest(entry.uid.encode())}.ics", []).append(entry)
    return found


def _listed(client: Any, url: str) -> dict[str, str]:
    """The tag of each file that is there, by its name."""
    answer = _ask(client.propfind, url, _LISTING, 1)
    if answer.status in (404, 410):
        raise _Failed("missing")
    if answer.status != 207 or answer.tree is None:
        raise _Failed("refused")
    found = {}
    for one in answer.tree.iter(f"{_DAV}response"):
        href, tag = one.findtext(f"{_DAV}href") or "", one.findtext(f".//{_DAV}getetag") or ""
        name = unquote(urlsplit(href.strip()).path).rpartition("/")[2]
        if name:
            found[name] = tag.strip()
    return found


def _ask(deed: Callable[..., Any], *arguments: Any) -> Any:
    """One request.

    Raises:
        _Failed: there is no answer, or none that can be used.
    """
    from caldav.lib import error

    try:
        return deed(*arguments)
    except error.AuthorizationError:
        raise _Failed("denied") from None
    except error.NotFoundError:
        raise _Failed("missing") from None
    except Exception as problem:  # whatever the library's own libraries raise: names of theirs are no promise
        broken = "SSL" in type(problem).__name__ or "certificate" in str(problem).lower()
        raise _Failed("certificate" if broken else "unreachable") from None
