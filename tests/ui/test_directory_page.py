"""The directory in a window over a real home: access points, hours changed and undone, everything found by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famdesk.ui.directory.entry_dialogs import EntryDialog, RoomDialog
from famdesk.ui.directory.entry_views import PlaceView, ServiceView
from famdesk.ui.directory.facts import source_note
from famdesk.ui.directory.page import DirectoryPage
from famdesk.ui.directory.point_view import PointView
from famdesk.ui.hours.dialogs import ClosureDialog, ExtraDialog, HoursDialog
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.directory import directory, guide
from famdesk.usecases.office import Office
from tests.support.cremona import COMPANY, SQUARE, UNKNOWN, Cremona, enter_cremona
from tests.support.offices import Desk
from tests.ui.conftest import nameless


@dataclass
class Guide:
    """The page with what tests do with it."""

    page: DirectoryPage
    office: Office
    runner: Runner
    qtbot: QtBot
    cremona: Cremona

    def wait(self) -> None:
        self.qtbot.waitUntil(self.runner.idle)

    def open(self, key: str) -> None:
        self.page.open_key(key)
        self.wait()

    @property
    def point(self) -> PointView:
        view = self.page.card.view
        assert isinstance(view, PointView)
        return view

    def press(self, text: str) -> None:
        """Clicks the visible button with this text on the card."""
        buttons = [one for one in self.page.card.findChildren(ActionButton) if one.text() == text and one.isVisible()]
        assert len(buttons) == 1, text
        self.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[Any]) -> Any:
        found = [one for one in self.page.findChildren(Dialog) if isinstance(one, kind) and one.isVisible()]
        assert len(found) == 1
        return found[0]

    def save(self, dialog: Dialog) -> None:
        self.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.wait()

    def undo(self) -> None:
        self.runner.undo()
        self.wait()


def _guide(qtbot: QtBot, desk: Desk, office: Office) -> Iterator[Guide]:
    cremona = enter_cremona(desk.office)
    runner = Runner(office)
    page = DirectoryPage(runner)
    page.resize(1200, 760)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(runner.idle)
    yield Guide(page, office, runner, qtbot, cremona)
    runner.close()


@pytest.fixture
def shown(qtbot: QtBot, file_desk: Desk) -> Iterator[Guide]:
    yield from _guide(qtbot, file_desk, file_desk.office)


@pytest.fixture
def at_reception(qtbot: QtBot, file_desk: Desk) -> Iterator[Guide]:
    yield from _guide(qtbot, file_desk, file_desk.sign_in("reception"))


def _badges(guide: Guide) -> dict[str, str]:
    return {line.title: line.badge for line in guide.page.lists.points.lines()}


def _texts(guide: Guide) -> str:
    return "\n".join(label.text() for label in guide.page.card.findChildren(Label) if label.isVisible())


def test_states_of_all_access_points(shown: Guide) -> None:
    assert _badges(shown) == {SQUARE: "open until 14:00", COMPANY: "closed", **dict.fromkeys(UNKNOWN, "on contact")}
    assert shown.page.lists.points.lines()[1].detail == "Opens Mon 17 Feb, 8:00."


def test_the_main_seat_is_shown_first(shown: Guide) -> None:
    assert shown.point.point_id == shown.cremona.square
    assert shown.point.hours.texts() == [
        ("Tuesday", "12:00–14:00", "since 4 February 2025"),
        ("Thursday", "17:00–19:00", "since 4 February 2025"),
    ]
    assert "Palazzo della Carità, piazza Giovanni XXIII n. 1, Cremona" in _texts(shown)


def test_unknown_hours_say_how_to_get_in_touch(shown: Guide) -> None:
    shown.open(f"access_point:{shown.cremona.unknown[0]}")
    assert "The hours are not known" in _texts(shown)
    assert "333 3317332" in _texts(shown)
    assert shown.point.hours.texts() == []


def test_an_hour_is_changed_from_a_day_on_and_undone(shown: Guide) -> None:
    before = shown.point.hours.texts()
    shown.point.hours.select_id(shown.office.fetch(guide.point, shown.cremona.square).rules[0].id)
    shown.qtbot.keyClick(shown.point.hours, Qt.Key.Key_Return)
    dialog = shown.dialog(HoursDialog)
    dialog.form.field("opens").setText("10")
    dialog.form.field("closes").setText("13.30")
    dialog.form.field("starts_on").setText("4/3/2025")
    shown.save(dialog)
    assert shown.point.hours.texts() == [
        ("Tuesday", "12:00–14:00", "until 3 March 2025"),
        ("Thursday", "17:00–19:00", "since 4 February 2025"),
        ("Tuesday", "10:00–13:30", "from 4 March 2025"),
    ]
    assert shown.office.undo_label() == f"Opening hours of {SQUARE} changed from Tuesday 4 March"
    shown.undo()
    assert shown.point.hours.texts() == before


def test_a_mistake_is_corrected_for_all_its_time(shown: Guide) -> None:
    row = shown.office.fetch(guide.point, shown.cremona.square).rules[1]
    shown.point.hours.activated_id.emit(row.id)
    dialog = shown.dialog(HoursDialog)
    shown.qtbot.mouseClick(dialog._mode._buttons["fix"], Qt.MouseButton.LeftButton)
    assert not dialog.form.field("starts_on").isVisible()
    assert dialog.form.value("valid_from") == date(2025, 2, 4)
    dialog.form.field("closes").setText("18:30")
    shown.save(dialog)
    assert shown.point.hours.texts()[1] == ("Thursday", "17:00–18:30", "since 4 February 2025")


def test_hours_of_several_days_are_typed_at_once(shown: Guide) -> None:
    shown.open(f"access_point:{shown.cremona.unknown[1]}")
    shown.press("Add hours")
    dialog = shown.dialog(HoursDialog)
    days = dialog.form.field("weekdays")
    for key in ("1", "3", "1", "5"):
        shown.qtbot.keyClicks(days, key)
    assert days.value() == (3, 5)
    dialog.form.field("opens").setText("9")
    dialog.form.field("closes").setText("12")
    dialog.form.field("opens").edited.emit()
    assert (
        dialog._preview.text() == "Every Wednesday and Friday 9:00–12:00, from 11 February 2025 until further notice."
    )
    shown.save(dialog)
    assert [row[:2] for row in shown.point.hours.texts()] == [("Wednesday", "9:00–12:00"), ("Friday", "9:00–12:00")]
    assert _badges(shown)["Soresina"] == "closed"
    shown.undo()
    assert _badges(shown)["Soresina"] == "on contact"


def test_an_overlap_is_told_at_the_field_and_nothing_is_lost(shown: Guide) -> None:
    shown.press("Add hours")
    dialog = shown.dialog(HoursDialog)
    dialog.form.set_values({"weekdays": (2,), "opens": time(13), "closes": time(15)})
    shown.save(dialog)
    assert dialog.isVisible()
    assert dialog.form.field("opens").accessibleDescription() == (
        "These hours overlap others of the same place: Tuesday 12:00–14:00."
    )
    assert dialog.form.value("opens") == time(13)


def test_delete_removes_the_hours_and_undo_brings_them_back(shown: Guide) -> None:
    shown.open(f"access_point:{shown.cremona.company}")
    shown.point.hours.select_id(shown.point.hours.model().rows[0].id)
    shown.qtbot.keyClick(shown.point.hours, Qt.Key.Key_Delete)
    shown.wait()
    assert _badges(shown)[COMPANY] == "on contact"
    shown.undo()
    assert shown.point.hours.texts() == [("Monday", "8:00–10:00", "since 4 February 2025")]


def test_extra_opening(shown: Guide) -> None:
    shown.press("Extra opening")
    dialog = shown.dialog(ExtraDialog)
    dialog.form.set_values({"day": date(2025, 2, 15), "opens": time(10), "closes": time(12), "reason": "Festa"})
    shown.save(dialog)
    assert shown.point.hours.texts()[-1] == ("Sat 15 Feb", "10:00–12:00", "once: Festa")
    shown.point.hours.activated_id.emit(shown.point.hours.model().rows[-1].id)
    again = shown.dialog(ExtraDialog)
    again.form.field("reason").setText("Open day")
    shown.save(again)
    assert shown.point.hours.texts()[-1][2] == "once: Open day"


def test_closure_of_one_day_at_one_point(shown: Guide) -> None:
    shown.press("Add closure")
    dialog = shown.dialog(ClosureDialog)
    assert dialog.form.value("access_point_id") == shown.cremona.square
    dialog.form.set_values({"first_day": date(2025, 2, 11), "reason": "Inventario"})
    shown.save(dialog)
    assert [(line.title, line.detail) for line in shown.point.closed.lines()] == [("Tuesday 11 February", "Inventario")]
    assert _badges(shown)[SQUARE] == "closed"
    assert shown.page.lists.points.lines()[0].detail == "Inventario. Opens Thu 13 Feb, 17:00."
    shown.point.closed.activated_id.emit(shown.point.closed.lines()[0].id)
    again = shown.dialog(ClosureDialog)
    again.form.field("access_point_id").set_value("centre")
    again.form.field("last_day").set_value(date(2025, 2, 17))
    shown.save(again)
    assert shown.point.closed.lines()[0].badge == "Whole centre"
    assert shown.page.lists.points.lines()[1].detail == "Inventario. Opens Mon 24 Feb, 8:00."


def test_everything_is_found_by_typing(shown: Guide) -> None:
    lists = shown.page.lists
    shown.qtbot.keyClicks(lists.search, "orient inf")
    assert [line.title for line in lists.found.lines()] == ["Services", "Informazione e orientamento"]
    shown.qtbot.keyClick(lists.search, Qt.Key.Key_Return)
    shown.wait()
    assert isinstance(shown.page.card.view, ServiceView)
    assert lists.points.current_id() == ""
    lists.search.setText("carità")
    assert [line.title for line in lists.found.lines()] == ["Places", "Palazzo della Carità"]
    lists.search.clear()
    lists.kinds.set_current("body")
    lists.filter()
    assert [line.title for line in lists.found.lines()] == [COMPANY]


def test_a_place_with_its_rooms(shown: Guide) -> None:
    shown.open(f"place:{shown.cremona.palace}")
    assert isinstance(shown.page.card.view, PlaceView)
    shown.press("Add room")
    dialog = shown.dialog(RoomDialog)
    dialog.form.set_values({"name": "Stanza 2", "seats": 4})
    shown.save(dialog)
    assert [(row.name, row.seats) for row in shown.office.fetch(directory.rooms)] == [("Stanza 2", 4)]
    assert shown.page.card.view.room_requested is not None
    shown.page.card.view.room_requested.emit(shown.office.fetch(directory.rooms)[0].id)
    again = shown.dialog(RoomDialog)
    again.form.field("name").setText("Sala")
    shown.save(again)
    assert [row.name for row in shown.office.fetch(directory.rooms)] == ["Sala"]


@pytest.mark.parametrize(
    ("kind", "values", "listed"),
    [
        ("service", {"name": "Sportello", "kind": "information"}, directory.services),
        ("body", {"name": "Nido", "kind": "nursery"}, directory.bodies),
        ("place", {"name": "Biblioteca", "kind": "community"}, directory.places),
        ("access_point", {"name": "Camper"}, directory.points),
    ],
)
def test_new_entries_are_shown_at_once(
    shown: Guide, kind: str, values: dict[str, str], listed: Callable[..., Any]
) -> None:
    shown.page._menu.start(kind)
    dialog = shown.dialog(EntryDialog)
    for name, value in values.items():
        dialog.form.field(name).set_value(value)
    shown.save(dialog)
    assert values["name"] in {row.name for row in shown.office.fetch(listed)}
    assert values["name"] in _texts(shown)
    failures: list[Exception] = []
    shown.page.failed.connect(failures.append)
    shown.undo()
    assert values["name"] not in {row.name for row in shown.office.fetch(listed)}
    assert shown.point.point_id == shown.cremona.square
    assert failures == []


@pytest.mark.parametrize("kind", ["access_point", "service", "body", "place"])
def test_entries_are_changed_from_their_card(shown: Guide, kind: str) -> None:
    ids = {"access_point": shown.cremona.square, "service": shown.cremona.service, "body": shown.cremona.body,
           "place": shown.cremona.palace}  # fmt: skip
    shown.open(f"{kind}:{ids[kind]}")
    shown.press("Change")
    dialog = shown.dialog(EntryDialog)
    dialog.form.field("name").setText("Nuovo nome")
    shown.save(dialog)
    assert "Nuovo nome" in _texts(shown)


def test_what_is_still_used_is_not_removed_and_the_reason_told(shown: Guide) -> None:
    shown.open(f"body:{shown.cremona.body}")
    failures: list[Any] = []
    shown.runner.failed.connect(failures.append)
    shown.press("Remove")
    shown.wait()
    assert [failure.error.sentence() for failure in failures] == [f"Still used by {COMPANY}. Change that first."]
    shown.open(f"service:{shown.cremona.service}")
    shown.press("Remove")
    shown.wait()
    assert shown.office.fetch(directory.services) == ()


def test_reception_reads_hours_but_does_not_change_them(at_reception: Guide) -> None:
    texts = [one.text() for one in at_reception.page.card.findChildren(ActionButton) if one.isVisible()]
    assert texts == []
    at_reception.point.hours.activated_id.emit("x")
    assert at_reception.page.findChildren(Dialog) == []
    at_reception.open(f"service:{at_reception.cremona.service}")
    texts = [one.text() for one in at_reception.page.card.findChildren(ActionButton) if one.isVisible()]
    assert texts == ["Print", "Change", "Remove"]


def test_poster_of_the_point_that_is_shown(shown: Guide) -> None:
    wanted: list[tuple[str, str]] = []
    shown.page.sheet_requested.connect(lambda key, point: wanted.append((key, point)))
    opened: list[tuple[str, str]] = []
    shown.page.item_opened.connect(lambda key, point: opened.append((key, point)))
    shown.page.print_now()
    assert wanted == opened == [("opening-hours", shown.cremona.square)]
    shown.open(f"service:{shown.cremona.service}")
    shown.page.print_now()
    assert wanted[-1] == ("opening-hours", "")


def test_orientation_slip_of_the_service_that_is_shown(shown: Guide) -> None:
    opened: list[tuple[str, str]] = []
    shown.page.item_opened.connect(lambda key, service: opened.append((key, service)))
    shown.open(f"service:{shown.cremona.service}")
    shown.press("Print")
    assert opened == [("orientation-slip", shown.cremona.service)]


def test_view_state_and_help(shown: Guide) -> None:
    shown.page.restore_view("place")
    assert shown.page.save_view() == "place"
    shown.page.restore_view("nonsense")
    assert shown.page.save_view() == "place"
    assert "Ctrl+P" in shown.page.help_text()


@pytest.mark.parametrize("kind", ["access_point", "service", "body", "place"])
def test_everything_has_a_name_for_the_screen_reader(shown: Guide, kind: str) -> None:
    ids = {"access_point": shown.cremona.square, "service": shown.cremona.service, "body": shown.cremona.body,
           "place": shown.cremona.palace}  # fmt: skip
    shown.open(f"{kind}:{ids[kind]}")
    assert nameless(shown.page) == []


def test_dialogs_have_names_for_the_screen_reader(shown: Guide) -> None:
    shown.press("Add hours")
    assert nameless(shown.dialog(HoursDialog)) == []
    shown.page._menu.start("service")
    assert nameless(shown.dialog(EntryDialog)) == []


def test_inferred_facts_are_told_with_their_reason() -> None:
    note = source_note("004 §7", "valid_from: dall’inizio (§1); la fonte dice «tutti i lunedì»; town: dal nome")
    assert note is not None
    assert note.text().splitlines() == [
        "Source: 004 §7",
        "Inferred – Valid from: dall’inizio (§1); la fonte dice «tutti i lunedì»",
        "Inferred – Town: dal nome",
    ]
    assert source_note(None, None) is None
