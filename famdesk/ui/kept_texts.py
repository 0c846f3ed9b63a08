"""Unsaved texts of forms at the lock: kept sealed, and shown again where the forms themselves are gone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import TextField
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form, typed_in
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.usecases import kept_texts
from famdesk.usecases.kept_texts import KeptForm
from famdesk.usecases.notes import notes

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

MOST_LINES: Final = 8
HIGH: Final = 50
"""Of a drawing, in units."""


class KeptTexts(QObject):
    """Looks after them for one session.

    Attributes:
        safe: whether what stood in forms at the last lock is on disk.
    """

    def __init__(self, runner: Runner, office: Office, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._office, self._window = runner, office, window
        self._left: tuple[KeptForm, ...] = ()
        self.safe = True

    def keep(self) -> None:
        """Seals what stands unsaved in forms, with what was shown and not thrown away yet; before the keys go."""
        self.safe = False
        work = partial(kept_texts.keep, self._office, (*self._left, *unsaved()))
        self._runner.in_turn(work, then=self._on_kept, owner=self, quiet=True)

    def offer(self) -> None:
        """Shows what was kept before, if there is anything."""
        self._runner.in_turn(partial(kept_texts.read, self._office), then=self._show, owner=self, quiet=True)

    @Slot()
    def forget(self) -> None:
        """The forms are there again; what was shown before stays until it is thrown away."""
        self._runner.in_turn(partial(kept_texts.keep, self._office, self._left), quiet=True)

    def _show(self, forms: tuple[KeptForm, ...]) -> None:
        self._left = forms
        if forms:
            dialog = KeptDialog(self._window, forms, self._runner)
            dialog.finished_with.connect(self._on_thrown_away)
            dialog.put.connect(self._on_put)
            dialog.open()

    @Slot()
    def _on_thrown_away(self) -> None:
        self._left = ()
        self._runner.in_turn(partial(kept_texts.forget, self._office), quiet=True)

    @Slot(object)
    def _on_put(self, form: KeptForm) -> None:
        """A drawing is with its note: it is not offered again."""
        self._left = tuple(one for one in self._left if one is not form)
        self.forget()

    def _on_kept(self, _nothing: object) -> None:
        self.safe = True


class KeptDialog(Dialog):
    """The texts, to be copied to where they belong, and drawings, which are put to their note from here.

    Signals:
        put(object): a drawing is with its note; the `KeptForm`.
    """

    put = Signal(object)

    def __init__(self, parent: QWidget, forms: tuple[KeptForm, ...], runner: Runner) -> None:
        super().__init__(parent, _("What you were typing"), _("Throw away"), danger=True)
        self._runner = runner
        self.body.addWidget(Label(
            _("These texts stood in forms when you were last here, and were not saved. Copy what you still need to "
              "where it belongs."), wrap=True))  # fmt: skip
        column = ScrollColumn()
        column.setMinimumSize(theme.unit(110), theme.unit(60))
        for form in forms:
            column.body.addWidget(Label(form.title, "section", wrap=True))
            for label, text in form.fields:
                column.body.addWidget(Label(label, "small"))
                column.body.addWidget(_field(label, text))
            if form.picture:
                column.body.addWidget(_picture(form))
                column.body.addWidget(self._put_button(form), 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        self.begin_with_cancel(_("Later"))

    def _put_button(self, form: KeptForm) -> ActionButton:
        button = ActionButton(_("Put to the note"), "notebook-pen")
        button.clicked.connect(partial(self._put, form, button))
        return button

    def _put(self, form: KeptForm, button: ActionButton) -> None:
        button.setEnabled(False)
        words = form.fields[0][1] if form.fields else form.title
        self._runner.run(notes.attach, form.note_id, words, "image/png", form.picture, "drawing",
                         then=partial(self._on_put, form, button), failed=partial(self._on_not_put, button), owner=self,
                         quiet=True)  # fmt: skip

    def _on_put(self, form: KeptForm, button: ActionButton, _part_id: object) -> None:
        button.setText(_("It is with the note"))
        self.bar.ok(_("The drawing is with its note now."))
        self.put.emit(form)

    def _on_not_put(self, button: ActionButton, error: Exception) -> None:
        button.setEnabled(True)
        self.present(error)


def unsaved() -> tuple[KeptForm, ...]:
    """What stands in all forms that somebody changed, without those that keep drafts of their own."""
    found = [one for one in QApplication.allWidgets() if isinstance(one, Form) and one.dirty and not _keeps(one)]
    made = (KeptForm(_title(form), typed_in(form), *_drawn(form)) for form in found)
    return tuple(one for one in made if one.fields or one.picture)


def _drawn(form: QWidget) -> tuple[bytes, str]:
    """What was drawn in the window of a form, and the note for which it is."""
    drawn = getattr(form.window(), "drawn", None)
    found: tuple[bytes, str] = drawn() if callable(drawn) else (b"", "")
    return found


def _field(label: str, text: str) -> TextField:
    field = TextField(lines=min(text.count("\n") + 1 + len(text) // 90, MOST_LINES))
    field.setAccessibleName(label)
    field.set_value(text)
    field.setReadOnly(True)
    return field


def _picture(form: KeptForm) -> QLabel:
    shown = QLabel()
    shown.setPixmap(QPixmap.fromImage(QImage.fromData(form.picture)).scaledToHeight(
        theme.unit(HIGH), Qt.TransformationMode.SmoothTransformation))  # fmt: skip
    shown.setAccessibleName(form.fields[0][1] if form.fields else form.title)
    return shown


def _keeps(form: QWidget) -> bool:
    one: QWidget | None = form
    while one is not None:
        if one.property(KEEPS_DRAFTS):
            return True
        one = one.parentWidget()
    return False


def _title(form: QWidget) -> str:
    """The dialog or the view in which a form stands."""
    one = form.parentWidget()
    while one is not None and not isinstance(one, (QDialog, Page)):
        one = one.parentWidget()
    if isinstance(one, Page):
        return one.title
    return one.accessibleName() or one.windowTitle() if one is not None else ""
