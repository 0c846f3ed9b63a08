"""In the editor: why nobody came, asked only where nobody came."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from famdesk.domain import codes
from famdesk.domain.calendar.no_shows import counts
from famdesk.i18n import _
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField

FIELD = "no_show_reason"


def add_field(form: Form) -> None:
    """The field below the state; hidden until nobody came."""
    choices = []
    for code, text in codes.labels(codes.NO_SHOW_REASONS):
        # Translators: {reason} why somebody did not come, such as "Illness"
        words = text if counts(code) else _("{reason}: does not count").format(reason=text)
        choices.append(Choice(code, words))
    # Translators: why nobody came to an appointment; a label, so it has to be short
    form.add(FIELD, _("Why"), ChoiceField(choices))
    form.set_row_visible(FIELD, False)


class NoShowReason(QObject):
    """Shows and hides the field as the state is chosen."""

    def __init__(self, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        form.field("state").chosen.connect(self.follow)

    @Slot(str)
    def follow(self, state: str) -> None:
        """The state is another one now."""
        self._form.set_row_visible(FIELD, state == "no_show")
        if state != "no_show":
            self._form.field(FIELD).set_value(None)
