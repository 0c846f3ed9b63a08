"""Settings: who the centre is, who carries it, on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import label
from famdesk.domain.people.municipalities import municipalities
from famdesk.i18n import _, formats
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fields import DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.plain import advise
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.ui.settings.section import Section, reason_label
from famdesk.usecases.centre import centre
from famdesk.usecases.centre.centre import CallRow, CentreRow, MeRow
from famdesk.usecases.directory.directory_rows import PartnerRow

FIELDS = ("name", "alias", "tagline", "description", "municipality_code", "phone", "mail", "access_terms", "starts_on")
CHANGE = "centre.change_centre"


class CentreSection(Section):
    """The form of the centre, and below what the sources tell of it.

    Signals:
        body_opened(str): show the card of a body.
    """

    body_opened = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._row: CentreRow | None = None
        self._version, self._fresh = 0, True
        self._card = Card(_("The centre"), "house")
        self.form = _form()
        self._save = ActionButton(_("Save"), "save", primary=True)
        self._reason = reason_label(CHANGE)
        row = QHBoxLayout()
        row.addWidget(self._save)
        row.addWidget(self._reason, 1)
        row.addStretch()
        self._card.body.addWidget(self.form)
        self._card.body.addLayout(row)
        self.body.addWidget(self._card)
        self._lists = {
            name: self._list(title, icon)
            for name, title, icon in (
                ("partners", _("Who carries it"), "building-2"), ("holders", _("Public offices"), "user-round"),
                ("acts", _("Acts"), "file-text"), ("funds", _("Funds"), "folder-open"),
                ("calls", _("Calls"), "calendar-clock"), ("said", _("What it is for"), "heart-handshake"),
            )
        }  # fmt: skip
        self.body.addStretch(1)
        self._lists["partners"][1].activated_id.connect(self._on_partner)
        self.form.edited.connect(self._on_edited)
        self.form.unplaced.connect(self.failed)
        self.form.given_up.connect(self._reread)
        self._save.clicked.connect(self._on_save)

    def read(self, me: MeRow) -> None:
        may = CHANGE in me.may
        self.form.setEnabled(may)
        self._save.setVisible(may)
        self._reason.setVisible(not may)
        self.runner.fetch(centre.overview, then=self._show, failed=self._on_failed, latest="overview")

    def _list(self, title: str, icon: str) -> tuple[Card, LineList]:
        card, lines = Card(title, icon), LineList(title, grow=True)
        card.add_wide(lines)
        self.body.addWidget(card)
        return card, lines

    def _show(self, row: CentreRow) -> None:
        self._row = row
        if self._fresh or not self.form.dirty:
            self._version = row.version  # of what stands in the form, not of what a colleague saved since
            self._fresh = False
        if not self.form.dirty:
            values = {name: getattr(row, name) for name in FIELDS if name != "municipality_code"}
            self.form.set_values({**values, "municipality_code": row.municipality})
            self._save.setEnabled(False)
        for name, lines in _lines(row).items():
            card, shown = self._lists[name]
            shown.set_lines(lines)
            card.setVisible(bool(lines))

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot(str)
    def _on_partner(self, line_id: str) -> None:
        self.body_opened.emit(line_id.partition(":")[2])

    @Slot()
    def _on_edited(self) -> None:
        self._save.setEnabled(True)

    @Slot()
    def _on_save(self) -> None:
        if self._row is not None and self.form.check():
            self._save.setEnabled(False)
            self.runner.run(centre.change_centre, self._version, then=self._on_saved, failed=self._on_refused,
                            **self.form.values())  # fmt: skip

    def _on_saved(self, _nothing: object) -> None:
        self._fresh = True
        self.form.set_values({})  # not dirty any more: what others change is shown again
        self.say(_("The data of the centre are saved."))
        self._reread()

    @Slot()
    def _reread(self) -> None:
        self.runner.fetch(centre.overview, then=self._show, failed=self._on_failed, latest="overview")

    def _on_refused(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self.form.present(error)


def _form() -> Form:
    form = Form()
    comuni = [Choice(one.code, one.name, detail=one.province) for one in municipalities()]
    form.add("name", _("Name"), LineField(), required=True)
    form.add("alias", _("Also called"), LineField())
    form.add("tagline", _("Tagline"), LineField(), hint=_("Stands under the name on posters."))
    form.add("description", _("Description"), TextField(lines=3))
    advise(form, "description")
    form.add("municipality_code", _("Comune"), ChoiceField(comuni), hint=_("Decides the day of the patron saint."))
    form.add("phone", _("Phone"), LineField())
    form.add("mail", _("E-mail"), LineField())
    form.add("access_terms", _("How one gets in"), TextField(lines=3))
    advise(form, "access_terms")
    form.add("starts_on", _("Open since"), DateField(past=True))
    return form


def _lines(row: CentreRow) -> dict[str, list[Line]]:
    """The lists under the form by name."""
    return {
        "partners": [_partner(one) for one in (*row.partners, *row.others)],
        "holders": [
            Line(one.id, one.name or _("Not known"), detail=one.title, trail=one.body, icon="user-round")
            for one in row.holders
        ],
        "acts": [
            Line(one.id, one.title or label(profile_codes.ACT_KINDS, one.kind),
                 detail=label(profile_codes.ACT_KINDS, one.kind), badge=one.number or "", meaning=Meaning.BUSY,
                 trail=_joined([one.issuer, formats.date_long(one.issued_on) if one.issued_on else None]))
            for one in row.acts
        ],
        "funds": [
            Line(one.id, one.name, detail=one.owner or "",
                 trail=formats.money(one.amount_cents) if one.amount_cents is not None else _("amount not known"))
            for one in row.funds
        ],
        "calls": [_call(one) for one in row.calls],
        "said": [
            *(Line(one.id, one.text, detail=label(profile_codes.STATEMENT_KINDS, one.kind)) for one in row.statements),
            *(Line(one.id, one.name, detail=_joined(one.municipalities), icon="map-pinned") for one in row.catchments),
        ],
    }  # fmt: skip


def _partner(one: PartnerRow) -> Line:
    meaning = {"lead": Meaning.ACCENT, "partner": Meaning.OPEN}.get(one.role, Meaning.BUSY)
    share = formats.money(one.share_cents) if one.share_cents is not None else ""
    return Line(f"{one.id}:{one.body_id}", one.name, detail=one.note or "", trail=share, icon="building-2",
                badge=label(profile_codes.PARTNERSHIP_ROLES, one.role), meaning=meaning)  # fmt: skip


def _call(one: CallRow) -> Line:
    deadline = formats.moment(one.deadline) if one.deadline else one.deadline_text or ""
    outcome = label(profile_codes.CALL_OUTCOMES, one.outcome)
    detail = _joined([label(profile_codes.CALL_KINDS, one.kind), one.issuer, one.fund])
    meaning = Meaning.OPEN if one.outcome == "won" else Meaning.BUSY
    return Line(one.id, one.name, detail=detail, trail=deadline, badge=outcome, meaning=meaning)


def _joined(parts: Iterable[str | None] | Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
