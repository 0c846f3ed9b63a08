"""The dialog in which somebody draws; what comes of it is sealed with the note, with what it shows in words."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Segmented
from famdesk.ui.notes.surface import Surface
from famdesk.usecases.notes import notes

LONGEST_WORDS = 200
MEDIA = "image/png"


class NothingDrawn(RuleError):
    message = N_("There is nothing on the sheet yet.")


class DrawingDialog(Dialog):
    """Draws, asks what it shows, and puts it to a draft; `finished_with` gives the id of the part.

    Attributes:
        surface: the sheet. pen, colour, width: what is chosen.
    """

    def __init__(self, parent: QWidget, runner: Runner, note_id: str) -> None:
        super().__init__(parent, _("Drawing"), _("Put to the note"))
        self._runner, self._note_id = runner, note_id
        self.surface = Surface()
        self.surface.setAccessibleName(_("Sheet to draw on"))
        self.surface.setAccessibleDescription(
            _("Drawn on with mouse, pen or finger. What it shows is written in the field below.")
        )
        self.pen = Segmented([("pen", _("Pen")), ("rubber", _("Eraser"))], _("Tool"))
        self.colour = Segmented(
            [("black", _("Black")), ("blue", _("Blue")), ("red", _("Red")), ("green", _("Green")),
             ("brown", _("Brown"))], _("Colour of the pen"),
        )  # fmt: skip
        self.width_choice = Segmented(
            # Translators: how broad the line of a pen is
            [("thin", _("Thin")), ("medium", _("Medium line")), ("thick", _("Thick"))],
            _("Width of the pen"),
        )
        self.width_choice.set_current("medium")
        self._undo = make_action(self, _("Undo"), self._on_undo, icon="undo-2", shortcut="Ctrl+Z")
        self._redo = make_action(self, _("Redo"), self._on_redo, icon="redo-2", shortcut="Ctrl+Y")
        self._clear = make_action(self, _("New sheet"), self._on_clear, icon="trash-2")
        self.form = Form(labels="top")
        self.form.add("words", _("What it shows, in words"), LineField(LONGEST_WORDS), required=True,
                      hint=_("For who cannot see it, and to find it again. It is sealed as well."))  # fmt: skip
        self._lay_out()
        self.pen.chosen.connect(self._on_tool)
        self.colour.chosen.connect(self._on_tool)
        self.width_choice.chosen.connect(self._on_tool)
        self.surface.drawn.connect(self._on_drawn)
        self._on_drawn()
        self.resize(parent.window().size() * 0.85)

    def save(self) -> None:
        """Seal it."""
        if self.surface.is_empty:
            self.present(NothingDrawn())
            return
        words = self.form.value("words") if self.form else ""
        self._runner.run(notes.attach, self._note_id, words, MEDIA, self.surface.png(), "drawing", then=self.finish,
                         failed=self.present, owner=self, quiet=True)  # fmt: skip

    def drawn(self) -> tuple[bytes, str]:
        """What is on the sheet, a PNG, and the note for which it is: kept sealed while the desk is locked."""
        return (b"" if self.surface.is_empty else self.surface.png()), self._note_id

    @Slot(str)
    def _on_tool(self, _key: str) -> None:
        self.surface.rubs = self.pen.current() == "rubber"
        self.surface.colour, self.surface.width_key = self.colour.current(), self.width_choice.current()

    @Slot()
    def _on_drawn(self) -> None:
        if self.form is not None and not self.surface.is_empty:
            self.form.touch()
        self._undo.setEnabled(not self.surface.is_empty)
        self._redo.setEnabled(bool(self.surface.undone))
        self._clear.setEnabled(not self.surface.is_empty)

    @Slot()
    def _on_undo(self) -> None:
        self.surface.undo()
        announce(self, _("The last line is gone."))

    @Slot()
    def _on_redo(self) -> None:
        self.surface.redo()

    @Slot()
    def _on_clear(self) -> None:
        confirm(self, _("Throw this drawing away and begin anew?"), _("Throw away"), self.surface.clear, danger=True)

    def _lay_out(self) -> None:
        assert self.form is not None
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3))
        below = QHBoxLayout()
        below.setSpacing(theme.unit(3))
        row.addWidget(self.pen)
        row.addStretch(1)
        for action in (self._undo, self._redo, self._clear):
            row.addWidget(ActionButton.of(action))
        below.addWidget(self.colour)
        below.addWidget(self.width_choice)
        below.addStretch(1)
        self.body.addLayout(row)
        self.body.addLayout(below)
        self.body.addWidget(self.surface, 1)
        self.body.addWidget(self.form)
