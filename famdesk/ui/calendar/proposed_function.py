"""In the editor: a new appointment proposes the function of the centre that its kind usually serves."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from famdesk.ui.kit.form import Form
from famdesk.usecases.calendar.calendar import usual_function


class ProposedFunction(QObject):
    """Follows the kind until somebody chooses the function, which is never proposed over."""

    def __init__(self, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self._field = form.field("function")
        self._chosen = False
        form.field("kind").chosen.connect(self._on_kind)
        self._field.edited.connect(self.rest)

    @Slot()
    def rest(self) -> None:
        """Propose nothing any more: it was chosen, or the appointment is one that is there."""
        self._chosen = True

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        if not self._chosen:
            self._field.set_value(usual_function(kind))
