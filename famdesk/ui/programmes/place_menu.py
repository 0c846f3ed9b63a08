"""What can be done with somebody's place, by its state: the menu of the list of people, and each deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import N_, _
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.runner import Runner
from famdesk.ui.programmes import script_dialog
from famdesk.ui.programmes.enrol_dialog import DetailsDialog
from famdesk.usecases.enrolling import enrolment, place_news, waiting_list
from famdesk.usecases.programmes.programmes_rows import EnrolmentRow

_OVER: Final = frozenset({"withdrawn", "declined", "expired", "refused"})
_TEXTS: Final = {
    "open": N_("Open the person's file"),
    "details": N_("Allergies, pick-up, photos, note"),
    "call": N_("Call, with what to say"),
    "admit": N_("Give a place"),
    "offer": N_("Offer a place"),
    "mail": N_("Tell by e-mail"),
    "accept": N_("Takes the place"),
    "decline": N_("Does not want it"),
    "approve": N_("Approve"),
    "refuse": N_("Do not accept"),
    "again": N_("Enrol again"),
    "wait": N_("Put on the waiting list again"),
    "withdraw": N_("Withdraw"),
}


def deeds(row: EnrolmentRow, role: str) -> Iterator[str]:
    """What can be done, the likeliest first."""
    yield "open"
    if row.state == "requested" and rights.cell(enrolment.approve.name, role):
        yield from ("approve", "refuse")
    if row.state == "waiting":
        yield from ("admit", "offer", "call", "decline")
    if row.state == "offered":
        yield from ("call", "mail", "accept", "decline")
    if row.state == "enrolled" and not row.walk_in:
        yield "mail"
    if row.state in _OVER:
        yield from ("again", "wait") if row.state in {"expired", "declined"} else ("again",)
    else:
        yield from ("details", "withdraw")


class PlaceMenu(QObject):
    """The menu of somebody's place, and what its entries do.

    Signals:
        person_opened(str): the file of a person is wanted.
        enrol_again(str): the person is to be enrolled once more.
    """

    person_opened = Signal(str)
    enrol_again = Signal(str)

    def __init__(self, runner: Runner, owner: QWidget) -> None:
        super().__init__(owner)
        self._runner, self._owner = runner, owner
        self._row: EnrolmentRow | None = None

    def show_at(self, row: EnrolmentRow, at: QPoint, *, may_enrol: bool) -> None:
        """Open the menu."""
        self._row = row
        menu = QMenu(self._owner)
        for deed in deeds(row, self._runner.role):
            if may_enrol or deed == "open":
                menu.addAction(_(_TEXTS[deed])).setData(deed)
        menu.triggered.connect(self._on_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        if self._row is not None:
            self.do(str(action.data()), self._row)

    def do(self, deed: str, row: EnrolmentRow) -> None:
        """One of the deeds."""
        if deed in {"open", "again"} and row.person_id:
            (self.person_opened if deed == "open" else self.enrol_again).emit(row.person_id)
        elif deed == "details":
            DetailsDialog(self._owner.window(), self._runner, row).open()
        elif deed == "call":
            script_dialog.call(self._owner, self._runner, row.id)
        elif deed == "refuse":
            ask_reason(self._owner.window(), _("Why is this enrolment not accepted?"), _("Do not accept"),
                       partial(self._with, enrolment.refuse, row))  # fmt: skip
        elif deed in {"admit", "offer"}:
            self.give(waiting_list.admit if deed == "admit" else waiting_list.offer, row)
        else:
            self._run(_PLAIN[deed], row)

    def give(self, usecase: Callable[..., Any], row: EnrolmentRow) -> None:
        """Give or offer a place; whoever has waited less needs a reason."""
        self._runner.run(usecase, row.id, row.version, failed=partial(self._on_refused, usecase, row), owner=self)

    def _on_refused(self, usecase: Callable[..., Any], row: EnrolmentRow, error: Exception) -> None:
        if isinstance(error, waiting_list.NotNext):
            ask_reason(self._owner.window(), _("Why before the others?"), _("Go on"),
                       partial(self._with, usecase, row), detail=error.sentence())  # fmt: skip
        else:
            from famdesk.ui.kit.runner import Failure

            self._runner.failed.emit(Failure(error, partial(self.give, usecase, row)))

    def _with(self, usecase: Callable[..., Any], row: EnrolmentRow, reason: str) -> None:
        self._runner.run(usecase, row.id, row.version, reason, owner=self)

    def _run(self, usecase: Callable[..., Any], row: EnrolmentRow) -> None:
        self._runner.run(usecase, row.id, row.version, owner=self)


_PLAIN: Final[dict[str, Callable[..., Any]]] = {
    "accept": waiting_list.accept,
    "decline": waiting_list.decline,
    "approve": enrolment.approve,
    "wait": waiting_list.wait_again,
    "withdraw": enrolment.withdraw,
    "mail": place_news.tell,
}
