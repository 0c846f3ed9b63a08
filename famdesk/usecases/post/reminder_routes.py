"""Who is told of an appointment, and on which way: decided by the safe-contact gate, person by person.

A mail where one may be sent, else a letter, else a call in the safe hours, else nothing, and then why. For a minor it
is somebody who decides for the child. Of protected and restricted files nothing is ever written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from famdesk.data.tables.calendar import Appointment, AppointmentParty, MailAccount
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.i18n import N_, _
from famdesk.usecases.consent import consents
from famdesk.usecases.family import families
from famdesk.usecases.post import outgoing

NEVER, GUARDED, NO_HOLDER, NO_CONTACT = "never", "guarded", "no_holder", "no_contact"
WHY = {
    NEVER: N_("This person is never to be contacted."),
    GUARDED: N_("The file is protected: ask the colleague in charge."),
    NO_HOLDER: N_("Nobody is known who decides for this child and may be told."),
    NO_CONTACT: N_("No contact is noted that may be used for this."),
}
ORDER = ("mail", "letter", "call", "none")


@dataclass(frozen=True, slots=True)
class Route:
    """How one person is told. `channel` is a code of `CHANNELS`; `person_id` who is told, `for_id` for whom it is.

    `value` is the address or number, `note` what has to be minded of it; `neutral`: nothing may tell the centre, and
    `neutral_name` is what to say instead. `why` is a key of `WHY`, only with the channel "none".
    """

    person_id: str
    for_id: str
    channel: str
    label: str = ""
    contact_id: str | None = None
    value: str = ""
    note: str = ""
    neutral: bool = False
    neutral_name: str | None = None
    language: str | None = None
    why: str = ""

    def sentence(self) -> str:
        """Why nobody may be told, in the current language; "" if somebody may."""
        return _(WHY[self.why]) if self.why else ""


def routes(tx: Tx, found: Appointment, account: MailAccount | None) -> tuple[Route, ...]:
    """How each person of an appointment is told; somebody who is told for two children is in it once."""
    told: dict[str, Route] = {}
    for person in _persons(tx, found):
        route = route_of(tx, person, found.starts.date(), account)
        told.setdefault(route.person_id, route)
    return tuple(told.values())


def route_of(tx: Tx, person: Person, day: date, account: MailAccount | None) -> Route:
    """How one person is told of what takes place on a day; for a minor it is who decides for the child."""
    if not consents.is_minor(tx, person, day):
        return _best(tx, person, [person], account)
    holders = [one.person_id for one in families.deciders(tx, person.id, day) if one.decides and one.person_id]
    known = [one for one in (tx.find(Person, holder) for holder in dict.fromkeys(holders)) if one is not None]
    return _best(tx, person, known, account)


def _persons(tx: Tx, found: Appointment) -> list[Person]:
    """The persons of an appointment of whom the reader may know, its own first."""
    rows = tx.all(AppointmentParty, AppointmentParty.appointment_id == found.id, AppointmentParty.kind == "person")
    ids = dict.fromkeys([found.person_id, *(row.person_id for row in sorted(rows, key=lambda row: row.id))])
    people = [tx.find(Person, one) for one in ids if one]
    return [one for one in people if one is not None]


def _best(tx: Tx, whose: Person, holders: Sequence[Person], account: MailAccount | None) -> Route:
    """The best way among those who may be told; the rules of the one whom it is about hold as well."""
    if whose.no_contact:
        return Route(whose.id, whose.id, "none", why=NEVER)
    if whose.restricted or (whose.protected and [one.id for one in holders] != [whose.id]):
        return Route(whose.id, whose.id, "none", why=GUARDED)
    if not holders:
        return Route(whose.id, whose.id, "none", why=NO_HOLDER)
    ways = _Ways(tx, [whose.id, *(one.id for one in holders)])
    ranked = sorted((ways.route(one, whose, account) for one in holders), key=lambda one: ORDER.index(one.channel))
    return ranked[0]


class _Ways:
    """What the gate lets out of some persons."""

    def __init__(self, tx: Tx, person_ids: Iterable[str]) -> None:
        ids = list(person_ids)
        self._shown = {way: outgoing.masked(tx, ids, way) for way in ("mail", "letter", "call")}

    def route(self, person: Person, whose: Person, account: MailAccount | None) -> Route:
        """How one of them is told of the other's appointment, or of their own."""
        if person.restricted:
            return Route(person.id, whose.id, "none", why=GUARDED)
        for way in ("mail", "letter", "call"):
            shown = self._shown[way].get(person.id)
            if shown is None or shown.value is None:
                continue
            first = shown.contacts[0]
            neutral = shown.neutral or bool(first.owner) or self._careful(whose.id)
            if way == "mail" and not _may_mail(account, neutral=neutral):
                continue
            return Route(person.id, whose.id, way, shown.label, first.id or None, first.value, first.note, neutral,
                         first.neutral_name or shown.neutral_name, person.language)  # fmt: skip
        guarded = person.protected or person.id not in self._shown["mail"]
        return Route(
            person.id, whose.id, "none", why=NEVER if person.no_contact else GUARDED if guarded else NO_CONTACT
        )

    def _careful(self, person_id: str) -> bool:
        shown = self._shown["call"].get(person_id)
        return shown is None or shown.neutral


def _may_mail(account: MailAccount | None, *, neutral: bool) -> bool:
    return account is not None and account.active and (not neutral or bool(account.neutral_sender))
