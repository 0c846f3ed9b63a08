"""The office: commits, undo and redo by name, what other desks changed, sign-in."""

from __future__ import annotations

import pytest

from famdesk.data.keys.keys import WrongPassword
from famdesk.data.keys.throttle import WaitFirst
from famdesk.domain.errors import Forbidden, NothingToUndo, Stale, UndoConflict
from famdesk.usecases import journal, session
from famdesk.usecases.staff import staff
from tests.support.offices import CHEAP, PASSWORD, Desk


def _add(desk: Desk, name: str = "Eva Prova") -> str:
    return desk.office.run(staff.add_colleague, name=name, role="educator")


def _row(desk: Desk, staff_id: str) -> staff.ColleagueRow:
    return next(row for row in desk.office.fetch(staff.colleagues, False) if row.id == staff_id)


def _change(desk: Desk, staff_id: str, version: int, name: str) -> None:
    desk.office.run(staff.change_colleague, staff_id, version, name=name, role="educator", profession=None,
                    employer_body_id=None, active=True)  # fmt: skip


def test_undo_and_redo_by_name(desk: Desk) -> None:
    added = _add(desk)
    _change(desk, added, 1, "Eva Nuova")
    assert desk.office.undo_label() == "Colleague changed"
    desk.office.undo()
    assert _row(desk, added).name == "Eva Prova"
    desk.office.redo()
    assert _row(desk, added).name == "Eva Nuova"
    desk.office.undo()
    desk.office.undo()
    assert added not in {row.id for row in desk.office.fetch(staff.colleagues, False)}
    desk.office.redo()
    assert _row(desk, added).name == "Eva Prova"


def test_undo_of_nothing(desk: Desk) -> None:
    other = desk.sign_in("coordinator")
    with pytest.raises(NothingToUndo):
        other.undo()


def test_undo_is_refused_when_somebody_changed_the_row(desk: Desk) -> None:
    added = _add(desk)
    _change(desk, added, 1, "Eva Nuova")
    other = desk.sign_in("coordinator")
    other.run(staff.change_colleague, added, 2, name="Altra", role="educator", profession=None, employer_body_id=None,
              active=True)  # fmt: skip
    with pytest.raises(UndoConflict) as caught:
        desk.office.undo()
    assert "Prova coordinator" in caught.value.sentence()
    assert _row(desk, added).name == "Altra"


def test_second_save_of_an_old_version_is_refused_with_the_name(desk: Desk) -> None:
    added = _add(desk)
    _change(desk, added, 1, "Eva Nuova")
    with pytest.raises(Stale) as caught:
        _change(desk, added, 1, "Eva Vecchia")
    assert caught.value.params["by"] == "Ada Prova"
    assert "12:41" in caught.value.sentence()
    assert _row(desk, added).name == "Eva Nuova"


def test_history_tells_who_when_what(desk: Desk) -> None:
    added = _add(desk)
    _change(desk, added, 1, "Eva Nuova")
    rows = desk.sign_in("coordinator").fetch(journal.history, "staff", added)
    assert [(row.label, row.by) for row in rows] == [
        ("Colleague changed", "Ada Prova"),
        ("Colleague added", "Ada Prova"),
    ]
    assert ("name", "Eva Prova", "Eva Nuova") in rows[0].fields


def test_another_desk_hears_of_a_change(desk: Desk) -> None:
    other = desk.sign_in("reception")
    heard: list[tuple[str, str]] = []
    other.subscribe(heard.extend)
    added = _add(desk)
    other.poll()
    assert ("staff", added) in heard


def test_a_role_without_letters_is_refused_with_who_may(desk: Desk) -> None:
    with pytest.raises(Forbidden) as caught:
        desk.sign_in("reception").run(staff.add_colleague, name="X", role="educator")
    assert caught.value.params["who"] == ["coordinator", "administrator"]


def test_wrong_password_then_delay(desk: Desk) -> None:
    for _try in range(5):
        with pytest.raises(WrongPassword):
            session.sign_in(desk.home, "reception", "sbagliata-del-tutto", clock=desk.clock)
    with pytest.raises(WaitFirst) as caught:
        session.sign_in(desk.home, "reception", PASSWORD, clock=desk.clock)
    assert caught.value.params["seconds"] == 30
    desk.clock.forward(seconds=31)
    desk.sign_in("reception")


def test_password_change(desk: Desk) -> None:
    office = desk.sign_in("reception")
    session.change_password(office, PASSWORD, "tutta-un-altra-cosa", cost=CHEAP)
    office.close()
    with pytest.raises(WrongPassword):
        session.sign_in(desk.home, "reception", PASSWORD, clock=desk.clock)
    session.sign_in(desk.home, "reception", "tutta-un-altra-cosa", clock=desk.clock).close()


def test_recovery_code_opens_the_file(file_desk: Desk) -> None:
    office = session.recover(file_desk.home, file_desk.recovery.lower(), "reception", "nuova-parola-mia", cost=CHEAP,
                             clock=file_desk.clock)  # fmt: skip
    assert office.actor.login == "reception"
    office.close()
    session.sign_in(file_desk.home, "reception", "nuova-parola-mia", clock=file_desk.clock).close()
