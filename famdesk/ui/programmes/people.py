"""Who is enrolled, who waits, who withdrew; enrolling by typing a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.person_lines import person_line
from famdesk.usecases import enrolment, people, person_search, waiting_list
from famdesk.usecases.person_rows import PersonHit
from famdesk.usecases.programmes_rows import EnrolmentRow, InitiativeDetail

_OPEN: Final = "open"
_ADMIT: Final = "admit"
_WITHDRAW: Final = "withdraw"
_AGAIN: Final = "again"


class EnrolmentPanel(QWidget):
    """People of an initiative: enrolled, below a line the waiting list in its order, then those who withdrew.

    Signals:
        person_opened(str): the file of a person is wanted.
    """

    person_opened = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: InitiativeDetail | None = None
        self.search = SearchField(self._search, _("Enrol: name, phone or alias"), self._new_text)
        self.search.setAccessibleName(_("Enrol somebody"))
        self.list = _People(_("People enrolled"), empty=_("Nobody is enrolled yet. Type a name above."))
        self._hint = Label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._hint)
        self.search.chosen.connect(self.enrol)
        self.search.new_requested.connect(self._enrol_new)
        self.list.activated_id.connect(self._open)
        self.list.delete_pressed.connect(self.withdraw)
        self.list.menu_requested.connect(self._offer)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the people of an initiative."""
        self._detail = detail
        self.search.setVisible(detail.may_enrol and detail.row.state != "closed")
        self.list.set_lines(list(_lines(detail)))
        self._hint.setText(self._hint_text(detail))
        self._hint.setVisible(bool(self._hint.text()))

    @Slot(str)
    def enrol(self, person_id: str) -> None:
        """Enrol a person, or put them on the waiting list if all places are taken."""
        if self._detail is not None:
            self._runner.run(enrolment.enrol, self._detail.row.id, person_id, then=self._enrolled)

    @Slot(str)
    def withdraw(self, enrolment_id: str) -> None:
        """Give a person's place back; undo takes it again."""
        row = self._row(enrolment_id)
        if row is not None and row.state != "withdrawn":
            self._runner.run(enrolment.withdraw, row.id, row.version)

    @Slot(str)
    def admit(self, enrolment_id: str) -> None:
        """Give a free place to somebody who waits."""
        row = self._row(enrolment_id)
        if row is not None:
            self._runner.run(waiting_list.admit, row.id, row.version)

    def _search(self, text: str, deliver: Deliver) -> None:
        self._runner.fetch(person_search.find_persons, text, 10, then=_Hits(deliver), owner=self, latest="search")

    def _new_text(self, text: str) -> str:
        return _("New person “{name}”, by alias").format(name=text)

    @Slot(str)
    def _enrol_new(self, alias: str) -> None:
        self._runner.run(people.add_person, alias=alias, then=self.enrol)

    def _enrolled(self, _enrolment: str) -> None:
        self.search.set_value(None)
        self.search.setFocus()

    def _row(self, enrolment_id: str) -> EnrolmentRow | None:
        found = self._detail.participants if self._detail else None
        rows = found.enrolments if found else ()
        return next((row for row in rows if row.id == enrolment_id and row.name is not None), None)

    @Slot(str)
    def _open(self, enrolment_id: str) -> None:
        row = self._row(enrolment_id)
        if row is not None and row.person_id:
            self.person_opened.emit(row.person_id)

    @Slot(str, QPoint)
    def _offer(self, enrolment_id: str, at: QPoint) -> None:
        row = self._row(enrolment_id)
        if row is None or self._detail is None:
            return
        menu = QMenu(self)
        menu.addAction(_("Open the person's file")).setData((enrolment_id, _OPEN))
        if self._detail.may_enrol:
            if row.state == "waiting":
                menu.addAction(_("Give a place")).setData((enrolment_id, _ADMIT))
            if row.state == "withdrawn":
                menu.addAction(_("Enrol again")).setData((enrolment_id, _AGAIN))
            else:
                menu.addAction(_("Withdraw")).setData((enrolment_id, _WITHDRAW))
        menu.triggered.connect(self._on_offered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(QAction)
    def _on_offered(self, action: QAction) -> None:
        enrolment_id, what = action.data()
        row = self._row(enrolment_id)
        if what == _AGAIN and row is not None and row.person_id:
            self.enrol(row.person_id)
            return
        {_OPEN: self._open, _ADMIT: self.admit, _WITHDRAW: self.withdraw}[what](enrolment_id)

    def _hint_text(self, detail: InitiativeDetail) -> str:
        if detail.participants is None:
            return _("Your role does not see who is enrolled.")
        left = detail.row.places_left
        if detail.row.waiting and left != 0:
            text = _("A place is free. Menu on the first of the waiting list: “Give a place”.")
            return text if detail.may_enrol else ""
        # Translators: keys of the list of people enrolled
        return _("Enter: open the file · Delete: withdraw") if detail.may_enrol and detail.row.enrolled else ""


class _People(LineList):
    """A list that also hears Delete."""

    delete_pressed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current_id():
            self.delete_pressed.emit(self.current_id())
        else:
            super().keyPressEvent(event)


class _Hits:
    """Delivers persons as lines."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver

    def __call__(self, hits: tuple[PersonHit, ...]) -> None:
        self._deliver([person_line(hit) for hit in hits])


def _lines(detail: InitiativeDetail) -> Iterator[Line]:
    if detail.participants is None:
        return
    came = Counter(row.enrolment_id for row in detail.participants.attendance if row.present)
    headings = {"enrolled": _enrolled_heading(detail), "waiting": _waiting_heading(detail), "withdrawn": _("Withdrawn")}
    state = ""
    for row in detail.participants.enrolments:
        if row.state != state:
            state = row.state
            yield Line(f"state:{state}", headings[state], header=True)
        yield _person_line(row, came[row.id])


def _person_line(row: EnrolmentRow, came: int) -> Line:
    since = _("since {day}").format(day=formats.date_short(row.enrolled_on))
    times = ngettext("present {n} time", "present {n} times", came).format(n=came) if came else ""
    waiting = row.state == "waiting"
    trail = " · ".join(text for text in (times, since) if text)
    return Line(
        row.id, row.name or _("taken"), detail=row.note or "", trail=trail,
        tag=str(row.waits_as) if waiting else "", tag_meaning=Meaning.WARNING if waiting else None,
    )  # fmt: skip


def _enrolled_heading(detail: InitiativeDetail) -> str:
    row = detail.row
    if row.capacity is None:
        return _("Enrolled: {n}").format(n=row.enrolled)
    return _("Enrolled: {n} of {places}").format(n=row.enrolled, places=row.capacity)


def _waiting_heading(detail: InitiativeDetail) -> str:
    return _("Waiting list: {n}").format(n=detail.row.waiting)
