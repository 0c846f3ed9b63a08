"""What is done with an initiative as a whole: made, changed, copied, kept as a template, removed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton, allow, make_action
from famdesk.ui.kit.runner import Runner
from famdesk.ui.programmes.initiative_dialog import InitiativeDialog, TemplateDialog
from famdesk.ui.programmes.organisers_dialog import ActsDialog, OrganisersDialog
from famdesk.usecases.programmes import initiative_copies, initiatives
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, InitiativeRow


class InitiativeDeeds(QObject):
    """The actions of the page's heading, and the menu of those that are seldom needed.

    Attributes:
        edit_button, more_button: for the heading.

    Signals:
        added(str): there is a new initiative, which is to be shown.
        told(str): what was done, for the bar of messages.
    """

    added = Signal(str)
    told = Signal(str)

    def __init__(self, page: QWidget, runner: Runner) -> None:
        super().__init__(page)
        self._page, self._runner = page, runner
        self._detail: InitiativeDetail | None = None
        self._rows: tuple[InitiativeRow, ...] = ()
        self.edit_action = make_action(page, _("Change"), self.edit, icon="pencil", shortcut="Ctrl+E")
        self.more_action = make_action(page, _("More"), self.offer, icon="ellipsis", shortcut="Ctrl+Shift+E")
        self.template_action = make_action(
            page, _("New from a template"), self.from_template, icon="file-plus", shortcut="Ctrl+Shift+N"
        )
        self.edit_button, self.more_button = ActionButton.of(self.edit_action), ActionButton.of(self.more_action)

    def show_rows(self, rows: tuple[InitiativeRow, ...]) -> None:
        """All initiatives, which another one may continue or need."""
        self._rows = rows

    def show_detail(self, detail: InitiativeDetail) -> None:
        """The initiative that is shown."""
        self._detail = detail
        allow(self.edit_action, detail.may_change)
        allow(self.more_action, detail.may_change)

    @Slot()
    def new(self) -> None:
        """A new initiative."""
        dialog = InitiativeDialog(self._page.window(), self._runner, self._rows)
        dialog.finished_with.connect(self._on_added)
        dialog.open()

    @Slot()
    def from_template(self) -> None:
        """A new initiative out of a pattern."""
        dialog = TemplateDialog(self._page.window(), self._runner)
        dialog.finished_with.connect(self._on_added)
        dialog.open()

    @Slot()
    def edit(self) -> None:
        """Change what is known of the initiative."""
        if self._detail is not None and self._detail.may_change:
            InitiativeDialog(self._page.window(), self._runner, self._rows, self._detail).open()

    @Slot()
    def organisers(self) -> None:
        """Who stands behind it."""
        if self._detail is not None:
            OrganisersDialog(self._page.window(), self._runner, self._detail).open()

    @Slot()
    def acts(self) -> None:
        """The acts that it rests on."""
        if self._detail is not None:
            ActsDialog(self._page.window(), self._runner, self._detail).open()

    @Slot()
    def copy(self) -> None:
        """The same a year later, without the people; it is shown at once, and Undo takes it back."""
        if self._detail is not None:
            self._runner.run(initiative_copies.copy, self._detail.row.id, then=self._on_added, owner=self._page)

    @Slot()
    def keep(self) -> None:
        """Keep it as a template."""
        if self._detail is not None:
            then = partial(self._on_kept, self._detail.row.name)
            self._runner.run(initiative_copies.keep_as_template, self._detail.row.id, then=then, owner=self._page)

    @Slot()
    def remove(self) -> None:
        """Remove it; Undo brings it back."""
        if self._detail is not None:
            row = self._detail.row
            self._runner.run(initiatives.remove_initiative, row.id, row.version)

    @Slot()
    def offer(self) -> None:
        """The menu of what is seldom needed."""
        if self._detail is None or not self._detail.may_change:
            return
        menu = QMenu(self._page)
        for text, deed in (
            (_("Organisers and funders…"), "organisers"), (_("Acts…"), "acts"), ("", ""),
            (_("Copy for next year"), "copy"), (_("Keep as a template"), "keep"), ("", ""),
            (_("Remove the initiative"), "remove"),
        ):  # fmt: skip
            if text:
                menu.addAction(text).setData(deed)
            else:
                menu.addSeparator()
        menu.triggered.connect(self._on_offered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    @Slot(QAction)
    def _on_offered(self, action: QAction) -> None:
        {"organisers": self.organisers, "acts": self.acts, "copy": self.copy, "keep": self.keep,
         "remove": self.remove}[action.data()]()  # fmt: skip

    @Slot(object)
    def _on_added(self, initiative_id: object) -> None:
        self.added.emit(str(initiative_id))

    def _on_kept(self, name: str, _template: object) -> None:
        self.told.emit(_("“{name}” is among the templates now (Ctrl+Shift+N).").format(name=name))
