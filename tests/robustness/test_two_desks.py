"""Two processes, two windows, two desks: nothing is lost, nothing is overwritten in silence."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from famdesk.data.checks.verify import verify
from famdesk.data.home import AlreadyOpen
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.intake import InfoContact
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Stale, UndoConflict
from famdesk.usecases import session
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import intake
from famdesk.usecases.people import people
from famdesk.usecases.staff import leaving, staff
from tests.robustness.workers import famdesk, writer
from tests.support.offices import PASSWORD, Desk

SAVES = 100
KIND = next(iter(codes.codes(codes.APPOINTMENT_KINDS)))


def test_two_processes_on_one_file_share_it(file_desk: Desk) -> None:
    """A window holds the folder; two command-like processes write at the same time: all is there, in one chain."""
    folder = file_desk.home.folder
    lock = file_desk.home.lock()
    with writer(folder, "reception", SAVES, "one") as one, writer(folder, "educator", SAVES, "two") as two:
        outputs = [process.communicate() for process in (one, two)]
    assert [err for _out, err in outputs] == [b"", b""]
    promised = {line for out, _err in outputs for line in out.decode().split()[1:-1]}
    assert len(promised) == 2 * SAVES

    def every(tx: Tx) -> set[str]:
        return {row.id for row in tx.rows(select(InfoContact.id))}

    coordinator = file_desk.sign_in("coordinator")
    assert coordinator.fetch(every) == promised
    done = famdesk(folder, "verify")
    assert (done.returncode, done.stderr) == (0, "")
    with pytest.raises(AlreadyOpen):
        file_desk.home.lock()
    lock.release()


def test_four_threads_of_four_colleagues(file_desk: Desk) -> None:
    """Each with a connection of their own; deferred transactions would fail here nine times in ten."""
    offices = [file_desk.sign_in(role) for role in ("reception", "educator", "social_worker", "psychologist")]
    failures: list[BaseException] = []

    def work(office: Any) -> None:
        try:
            for _number in range(40):
                office.run(intake.log_contact, channel="door", need_text="x", age_band=None, answer=None)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []

    def count(tx: Tx) -> int:
        return int(tx.rows(select(func.count()).select_from(InfoContact))[0][0])

    assert offices[0].fetch(count) == 160
    assert verify(file_desk.office.store.engine, file_desk.office.keystore.load()) == []


def _booked(desk: Desk) -> tuple[Any, Any, str]:
    """Two desks and an appointment that both have read."""
    one, two = desk.sign_in("reception"), desk.sign_in("coordinator")
    made = one.run(calendar.book, starts=datetime(2025, 2, 13, 9), ends=datetime(2025, 2, 13, 10), kind=KIND)
    return one, two, str(made)


def test_the_same_appointment_moved_twice(desk: Desk) -> None:
    """The second desk is told who was faster and when, in words; what the first did stays."""
    one, two, made = _booked(desk)
    first, second = datetime(2025, 2, 13, 11), datetime(2025, 2, 13, 15)
    one.run(calendar.move, made, 1, first)
    with pytest.raises(Stale) as caught:
        two.run(calendar.move, made, 1, second)
    assert caught.value.params["by"] == "Prova reception"
    assert caught.value.params["at"] == datetime(2025, 2, 11, 12, 41)
    assert "Prova reception" in caught.value.sentence()
    assert "12:41" in caught.value.sentence()
    assert _starts(one, made) == _starts(two, made) == first


def _starts(office: Any, made: str) -> datetime:
    rows = office.fetch(calendar.appointments, datetime(2025, 2, 10).date(), datetime(2025, 2, 15).date())
    return next(row.starts for row in rows if row.id == made)


@pytest.mark.postgres
def test_at_the_very_same_moment(server_desk: Desk) -> None:
    """Both have read before either commits: the later one hears the name of the faster one, not "?"."""
    one, two, made = _booked(server_desk)
    outcomes: list[Any] = []
    wrote = threading.Event()
    go_on = threading.Event()

    def slowly(tx: Tx) -> None:
        calendar.move(tx, made, 1, datetime(2025, 2, 13, 11))
        tx.session.flush()
        wrote.set()
        assert go_on.wait(60)

    def second(tx: Tx) -> None:
        assert tx.session.get(Appointment, made) is not None
        go_on.set()  # what was read just now is old from here on, and this transaction cannot know
        calendar.move(tx, made, 1, datetime(2025, 2, 13, 15))

    def first_desk() -> None:
        outcomes.append(one.run(slowly))

    thread = threading.Thread(target=first_desk)
    thread.start()
    assert wrote.wait(60)
    with pytest.raises(Stale) as caught:
        two.run(second)
    thread.join()
    assert outcomes == [None]
    assert caught.value.params["by"] == "Prova reception"
    assert caught.value.params["at"] == datetime(2025, 2, 11, 12, 41)
    assert _starts(two, made) == datetime(2025, 2, 13, 11)


@pytest.mark.postgres
def test_two_desks_on_a_server_write_one_chain(server_desk: Desk) -> None:
    with (
        writer(server_desk.home.folder, "reception", SAVES, "one") as one,
        writer(server_desk.home.folder, "educator", SAVES, "two") as two,
    ):
        outputs = [process.communicate() for process in (one, two)]
    assert [err for _out, err in outputs] == [b"", b""]
    assert len({line for out, _err in outputs for line in out.decode().split()[1:-1]}) == 2 * SAVES
    assert verify(server_desk.office.store.engine, server_desk.office.keystore.load()) == []


def test_undo_does_not_turn_back_what_another_changed(desk: Desk) -> None:
    one, two, made = _booked(desk)
    one.run(calendar.move, made, 1, datetime(2025, 2, 13, 11))
    two.run(calendar.move, made, 2, datetime(2025, 2, 13, 15))
    with pytest.raises(UndoConflict) as caught:
        one.undo()
    assert "Prova coordinator" in caught.value.sentence()
    assert _starts(one, made) == datetime(2025, 2, 13, 15)


def test_a_person_changed_at_two_desks(desk: Desk) -> None:
    one, two = desk.sign_in("reception"), desk.sign_in("coordinator")
    added = one.run(people.add_person, surname="Uno", given_name="Lia")
    two.run(people.change_person, added, 1, town="Cremona")
    with pytest.raises(Stale) as caught:
        one.run(people.change_person, added, 1, town="Crema")
    assert caught.value.params["by"] == "Prova coordinator"


def test_a_colleague_who_left_meanwhile(desk: Desk) -> None:
    """An account that is switched off does not get in any more."""
    office = desk.office
    row = next(row for row in office.fetch(staff.colleagues) if row.login == "educator")
    office.run(leaving.note_left, row.id)
    with pytest.raises(session.NotStaff) as caught:
        session.sign_in(desk.home, "educator", PASSWORD, clock=desk.clock)
    assert "no longer active" in caught.value.sentence()
