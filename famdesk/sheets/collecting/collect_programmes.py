"""What the sign-in sheet of a meeting and the leaflet of a season say of initiatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes.enrolment import CHILD_CARE, HOLDING
from famdesk.domain.text import fold
from famdesk.i18n import N_, language
from famdesk.sheets.collecting.collect_services import HIDDEN, a_line
from famdesk.sheets.programmes.leaflet import Date, Leaflet, Offer
from famdesk.sheets.programmes.sign_in_sheet import SignInSheet
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PlaceRow
from famdesk.usecases.enrolling.enrolment_reading import in_rows
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.programmes import programmes
from famdesk.usecases.programmes.programmes_rows import EnrolmentRow, InitiativeDetail, InitiativeRow, MeetingRow

OVER = "closed"
"""The state of an initiative that is not in the leaflet any more."""
NOT_FAMILIES = "professionals"
"""Whom a leaflet for families does not ask in."""


class NoMeetingChosen(RuleError):
    message = N_("Choose a meeting of an initiative.")


class NothingInSeason(RuleError):
    message = N_("There is no initiative for families in this season.")


def sign_in(tx: Tx, initiative_id: str, meeting_id: str = "", *, names: bool = False) -> SignInSheet:
    """The sign-in sheet of a meeting (without its id: of the next one, or else of the first without a day).

    With `names` it says of each person what a list may say, and the print is noted. Nobody's row is missing.

    Raises:
        NoMeetingChosen, NotFound; Forbidden: this role may not know who is enrolled.
    """
    if not initiative_id:
        raise NoMeetingChosen("meeting")
    detail = programmes.initiative(tx, initiative_id)
    meeting = _meeting(detail, meeting_id)
    told: tuple[str, ...] | None = None
    marks: tuple[tuple[str, ...], ...] = ()
    found = in_rows(programmes.participants(tx, initiative_id))
    rows = [row for row in found if row.state in HOLDING and row.meeting_id in {None, meeting.id}]
    count = max(len(rows), meeting.enrolled)
    neutral = False
    if names:
        told, marks, neutral = _names(tx, rows, count)
        prints.note(tx, "sign-in-sheet", [("enrolment", row.id) for row in rows])
    known = {one.id: one for one in directory.places(tx)}
    held = known.get(meeting.place_id or detail.values.place_id or "")
    secret = held is not None and held.kind == HIDDEN
    place = "" if secret or held is None else " · ".join(part for part in (held.name, meeting.room) if part)
    return SignInSheet(
        detail.row.name, meeting.number, meeting.total,
        centre="" if neutral else centre.overview(tx).name,
        day=meeting.day, starts=meeting.starts, ends=meeting.ends.time() if meeting.ends else None,
        place=place, theme=meeting.theme or "", leader=meeting.leader or "", names=told, enrolled=count,
        blank=detail.values.blank_rows, marks=marks,
        printed=tx.now(),
    )  # fmt: skip


def _meeting(detail: InitiativeDetail, meeting_id: str) -> MeetingRow:
    """The meeting that was asked for, or else the next one."""
    if meeting_id:
        found = [one for one in detail.meetings if one.id == meeting_id]
    else:
        planned = [one for one in detail.meetings if one.state != "cancelled"]
        ahead = [one for one in planned if one.day and one.day >= detail.today]
        found = sorted(ahead, key=lambda one: (one.day, one.number)) or [one for one in planned if one.day is None]
    if not found:
        raise NoMeetingChosen("meeting")
    return found[0]


def _names(
    tx: Tx, rows: Sequence[EnrolmentRow], count: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], bool]:
    """What the list may say of each and what has to be minded, and whether the centre's name must not stand beside one
    of them. Sorted by what is said: a place in the alphabet would tell the name behind an alias."""
    shown = outgoing.masked(tx, [row.person_id for row in rows], "list")
    known = [(row, one) for row in rows if (one := shown.get(row.person_id or ""))]
    known.sort(key=lambda pair: (pair[0].walk_in, fold(pair[1].label)))
    unnamed = count - len(known)
    labels = (*(one.label for _row, one in known), *("",) * unnamed)
    neutral = unnamed > 0 or any(one.neutral for _row, one in known)
    return labels, tuple(tuple(_minded(row)) for row, _one in known), neutral


def _minded(row: EnrolmentRow) -> Iterator[str]:
    """The signs beside a name, for who leads the meeting."""
    if row.allergies:
        yield "allergies"
    if row.pick_up or row.collects:
        yield "collect"
    if row.photo_release is False:
        yield "no_photos"
    if row.part == CHILD_CARE:
        yield "child_care"


def seasons(rows: Sequence[InitiativeRow]) -> tuple[str, ...]:
    """The seasons that a leaflet can be made of, as the centre calls them."""
    return tuple(dict.fromkeys(row.season_text for row in rows if row.season_text and _offered(row)))


def _offered(row: InitiativeRow) -> bool:
    return row.mine and row.state != OVER and row.audience != NOT_FAMILIES


def leaflet(tx: Tx, season: str = "") -> Leaflet:
    """The leaflet of a season ("": of all initiatives that are not over), the next meeting first.

    Raises:
        NothingInSeason.
    """
    about = centre.overview(tx)
    rows = [row for row in programmes.initiatives(tx) if _offered(row) and season in {"", row.season_text}]
    if not rows:
        raise NothingInSeason("season")
    places = {one.id: one for one in directory.places(tx)}
    own = language() == about.language
    main = next((one for one in directory.points(tx) if one.address), None)
    tagline = about.tagline or ""
    return Leaflet(
        about.name, tuple(_offer(programmes.initiative(tx, row.id), places) for row in rows),
        season=season or (rows[0].season_text or "" if len(seasons(rows)) == 1 else ""),
        tagline=tagline, phone=about.phone or "", mail=about.mail or "",
        address=tuple(part for part in (main.address, main.town) if part) if main else (),
        partners=tuple(row.name for row in about.partners), language="" if own else about.language,
    )  # fmt: skip


def _offer(detail: InitiativeDetail, places: dict[str, PlaceRow]) -> Offer:
    """An initiative as the town may read it; of a place that is kept secret, nothing."""
    dated = sorted((one for one in detail.meetings if one.day and one.day >= detail.today and one.state != "cancelled"),
                   key=lambda one: (one.day, one.number))  # fmt: skip
    held = dict.fromkeys([one.place_id for one in dated if one.place_id] or [detail.values.place_id or ""])
    named = [places[one] for one in held if one in places and places[one].kind != HIDDEN]
    where = " / ".join(", ".join(dict.fromkeys(part for part in (one.name, one.address, one.town) if part))
                       for one in named)  # fmt: skip
    values = detail.values
    audience = values.target or codes.label(codes.AUDIENCES, values.audience)
    audience = audience[:1].upper() + audience[1:]
    dates = tuple(Date(one.day, one.starts, one.ends.time() if one.ends else None) for one in dated if one.day)
    return Offer(detail.row.name, a_line(values.description or values.topics or ""), audience, dates, where,
                 values.capacity)  # fmt: skip
