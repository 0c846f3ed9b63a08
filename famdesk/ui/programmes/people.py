"""Who is enrolled, who waits, who withdrew; enrolling by typing a name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.programmes.enrolment import OPEN
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.popup import Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.person_lines import person_line
from famdesk.ui.programmes import people_words, script_dialog
from famdesk.ui.programmes.enrol_dialog import EnrolDialog
from famdesk.ui.programmes.place_menu import PlaceMenu
from famdesk.usecases.enrolling import enrolment, enrolment_preview, waiting_list
from famdesk.usecases.enrolling.enrolment_preview import Preview
from famdesk.usecases.people import people, person_search
from famdesk.usecases.people.person_rows import PersonHit
from famdesk.usecases.programmes.programmes_rows import EnrolmentRow, InitiativeDetail


def heads_only(detail: InitiativeDetail) -> bool:
    """Whether no names are kept of an initiative: heads are counted, or families run it themselves."""
    return detail.values.counting == "heads" or detail.values.group_form == "families"


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
        self._next = ActionButton(_("Offer it to the next"))
        self._next.setVisible(False)
        self.menu = PlaceMenu(runner, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addWidget(self._hint, 1)
        below.addWidget(self._next)
        layout.addLayout(below)
        self.search.chosen.connect(self.enrol)
        self.search.new_requested.connect(self._enrol_new)
        self.list.activated_id.connect(self._open)
        self.list.delete_pressed.connect(self.withdraw)
        self.list.menu_requested.connect(self._offer)
        self.menu.person_opened.connect(self.person_opened)
        self.menu.enrol_again.connect(self.enrol)
        self._next.clicked.connect(self.offer_next)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the people of an initiative."""
        self._detail = detail
        named = not heads_only(detail)
        self.search.setVisible(detail.may_enrol and detail.row.state != "closed" and named)
        free = detail.row.waiting and detail.row.places_left != 0
        self._next.setVisible(bool(free) and detail.may_enrol and detail.row.state != "closed")
        bare = _("Nobody is enrolled yet. Type a name above.")
        self.list.set_empty(bare if named else _("Here only heads are counted: nobody is entered by name."))
        self.list.set_lines(list(people_words.lines(detail)) if named else [])
        self._hint.setText(self._hint_text(detail))
        self._hint.setVisible(bool(self._hint.text()))

    @Slot(str)
    def enrol(self, person_id: str) -> None:
        """Enrol a person: at once where nothing has to be asked, else in a dialog."""
        if self._detail is not None:
            then = partial(self._on_preview, person_id)
            self._runner.fetch(enrolment_preview.preview, self._detail.row.id, person_id, then=then, owner=self)

    @Slot(str)
    def withdraw(self, enrolment_id: str) -> None:
        """Give a person's place back; undo takes it again."""
        row = self._row(enrolment_id)
        if row is not None and row.state in OPEN and self._detail is not None and self._detail.may_enrol:
            self.menu.do("withdraw", row)

    @Slot()
    def offer_next(self) -> None:
        """Offer the free place to whoever is next, and show what to say."""
        if self._detail is not None:
            self._runner.run(waiting_list.offer_next, self._detail.row.id, then=self._on_offered)

    def _on_preview(self, person_id: str, found: Preview) -> None:
        if self._detail is None:
            return
        if found.plain:
            self._runner.run(enrolment.enrol, self._detail.row.id, person_id, then=self._enrolled)
            return
        dialog = EnrolDialog(self.window(), self._runner, self._detail, found)
        dialog.finished_with.connect(self._enrolled)
        dialog.open()

    def _on_offered(self, enrolment_id: str) -> None:
        script_dialog.call(self, self._runner, enrolment_id)

    def _search(self, text: str, deliver: Deliver) -> None:
        self._runner.fetch(person_search.find_persons, text, 10, then=_Hits(deliver), owner=self, latest="search")

    def _new_text(self, text: str) -> str:
        return _("New person “{name}”, by alias").format(name=text)

    @Slot(str)
    def _enrol_new(self, alias: str) -> None:
        self._runner.run(people.add_person, alias=alias, then=self.enrol)

    def _enrolled(self, _enrolment: object) -> None:
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
        if row is not None and self._detail is not None:
            self.menu.show_at(row, at, may_enrol=self._detail.may_enrol)

    def _hint_text(self, detail: InitiativeDetail) -> str:
        if detail.participants is None:
            return _("Your role does not see who is enrolled.")
        if heads_only(detail):
            return ""
        left = detail.row.places_left
        if detail.row.waiting and left != 0:
            return _("A place is free and somebody waits for it.") if detail.may_enrol else ""
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
