"""Wherever a password is set, one that is easy to guess is refused, and trying out the old one costs time."""

from __future__ import annotations

from pathlib import Path

import pytest

from famdesk.data.home import Home
from famdesk.data.keys import keys
from famdesk.data.keys.crypto import new_recovery_code
from famdesk.data.keys.throttle import FREE_TRIES, WaitFirst
from famdesk.domain.staff.passwords import EasyToGuess
from famdesk.usecases import session, setup
from famdesk.usecases.staff import staff
from tests.support.offices import CHEAP, PASSWORD, Desk, new_centre

EASY = "Cremona2025!"
GOOD = "sasso-nuvola-lanterna"


def test_a_new_account_is_not_opened_by_the_persons_name(desk: Desk) -> None:
    colleague = desk.office.run(staff.add_colleague, name="Ermelinda Zavattini", role="educator")
    for easy in (EASY, "ermelinda zavattini", "zavattini.e 2025", "centro di prova"):
        with pytest.raises(EasyToGuess) as caught:
            staff.give_account(desk.office, colleague, "e.zavattini", easy, cost=CHEAP)
        assert caught.value.field == "password"
    assert "e.zavattini" not in desk.office.keystore.load().slots
    staff.give_account(desk.office, colleague, "e.zavattini", GOOD, cost=CHEAP)
    session.sign_in(desk.home, "e.zavattini", GOOD, clock=desk.clock).close()


def test_ones_own_new_password(desk: Desk) -> None:
    office = desk.sign_in("reception")
    with pytest.raises(EasyToGuess) as caught:
        session.change_password(office, PASSWORD, "Prova reception 1", cost=CHEAP)
    assert caught.value.field == "new"
    with pytest.raises(keys.WeakPassword):
        session.change_password(office, PASSWORD, "x4$Tq", cost=CHEAP)
    session.sign_in(desk.home, "reception", PASSWORD, clock=desk.clock).close()


def test_who_finds_an_open_desk_does_not_try_the_old_one_out(desk: Desk) -> None:
    office = desk.sign_in("reception")
    for _try in range(FREE_TRIES):
        with pytest.raises(keys.WrongPassword):
            session.change_password(office, "not that one", GOOD, cost=CHEAP)
    with pytest.raises(WaitFirst):
        session.change_password(office, PASSWORD, GOOD, cost=CHEAP)
    with pytest.raises(WaitFirst):
        desk.sign_in("reception")
    desk.clock.forward(seconds=31)
    session.change_password(office, PASSWORD, GOOD, cost=CHEAP)


def test_a_wrong_try_says_how_long_to_wait(desk: Desk) -> None:
    seconds = []
    for _try in range(FREE_TRIES + 2):
        with pytest.raises(keys.WrongPassword) as caught:
            session.sign_in(desk.home, "reception", "not that one", clock=desk.clock)
        seconds.append(caught.value.params["seconds"])
        desk.clock.forward(seconds=seconds[-1])
    assert seconds == [0, 0, 0, 0, 30, 60, 120]


def test_the_recovery_sheet_sets_no_easy_one(file_desk: Desk) -> None:
    with pytest.raises(EasyToGuess):
        session.recover(file_desk.home, file_desk.recovery, "reception", EASY, clock=file_desk.clock, cost=CHEAP)
    file_desk.sign_in("reception")


def test_the_first_account_of_a_centre(tmp_path: Path) -> None:
    for login, easy in (("ada.prova", "ada prova ada prova"), ("ada.prova", EASY)):
        with pytest.raises(EasyToGuess):
            setup.check_account(login, easy, ("Ada Prova", "Centro di prova"))
    with pytest.raises(EasyToGuess):
        setup.make_centre(Home(tmp_path / "new"), session.NewCentre("Hug", "Ada Prova", "ada", EASY),
                          new_recovery_code())  # fmt: skip
    assert not (tmp_path / "new").exists()
    assert new_centre().password == PASSWORD
    setup.check_account("ada", PASSWORD, ("Ada Prova", "Hug"))
