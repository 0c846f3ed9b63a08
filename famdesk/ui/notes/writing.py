"""What helps to write the note that the pane shows, and to give something out of it: its buttons, and what is beside.

It hooks itself into the pane by the places and signals that this offers.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from famdesk.domain.codes import codes
from famdesk.domain.notes.note_texts import EXPANSION, TEMPLATE
from famdesk.domain.notes.notes import SESSION_KINDS
from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.about import AboutChooser
from famdesk.ui.notes.beside import Beside
from famdesk.ui.notes.drawing import DrawingDialog
from famdesk.ui.notes.expansion import Expander, insert
from famdesk.ui.notes.received import ReceivedDialog
from famdesk.ui.notes.release_dialog import ReleaseDialog
from famdesk.ui.notes.release_strip import ReleaseStrip
from famdesk.ui.notes.snippets import SnippetsDialog
from famdesk.usecases.notes import note_release, note_snippets
from famdesk.usecases.notes.note_rows import NoteRow, NoteText
from famdesk.usecases.notes.note_snippets import SnippetRow
from famdesk.usecases.office import Office

if TYPE_CHECKING:
    from famdesk.ui.notes.page import NotesPage


class Writing(QObject):
    """Templates, the last note, shortcuts and drawings for a draft; excerpts and reports of what is signed.

    Attributes:
        beside: the note that is read beside the one that is written. strip: for whom something is.
        template, last, draw, out, received: the buttons.
    """

    def __init__(self, page: NotesPage, runner: Runner, office: Office) -> None:
        super().__init__(page)
        self._page, self._pane, self._runner, self._office = page, page.pane, runner, office
        self._row: NoteRow | None = None
        self._templates: tuple[SnippetRow, ...] = ()
        self.beside = Beside(runner, self._pane.text)
        self.strip = ReleaseStrip(runner, office)
        self.expander = Expander(self._pane.text)
        self.template = ActionButton(_("Template"), "file-text")
        self.last = ActionButton(_("As last time"), "history")
        self.draw = ActionButton(_("Draw…"), "pencil")
        self.out = ActionButton(_("Excerpt or report…"), "send")
        self.menu = QMenu(self.template)
        self.tools = QWidget()
        self._make_actions(page)
        self._lay_out()
        self._pane.shown.connect(self._on_shown)
        self.beside.failed.connect(page.failed)
        self.strip.failed.connect(page.failed)
        self.strip.done.connect(self._on_done)
        self.strip.changed.connect(page.refresh)
        self.strip.read_beside.connect(self._on_sources)
        self.strip.consents_wanted.connect(partial(page.item_opened.emit, "consents"))
        page.installEventFilter(self)
        if rights.cell(note_release.end_over.name, runner.role):
            runner.in_turn(partial(office.tend, note_release.end_over), failed=_pass, owner=self, quiet=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page comes: ready texts are read. It goes, or the desk is locked: nothing stays in the window."""
        if event.type() == QEvent.Type.Show:
            self._ask_texts()
        elif event.type() == QEvent.Type.Hide:
            self.expander.learn(())
            self.beside.put_away()
        return super().eventFilter(watched, event)

    def set_tab_order(self) -> None:
        """Tab goes as one reads: what helps to write, the text, what is done with it, then the note beside."""
        pane, strip, beside = self._pane, self.strip, self.beside
        order = [strip.sources, strip.terms, strip.give, strip.paper, strip.back, self.template, self.last, self.draw,
                 self.out, pane.text, pane.files.attach, pane.add, pane.opened_by.more, pane.details, pane.drop,
                 pane.share, pane.sign, beside.back, beside.forth, beside.close_button, beside.text, beside.heads,
                 beside.take]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def help_text(self) -> str:
        """What one does with it."""
        told = _(
            "While you write: F8 shows the last note about the person beside yours, F7 draws, Alt+M begins with a "
            "template. In a group Ctrl+Page down goes to the next person's line. What others get is never the note: "
            "“Excerpt or report…” begins a text of its own, for one recipient."
        )
        ways = _(
            "From Today and from the calendar F6 writes the note of your appointment. F3 goes to the next place of the "
            "words that you look for."
        )
        return f"{told} {ways}"

    @Slot()
    def show_last(self) -> None:
        """The last note about the person of the draft beside it, of a group's about whom the line is that is open; put
        away where it stands there already."""
        row = self._row
        if row is None or not row.person_ids or not self.last.isVisible():
            return
        lines = next((one for one in self._pane.findChildren(AboutChooser) if one.isVisible()), None)
        about = lines.current() if lines is not None else ""
        person_id = about if about in row.person_ids else row.person_ids[0]
        if self.beside.shows_last_of(person_id):
            self.beside.put_away()
        else:
            self.beside.show_last(person_id, row.id)

    @Slot()
    def open_drawing(self) -> None:
        """Draws something for the draft."""
        if self._row is not None and self.draw.isVisible():
            self._pane.keep()
            dialog = DrawingDialog(self._page.window(), self._runner, self._row.id)
            dialog.finished_with.connect(self._pane.files.changed)
            dialog.open()

    @Slot()
    def open_release(self) -> None:
        """Begins an excerpt, a summary or a report about one of those whom the note names."""
        row = self._row
        if row is None:
            return
        named = zip(row.person_ids, row.people, strict=True)
        about = [(person_id, name or _("a protected file")) for person_id, name in named]
        if about:
            dialog = ReleaseDialog(self._page.window(), self._runner, about, row)
            dialog.finished_with.connect(self._on_begun)
            dialog.consents_wanted.connect(partial(self._page.item_opened.emit, "consents"))
            dialog.open()

    @Slot()
    def open_received(self) -> None:
        """What colleagues gave to read."""
        ReceivedDialog(self._page.window(), self._runner).open()

    @Slot()
    def open_texts(self) -> None:
        """The dialog of ready texts."""
        dialog = SnippetsDialog(self._page.window(), self._runner)
        dialog.finished.connect(self._ask_texts)
        dialog.open()

    @Slot()
    def _ask_texts(self) -> None:
        self._runner.fetch(note_snippets.snippets, EXPANSION, then=self._learn, failed=_pass, owner=self)
        self._runner.fetch(note_snippets.snippets, TEMPLATE, then=self._take_templates, failed=_pass, owner=self)

    def _learn(self, rows: tuple[SnippetRow, ...]) -> None:
        self.expander.learn(row.ready() for row in rows)

    def _take_templates(self, rows: tuple[SnippetRow, ...]) -> None:
        self._templates = rows
        self.menu.clear()
        for row in rows:
            self.menu.addAction(row.name, partial(self._begin_with, row.body))
        self.menu.addSeparator()
        self.menu.addAction(_("Ready texts…"), self.open_texts)

    def _begin_with(self, body: str) -> None:
        if not self._pane.text.isReadOnly():
            start = self._pane.text.textCursor().selectionEnd()
            insert(self._pane.text, body)
            self._pane.text.go_to_gap(start)

    @Slot()
    def _on_template(self) -> None:
        actions = self.menu.actions()
        if actions and self.template.isVisible():
            self.menu.popup(self.template.mapToGlobal(self.template.rect().bottomLeft()))
            self.menu.setActiveAction(actions[0])

    @Slot(object)
    def _on_shown(self, note: NoteText | None) -> None:
        row = note.row if note is not None else None
        before, self._row = self._row, row
        draft = row is not None and row.mine and row.state == "draft"
        if row is None or before is None or row.id != before.id or not draft:
            self.beside.put_away()
        given = row is not None and note_release.is_out(row)
        session = row is not None and row.kind in codes(SESSION_KINDS)
        self.template.setVisible(draft)
        self.last.setVisible(draft and session and bool(row and row.person_ids))
        self.draw.setVisible(draft)
        self.out.setVisible(bool(row and row.mine and row.state == "signed" and session and not row.private
                                 and row.person_ids and row.addendum_to is None))  # fmt: skip
        self.tools.setVisible(any(one.isVisibleTo(self.tools) for one in (self.template, self.out)))
        self.strip.show_for(row.id if row is not None and given else "")
        if given:
            self._pane.readers.look("")  # who reads this stands above it
            for button in (self._pane.share, self._pane.add, self._pane.details):
                button.hide()

    @Slot(object)
    def _on_sources(self, found: tuple[str, tuple[NoteRow, ...]]) -> None:
        self.beside.show_sources(*found)

    @Slot(object)
    def _on_begun(self, note_id: object) -> None:
        self._page.deeds.begun.emit(str(note_id))

    @Slot(str)
    def _on_done(self, sentence: str) -> None:
        self._page.say(sentence, Meaning.OPEN)

    def _make_actions(self, page: NotesPage) -> None:
        self.template.clicked.connect(self._on_template)
        self.last.clicked.connect(self.show_last)
        self.draw.clicked.connect(self.open_drawing)
        self.out.clicked.connect(self.open_release)
        self.received = page.add_action(_("Given to me"), self.open_received, icon="users")
        for text, slot, keys in ((_("Template"), self._on_template, "Alt+M"), (_("As last time"), self.show_last, "F8"),
                                 (_("Draw…"), self.open_drawing, "F7")):  # fmt: skip
            action = make_action(self._pane, text, slot, shortcut=keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        for button in (self.template, self.last, self.draw, self.out):
            row.addWidget(button)
            button.hide()
        row.addStretch(1)
        self._pane.extra.setSpacing(theme.unit(2.5))
        self._pane.extra.addWidget(self.strip)
        self._pane.extra.addWidget(self.tools)


def _pass(_error: Exception) -> None:
    """Without it one writes all the same."""
