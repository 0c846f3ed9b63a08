"""Every way out of the program, and a person with planted words who must not be found on it.

A new sheet, export or list for others is added to `WAYS`; that none is forgotten, `tests/test_gate.py` sees to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tables.programmes import Meeting
from famdesk.domain.calendar import periods
from famdesk.domain.calendar.calendar_file import Entry
from famdesk.domain.notes.note_release import Terms
from famdesk.domain.post.letters import LetterWords
from famdesk.exchange import ics_write, mail_message, persons_table, sheet_message
from famdesk.sheets.calendar import appointment_slip, calendar_sheet, day_sheet
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.sheets.collecting import (
    collect,
    collect_after,
    collect_calendar,
    collect_intake,
    collect_letters,
    collect_prints,
    collect_programmes,
    collect_reminders,
    collect_reports,
)
from famdesk.sheets.people import access_card, call_list, genogram
from famdesk.sheets.post import envelope, labels, letter, reminder_letters
from famdesk.sheets.programmes import certificate, sign_in_sheet
from famdesk.sheets.registers import print_register
from famdesk.usecases import public_search, today
from famdesk.usecases.calendar import calendar, calendar_export, feeds
from famdesk.usecases.calendar.calendar_export import Scope
from famdesk.usecases.calendar.feeds import FeedValues
from famdesk.usecases.enrolling import attendance, enrolment
from famdesk.usecases.family import households
from famdesk.usecases.intake import call_list as calls
from famdesk.usecases.intake import follow_ups, intake, waiting
from famdesk.usecases.notes import note_reading, note_release, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.notes.note_rows import NoteTexts
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people, person_export
from famdesk.usecases.post import letters, mail, outgoing, prints, reminders, sheet_mails
from famdesk.usecases.programmes import certificates, initiatives, meeting_notices, meeting_post, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from famdesk.usecases.registry import Action
from tests.support.scenarios import version

SURNAME, GIVEN, ALIAS = "Quarantotti", "Zelinda", "Gelsomina"
PHONES = ("0372 000444", "333 0000555")
MAIL, STREET, HOME = "lettera.viola@example.it", "via Segretissima 9", "vicolo Celato 7"
CENTRE = "Centro di prova"
TODAY, DAY = date(2025, 2, 11), date(2025, 2, 12)
STARTS, ENDS = datetime.combine(DAY, time(10)), datetime.combine(DAY, time(11))

WORDS: dict[str, tuple[str, ...]] = {
    "name": (SURNAME, GIVEN), "phones": PHONES, "mail": (MAIL,), "address": (STREET,), "home": (HOME,),
    "alias": (ALIAS,),
}  # fmt: skip
"""The planted words, by what they tell."""
ALL = tuple(WORDS)
CONTACTS = ("phones", "mail", "address", "home")


@dataclass(frozen=True, slots=True)
class Planted:
    """A person with everything that a way out could tell."""

    person: str
    appointment: str
    card: str
    initiative: str


def plant(office: Office) -> Planted:
    """Zelinda Quarantotti, called Gelsomina: notice signed, free to use, in every list."""
    run = office.run
    person = run(people.add_person, surname=SURNAME, given_name=GIVEN, alias=ALIAS, birth_date=date(1990, 3, 14))
    run(people.set_privacy, person, version(office, Person, person), "signed", date(2025, 2, 1))
    for kind, value in (("phone", PHONES[0]), ("mobile", PHONES[1]), ("mail", MAIL), ("address", f"{STREET}, Cremona")):
        run(contacts.add_contact_point, person, kind=kind, value=value)
    run(households.add_household, f"Casa {SURNAME}", ((person, "mother"),), address=HOME, town="Cremona")
    appointment = run(calendar.book, starts=STARTS, ends=ENDS, kind="interview", person_id=person,
                      staff_id=office.actor.staff_id, label=f"{GIVEN} porta i documenti")  # fmt: skip
    card = run(intake.open_card, person_id=person, caller_is_person=True, references=f"{GIVEN} {PHONES[0]}")
    initiative = run(initiatives.add_initiative, InitiativeValues(name="Cucito"))
    run(enrolment.enrol, initiative, person)
    run(follow_ups.add, kind="call", what="richiamare", person_id=person)
    return Planted(person, appointment, card, initiative)


def _points(office: Office, planted: Planted, **rule: Any) -> None:
    file = office.fetch(people.person, planted.person)
    for row in file.contacts:
        deed: Any = partial(contacts.change_contact_point, kind=row.kind, value=row.value, **rule)
        office.run(deed, row.id, version(office, ContactPoint, row.id))


def _protection(office: Office, planted: Planted, **what: bool) -> None:
    values: dict[str, Any] = {"protected": False, "restricted": False, **what}
    deed: Any = partial(people.set_protection, reason="lo chiede", **values)
    office.run(deed, planted.person, version(office, Person, planted.person))


def _never(office: Office, planted: Planted) -> None:
    office.run(contacts.set_no_contact, planted.person, version(office, Person, planted.person), never=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule: how it is set, and what no way out may tell then (keys of `WORDS`)."""

    set: Callable[[Office, Planted], None]
    forbidden: tuple[str, ...]


RULES: dict[str, Kind] = {
    "no call": Kind(lambda office, one: _points(office, one, may_call=False), ("phones", "name")),
    "no writing": Kind(lambda office, one: _points(office, one, may_write=False), ("mail", "address", "home", "name")),
    "a neutral name": Kind(lambda office, one: _points(office, one, neutral_name="Biblioteca"), ("name",)),
    "hidden": Kind(lambda office, one: _points(office, one, hidden=True), (*CONTACTS, "name")),
    "never": Kind(_never, (*CONTACTS, "name")),
    "protected": Kind(lambda office, one: _protection(office, one, protected=True), ALL),
    "restricted": Kind(lambda office, one: _protection(office, one, restricted=True), ALL),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: what leaves, as text; `tells` are the kinds of words on it of somebody who is free to be reached.

    `role` of who does it; `named`: the rules under which a full name may stand there all the same.
    """

    leaves: Callable[[Office, Planted], str]
    tells: tuple[str, ...]
    role: str = "coordinator"
    named: tuple[str, ...] = ()


OFFICE = ("no call", "no writing", "a neutral name", "hidden", "never")
"""In a list of the office's own colleagues read who it is; protected files are missing there too."""
POST = ("no call", "a neutral name")
"""A letter that may be sent bears the name of whom it is for."""


def pdf(data: bytes) -> str:
    """The text of a sheet, on one line, with what its metadata say."""
    reader = PdfReader(BytesIO(data))
    pages = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(f"{pages} {dict(reader.metadata or {})}".split())


def _slip(office: Office, one: Planted) -> str:
    return pdf(appointment_slip.render(*office.fetch(collect.slip, one.appointment)))


def _labels(office: Office, one: Planted) -> str:
    try:
        return pdf(labels.render(office.fetch(collect.labels, [one.person], sender=True)))
    except collect.NobodyToWriteTo:
        return ""


def _enrolled(office: Office, one: Planted) -> str:
    try:
        return pdf(labels.render(office.fetch(collect.labels, (), one.initiative)))
    except collect.NobodyToWriteTo:
        return ""


def _certificate(office: Office, one: Planted) -> str:
    """Issued for one meeting that took place today, with the rights of a colleague, and printed."""
    meeting = office.run(meetings.add_meeting, one.initiative, MeetingValues(TODAY, time(8), 60))
    (row,) = office.fetch(certificates.standings, one.initiative).rows
    office.run(attendance.note, (attendance.Mark(meeting, row.enrolment_id, True),))
    office.run(certificates.issue, one.initiative, [row.enrolment_id])
    return pdf(certificate.render(office.fetch(collect_after.issued, one.initiative)))


def _sign_in(office: Office, one: Planted) -> str:
    office.run(meetings.add_meeting, one.initiative, MeetingValues(DAY, time(17), 60, theme="Orlo"))
    asked = partial(collect_programmes.sign_in, names=True)
    return pdf(sign_in_sheet.render(office.fetch(asked, one.initiative)))


def _letter(office: Office, one: Planted) -> str:
    try:
        found = office.fetch(letters.case, one.person)
    except (outgoing.NotSafe, outgoing.Hidden, outgoing.NoContact):
        return ""
    words = found.words("invitation", "it")
    return pdf(letter.render(collect_letters.one(found.to, words, "it", TODAY)))


def _report(office: Office, one: Planted) -> str:
    """Of session notes, by post to whom it is about."""
    terms = Terms("report", "own_request", DAY.replace(day=1), TODAY)
    note_id = office.run(note_release.begin, one.person, Recipient(other_id=one.person), terms)
    row = next(row for row in office.fetch(note_reading.mine) if row.id == note_id)
    office.run(notes.sign, note_id, row.version, NoteTexts("Va tutto bene."))
    try:
        return pdf(letter.render(office.fetch(collect_reports.report, note_id, "post")))
    except (outgoing.NotSafe, outgoing.Hidden, outgoing.NoContact):
        return ""


def _letter_to_all(office: Office, one: Planted) -> str:
    """Written to everybody who is listed."""
    try:
        found = office.fetch(collect_letters.many, [one.person])
    except collect.NobodyToWriteTo:
        return ""
    words = {"it": LetterWords("Invito", "Vi aspettiamo.")}
    told = pdf(letter.render(collect_letters.for_all(found, words, "it", TODAY)))
    return told + pdf(labels.render(collect_letters.labels(found)))


def _envelope(office: Office, one: Planted) -> str:
    try:
        return pdf(envelope.render(office.fetch(collect_letters.envelopes, [one.person], sender=True)))
    except collect.NobodyToWriteTo:
        return ""


def _sheet_mail(office: Office, one: Planted) -> str:
    """A poster, to somebody and to nobody else."""
    _account(office, active=True)
    try:
        text = office.fetch(sheet_mails.offer, one.person).text
        office.run(sheet_mails.to_person, one.person, "opening-hours", (), b"%PDF-", text)
    except (outgoing.NotSafe, outgoing.Hidden, outgoing.NoContact):
        return ""
    told = []
    while (out := office.tend(sheet_mails.claim)) is not None:
        message = sheet_message.compose(out, datetime(2025, 2, 11, 12, tzinfo=UTC))
        told += [f"{name}: {value}" for name, value in message.items()]
        told += [str(part.get_filename() or part.get_content()) for part in message.walk() if not part.is_multipart()]
        office.tend(sheet_mails.sent, out.mail_id)
    return "\n".join(told)


def _print_register(office: Office, one: Planted) -> str:
    """After the slip was printed."""

    def gather(tx: Any) -> tuple[str, ...]:
        collect.slip(tx, one.appointment)
        return prints.marks(tx)

    office.fetch(prints.done, office.fetch(gather), prints.PRINTED)
    return pdf(print_register.render(office.fetch(collect_prints.register, TODAY, TODAY)))


def _table(office: Office, one: Planted) -> str:
    return persons_table.table(office.fetch(person_export.persons, [one.person], "csv")).decode()


def _cards(office: Office, one: Planted) -> str:
    return persons_table.cards(office.fetch(person_export.persons, None, "vcard")).decode().replace("\r\n ", "")


def _calendar(office: Office, query: Action[Any, tuple[Entry, ...]]) -> str:
    """The calendar of the centre as others get it."""
    scope = Scope(STARTS - timedelta(days=9), ENDS + timedelta(days=9), cancelled=True)
    return ics_write.calendar(office.fetch(query, scope)).decode().replace("\r\n ", "")


def _published(office: Office, _one: Planted) -> str:
    feed = office.run(feeds.add_feed, FeedValues("Tutto", feeds.CALDAV, with_names=True, url="https://example.it/"))
    return repr([*office.fetch(feeds.content, feed).entries])


def _waiting_screen(office: Office, one: Planted) -> str:
    soon = datetime.combine(TODAY, time(13))
    booked = office.run(calendar.book, starts=soon, ends=soon + timedelta(hours=1), kind="interview",
                        person_id=one.person)  # fmt: skip
    office.run(waiting.arrive, appointment_id=booked, first_name=GIVEN)
    office.run(waiting.call_next)
    found = office.fetch(waiting.public).calls
    assert found
    return repr(found)


def _call_rows(office: Office, one: Planted) -> str:
    return repr([(row.who, row.value, row.note, row.what) for row in office.fetch(calls.call_list)])


def _account(office: Office, *, active: bool) -> None:
    values: dict[str, Any] = {"host": "smtp.example.it", "port": 465, "security": "tls", "sender": "posta@example.it",
                              "sender_name": CENTRE, "neutral_sender": "avvisi@example.it",
                              "hours_before": 24, "active": active}  # fmt: skip
    kept = office.fetch(mail.account)
    save: Any = mail.save_account
    office.run(save, kept.version if kept else None, **values)


def _reminders(office: Office, one: Planted, day: date, *, active: bool) -> None:
    """A mail account, an appointment of the person, and the queue as it is then."""
    _account(office, active=active)
    starts = datetime.combine(day, time(9))
    office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="psychology", person_id=one.person)
    office.tend(reminders.refresh)


def _mails(office: Office, one: Planted) -> str:
    _reminders(office, one, DAY, active=True)
    told = []
    while (out := office.tend(reminders.claim)) is not None:
        message = mail_message.compose(out, datetime(2025, 2, 11, 12, tzinfo=UTC))
        told += [f"{name}: {value}" for name, value in message.items()]
        told += [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
        office.tend(reminders.sent, out.reminder_id)
    return "\n".join(told)


def _letters(office: Office, one: Planted) -> str:
    """Where the centre sends no mails."""
    _reminders(office, one, TODAY + timedelta(days=6), active=False)
    return pdf(reminder_letters.render(office.fetch(collect_reminders.letters)))


def _news(office: Office, one: Planted, *, active: bool) -> None:
    """A mail account, and a meeting that is cancelled: whoever is enrolled and may be told, is to be told."""
    _account(office, active=active)
    meeting = office.run(meetings.add_meeting, one.initiative, MeetingValues(DAY, time(17), 60, theme="Orlo"))
    tell = tuple(row.enrolment_id for row in office.fetch(meeting_notices.reachable, meeting))
    office.run(meetings.cancel_meeting, meeting, version(office, Meeting, meeting), "Malattia", tell)


def _news_mails(office: Office, one: Planted) -> str:
    _news(office, one, active=True)
    told = []
    while (out := office.tend(meeting_post.claim)) is not None:
        message = mail_message.compose(out, datetime(2025, 2, 11, 12, tzinfo=UTC))
        told += [f"{name}: {value}" for name, value in message.items()]
        told += [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
        office.tend(meeting_post.sent, out.reminder_id)
    return "\n".join(told)


def _news_letters(office: Office, one: Planted) -> str:
    """Where the centre sends no mails."""
    _news(office, one, active=False)
    return pdf(reminder_letters.render(office.fetch(collect_reminders.letters)))


NAMED = CalendarWish(periods.LIST, DAY, names=True)
WAYS: dict[str, Way] = {
    "call list": Way(_call_rows, ("phones",), "reception", OFFICE),
    "call list on paper": Way(
        lambda office, _one: pdf(call_list.render(office.fetch(collect_intake.calls_of_today))), ("phones", "name")
    ),
    "today": Way(lambda office, _one: repr(office.fetch(today.board).tasks), (), "reception", OFFICE),
    "day sheet": Way(lambda office, _one: pdf(day_sheet.render(office.fetch(collect.day, DAY))), ("name",)),
    "calendar on paper": Way(
        lambda office, _one: pdf(calendar_sheet.render(office.fetch(collect_calendar.calendar, NAMED))), ("name",)
    ),
    "slip": Way(_slip, ()),
    "labels": Way(_labels, ("name", "address"), named=POST),
    "labels of an initiative": Way(_enrolled, ("name", "address"), named=POST),
    "sign-in sheet": Way(_sign_in, ("name",)),
    "certificate": Way(_certificate, ("name",)),
    "reminder by mail": Way(_mails, ("mail",)),
    "reminder letter": Way(_letters, ("name", "address"), named=POST),
    "news of a meeting by mail": Way(_news_mails, ("mail",)),
    "news of a meeting by letter": Way(_news_letters, ("name", "address"), named=POST),
    "access card": Way(
        lambda office, one: pdf(access_card.render(office.fetch(collect_intake.filled_card, one.card))), ("name",)
    ),
    "genogram": Way(
        lambda office, one: pdf(genogram.render(office.fetch(collect.genogram, one.person), "A4")), ("name",)
    ),
    "letter": Way(_letter, ("name", "address"), named=POST),
    "letter to all who are listed": Way(_letter_to_all, ("name", "address"), named=POST),
    "report": Way(_report, ("name", "address"), named=POST),
    "envelope": Way(_envelope, ("name", "address"), named=POST),
    "sheet by mail": Way(_sheet_mail, ("mail",)),
    "print register": Way(_print_register, ("name",)),
    "table": Way(_table, ("name", "phones", "mail", "address")),
    "address cards": Way(_cards, ("name", "phones", "mail", "address")),
    "calendar file": Way(lambda office, _one: _calendar(office, calendar_export.named), ("name",)),
    "busy calendar file": Way(lambda office, _one: _calendar(office, calendar_export.busy), (), "reception"),
    "published calendar": Way(_published, ("name",)),
    "search on a public screen": Way(
        lambda office, _one: repr(office.fetch(public_search.public_hits, SURNAME[:5])), ("alias",)
    ),
    "screen of the waiting room": Way(_waiting_screen, ()),
}
