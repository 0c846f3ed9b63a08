"""People narrowed by filters, searches that are kept, and similar names, in a window over a real home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.filters import PlaceDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.saved import KeepDialog
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, saved_searches
from famdesk.usecases.people.person_filters import NO_FILTER, PersonFilter
from tests.support.offices import Desk


@pytest.fixture
def office(file_desk: Desk) -> Office:
    made = file_desk.sign_in("coordinator")
    made.run(people.add_person, surname="Piccolo", given_name="Leo", birth_date=date(2024, 5, 3), town="Crema")
    made.run(people.add_person, surname="Grande", given_name="Leo", birth_date=date(1990, 5, 3), language="uk")
    return made


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[PeoplePage]:
    runner = Runner(office)
    made = PeoplePage(runner)
    made.resize(1100, 760)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()


def _names(page: PeoplePage) -> list[str]:
    return [row.label for row in page.found.rows]


def _press(menu: QMenu, *path: str) -> None:
    """Triggers an entry by the words on the way to it."""
    action = next(one for one in menu.actions() if one.text() == path[0])
    if len(path) == 1:
        action.trigger()
    else:
        inner = action.menu()
        assert isinstance(inner, QMenu)
        _press(inner, *path[1:])


def _wait_for(qtbot: QtBot, page: PeoplePage, names: list[str]) -> None:
    qtbot.waitUntil(lambda: _names(page) == names)


def test_a_filter_lists_without_a_word_and_its_chip_takes_it_away(qtbot: QtBot, page: PeoplePage) -> None:
    row = page.found.filters
    _press(row.menu(), "Age", "0–3 years")
    _wait_for(qtbot, page, ["Piccolo Leo"])
    qtbot.keyClicks(page.found.search, "leo")
    _wait_for(qtbot, page, ["Piccolo Leo"])
    (chip,) = row.findChildren(ActionButton)
    assert chip.accessibleName() == "Remove the filter 0–3 years"
    chip.click()
    qtbot.waitUntil(lambda: sorted(_names(page)) == ["Grande Leo", "Piccolo Leo"])
    assert row.wanted() == NO_FILTER
    assert not row.isVisible()


def test_town_and_language(qtbot: QtBot, page: PeoplePage) -> None:
    row = page.found.filters
    _press(row.menu(), "Town or comune…")
    dialog = page.findChild(PlaceDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog._place, "crem")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _wait_for(qtbot, page, ["Piccolo Leo"])
    _press(row.menu(), "Language", "Ukrainian")
    _wait_for(qtbot, page, [])
    row.clear()
    qtbot.waitUntil(lambda: page.found._stack.currentIndex() == 0)


def test_a_search_is_kept_made_again_and_removed(qtbot: QtBot, page: PeoplePage, office: Office) -> None:
    found = page.found
    found.filters.set_wanted(PersonFilter(age="0-3"))
    qtbot.keyClicks(found.search, "leo")
    _wait_for(qtbot, page, ["Piccolo Leo"])
    _press(found.saved.menu(), "Keep this search…")
    dialog = page.findChild(KeepDialog)
    assert dialog is not None
    dialog._name.set_value("I piccoli")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [one.text() for one in found.saved.menu().actions()][:1] == ["I piccoli"])
    found.filters.set_wanted(NO_FILTER)
    found.search.clear()
    _wait_for(qtbot, page, [])
    _press(found.saved.menu(), "I piccoli")
    _wait_for(qtbot, page, ["Piccolo Leo"])
    assert (found.search.text(), found.filters.wanted()) == ("leo", PersonFilter(age="0-3"))
    _press(found.saved.menu(), "Remove a search", "I piccoli")
    qtbot.waitUntil(lambda: office.fetch(saved_searches.mine) == ())


def test_a_similar_name_is_told_apart_and_not_opened_by_enter(qtbot: QtBot, page: PeoplePage) -> None:
    told: list[str] = []
    page.found.answered.connect(told.append)
    opened: list[str] = []
    page.found.chosen.connect(opened.append)
    qtbot.keyClicks(page.found.search, "picolo leo")
    qtbot.waitUntil(lambda: _names(page) == ["Piccolo Leo"])
    assert page.found.rows[0].similar
    assert told[-1] == "Nobody found · 1 similar"
    qtbot.keyClick(page.found.search, Qt.Key.Key_Return)
    assert opened == []
