"""Notices: a colleague is told exactly if the deed was done, reads it once, and nobody else does."""

from __future__ import annotations

import pytest

from famdesk.data.tables.notices import Notice
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.ids import new_id
from famdesk.i18n import using
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.support.offices import Desk


def tell(by: Office, to: str, kind: str = "password_reset", subject: tuple[str, str] | None = None) -> bool:
    def told(tx: Tx) -> bool:
        return notices.tell(tx, to, kind, subject)

    return by.run(told)


def test_a_notice_is_read_once_by_whom_it_is_for(desk: Desk) -> None:
    to, other = desk.sign_in("educator"), desk.sign_in("psychologist")
    assert tell(desk.office, to.actor.staff_id)
    assert other.fetch(notices.unread) == ()
    (row,) = to.fetch(notices.unread)
    assert (row.kind, row.by, row.at.hour, row.subject_table) == ("password_reset", "Ada Prova", 12, None)
    other.run(notices.mark_read, (row.id,))
    assert to.fetch(notices.unread) == (row,)
    to.run(notices.mark_read, (row.id,))
    assert to.fetch(notices.unread) == ()
    assert to.undo_label() is None


def test_it_says_who_did_it_when_and_to_whom(desk: Desk) -> None:
    to, whom = desk.sign_in("educator"), desk.sign_in("psychologist")
    tell(desk.office, to.actor.staff_id, "received", ("staff", whom.actor.staff_id))
    tell(desk.office, to.actor.staff_id, "note_shared", ("note", new_id()))
    shared, received = to.fetch(notices.unread)
    with using("en"):
        assert received.sentence() == (
            "Tue 11 Feb, 12:41: Ada Prova opened the sealed envelope: you received the notes of Prova psychologist."
        )
        assert shared.sentence() == "Tue 11 Feb, 12:41: Ada Prova lets you read a session note."


def test_nobody_without_a_way_in_is_told(desk: Desk) -> None:
    there = desk.sign_in("educator")

    def ended(tx: Tx) -> None:
        colleague = tx.session.get(Staff, there.actor.staff_id)
        assert colleague is not None
        colleague.active = False

    assert tell(desk.office, new_id()) is False
    desk.sign_in("coordinator").run(ended)
    assert tell(desk.office, there.actor.staff_id) is False


def test_a_deed_that_fails_tells_nobody(desk: Desk) -> None:
    to = desk.sign_in("educator")

    def fails(tx: Tx) -> None:
        notices.tell(tx, to.actor.staff_id, "break_glass")
        tx.session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        desk.office.run(fails)
    with pytest.raises(ValueError, match="gossip"):
        tell(desk.office, to.actor.staff_id, "gossip")
    assert to.fetch(notices.unread) == ()


def test_what_was_read_long_ago_goes(desk: Desk) -> None:
    to = desk.sign_in("educator")
    for _year in range(2):
        tell(desk.office, to.actor.staff_id)
        (row,) = to.fetch(notices.unread)
        to.run(notices.mark_read, (row.id,))
        desk.clock.forward(days=366)
    to.run(notices.mark_read, ())
    with desk.office.store.engine.connect():
        assert to.fetch(lambda tx: tx.rows(Notice.__table__.select())) == []


def test_an_unread_notice_stays_in_a_file_too(file_desk: Desk) -> None:
    to = file_desk.sign_in("educator")
    tell(file_desk.office, to.actor.staff_id)
    for statement in ("DELETE FROM notice", "UPDATE notice SET kind = 'break_glass'", "UPDATE notice SET by_id = id"):
        with pytest.raises(Exception, match="stays until"), to.store.engine.begin() as connection:
            connection.exec_driver_sql(statement)
