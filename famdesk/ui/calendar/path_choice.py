"""In the editor: to which path of care an appointment belongs. There is nothing to see where nobody walks one."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.calendar.parties_section import PartiesSection
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar.appointment_paths import KEPT
from famdesk.usecases.paths import paths

FIELD = "path_id"


class PathChoice(ChoiceField):
    """Offers the open paths of those who take part; the row of the form is shown while there are any.

    Signals:
        told(): the row came or went.
    """

    told = Signal()

    def __init__(self) -> None:
        super().__init__([], _("no path"))
        self._runner: Runner | None = None
        self._form: Form | None = None
        self._beside: PartiesSection | None = None
        self._kept: str | None = None
        self._known: frozenset[str] | None = None

    def value(self) -> str | None:
        """The path chosen, None for none; KEPT while it is not known which there are, or may not be."""
        chosen = super().value()
        unknown = self._known is None or (self._kept is not None and self._kept not in self._known)
        return KEPT if chosen is None and unknown else chosen

    def follow(self, runner: Runner, form: Form, beside: PartiesSection) -> None:
        """Look at the persons of a form and at those beside, now and whenever they change."""
        self._runner, self._form, self._beside = runner, form, beside
        form.field("person_id").edited.connect(self.look)
        beside.edited.connect(self.look)

    def load(self, path_id: str | None) -> None:
        """The path of an appointment that is there; it stays on offer also when it is closed."""
        self._kept = path_id
        self.look()

    @Slot()
    def look(self) -> None:
        """Ask which paths there are."""
        if self._runner is None or not rights.cell(paths.choices.name, self._runner.role):
            return
        assert self._form is not None
        assert self._beside is not None
        people = [self._form.value("person_id"), *(one.id for one in self._beside.others() if one.kind == "person")]
        self._runner.fetch(paths.choices, [one for one in people if one], self._kept, then=self._show,
                           failed=_nothing, owner=self, latest="paths")  # fmt: skip

    def _show(self, found: tuple[tuple[str, str], ...]) -> None:
        assert self._form is not None
        chosen = self._kept if self._known is None else super().value()
        self._known = frozenset(path_id for path_id, _words in found)
        self.set_choices([Choice(*one) for one in found])
        self.set_value(chosen if chosen in self._known else None)
        self._form.set_row_visible(FIELD, bool(found))
        self.told.emit()


def _nothing(_error: Exception) -> None:
    """Somebody whom this role may not know: saving tells."""
