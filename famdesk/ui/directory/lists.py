"""The left side of the guide: access points with their state, and everything else to be found by typing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.directory.entries import Entry, entries, key_of, shown
from famdesk.ui.directory.reading import Read
from famdesk.ui.hours import words
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.scrolling import follow_line
from famdesk.ui.kit.widgets import Card, Segmented


class GuideLists(QWidget):
    """Two lists, of which at most one has a current line.

    Signals:
        opened(str): the key of the record whose card is wanted.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points = LineList(_("Access points"), _("No access points yet."), grow=True)
        self.search = LineField(placeholder=_("Find a service, body or place…"))
        self.kinds = Segmented(
            [("all", _("All")), ("service", _("Services")), ("body", _("Bodies")), ("place", _("Places"))],
            _("What is listed"),
        )
        self.found = LineList(_("Services, bodies and places"), grow=True)
        self._entries: list[Entry] = []
        self._build()
        self.points.current_changed.connect(self._on_point)
        self.found.current_changed.connect(self._on_entry)
        self.points.clicked.connect(self._on_point_clicked)
        self.found.clicked.connect(self._on_entry_clicked)
        self.search.textChanged.connect(self.filter)
        self.search.returnPressed.connect(self._on_return)
        self.kinds.chosen.connect(self.filter)

    def show_read(self, read: Read) -> None:
        """Show what was read; the current line stays."""
        self._entries = entries(read.services, read.bodies, read.places)
        self.points.set_lines([words.point_line(row) for row in read.points])
        self.filter()

    def mark(self, key: str) -> None:
        """Make the line of a record current without opening it."""
        kind, _colon, record_id = key.partition(":")
        for one, wanted in ((self.points, record_id if kind == "access_point" else ""), (self.found, key)):
            one.blockSignals(True)
            if not (wanted and one.set_current_id(wanted)):
                one.selectionModel().clear()
            one.blockSignals(False)
            one.viewport().update()
            if one.currentIndex().isValid():
                QTimer.singleShot(0, one, partial(follow_line, one))

    @Slot()
    def filter(self) -> None:
        """List what fits the words typed and the kind chosen."""
        self.found.set_needle(self.search.value())
        self.found.set_empty(_("Nothing found. Try fewer letters.") if self.search.value() else _("Nothing here yet."))
        self.found.set_lines(shown(self._entries, self.kinds.current(), self.search.value()))

    def _build(self) -> None:
        self.search.setAccessibleName(_("Find in the directory"))
        self.search.setClearButtonEnabled(True)
        theme.set_kind(self.search, "search")
        points = Card(_("Access points"), "door-open")
        points.add_wide(self.points)
        rest = Card(_("Services, bodies and places"), "book-open")
        rest.body.addWidget(self.search)
        rest.body.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        rest.add_wide(self.found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addWidget(points)
        column.addWidget(rest)
        column.addStretch(1)

    @Slot()
    def _on_point(self) -> None:
        if self.points.current_id() and self.points.hasFocus():
            self.opened.emit(key_of("access_point", self.points.current_id()))

    @Slot()
    def _on_point_clicked(self) -> None:
        self.opened.emit(key_of("access_point", self.points.current_id()))

    @Slot()
    def _on_entry(self) -> None:
        if self.found.current_id() and self.found.hasFocus():
            self.opened.emit(self.found.current_id())

    @Slot()
    def _on_entry_clicked(self) -> None:
        self.opened.emit(self.found.current_id())

    @Slot()
    def _on_return(self) -> None:
        """Enter in the search box opens the first hit."""
        first = next((line for line in self.found.lines() if line.choosable), None)
        if first:
            self.found.set_current_id(first.id)
            self.opened.emit(first.id)
