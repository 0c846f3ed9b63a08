"""The demo has mediators, who are found by their language and are with families that need them."""

from __future__ import annotations

from datetime import timedelta

from famdesk.usecases import calendar, demo, resources
from tests.support.offices import Desk


def test_mediators_with_languages_are_with_those_who_need_them(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    office.run(demo.fill, 24)
    rows = office.fetch(resources.resources)
    spoken = {code for row in rows if row.values.kind == "mediator" for code in row.values.languages}
    assert {"ro", "ar", "pa", "uk", "sq"} <= spoken
    assert {row.values.kind for row in rows} == {"mediator", "equipment", "vehicle"}
    today = office.now().date()
    shown = office.fetch(calendar.appointments, today - timedelta(days=10), today + timedelta(days=20))
    mediators = {row.id for row in rows if row.values.kind == "mediator"}
    assert any(one.id in mediators for row in shown for one in row.others)
