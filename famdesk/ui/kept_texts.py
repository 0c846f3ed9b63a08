"""Unsaved texts of forms at the lock: kept sealed, and shown again where the forms themselves are gone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import TextField
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form, typed_in
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.usecases import kept_texts
from famdesk.usecases.kept_texts import KeptForm

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

MOST_LINES: Final = 8


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
            dialog = KeptDialog(self._window, forms)
            dialog.finished_with.connect(self._on_thrown_away)
            dialog.open()

    @Slot()
    def _on_thrown_away(self) -> None:
        self._left = ()
        self._runner.in_turn(partial(kept_texts.forget, self._office), quiet=True)

    def _on_kept(self, _nothing: object) -> None:
        self.safe = True


class KeptDialog(Dialog):
    """The texts, to be copied to where they belong."""

    def __init__(self, parent: QWidget, forms: tuple[KeptForm, ...]) -> None:
        super().__init__(parent, _("What you were typing"), _("Throw away"), danger=True)
        self.body.addWidget(Label(
            _("FamDesk was locked for a long time and began anew. These texts were not saved; copy what you still need "
              "to where it belongs."), wrap=True))  # fmt: skip
        column = ScrollColumn()
        column.setMinimumSize(theme.unit(110), theme.unit(60))
        for form in forms:
            column.body.addWidget(Label(form.title, "section", wrap=True))
            for label, text in form.fields:
                column.body.addWidget(Label(label, "small"))
                field = TextField(lines=min(text.count("\n") + 1 + len(text) // 90, MOST_LINES))
                field.setAccessibleName(label)
                field.set_value(text)
                field.setReadOnly(True)
                column.body.addWidget(field)
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        self.begin_with_cancel(_("Later"))


def unsaved() -> tuple[KeptForm, ...]:
    """What stands in all forms that somebody changed, without those that keep drafts of their own."""
    found = [one for one in QApplication.allWidgets() if isinstance(one, Form) and one.dirty and not _keeps(one)]
    return tuple(KeptForm(_title(form), typed) for form in found if (typed := typed_in(form)))


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
