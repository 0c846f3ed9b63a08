"""What cannot be done is refused with the sentence that belongs to it, at the field where it is put right, and nothing
is saved of it. What both engines refuse alike is asked of the file alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from famdesk.data.journal import AuditEntry
from famdesk.data.tables.notes import Path
from famdesk.data.tables.people import Person
from famdesk.data.tables.person_details import CustomField
from famdesk.data.tables.programmes import Enrolment, Meeting
from famdesk.data.tables.referrals import Referral
from famdesk.data.tables.staff import Staff
from famdesk.domain.errors import NotFound, Required, RuleError, TextTooLong
from famdesk.domain.intake import referrals as referral_rules
from famdesk.domain.programmes.enrolment import CHILD_CARE
from famdesk.usecases.calls import applications, calls
from famdesk.usecases.calls.call_rows import ApplicationValues, CallValues, CriterionRow, DocumentRow
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.enrolling import attendance, enrolment, enrolment_checks, waiting_list
from famdesk.usecases.enrolling.attendance import Mark
from famdesk.usecases.enrolling.enrolment import EnrolmentValues, Member
from famdesk.usecases.intake import referrals
from famdesk.usecases.office import Office
from famdesk.usecases.paths import holds, paths
from famdesk.usecases.people import custom_fields, merging, people, privacy_rights
from famdesk.usecases.programmes import meetings
from famdesk.usecases.staff import leaving, staff
from tests.support import scenarios_consents
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.support.scenarios_calls import admitted, detail, new_call, received, row
from tests.support.scenarios_calls import version as call_version
from tests.support.scenarios_referrals import sent
from tests.usecases.enrolling.test_enrolment import cycle, home, person, rows

TODAY, TOMORROW = date(2025, 2, 11), date(2025, 2, 12)


def entries(office: Office) -> int:
    """How much the journal holds: what was refused left nothing there."""
    return int(office.fetch(lambda tx: tx.rows(select(func.count(AuditEntry.seq))))[0][0])


def refused(office: Office, error: type[RuleError], field: str | None, deed: Any, *args: Any, **more: Any) -> None:
    before = entries(office)
    with pytest.raises(error) as caught:
        office.run(deed, *args, **more)
    assert caught.value.field == field
    assert "{" not in caught.value.sentence()
    assert entries(office) == before


def test_of_colleagues(file_desk: Desk) -> None:
    office, lead = file_desk.office, file_desk.sign_in("coordinator")
    educator = file_desk.sign_in("educator").actor.staff_id
    values: dict[str, Any] = {"role": "educator", "profession": None}
    refused(office, Required, "name", staff.add_colleague, name="  ", **values)
    refused(office, staff.UnknownRole, "role", staff.add_colleague, name="Ada", role="king", profession=None)
    read = version(office, Staff, educator)
    refused(
        office,
        Required,
        "name",
        staff.change_colleague,
        educator,
        read,
        name=" ",
        employer_body_id=None,
        active=True,
        **values,
    )
    refused(lead, leaving.NotYourself, None, leaving.note_left, lead.actor.staff_id)
    with pytest.raises(staff.FileRecovers):  # each file has its own code for a forgotten password
        staff.reset_password(office, educator, "sasso-nuvola-lanterna")


def test_of_consents(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    known = scenarios_consents.family(office)
    refused(office, consenting.EndsBeforeItBegins, "valid_to", consenting.ask, known.child, "photo", on=TODAY,
            valid_to=TODAY - timedelta(days=1))  # fmt: skip
    consent, read = scenarios_consents.asked(office, known.child)
    refused(office, Required, "words", consenting.hear, consent, read, "  ")
    refused(office, Required, "by", consenting.withdraw, consent, read, by=" ")
    long = Signing("parent", name="A" * 1000)
    refused(office, TextTooLong, "name", consenting.sign, consent, read, [long])
    assert office.run(consenting.ask, known.child, "photo", on=TODAY, valid_to=TODAY)


def test_of_paths_and_holds(file_desk: Desk) -> None:
    office = file_desk.sign_in("psychologist")
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada")
    made = office.run(paths.open_path, "mediation", [ada], opened_on=date(2025, 1, 7))
    refused(office, paths.UnknownClosing, "reason", paths.close_path, made, 1, closed_on=TODAY, reason="bored")
    refused(office, paths.PathInFuture, "closed_on", paths.close_path, made, 1, closed_on=TOMORROW, reason="reached")
    refused(office, paths.PathIsOpen, None, paths.reopen_path, made, 1, "torna")
    reception = file_desk.sign_in("reception").actor.staff_id
    refused(office, paths.MayNotCarry, "staff_id", paths.change_path, made, 1, kind="mediation", person_ids=[ada],
            staff_id=reception, opened_on=date(2025, 1, 7))  # fmt: skip
    office.run(paths.close_path, made, 1, closed_on=date(2025, 2, 3), reason="reached")
    read = version(office, Path, made)
    refused(office, paths.ClosedBeforeOpened, "opened_on", paths.change_path, made, read, kind="mediation",
            person_ids=[ada], staff_id=office.actor.staff_id, opened_on=date(2025, 2, 4))  # fmt: skip
    lead = file_desk.sign_in("coordinator")
    refused(lead, Required, "reason", holds.set_hold, "  ", path_id=made)
    refused(lead, holds.PathOrPerson, None, holds.set_hold, "causa civile")
    refused(lead, holds.PathOrPerson, None, holds.set_hold, "causa civile", path_id=made, person_id=ada)


def test_of_money_and_points(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    made, other = new_call(office), new_call(office)
    refused(
        office, Required, "documents", calls.set_documents, made, call_version(office, made), [DocumentRow("", " ")]
    )
    refused(office, Required, "criteria", calls.set_criteria, made, call_version(office, made),
            [CriterionRow("", " ", 100)])  # fmt: skip
    refused(office, NotFound, "issuer_body_id", calls.add_call, CallValues("Bando", issuer_body_id="nobody"))
    refused(office, applications.BadAmount, "requested_cents", applications.receive, made,
            ApplicationValues("Coop", requested_cents=-1))  # fmt: skip
    refused(office, applications.NotInList, "channel", applications.receive, made,
            ApplicationValues("Coop", channel="pigeon"))  # fmt: skip
    one = received(office, made)
    read = row(office, made, one).version
    refused(office, applications.NotInList, "outcome", applications.check, one, read, "funded")
    mine, foreign = detail(office, made).documents[0].id, detail(office, other).documents[0].id
    refused(office, applications.NotInList, "state", applications.set_document, one, mine, "eaten")
    refused(office, NotFound, None, applications.set_document, one, foreign, "present")
    good = admitted(office, made)
    theirs = detail(office, other).criteria[0].id
    refused(office, NotFound, None, applications.score, good, theirs, 100)
    read = row(office, made, good).version
    refused(office, applications.BadAmount, "granted_cents", applications.grant, good, read, -1)
    office.run(applications.grant, good, read, 0)  # nothing is an amount, too


def test_of_places(file_desk: Desk) -> None:
    office = file_desk.sign_in("educator")
    made, held = cycle(office)
    ada = person(office, "Ada")
    refused(office, enrolment.UnknownPart, "part", enrolment.enrol, made, ada, EnrolmentValues(part="watches"))
    refused(office, TextTooLong, "note", enrolment.enrol, made, ada, EnrolmentValues(note="a" * 100_000))
    place = office.run(enrolment.enrol, made, ada)
    read = version(office, Enrolment, place)
    refused(office, Required, "reason", enrolment.refuse, place, read, " ")
    refused(office, enrolment.NotRequested, None, enrolment.refuse, place, read, "piena")
    refused(office, waiting_list.NotOffered, None, waiting_list.decline, place, read)
    office.run(waiting_list.wait_again, place, read)  # who has a place keeps it
    assert rows(office, made)[place].state == "enrolled"
    _other, elsewhere = cycle(office)
    refused(office, enrolment_checks.NotOfThisInitiative, None, attendance.note, [Mark(elsewhere[0], place, True)])
    office.run(meetings.cancel_meeting, held[0], version(office, Meeting, held[0]), "Malattia", ())
    refused(office, attendance.NotHeld, None, attendance.note, [Mark(held[0], place, True)])
    refused(office, attendance.NotHeld, None, attendance.walk_in, held[0], person(office, "Bea"))
    _asks, days = cycle(office, approval=True)
    refused(office, attendance.NeedsApproval, None, attendance.walk_in, days[0], ada)
    bare, _days = cycle(office, days=())
    household, mother, _father, child = home(office)
    refused(office, enrolment_checks.NoChildCare, "members", enrolment.enrol_family, bare, household,
            (Member(mother), Member(child, EnrolmentValues(part=CHILD_CARE))))  # fmt: skip


def test_of_referrals(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    made, read = sent(office)
    refused(office, referral_rules.DueInThePast, "answer_due", referrals.change_referral, made, read, why="perché",
            items=(), answer_due=TODAY - timedelta(days=1))  # fmt: skip
    refused(office, TextTooLong, "answer", referrals.set_state, made, read, "answered", answer="a" * 100_000)
    refused(office, referral_rules.NotNow, None, referrals.give_feedback, made, read)
    office.run(referrals.set_state, made, read, "answered", answer="presa in carico")
    read = version(office, Referral, made)
    refused(
        office, referral_rules.NotNow, None, referrals.change_referral, made, read, why="x", items=(), answer_due=None
    )
    refused(office, referral_rules.DayToCome, "on", referrals.give_feedback, made, read, on=TOMORROW)


def test_of_fields_of_the_centre(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    many = "\n".join(f"scelta {number}" for number in range(1000))
    refused(office, TextTooLong, "choices", custom_fields.add_field, name="Quartiere", kind="choice", choices=many)
    made = office.run(custom_fields.add_field, name="Quartiere", kind="choice", choices="Po\nBorgo Loreto")
    office.run(custom_fields.retire_field, made, 1)
    refused(office, NotFound, None, custom_fields.move_field, made, version(office, CustomField, made), by=1)


def test_of_files_that_are_merged_or_erased(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    ada, bea, eva = (office.run(people.add_person, surname="Rossi", given_name=name) for name in ("Ada", "Bea", "Eva"))
    made = office.run(merging.merge, ada, 1, bea, 1)
    office.run(merging.unmerge, made)
    refused(office, merging.ApartAlready, None, merging.unmerge, made)
    refused(office, merging.ApartAlready, None, merging.take_over, made)
    gone = office.run(people.add_person, surname="Neri", given_name="Ida")
    office.run(privacy_rights.erase, gone, 1, "chiesto")
    refused(office, merging.ErasedFile, "other_id", merging.merge, ada, version(office, Person, ada), gone, 2)
    office.run(paths.open_path, "support", [eva], opened_on=date(2025, 1, 7))
    refused(office, privacy_rights.PathStillOpen, None, privacy_rights.erase, eva, 1, "chiesto")
    assert version(office, Person, eva) == 1
