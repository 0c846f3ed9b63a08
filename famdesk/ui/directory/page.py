"""The guide: access points with their state, everything else to be found by typing, and a card for each."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import NotFound
from famdesk.i18n import _
from famdesk.ui.directory.cards import GuideCard
from famdesk.ui.directory.entries import key_of
from famdesk.ui.directory.lists import GuideLists
from famdesk.ui.directory.new_entry import NewEntryMenu
from famdesk.ui.directory.reading import QUERIES, Detail, Read, summary
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.page import Page, prints
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.scrolling import GutterRow
from famdesk.ui.kit.widgets import ScrollColumn
from famdesk.usecases.centre import centre
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow, PlaceRow, PointRow, ServiceRow

KINDS = frozenset(QUERIES)


class DirectoryPage(Page):
    """Guide: the directory of the centre and its network.

    Signals:
        sheet_requested(str, str): a sheet is wanted, by its key ("opening-hours") and its record ("": all of them).
    """

    watches: ClassVar[frozenset[str]] = frozenset({
        "access_point", "opening_rule", "extra_opening", "closure", "place", "room", "body", "partnership",
        "role_holder", "service", "service_link", "centre",
    })  # fmt: skip

    making, printing = "bodies.add_service", "prints.note"
    sheet_requested = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Directory"), parent)
        self.lists = GuideLists()
        self.card = GuideCard(runner)
        self._menu = NewEntryMenu(runner, self)
        self._read = Read()
        self._key = ""
        self._build()
        self.sheet_requested.connect(self.item_opened)
        self.lists.opened.connect(self.open_key)
        self.card.opened.connect(self.open_key)
        self.card.removed.connect(self._on_removed)
        self.card.slip_requested.connect(self._on_slip)

    def refresh(self) -> None:
        self.runner.fetch(centre.me, then=self._take_me)
        self.runner.fetch(directory.services, then=self._take_services)
        self.runner.fetch(directory.bodies, then=self._take_bodies)
        self.runner.fetch(directory.places, then=self._take_places)
        self.runner.fetch(directory.points, then=self._take_points)

    def open_item(self, kind: str, item_id: str) -> None:
        self.open_key(key_of(kind, item_id))

    def new_item(self) -> None:
        self._menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def print_now(self) -> None:
        kind, _colon, record_id = self._key.partition(":")
        self.sheet_requested.emit("opening-hours", record_id if kind == "access_point" else "")

    def help_text(self) -> str:
        return _(
            "On the left the access points with their state, and below everything else: type to find it. "
            "On the right the card of what is chosen. Enter on a line of the weekly hours changes it, Delete removes "
            "it; new hours can begin on any day. Ctrl+P prints the opening hours, Ctrl+N adds an entry."
        )

    def save_view(self) -> str:
        return self.lists.kinds.current()

    def restore_view(self, state: str) -> None:
        if state in {"all", "service", "body", "place"}:
            self.lists.kinds.set_current(state)

    @Slot(str)
    def open_key(self, key: str) -> None:
        """Show the card of a record ("service:…"); other kinds belong to other pages."""
        kind, _colon, record_id = key.partition(":")
        if kind == "initiative":
            self.initiative_opened.emit(record_id)
        if kind not in KINDS:
            return
        self._key = key
        self.lists.mark(key)
        if self._read.me is not None:
            self._load()

    def _build(self) -> None:
        if prints(self):
            self.add_action(_("Print poster"), self.print_now, icon="printer")
        self._menu.added.connect(self.open_key)
        self._add = ActionButton(_("New entry"), "plus", primary=True, chevron=True)
        self._add.clicked.connect(self.new_item)
        self.header.add_widget(self._add)
        make_action(self, _("Find"), self.lists.search.setFocus, shortcut="Ctrl+F")
        row = GutterRow()
        row.setSpacing(theme.unit(4))
        left = ScrollColumn()  # for low windows: the access points alone may fill them
        left.body.addWidget(self.lists, 1)
        row.addWidget(left, 5)
        row.addWidget(self.card, 8)
        self.body.addLayout(row, 1)
        self.start_at(self.lists.points)

    def _load(self) -> None:
        kind, _colon, record_id = self._key.partition(":")
        self.runner.fetch(QUERIES[kind], record_id, then=self._show_detail, failed=self._gone, latest="detail")

    def _take_me(self, me: MeRow) -> None:
        self._read = replace(self._read, me=me)

    def _take_services(self, rows: tuple[ServiceRow, ...]) -> None:
        self._read = replace(self._read, services=rows)

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        self._read = replace(self._read, bodies=rows)

    def _take_places(self, rows: tuple[PlaceRow, ...]) -> None:
        self._read = replace(self._read, places=rows)

    def _take_points(self, rows: tuple[PointRow, ...]) -> None:
        """The last answer: now everything can be shown."""
        self._read = replace(self._read, points=rows)
        self.card.set_read(self._read)
        self._menu.set_read(self._read)
        self._add.setVisible(any(action.isEnabled() for action in self._menu.actions()))
        self.lists.show_read(self._read)
        self.header.set_subtitle(summary(rows))
        if not self._key and rows:
            self._key = key_of("access_point", rows[0].id)
        if self._key:
            self.lists.mark(self._key)
            self._load()

    def _show_detail(self, detail: Detail) -> None:
        self.card.show_detail(detail)

    def _gone(self, error: Exception) -> None:
        """A record that is no longer there, because it was undone or removed elsewhere, gives way to the first one."""
        self._key = ""
        self.card.clear_card()
        if not isinstance(error, NotFound):
            self.failed.emit(error)
        elif self._read.points:
            self.open_key(key_of("access_point", self._read.points[0].id))

    @Slot(str)
    def _on_slip(self, service_id: str) -> None:
        self.sheet_requested.emit("orientation-slip", service_id)

    @Slot()
    def _on_removed(self) -> None:
        self._key = ""
