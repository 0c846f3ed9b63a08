"""Texts that stood in forms and were not saved: shown again, or about to be lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.typed_texts import add_typed
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.usecases.kept_texts import KeptForm
from famdesk.usecases.notes import notes

HIGH: Final = 50
"""Of a drawing, in units."""


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
            _("These texts stood in forms and were not saved. Copy what you still need to where it belongs."),
            wrap=True))  # fmt: skip
        column = _column(forms)
        for form in forms:
            if form.picture:
                column.body.addWidget(_picture(form))
                column.body.addWidget(self._put_button(form), 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        self.body.addWidget(_copy_button(forms, self), 0, Qt.AlignmentFlag.AlignLeft)
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


class UnkeptDialog(Dialog):
    """What was typed cannot be kept where it is about to go: one stays, tries again, copies the words, or gives them
    up.

    Signals:
        given_up(): what cannot be kept may go; told before `finished_with`.
    """

    given_up = Signal()

    def __init__(
        self, parent: QWidget, error: FamDeskError, forms: tuple[KeptForm, ...],
        keep: Callable[[], FamDeskError | None],
    ) -> None:  # fmt: skip
        """`forms` may be seen by who is there; `keep` tries again and gives what stands in the way."""
        super().__init__(parent, _("What was typed cannot be kept"), _("Try again"))
        self._keep = keep
        text = _("It stands in forms and is not saved yet. If you go on now it is lost.")
        self.body.addWidget(Label(text, wrap=True))
        buttons = [ActionButton(_("Go on and lose it"), kind="danger")]
        buttons[0].clicked.connect(self._on_lost)
        if forms:
            column = _column(forms)
            column.body.addStretch(1)
            self.body.addWidget(column, 1)
            buttons.insert(0, _copy_button(forms, self))
        for button in buttons:
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.begin_with_cancel(_("Stay here"))
        self.bar.error(error.sentence())

    def save(self) -> None:
        error = self._keep()
        if error is None:
            self.finish()
        else:
            self.set_accept_enabled(True)
            self.bar.error(error.sentence())

    @Slot()
    def _on_lost(self) -> None:
        self.given_up.emit()
        self.finish()


def in_words(forms: tuple[KeptForm, ...]) -> str:
    """All texts as one, with the names of their forms and fields."""
    parts = ("\n\n".join([form.title, *(f"{label}:\n{text}" for label, text in form.fields)]) for form in forms)
    return "\n\n\n".join(parts)


def _column(forms: tuple[KeptForm, ...]) -> ScrollColumn:
    column = ScrollColumn()
    column.setMinimumSize(theme.unit(110), theme.unit(60))
    for form in forms:
        column.body.addWidget(Label(form.title, "section", wrap=True))
        for label, text in form.fields:
            add_typed(column, label, text)
    return column


def _copy_button(forms: tuple[KeptForm, ...], dialog: Dialog) -> ActionButton:
    button = ActionButton(_("Copy all texts"), "copy")
    button.clicked.connect(partial(_copy, forms, dialog))
    return button


def _copy(forms: tuple[KeptForm, ...], dialog: Dialog) -> None:
    QGuiApplication.clipboard().setText(in_words(forms))
    dialog.bar.ok(_("Copied. Paste the texts where they belong."))


def _picture(form: KeptForm) -> QLabel:
    shown = QLabel()
    shown.setPixmap(QPixmap.fromImage(QImage.fromData(form.picture)).scaledToHeight(
        theme.unit(HIGH), Qt.TransformationMode.SmoothTransformation))  # fmt: skip
    shown.setAccessibleName(form.fields[0][1] if form.fields else form.title)
    return shown
