"""Every query for every role: nothing fails, in an empty centre and in a full one; refused where the rights table says
so, and nowhere else; and no query tells anybody of a protected file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from famdesk import resources
from famdesk.data.base import Record
from famdesk.data.tables.directory import AccessPoint, Body, Place, Service
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Initiative, Meeting
from famdesk.data.tables.referrals import Referral
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden, NotFound
from famdesk.domain.ids import new_id
from famdesk.domain.staff import rights
from famdesk.exchange.profiles import read_profile
from famdesk.usecases import care, features, journal, public_search, search, today
from famdesk.usecases.calendar import (
    absences,
    appointment_states,
    appointment_where,
    calendar,
    calendar_board,
    calendar_exchange,
    calendar_export,
    feeds,
    free_slots,
    parties,
    series,
)
from famdesk.usecases.calendar import resources as resources_
from famdesk.usecases.calendar.calendar_exchange_rows import Target
from famdesk.usecases.calendar.calendar_export import Scope
from famdesk.usecases.calendar.free_slots import SlotSearch
from famdesk.usecases.calendar.series_rows import SeriesDate, SeriesValues
from famdesk.usecases.centre import centre, looks, processing, profiles
from famdesk.usecases.consent import consent_sheet, consent_texts, consenting, consents
from famdesk.usecases.directory import directory, guide
from famdesk.usecases.enrolling import attendance, enrolment, enrolment_preview, waiting_list
from famdesk.usecases.enrolling.enrolment import EnrolmentValues
from famdesk.usecases.family import families, family_file, genogram, households, responsibilities
from famdesk.usecases.intake import call_list, drafts, follow_ups, intake, referral_exchange, referrals, waiting
from famdesk.usecases.office import Office
from famdesk.usecases.people import (
    contacts,
    custom_fields,
    data_copy,
    doubles,
    flags,
    measures,
    merging,
    people,
    person_export,
    person_file,
    person_history,
    person_search,
    privacy_rights,
    saved_searches,
    schooling,
)
from famdesk.usecases.post import letters, mail, outgoing, prints, reminder_offers, reminders, sheet_mails
from famdesk.usecases.registry import ACTIONS, Action
from famdesk.usecases.staff import staff
from tests.support import (
    asked_calls,
    asked_notes,
    asked_paths,
    asked_programmes,
    asked_rights,
    asked_watching,
    asked_writing,
    scenarios_referrals,
)
from tests.support.offices import Desk, copied_file_desk
from tests.support.scenarios import Call, call, version
from tests.support.scenarios_exchange import one_event

features.load()
QUERIES = sorted(name for name, action in ACTIONS.items() if not action.writes)
DAY, FIRST, LAST = date(2025, 2, 11), date(2025, 1, 1), date(2025, 12, 31)
STARTS, ENDS = datetime(2025, 2, 11, 15), datetime(2025, 2, 11, 18)
SECRET = ("Quarantotti", "Zelinda", "Gelsomina", "000444", "zelinda@example.it")
"""What is written of the protected person, and of nobody else."""


@dataclass(frozen=True, slots=True)
class Known:
    """Ids to ask about."""

    person: str
    card: str
    appointment: str
    point: str
    place: str
    body: str
    service: str
    initiative: str
    meeting: str
    colleague: str
    follow_up: str
    feed: str
    note: str = ""
    note_file: str = ""
    report: str = ""
    enrolment: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A centre with an office for each role; `filled`: what is asked about is there."""

    offices: dict[str, Office]
    known: Known
    filled: bool


ASKED: dict[str, Callable[[Known], Call]] = {}
"""How each query is asked."""
BY_ID: set[str] = set()
"""Those that answer `NotFound` if there is no such record."""


def _asked(action: Action[Any, Any], *, by_id: bool = False) -> Callable[[Callable[[Known], Call]], None]:
    def note(make: Callable[[Known], Call]) -> None:
        ASKED[action.name] = make
        if by_id:
            BY_ID.add(action.name)

    return note


def _offer_of_a_mail(known: Known) -> Call:
    """Somebody is there; that no mail server is, is another matter."""

    def ask(tx: Tx) -> object:
        try:
            return sheet_mails.offer(tx, known.person, "lo chiede")
        except sheet_mails.NoAccount:
            return None

    return ask


def _somebody_else(tx: Tx, person_id: str) -> str:
    rows = tx.rows(select(Person.id).where(Person.id != person_id, Person.protected.is_(False)).limit(1))
    return str(rows[0].id) if rows else person_id


def _received(tx: Tx, person_id: str) -> str:
    rows = tx.rows(select(Referral.id).where(Referral.person_id == person_id))
    return str(rows[0].id) if rows else person_id


_asked(calendar.appointment, by_id=True)(lambda known: call(calendar.appointment, known.appointment))
_asked(calendar.appointments)(lambda known: call(calendar.appointments, FIRST, LAST))
_asked(calendar.conflicts)(
    lambda known: call(
        calendar.conflicts, STARTS, ENDS, known.colleague, None, known.person, access_point_id=known.point
    )
)
_asked(calendar.next_free)(lambda known: call(calendar.next_free, STARTS, ENDS, known.colleague))
_asked(calendar.person_named, by_id=True)(lambda known: call(calendar.person_named, known.person))
_asked(appointment_states.missed)(lambda known: call(appointment_states.missed, known.person))
_asked(appointment_where.language_of, by_id=True)(lambda known: call(appointment_where.language_of, known.appointment))
_asked(appointment_where.place_of, by_id=True)(lambda known: call(appointment_where.place_of, known.appointment))
_asked(absences.affected)(lambda known: call(absences.affected, known.colleague, STARTS, ENDS))
_asked(reminders.of_appointment, by_id=True)(lambda known: call(reminders.of_appointment, known.appointment))
_asked(reminders.letters)(lambda known: call(reminders.letters))
_asked(reminders.queue)(lambda known: call(reminders.queue))
_asked(reminder_offers.offers, by_id=True)(lambda known: call(reminder_offers.offers, known.appointment))
_asked(mail.account)(lambda known: call(mail.account))
_asked(mail.server_for_test)(lambda known: call(mail.server_for_test))
_asked(series.plan)(
    lambda known: call(
        series.plan, SeriesValues("interview", known.person, known.colleague, known.point), (SeriesDate(STARTS, ENDS),)
    )
)
_asked(series.series, by_id=True)(lambda known: call(series.series, known.appointment))
_asked(series.closed_days)(lambda known: call(series.closed_days, FIRST, LAST, known.point))
_asked(series.due)(lambda known: call(series.due))
_asked(parties.family, by_id=True)(lambda known: call(parties.family, known.person))
_asked(resources_.resources)(lambda known: call(resources_.resources))
_asked(looks.look)(lambda known: call(looks.look))
_asked(free_slots.find)(
    lambda known: call(free_slots.find, SlotSearch(30, DAY, DAY, staff_ids=(known.colleague,), any_room=True))
)
_asked(calendar_exchange.look)(lambda _known: call(calendar_exchange.look, one_event("Ferie"), Target()))
_asked(calendar_export.busy)(lambda _known: call(calendar_export.busy, Scope(STARTS, ENDS)))
_asked(calendar_export.named)(lambda _known: call(calendar_export.named, Scope(STARTS, ENDS)))
_asked(feeds.feeds)(lambda _known: call(feeds.feeds))
_asked(feeds.due)(lambda _known: call(feeds.due))
_asked(feeds.content, by_id=True)(lambda known: call(feeds.content, known.feed))
_asked(calendar_board.board)(lambda known: call(calendar_board.board))
_asked(calendar_board.board_around)(lambda known: call(calendar_board.board_around))
_asked(calendar_board.busy_days)(lambda known: call(calendar_board.busy_days, FIRST, LAST))
_asked(call_list.call_list)(lambda known: call(call_list.call_list))
_asked(call_list.done_lately)(lambda known: call(call_list.done_lately))
_asked(call_list.follow_up, by_id=True)(lambda known: call(call_list.follow_up, known.follow_up))
_asked(care.last_backup)(lambda known: call(care.last_backup))
_asked(centre.me)(lambda known: call(centre.me))
_asked(centre.overview)(lambda known: call(centre.overview))
_asked(consents.incomplete)(lambda known: call(consents.incomplete))
_asked(consents.consents_of, by_id=True)(lambda known: call(consents.consents_of, known.person))
_asked(consents.consent_state, by_id=True)(lambda known: call(consents.consent_state, known.person, "photo", DAY))
_asked(consents.interview_state, by_id=True)(lambda known: call(consents.interview_state, known.person, DAY))
_asked(consent_sheet.facts, by_id=True)(lambda known: call(consent_sheet.facts, known.person, "photo"))
_asked(consent_texts.texts)(lambda known: call(consent_texts.texts))
_asked(consent_texts.text_of)(lambda known: call(consent_texts.text_of, None, "photo", "it"))
_asked(directory.bodies)(lambda known: call(directory.bodies))
_asked(directory.closures)(lambda known: call(directory.closures, FIRST))
_asked(directory.holidays)(lambda known: call(directory.holidays, 2025))
_asked(directory.open_now)(lambda known: call(directory.open_now))
_asked(directory.places)(lambda known: call(directory.places))
_asked(directory.points)(lambda known: call(directory.points, network=True))
_asked(directory.rooms)(lambda known: call(directory.rooms, network=True))
_asked(directory.services)(lambda known: call(directory.services))
_asked(directory.timetables)(lambda known: call(directory.timetables, FIRST, LAST))
_asked(custom_fields.fields)(lambda known: call(custom_fields.fields))
_asked(custom_fields.values, by_id=True)(lambda known: call(custom_fields.values, known.person))
_asked(flags.flags, by_id=True)(lambda known: call(flags.flags, known.person))
_asked(flags.sensitive_flags, by_id=True)(lambda known: call(flags.sensitive_flags, known.person))
_asked(flags.reviews)(lambda known: call(flags.reviews))
_asked(person_history.known_on, by_id=True)(lambda known: call(person_history.known_on, known.person, DAY))
_asked(schooling.school, by_id=True)(lambda known: call(schooling.school, known.person))
_asked(drafts.mine)(lambda known: call(drafts.mine))
_asked(drafts.read)(lambda known: call(drafts.read, "card"))
_asked(families.family, by_id=True)(lambda known: call(families.family, known.person))
_asked(genogram.genogram, by_id=True)(lambda known: call(genogram.genogram, known.person))
_asked(genogram.paper, by_id=True)(lambda known: call(genogram.paper, known.person))
_asked(referrals.referrals_of, by_id=True)(lambda known: call(referrals.referrals_of, known.person))
_asked(referrals.awaited)(lambda known: call(referrals.awaited))
_asked(referrals.may_refer, by_id=True)(lambda known: call(referrals.may_refer, known.person, body_name="ASST"))
_asked(referral_exchange.receipt, by_id=True)(
    lambda known: lambda tx: referral_exchange.receipt(tx, _received(tx, known.person))
)
_asked(referral_exchange.doubt)(lambda known: call(referral_exchange.doubt, "Centro di Bari", "AB"))
_asked(referral_exchange.taken)(lambda known: call(referral_exchange.taken, "ab" * 32))
_asked(family_file.family_file, by_id=True)(lambda known: call(family_file.family_file, known.person))
_asked(measures.measures, by_id=True)(lambda known: call(measures.measures, known.person))
_asked(responsibilities.expiring)(lambda known: call(responsibilities.expiring, 400))
_asked(guide.body, by_id=True)(lambda known: call(guide.body, known.body))
_asked(guide.place, by_id=True)(lambda known: call(guide.place, known.place))
_asked(guide.point, by_id=True)(lambda known: call(guide.point, known.point))
_asked(guide.service, by_id=True)(lambda known: call(guide.service, known.service))
_asked(households.households_of, by_id=True)(lambda known: call(households.households_of, known.person))
_asked(intake.access_card, by_id=True)(lambda known: call(intake.access_card, known.card))
_asked(intake.accesses)(lambda known: call(intake.accesses, DAY))
_asked(intake.answers)(lambda known: call(intake.answers, "nido"))
_asked(intake.earlier_accesses, by_id=True)(lambda known: call(intake.earlier_accesses, known.person))
_asked(intake.needs_used)(lambda known: call(intake.needs_used))
_asked(intake.unfinished_cards)(lambda known: call(intake.unfinished_cards))
_asked(intake.who)(lambda known: call(intake.who, [known.person]))
_asked(journal.history, by_id=True)(lambda known: call(journal.history, "person", known.person))
_asked(person_export.persons)(lambda known: call(person_export.persons, [known.person], "csv"))
_asked(outgoing.masked)(lambda known: call(outgoing.masked, [known.person], "list"))
_asked(outgoing.permit, by_id=True)(lambda known: call(outgoing.permit, known.person, "paper"))
_asked(merging.preview, by_id=True)(
    lambda known: lambda tx: merging.preview(tx, known.person, _somebody_else(tx, known.person))
)
_asked(person_file.file_history, by_id=True)(lambda known: call(person_file.file_history, known.person))
_asked(data_copy.copy_of_data, by_id=True)(lambda known: call(data_copy.copy_of_data, known.person))
_asked(privacy_rights.requests, by_id=True)(lambda known: call(privacy_rights.requests, known.person))
_asked(privacy_rights.open_requests)(lambda known: call(privacy_rights.open_requests))
_asked(privacy_rights.erasure_plan, by_id=True)(lambda known: call(privacy_rights.erasure_plan, known.person))
_asked(processing.entries)(lambda known: call(processing.entries))
_asked(processing.breaches)(lambda known: call(processing.breaches))
_asked(person_file.person, by_id=True)(lambda known: call(person_file.person, known.person))
_asked(person_search.find_persons)(lambda known: call(person_search.find_persons, "quar"))
_asked(doubles.likely_doubles)(
    lambda known: call(doubles.likely_doubles, surname=SECRET[0], given_name=SECRET[1], phone="0372 000444")
)
_asked(person_search.list_persons)(lambda known: call(person_search.list_persons, "0372 000444"))
_asked(saved_searches.mine)(lambda known: call(saved_searches.mine))
_asked(person_search.person_hits)(lambda known: call(person_search.person_hits, "gels"))
_asked(letters.case, by_id=True)(lambda known: call(letters.case, known.person, "lo chiede"))
_asked(letters.instead, by_id=True)(lambda known: call(letters.instead, known.person))
_asked(letters.texts)(lambda known: call(letters.texts))
_asked(letters.addressed)(lambda known: call(letters.addressed, [known.person]))
_asked(prints.note)(lambda known: call(prints.note, "day_sheet", [("person", known.person)]))
_asked(prints.done)(lambda known: call(prints.done, (), prints.PRINTED))
_asked(prints.register)(lambda known: call(prints.register, FIRST, LAST))
_asked(prints.paper)(lambda known: call(prints.paper, FIRST, LAST))
_asked(prints.of_person, by_id=True)(lambda known: call(prints.of_person, known.person))
_asked(prints.named)(lambda known: call(prints.named, [known.person]))
_asked(public_search.public_hits)(lambda known: call(public_search.public_hits, "quar"))
_asked(enrolment_preview.preview, by_id=True)(
    lambda known: call(enrolment_preview.preview, known.initiative, known.person)
)
_asked(waiting_list.offers)(lambda known: call(waiting_list.offers))
_asked(waiting_list.due)(lambda known: call(waiting_list.due))
_asked(waiting_list.script, by_id=True)(lambda known: call(waiting_list.script, known.enrolment))
_asked(attendance.hours, by_id=True)(lambda known: call(attendance.hours, known.meeting))
_asked(search.search)(lambda known: call(search.search, "quar"))
_asked(sheet_mails.bodies)(lambda known: call(sheet_mails.bodies))
_asked(sheet_mails.text_for_bodies)(lambda known: call(sheet_mails.text_for_bodies))
_asked(sheet_mails.recent)(lambda known: call(sheet_mails.recent))
_asked(sheet_mails.offer, by_id=True)(_offer_of_a_mail)
_asked(staff.colleagues)(lambda known: call(staff.colleagues, only_active=False))
_asked(today.board)(lambda known: call(today.board))
_asked(waiting.board)(lambda known: call(waiting.board))
_asked(waiting.public)(lambda known: call(waiting.public))

for asked in (asked_calls, asked_notes, asked_paths, asked_programmes, asked_rights, asked_watching, asked_writing):
    ASKED.update(asked.ASKED)
    BY_ID |= getattr(asked, "BY_ID", set())
OF_AUTHOR = asked_watching.OF_AUTHOR | asked_writing.OF_AUTHOR
OF_AUTHOR = asked_watching.OF_AUTHOR | asked_writing.OF_AUTHOR


@pytest.fixture(scope="module")
def empty(file_template: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """A centre with nothing but its staff; what is asked about is not there."""
    with copied_file_desk(file_template, tmp_path_factory.mktemp("empty") / "home") as desk:
        ids = (new_id() for _field in fields(Known))
        yield State(_offices(desk), Known(*ids), filled=False)


@pytest.fixture(scope="module")
def cremona(file_template: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """Cremona's centre with one family that everybody may know and one whose file is protected."""
    with copied_file_desk(file_template, tmp_path_factory.mktemp("cremona") / "home") as desk:
        desk.office.run(profiles.import_profile, read_profile(resources.path("centres/cremona.toml")))
        offices = _offices(desk)
        known = _fill(offices["coordinator"], desk.home.folder / "sportello.ics")
        note, file = asked_notes.planted(offices, known.person)
        report = asked_writing.planted(offices["psychologist"], known.person)
        yield State(offices, replace(known, note=note, note_file=file, report=report), filled=True)


def _offices(desk: Desk) -> dict[str, Office]:
    return {role: desk.office if role == "administrator" else desk.sign_in(role) for role in rights.ROLES}


def _first(office: Office, kind: type[Record], *order: Any) -> str:
    rows = office.fetch(lambda tx: tx.rows(select(kind.id).order_by(*order, kind.id).limit(1)))
    return str(rows[0][0])


def _fill(office: Office, file: Path) -> Known:
    cycle = _first(office, Initiative, Initiative.usual_time.is_(None))
    office.run(people.add_person, surname="Settantini", given_name="Ugo")
    person, card, appointment = _family(office, cycle, "Sessantini", "Livia", "Nonna Piera", "0372 000555",
                                        "livia@example.it", 15)  # fmt: skip
    surname, given, alias, _number, mail = SECRET
    hidden, _card, _appointment = _family(office, cycle, surname, given, alias, "0372 000444", mail, 17)
    office.run(people.set_protection, hidden, version(office, Person, hidden), protected=True, restricted=False,
               reason="minacce")  # fmt: skip
    asked_paths.planted(office, person, hidden, "000444")
    promised = [office.run(follow_ups.add, kind="call", what=f"richiamare {one}", person_id=one_id)
                for one, one_id in (("Livia", person), (given, hidden))]  # fmt: skip
    return Known(
        person, card, appointment, _first(office, AccessPoint, AccessPoint.position), _first(office, Place),
        _first(office, Body), _first(office, Service), cycle, _first(office, Meeting),
        office.actor.staff_id, promised[0], office.run(feeds.add_feed, feeds.FeedValues("Sportello", path=str(file))),
        enrolment=_first(office, Enrolment),
    )  # fmt: skip


def _family(
    office: Office, cycle: str, surname: str, given: str, alias: str, phone: str, mail: str, hour: int
) -> tuple[str, str, str]:
    """A person with all that can be tied to one; gives the ids of person, card and appointment."""
    person = office.run(people.add_person, surname=surname, given_name=given, alias=alias, phone=phone, mail=mail)
    office.run(households.add_household, f"Famiglia {surname}", ((person, "mother"),), address=f"da {alias}")
    office.run(contacts.add_contact_point, person, kind="other", value=f"presso {alias}", owner=alias)
    card = office.run(intake.open_card, person_id=person, needs=("nursery",), needs_family=f"{given} cerca un nido",
                      references=alias)  # fmt: skip
    appointment = office.run(
        calendar.book, starts=datetime.combine(DAY, time(hour)), ends=datetime.combine(DAY, time(hour + 1)),
        kind="interview", person_id=person, staff_id=office.actor.staff_id,
    )  # fmt: skip
    office.run(enrolment.enrol, cycle, person, EnrolmentValues(f"{given} porta il figlio"))
    office.run(consenting.ask, person, "photo", note=f"{given} ci pensa")
    sent = replace(scenarios_referrals.content(), why=f"{given} cerca casa")
    office.run(referral_exchange.receive, sent, new_id(), person)
    return person, card, appointment


def _answer(state: State, role: str, query: str) -> Any:
    """What the query gives the role, or the type of the error."""
    if query not in ASKED:
        pytest.fail(f"{query} is not asked: say above how it is")
    try:
        return state.offices[role].fetch(ASKED[query](state.known))
    except (Forbidden, NotFound) as error:
        return type(error)


def _check(state: State, role: str, query: str) -> Any:
    answer = _answer(state, role, query)
    if not rights.cell(query, role):
        assert answer is Forbidden
    elif (query in BY_ID and not state.filled) or (query in OF_AUTHOR and role != "psychologist"):
        assert answer is NotFound
    else:
        assert answer not in {Forbidden, NotFound} if isinstance(answer, type) else True
        assert not list(_records(answer))
    return answer


def _records(value: Any) -> Iterator[Record]:
    """Records in an answer: none may leave its transaction."""
    if isinstance(value, Record):
        yield value
    elif isinstance(value, dict):
        for item in (*value, *value.values()):
            yield from _records(item)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _records(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _records(getattr(value, field.name))


@pytest.mark.parametrize("query", QUERIES)
def test_in_an_empty_centre(empty: State, query: str) -> None:
    for role in rights.ROLES:
        _check(empty, role, query)


@pytest.mark.parametrize("query", QUERIES)
def test_in_a_full_centre_without_a_word_of_the_protected_file(cremona: State, query: str) -> None:
    for role in rights.ROLES:
        said = repr(_check(cremona, role, query)).casefold()
        if role != "coordinator":
            assert not [word for word in SECRET if word.casefold() in said], role


def test_the_coordinator_is_told_of_the_protected_file(cremona: State) -> None:
    """So the silence towards the others is not that of an empty list."""
    telling = [
        query for query in QUERIES
        if SECRET[0].casefold() in repr(_answer(cremona, "coordinator", query)).casefold()
    ]  # fmt: skip
    assert {"calendar.appointments", "intake.accesses", "person_search.find_persons", "person_search.list_persons",
            "doubles.likely_doubles", "programmes.participants", "search.search"} <= set(telling)  # fmt: skip


ABOUT_A_PERSON = ("calendar.person_named", "families.family", "family_file.family_file",
                  "households.households_of", "intake.earlier_accesses", "journal.history",
                  "person_file.file_history", "person_file.person", "outgoing.permit", "parties.family",
                  "privacy_rights.requests")  # fmt: skip


@pytest.mark.parametrize("query", ABOUT_A_PERSON)
def test_a_protected_file_is_not_there_for_who_asks_by_its_id(cremona: State, query: str) -> None:
    coordinator = cremona.offices["coordinator"]
    hidden = coordinator.fetch(person_search.find_persons, SECRET[0])[0].id
    known = Known(hidden, *(getattr(cremona.known, field.name) for field in fields(Known)[1:]))
    state = State(cremona.offices, known, filled=True)
    assert _answer(state, "coordinator", query) is not NotFound
    for role in rights.ROLES[:4]:
        assert _answer(state, role, query) is NotFound, role


def test_nothing_is_asked_that_is_no_query() -> None:
    assert set(ASKED) <= set(QUERIES)
