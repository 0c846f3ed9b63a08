"""The second step of the sign-in, on both engines."""

from __future__ import annotations

import pyotp
import pytest

from famdesk.data.keys import keys
from famdesk.data.keys.throttle import FREE_TRIES, WaitFirst
from famdesk.domain.staff.second_step import CodeWanted, WrongCode
from famdesk.usecases import session
from famdesk.usecases.office import Office
from famdesk.usecases.staff import second_step
from tests.support.offices import CHEAP, PASSWORD, Desk


def code(desk: Desk, secret: str) -> str:
    return pyotp.TOTP(secret).at(desk.clock.now)


def turned_on(desk: Desk, office: Office) -> tuple[str, tuple[str, ...]]:
    prepared = second_step.prepare(office)
    spare = second_step.turn_on(office, PASSWORD, prepared.secret, code(desk, prepared.secret))
    desk.clock.forward(seconds=30)
    return prepared.secret, spare


def enter(desk: Desk, typed: str | None = None, password: str = PASSWORD) -> Office:
    office = session.sign_in(desk.home, "psychologist", password, typed, clock=desk.clock)
    desk.opened.append(office)
    return office


def test_the_sign_in_asks_for_the_code(desk: Desk) -> None:
    secret, _spare = turned_on(desk, desk.sign_in("psychologist"))
    with pytest.raises(CodeWanted):
        enter(desk)
    with pytest.raises(WrongCode):
        enter(desk, "000000")
    good = code(desk, secret)
    office = enter(desk, good)
    assert second_step.is_on(office)
    with pytest.raises(WrongCode):
        enter(desk, good)
    desk.sign_in("educator")  # nobody else is asked


def test_a_wrong_first_code_turns_nothing_on(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    with pytest.raises(WrongCode):
        second_step.turn_on(office, PASSWORD, second_step.prepare(office).secret, "000000")
    with pytest.raises(keys.WrongPassword):
        second_step.turn_on(office, "not that one", second_step.prepare(office).secret, "000000")
    assert not second_step.is_on(office)
    enter(desk)


def test_wrong_codes_cost_time_as_wrong_passwords_do(desk: Desk) -> None:
    secret, _spare = turned_on(desk, desk.sign_in("psychologist"))
    for _try in range(FREE_TRIES):
        with pytest.raises(CodeWanted):
            enter(desk)  # does not begin the count anew
        with pytest.raises(WrongCode):
            enter(desk, "000000")
    with pytest.raises(WaitFirst):
        enter(desk, code(desk, secret))
    desk.clock.forward(seconds=31)
    enter(desk, code(desk, secret))


def test_a_spare_code_opens_once(desk: Desk) -> None:
    _secret, spare = turned_on(desk, desk.sign_in("psychologist"))
    office = enter(desk, spare[2])
    assert second_step.spare_left(office) == len(spare) - 1
    with pytest.raises(WrongCode):
        enter(desk, spare[2])


def test_turning_it_off_takes_password_and_code(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    with pytest.raises(second_step.NotOn):
        second_step.turn_off(office, PASSWORD, "000000")
    secret, _spare = turned_on(desk, office)
    with pytest.raises(WrongCode):
        second_step.turn_off(office, PASSWORD, "000000")
    with pytest.raises(keys.WrongPassword):
        second_step.turn_off(office, "not that one", code(desk, secret))
    second_step.turn_off(office, PASSWORD, code(desk, secret))
    assert not second_step.is_on(office)
    enter(desk)


def test_it_stays_with_another_password(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    secret, _spare = turned_on(desk, office)
    session.change_password(office, PASSWORD, "tutta-un-altra-cosa", cost=CHEAP)
    with pytest.raises(CodeWanted):
        enter(desk, password="tutta-un-altra-cosa")
    enter(desk, code(desk, secret), "tutta-un-altra-cosa").lock()


def test_the_recovery_sheet_turns_it_off(file_desk: Desk) -> None:
    turned_on(file_desk, file_desk.sign_in("psychologist"))
    office = session.recover(file_desk.home, file_desk.recovery, "psychologist", "tutta-un-altra-cosa",
                             clock=file_desk.clock, cost=CHEAP)  # fmt: skip
    assert not second_step.is_on(office)
    office.close()
    enter(file_desk, password="tutta-un-altra-cosa")


def test_nothing_of_it_is_kept_in_clear(file_desk: Desk) -> None:
    secret, spare = turned_on(file_desk, file_desk.sign_in("psychologist"))
    kept = b"".join(path.read_bytes() for path in file_desk.home.folder.rglob("*") if path.is_file())
    for text in (secret, *spare, spare[0].replace("-", "")):
        assert text.encode() not in kept


def test_a_second_step_that_somebody_changed_is_told(file_desk: Desk) -> None:
    """Whoever has the master key can write slots: what the user's own key does not open is not let through."""
    office = file_desk.sign_in("psychologist")
    turned_on(file_desk, office)
    office.keystore.update(lambda ring: keys.with_second(ring, office.unlocked, b"x" * 80))
    with pytest.raises(keys.KeysDamaged):
        enter(file_desk, "000000")
