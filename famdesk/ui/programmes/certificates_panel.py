"""Certificates of an initiative: how long each was present, who gets one, and printing them again."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, allow, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.programmes import certificates
from famdesk.usecases.programmes.certificates import Standing, Standings
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail


class CertificatesPanel(QWidget):
    """A line for everybody enrolled; Enter issues or prints the certificate of one, the buttons those of all.

    Signals:
        sheet_requested(str, str): certificates are wanted: of an initiative, or only those whose ids follow it.
    """

    sheet_requested = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: InitiativeDetail | None = None
        self._found: Standings | None = None
        self.model: RowModel[Standing] = RowModel(_columns(), key=_key)
        self.table: Table[Standing] = Table(self.model, _("Presence and certificates"), _("Nobody is enrolled."))
        self._note = Label("", "second", wrap=True)
        self.issue = make_action(self, _("Issue"), self.issue_all, icon="signature")
        self.print = make_action(self, _("Print"), self._on_print, icon="printer")
        self.share = make_action(self, _("Presence needed"), self._on_share, icon="pencil")
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self._note, 1)
        for action in (self.share, self.print, self.issue):
            row.addWidget(ActionButton.of(action))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.table.activated_id.connect(self._on_activated)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the certificates of an initiative."""
        self._detail = detail
        allow(self.share, detail.may_change)
        if detail.participants is None:
            self.model.set_rows(())
            self._note.setText(_("Your role does not see who is enrolled."))
            for action in (self.issue, self.print, self.share):
                allow(action, may=False)
            return
        self._runner.fetch(certificates.standings, detail.row.id, then=self._show, owner=self, latest="standings")

    @Slot()
    def issue_all(self) -> None:
        """Issue certificates to all who were present long enough and have none."""
        wanted = [row.enrolment_id for row in self._ready()]
        if wanted and self._detail is not None:
            self._runner.run(certificates.issue, self._detail.row.id, wanted, then=self._issued)

    def _ready(self) -> list[Standing]:
        rows = self._found.rows if self._found else ()
        return [row for row in rows if row.enough and not row.certificate_id and row.name is not None]

    def _show(self, found: Standings) -> None:
        self._found = found
        self.model.set_rows(found.rows)
        count = len(self._ready())
        ready = ngettext("{n} certificate can be issued.", "{n} certificates can be issued.", count)
        least = _("It takes {share} percent of the meetings.")
        if found.timed:
            least = _("It takes {share} percent of the time.")
        self._note.setText(f"{least.format(share=found.least)} {ready.format(n=formats.number(count))}")
        allow(self.issue, self._detail is not None and self._detail.may_enrol, bool(count))
        allow(self.print, may=True, now=any(row.certificate_id for row in found.rows))

    def _issued(self, ids: tuple[str, ...]) -> None:
        if self._detail is not None:
            self.sheet_requested.emit("certificate", " ".join((self._detail.row.id, *ids)))

    @Slot()
    def _on_print(self) -> None:
        self._issued(())

    @Slot(str)
    def _on_activated(self, enrolment_id: str) -> None:
        row = self.model.row_of(enrolment_id)
        if row is None or self._detail is None:
            return
        if row.certificate_id:
            self._issued((row.certificate_id,))
        elif self._detail.may_enrol:
            self._runner.run(certificates.issue, self._detail.row.id, [enrolment_id], then=self._issued)

    @Slot()
    def _on_share(self) -> None:
        if self._found is not None:
            _ShareDialog(self.window(), self._runner, self._found).open()


class _ShareDialog(Dialog):
    """How much presence a certificate needs."""

    def __init__(self, parent: QWidget, runner: Runner, found: Standings) -> None:
        super().__init__(parent, _("Presence needed for a certificate"), _("Save"))
        self._runner, self._found = runner, found
        self.form = Form()
        self.form.add("share", _("Percent of the time"), NumberField(1, 100), required=True)
        self.body.addWidget(self.form)
        self.form.set_values({"share": found.least})

    def save(self) -> None:
        assert self.form is not None
        found = self._found
        self._runner.run(certificates.set_share, found.initiative_id, found.version, self.form.value("share"),
                         then=self.finish, failed=self.present)  # fmt: skip


def _columns() -> list[Column[Standing]]:
    return [
        Column(_("Name"), _name, width=0),
        Column(_("Meetings"), _came, width=7, right=True),
        Column(_("Time present"), _hours, width=11, right=True),
        Column(_("Presence"), _share, width=9, meaning=_meaning),
        Column(_("Certificate"), _number, width=12),
    ]


def _key(row: Standing) -> str:
    return row.enrolment_id


def _name(row: Standing) -> str:
    return row.name or _("taken")


def _came(row: Standing) -> str:
    return f"{row.came}/{row.meetings}"


def _hours(row: Standing) -> str:
    if not row.whole:
        return ""
    # Translators: hours and minutes in short, as in "6 h 30"
    return _("{hours} h {minutes}").format(hours=row.minutes // 60, minutes=f"{row.minutes % 60:02}")


def _share(row: Standing) -> str:
    return f"{row.share} %" if row.meetings else ""


def _meaning(row: Standing) -> Meaning | None:
    return (Meaning.OPEN if row.enough else Meaning.CLOSED) if row.meetings else None


def _number(row: Standing) -> str:
    return f"{row.number}/{row.year}" if row.number else ""
