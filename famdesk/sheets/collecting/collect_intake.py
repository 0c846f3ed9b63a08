"""What the access card and the call list say on paper; everything about persons comes through the safe-contact gate."""

from __future__ import annotations

from datetime import date

from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.intake import access_card as fields
from famdesk.domain.intake.needs import need_label
from famdesk.domain.intake.waiting import CALLS
from famdesk.i18n import _, formats
from famdesk.sheets.people.access_card import AccessCardSheet, Entry
from famdesk.sheets.people.call_list import CallLine, CallList
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.intake import call_list as calls
from famdesk.usecases.intake import intake
from famdesk.usecases.intake.call_list import CallRow
from famdesk.usecases.intake.intake import CardRow
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.post.outgoing import Outgoing
from famdesk.usecases.programmes import programmes


def blank_card(tx: Tx) -> AccessCardSheet:
    """A card to be filled in by hand."""
    return AccessCardSheet(centre.overview(tx).name)


def filled_card(tx: Tx, card_id: str) -> AccessCardSheet:
    """A card as it is; the print is noted. Who must stay discreet is an alias or initials on it, without the centre.

    Raises:
        NotFound.
    """
    row = intake.access_card(tx, card_id)
    persons = [row.person_id, row.caller_id, *(one for one, _name, _tie in row.reference_persons)]
    named = outgoing.masked(tx, persons, "paper")
    unnamed = {one for one in persons if one} - named.keys()
    neutral = bool(unnamed) or any(shown.neutral for shown in named.values())
    prints.note(tx, "access-card", [("access_card", card_id)])
    return AccessCardSheet("" if neutral else centre.overview(tx).name, _entries(tx, row, named, neutral), tx.now())


def _entries(tx: Tx, row: CardRow, named: dict[str, Outgoing], neutral: bool) -> tuple[Entry, ...]:
    texts = {field.name: _plain(row, field) for field in fields.fields() if field.kind in {"choice", "line", "text"}}
    points = {point.id: point.name for point in directory.points(tx)}
    bodies = {body.id: body.name for body in directory.bodies(tx)} if row.sent_by_body_id else {}
    known = {one.id: one.name for one in programmes.initiatives(tx)} if row.interests else {}
    texts |= {
        "at": formats.moment(row.at), "access_point_id": points.get(row.access_point_id or "", ""),
        "sent_by_body_id": bodies.get(row.sent_by_body_id or "", ""), "caller_id": _name(named, row.caller_id),
        "person_id": _name(named, row.person_id), "present": _yes(row.present), "informed": _yes(row.informed),
        "needs": "\n".join(need_label(code) for code in row.needs), "urgent_until": _day(row.urgent_until),
        "interests": ", ".join(known[one] for one in row.interests if one in known),
    }  # fmt: skip
    if row.caller_is_person:
        texts["caller_relation"], texts["caller_id"] = codes.label(codes.CALLER_RELATIONS, "self"), ""
    for name, (person_id, _label, tie) in zip(fields.REFERENCES, row.reference_persons, strict=False):
        words = (_name(named, person_id), codes.label(codes.CALLER_RELATIONS, tie))
        texts[name] = " · ".join(word for word in words if word)
    if neutral:  # names and numbers of others stand there as somebody typed them
        texts |= {"references": "", "accompanied_by": ""}
    return tuple(Entry(field.name, texts.get(field.name, "")) for field in fields.fields())


def _plain(row: CardRow, field: fields.CardField) -> str:
    value = getattr(row, field.name, None)
    return codes.label(field.choices, value) if field.kind == "choice" else str(value or "")


def _name(named: dict[str, Outgoing], person_id: str | None) -> str:
    return named[person_id].label if person_id in named else ""


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")


def _day(day: date | None) -> str:
    return formats.date_num(day) if day else ""


def calls_of_today(tx: Tx) -> CallList:
    """The calls that are due, as a list that others may see names them; the print is noted.

    Who has a protected file is not on it; who must not be called is on it only if they may be written to. Of the calls
    that must not be made it says only how many they are.
    """
    due = [row for row in calls.call_list(tx) if row.ready]
    rows = [row for row in due if row.way != "wait"]
    named = outgoing.masked(tx, [row.person_id for row in rows], "list")
    shown = [row for row in rows if row.person_id is None or row.person_id in named]
    prints.note(tx, "call-list", [("follow_up", one) for row in shown for one, _version in row.items])
    lines: dict[str, list[CallLine]] = {"call": [], "write": [], "other": []}
    for row in shown:
        lines[row.way].append(_line(row, named.get(row.person_id or "")))
    return CallList(tx.now(), tuple(lines["call"]), tuple(lines["write"]), tuple(lines["other"]),
                    len(rows) - len(shown), sum(_forbidden(tx, row) for row in due))  # fmt: skip


def _forbidden(tx: Tx, row: CallRow) -> bool:
    """Whether it is a call to a number that must not be called; where no number is known there is none to forbid."""
    if row.way != "wait" or row.kind not in CALLS or row.person_id is None:
        return False
    try:
        outgoing.permit(tx, row.person_id, "call")
    except outgoing.NoContact:
        return False
    except RuleError:
        return True
    return False


def _line(row: CallRow, shown: Outgoing | None) -> CallLine:
    """A line; of somebody who must stay discreet it says no more than how to reach them."""
    told = {one.value for one in shown.contacts} if shown else set()
    value = row.value if row.value in told else None
    what = " · ".join((*row.what, *(need_label(code) for code in row.needs)))
    owner = _("number of {owner}").format(owner=row.owner) if value and row.owner else ""
    note = " · ".join(part for part in (owner, row.note) if part)
    discreet = shown is not None and (shown.discreet or shown.neutral)
    return CallLine(hours_words(row), shown.label if shown else "", value or "", note, "" if discreet else what)


def hours_words(row: CallRow) -> str:
    """When to call, in words."""
    if row.way != "call":
        return ""
    if row.opens is not None:
        return _("from {time}").format(time=formats.time_text(row.opens.time()))
    if row.until is not None:
        return _("now, until {time}").format(time=formats.time_text(row.until))
    return _("any time")
