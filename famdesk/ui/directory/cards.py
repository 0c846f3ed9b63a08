"""The right side of the guide: the card of one record, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.directory import entry_dialogs
from famdesk.ui.directory.entry_views import BodyView, EntryView, PlaceView, ServiceView
from famdesk.ui.directory.point_view import PointView
from famdesk.ui.directory.reading import Detail, Read
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import EmptyState, ScrollColumn
from famdesk.usecases.directory import bodies, places
from famdesk.usecases.directory.directory_rows import BodyDetail, PlaceDetail, PointDetail, ServiceDetail

NEEDED = {PointDetail: "places.change_access_point", ServiceDetail: "bodies.change_service",
          BodyDetail: "bodies.change_body", PlaceDetail: "places.change_place"}  # fmt: skip

REMOVALS: dict[type[Any], Callable[..., None]] = {
    PointDetail: places.remove_access_point,
    ServiceDetail: bodies.remove_service,
    BodyDetail: bodies.remove_body,
    PlaceDetail: places.remove_place,
}


class GuideCard(ScrollColumn):
    """Shows the card of a record and starts its dialogs.

    Signals:
        opened(str): the key of another record that is wanted.
        removed(): the record shown was removed.
        slip_requested(str): the orientation slip of a service, by its id.
    """

    opened = Signal(str)
    removed = Signal()
    slip_requested = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent, steady=True)
        self._runner = runner
        self._read = Read()
        self._detail: Detail | None = None
        self.view: QWidget | None = None
        self.clear_card()

    def set_read(self, read: Read) -> None:
        """Take the lists that dialogs choose from."""
        self._read = read

    def clear_card(self) -> None:
        """Show that nothing is chosen."""
        self._detail = None
        self._put(EmptyState(_("Choose an access point, service, body or place on the left."), icon="book-open"))

    def show_detail(self, detail: Detail) -> None:
        """Show a card; scroll position, current line and focus stay if it is the same record again."""
        same = self._detail is not None and self._detail.row.id == detail.row.id
        place = self.verticalScrollBar().value() if same else 0
        row = self.view.hours.current_id() if same and isinstance(self.view, PointView) else ""
        focused = isinstance(self.view, PointView) and self.view.hours.hasFocus()
        self._detail = detail
        view = self._view_of(detail)
        self._put(view)
        self.verticalScrollBar().setValue(place)
        if isinstance(view, PointView) and row:
            view.hours.select_id(row)
            if focused:
                view.hours.setFocus()

    def _put(self, view: QWidget) -> None:
        if self.view is not None:
            self.body.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = view
        self.body.addWidget(view)
        view.show()  # now, so that it can take the focus

    def _may(self, detail: Detail) -> bool:
        me = self._read.me
        return me is not None and detail.row.centre_id == me.centre_id and NEEDED[type(detail)] in me.may

    def _view_of(self, detail: Detail) -> QWidget:
        may = self._may(detail)
        if isinstance(detail, PointDetail):
            return self._point_view(detail)
        view: EntryView
        if isinstance(detail, ServiceDetail):
            view = ServiceView(detail, may_change=may)
            if not rights.cell("prints.note", self._runner.role):
                view.slip.hide()
            view.slip_requested.connect(self.slip_requested)
        elif isinstance(detail, BodyDetail):
            view = BodyView(detail, may_change=may)
        else:
            rooms = self._read.me is not None and "places.add_room" in self._read.me.may
            view = PlaceView(detail, may_change=may, may_rooms=rooms)
            view.room_requested.connect(self._on_room)
        view.opened.connect(self.opened)
        view.edit_requested.connect(self._on_edit)
        view.removal_requested.connect(self._on_remove)
        return view

    def _point_view(self, detail: PointDetail) -> PointView:
        assert self._read.me is not None
        points = [(row.id, row.name) for row in self._read.points]
        view = PointView(self._runner, detail, self._read.me, points)
        view.opened.connect(self.opened)
        view.edit_requested.connect(self._on_edit)
        view.removal_requested.connect(self._on_remove)
        return view

    @Slot()
    def _on_edit(self) -> None:
        detail, known = self._detail, entry_dialogs.known(self._read.bodies, self._read.places, self._read.points)
        if isinstance(detail, PointDetail):
            entry_dialogs.point_dialog(self.window(), self._runner, known, detail)
        elif isinstance(detail, ServiceDetail):
            entry_dialogs.service_dialog(self.window(), self._runner, known, detail.row)
        elif isinstance(detail, BodyDetail):
            entry_dialogs.body_dialog(self.window(), self._runner, known, detail.row)
        elif isinstance(detail, PlaceDetail):
            entry_dialogs.place_dialog(self.window(), self._runner, known, detail.row)

    @Slot()
    def _on_remove(self) -> None:
        detail = self._detail
        if detail is not None:
            usecase = REMOVALS[type(detail)]
            self._runner.run(usecase, detail.row.id, detail.row.version, then=self._on_removed)

    def _on_removed(self, _nothing: object) -> None:
        self.clear_card()
        self.removed.emit()

    @Slot(str)
    def _on_room(self, room_id: str) -> None:
        if isinstance(self._detail, PlaceDetail):
            room = next((row for row in self._detail.rooms if row.id == room_id), None)
            entry_dialogs.RoomDialog(self.window(), self._runner, self._detail.row, room).open()
