"""Published calendars: which there are, what stands in them, how it went. Others can only read them.

What is sent is made here; the sending itself is `famdesk.exchange.ics_publish`. The password of a server is kept apart
and never stands in the journal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select

from famdesk.data.tables.calendar import Feed, FeedState, Secret
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar_file import Entry
from famdesk.domain.codes import Code, Table, codes
from famdesk.domain.errors import Forbidden, Required, RuleError
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.calendar import calendar_export
from famdesk.usecases.calendar.calendar_export import CENTRE, SUBJECTS, Scope
from famdesk.usecases.registry import query, usecase

BEFORE, AFTER = timedelta(days=60), timedelta(days=548)
"""How far a published calendar goes back and ahead."""
FILE, CALDAV = "file", "caldav"
LOCAL = ("localhost", "127.0.0.1", "::1")
OK = "ok"

FEED_KINDS: Table = (
    Code(FILE, N_("File in a folder")),
    # Translators: CalDAV is the name of a protocol
    Code(CALDAV, N_("Calendar server (CalDAV)")),
)
FEED_SUBJECTS: Table = (
    Code("staff", N_("A colleague")), Code("room", N_("A room")), Code("point", N_("An access point")),
    Code("initiative", N_("An initiative")), Code("centre", N_("The whole centre")),
)  # fmt: skip
OUTCOMES: Table = (
    Code(OK, N_("Published")),
    Code("folder", N_("The folder cannot be written to.")),
    Code("unreachable", N_("The server cannot be reached.")),
    Code("certificate", N_("The server's certificate is not valid.")),
    Code("denied", N_("The server refuses user name or password.")),
    Code("missing", N_("There is no calendar at this address.")),
    Code("refused", N_("The server did not take all appointments.")),
)


class UnknownFeed(RuleError):
    message = N_("Choose from the list.")


class NotSecure(RuleError):
    message = N_("The address has to begin with https://: names and password would be readable on the way.")


class NoAddress(RuleError):
    message = N_("This is no address of a calendar, such as https://cloud.example.it/dav/calendars/centre/.")


class NotAnIcs(RuleError):
    message = N_("Give a file with its whole path, ending in .ics, in a folder that is there.")


class SubjectNeeded(RuleError):
    message = N_("Say whose calendar it is.")


@dataclass(frozen=True, slots=True)
class FeedValues:
    """The fields are those of `Feed`; texts as they were typed."""

    name: str
    kind: str = FILE
    subject_kind: str = CENTRE
    subject_id: str | None = None
    with_names: bool = False
    path: str | None = None
    url: str | None = None
    login: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A published calendar for its list and its form. `at`: local time of the last publication, None before the first;
    `outcome` is a code of `OUTCOMES`, "" before the first."""

    id: str
    version: int
    values: FeedValues
    has_password: bool
    at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Content:
    """What has to be sent. `there` is what was sent last: a text by the name of each part. `repr` shows no secret."""

    feed_id: str
    values: FeedValues
    zone: str
    entries: tuple[Entry, ...] = field(repr=False)
    password: str = field(repr=False)
    there: Mapping[str, str] = field(repr=False)


@query
def feeds(tx: Tx) -> tuple[FeedRow, ...]:
    """All published calendars by name."""
    found = tx.all(Feed)
    states = {row.feed_id: row for row in tx.rows(select(FeedState.feed_id, FeedState.at, FeedState.outcome))}
    rows = []
    for one in found:
        state = states.get(one.id)
        secret = tx.session.get(Secret, one.id)
        at = tx.local(state.at) if state is not None else None
        rows.append(FeedRow(one.id, one.version, _values(one), bool(secret and secret.value and _leads(tx)), at,
                            state.outcome if state is not None else ""))  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.values.name.casefold()))


def _values(one: Feed) -> FeedValues:
    return FeedValues(one.name, one.kind, one.subject_kind, one.subject_id, one.with_names, one.path, one.url,
                      one.login, one.active)  # fmt: skip


@query
def due(tx: Tx) -> tuple[str, ...]:
    """The ids of the calendars in use that this person may publish."""
    return tuple(one.id for one in tx.all(Feed, Feed.active.is_(True)) if _may(tx, one))


@query
def content(tx: Tx, feed_id: str) -> Content:
    """What a calendar says today.

    Raises:
        NotFound; Forbidden: it is one with names, and this person may give none out; or one on a server.
    """
    feed = tx.get(Feed, feed_id)
    if not _may(tx, feed):
        raise Forbidden(who=rights.roles_for(calendar_export.named.name))
    today = datetime.combine(tx.today(), time())
    scope = Scope(today - BEFORE, today + AFTER, feed.subject_kind, feed.subject_id)
    entries = calendar_export.entries(tx, scope, named=feed.with_names)
    state, secret = tx.session.get(FeedState, feed.id), tx.session.get(Secret, feed.id)
    there = json.loads(state.there) if state is not None else {}
    password = secret.value if secret is not None else ""
    return Content(feed.id, _values(feed), tx.actor.timezone, entries, password, there)


def _may(tx: Tx, feed: Feed) -> bool:
    """A server's password is for those who lead; a file needs none, and any desk that reaches its folder writes it."""
    if feed.kind == CALDAV and not _leads(tx):
        return False
    return not feed.with_names or bool(rights.cell(calendar_export.named.name, tx.actor.role))


def _leads(tx: Tx) -> bool:
    return bool(rights.cell(change_feed.name, tx.actor.role))


@usecase(N_("Calendar published"))
def published(tx: Tx, feed_id: str, outcome: str, there: Mapping[str, str]) -> None:
    """Notes how it went and what is there now. That names went out is noted in the journal, once for each change."""
    feed = tx.get(Feed, feed_id)
    state = tx.session.get(FeedState, feed_id)
    text = json.dumps(dict(there), sort_keys=True)
    if feed.with_names and outcome == OK and (state is None or state.there != text):
        calendar_export.note_published(tx, feed.id)
    if state is None:
        state = FeedState(feed_id=feed.id, centre_id=feed.centre_id, at="", outcome="", there="{}")
        tx.session.add(state)
    state.at = tx.utc.astimezone(UTC).isoformat(timespec="seconds")
    state.outcome, state.there = outcome, text


@usecase(N_("Published calendar added"))
def add_feed(tx: Tx, values: FeedValues, password: str | None = None) -> str:
    """A new published calendar; gives its id.

    Raises:
        Required, UnknownFeed, SubjectNeeded, NotSecure, NoAddress, NotAnIcs.
    """
    feed = Feed(name="", kind="", subject_kind="")
    _fill(feed, values)
    tx.add(feed)
    _keep(tx, feed, password, forget=False)
    return feed.id


@usecase(N_("Published calendar changed"))
def change_feed(tx: Tx, feed_id: str, version: int, values: FeedValues, password: str | None = None) -> None:
    """`password` None: as before; it is forgotten when address or user name change.

    Raises:
        As `add_feed`; Stale.
    """
    feed = tx.get(Feed, feed_id, version)
    before = (feed.url, feed.login)
    _fill(feed, values)
    _keep(tx, feed, password, forget=before != (feed.url, feed.login))
    state = tx.session.get(FeedState, feed.id)
    if state is not None and before[0] != feed.url:
        state.there = "{}"


@usecase(N_("Published calendar removed"))
def remove_feed(tx: Tx, feed_id: str, version: int) -> None:
    """Nothing more is published. What was, stays where it is until somebody deletes it there.

    Raises:
        Stale.
    """
    tx.bin(tx.get(Feed, feed_id, version))


def _fill(feed: Feed, values: FeedValues) -> None:
    feed.name = values.name.strip()
    if not feed.name:
        raise Required("name")
    if values.kind not in codes(FEED_KINDS):
        raise UnknownFeed("kind")
    if values.subject_kind not in SUBJECTS:
        raise UnknownFeed("subject_kind")
    if values.subject_kind != CENTRE and not values.subject_id:
        raise SubjectNeeded("subject_id")
    feed.kind, feed.subject_kind, feed.active = values.kind, values.subject_kind, values.active
    feed.subject_id = values.subject_id if values.subject_kind != CENTRE else None
    feed.with_names = values.with_names
    feed.path = feed.url = feed.login = None
    if values.kind == FILE:
        feed.path = _path(values.path)
    else:
        feed.url, feed.login = _url(values.url), (values.login or "").strip() or None


def _path(text: str | None) -> str:
    path = Path((text or "").strip())
    if path.suffix.lower() != ".ics" or not path.is_absolute() or not path.parent.is_dir():
        raise NotAnIcs("path")
    return str(path)


def _url(text: str | None) -> str:
    text = (text or "").strip()
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise NoAddress("url") from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password or parts.query:
        raise NoAddress("url")
    if parts.scheme == "http" and host not in LOCAL:
        raise NotSecure("url")
    return text if text.endswith("/") else f"{text}/"


def _keep(tx: Tx, feed: Feed, password: str | None, *, forget: bool) -> None:
    secret = tx.session.get(Secret, feed.id)
    if password is None and not (forget and secret is not None):
        return
    if secret is None:
        secret = Secret(owner_id=feed.id, centre_id=feed.centre_id, value="")
        tx.session.add(secret)
    secret.value = password or ""
