"""What stands behind the choices of a view: tabs, sections, kinds of records, each to be shown for a picture."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from famdesk.data.tables.people import Membership
from famdesk.data.tx import Tx
from famdesk.ui.directory.page import DirectoryPage
from famdesk.ui.intake.lists import TABS
from famdesk.ui.intake.page import IntakePage
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.page import Page
from famdesk.ui.paths.page import AGENDA, KEEPING, OPEN, PathsPage
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.panels import PANELS
from famdesk.ui.programmes.page import SIDES, ProgrammesPage
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.sheets.page import SheetsPage
from famdesk.usecases.office import Office

CARD, CALLS = "card", "calls"


def keys(page: Page) -> Iterator[str]:
    """The names of the parts of a view; none for a view that is shown as a whole."""
    if isinstance(page, PeoplePage):
        yield from ("overview", *(spec.key for spec in PANELS))
    if isinstance(page, SettingsPage):
        yield from (line.id for line in page.list.lines() if line.choosable)
    if isinstance(page, ProgrammesPage):
        yield from (*SIDES, CALLS)
    if isinstance(page, PathsPage):
        yield from (OPEN, AGENDA, KEEPING)
    if isinstance(page, IntakePage):
        yield from (*TABS, CARD)
    if isinstance(page, DirectoryPage):
        yield from (line.id.replace(":", "_") for line in _one_of_each(page))
    if isinstance(page, SheetsPage):
        yield from (line.id for line in page.list.lines() if line.choosable)


def show(page: Page, office: Office, key: str) -> None:
    """Show a part; what it reads comes later."""
    if isinstance(page, PeoplePage):
        if page.shown_file() is None:
            page.open_person(office.fetch(child_of_two_homes))
        page.file.choose(key)
    elif isinstance(page, SettingsPage):
        page.show_section(key)
    elif isinstance(page, ProgrammesPage):
        _show_side(page, key)
    elif isinstance(page, PathsPage):
        page.part.set_current(key)
        page._on_part()
    elif isinstance(page, IntakePage):
        _show_list(page, key)
    elif isinstance(page, DirectoryPage):
        page.open_key(key.replace("_", ":", 1))
    elif isinstance(page, SheetsPage):
        page.list.set_current_id(key)


def _show_side(page: ProgrammesPage, key: str) -> None:
    page._on_view("calls" if key == CALLS else "initiatives")
    if key != CALLS:
        page._side.set_current(key)
        page.show_side(key)


def _show_list(page: IntakePage, key: str) -> None:
    if key == CARD:
        page.new_item()
    else:
        page._show_list()
        page.front.lists.show_list(key)


def _one_of_each(page: DirectoryPage) -> Iterator[Line]:
    seen: set[str] = set()
    for line in page.lists.found.lines():
        kind = line.id.partition(":")[0]
        if line.choosable and kind not in seen:
            seen.add(kind)
            yield line


def child_of_two_homes(tx: Tx) -> str:
    """The id of the demo's child with two homes, of whom every tab has something to show."""
    child: str = tx.rows(select(Membership.person_id).where(Membership.days.is_not(None)).limit(1))[0].person_id
    return child
