"""A screen reader in the month: it hears the days and what stands in them, and what became of a move."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from famdesk.usecases import features
from famdesk.usecases.calendar import calendar
from tests.support.offices import PASSWORD
from tests.support.offices import Desk as Centre
from tests.support.screen import Screen
from tests.window.conftest import go_to, sign_in

pytestmark = pytest.mark.window


def test_a_month_is_read_and_changed(a_screen: Screen, file_desk: Centre) -> None:
    features.load()
    office = file_desk.sign_in("coordinator")
    noon = datetime.combine(date.today().replace(day=11), time(12))
    booked = office.run(calendar.book, starts=noon, ends=noon + timedelta(minutes=30), kind="interview", label="Prova")
    desk = a_screen.start(home=file_desk.home.folder)
    sign_in(desk, "reception", PASSWORD)
    go_to(desk, "Calendario", "alt+3")
    since = desk.mark()
    desk.press("ctrl+4")
    desk.wait_heard(str(noon.year), since)
    go_to(desk, "Prova", "ctrl+Home", "Tab")

    since = desk.mark()
    desk.press("alt+Right")
    assert "12" in desk.wait_heard("12:00", since)
    desk.wait_heard("Salvato", since)
    assert office.fetch(calendar.appointment, booked).starts == noon + timedelta(days=1)
    since = desk.mark()  # what was heard before says nothing of this move
    desk.press("alt+Up")
    desk.wait_heard("12:00", since)
    desk.wait_heard("Salvato", since)
    go_to(desk, "Prova", "Escape", "Tab")
