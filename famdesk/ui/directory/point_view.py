"""The card column of an access point: state, weekly hours, closed days, contacts, who works there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import TARGET_AGES, label
from famdesk.i18n import _, formats
from famdesk.ui.directory.entries import key_of, service_line
from famdesk.ui.directory.facts import Facts, Heading, LinkedLines, Note, range_text, selectable, source_note
from famdesk.ui.hours import words
from famdesk.ui.hours.dialogs import ClosureDialog, ExtraDialog, HoursDialog
from famdesk.ui.hours.table import HoursTable
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.directory import hours
from famdesk.usecases.directory.directory_rows import HolderRow, PartnerRow, PointDetail


class PointView(QWidget):
    """Everything about one access point; hours and closures are changed here.

    Signals:
        opened(str): show another record, by its key ("body:…").
        edit_requested(), removal_requested(): of the access point itself.
    """

    opened = Signal(str)
    edit_requested = Signal()
    removal_requested = Signal()

    def __init__(self, runner: Runner, detail: PointDetail, me: MeRow, points: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._runner, self._detail, self._me, self._points = runner, detail, me, points
        own = detail.row.centre_id == me.centre_id
        self._leads = own and "hours.add_rules" in me.may
        self.hours = HoursTable()
        self.closed = LineList(_("Closed days"), grow=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addWidget(self._heading(own and "places.change_access_point" in me.may))
        column.addWidget(self._hours_card())
        column.addWidget(self._closed_card())
        column.addWidget(self._contact_card())
        for card in (self._bodies_card(), self._services_card()):
            if card is not None:
                column.addWidget(card)
        note = source_note(detail.source, detail.inferred)
        if note is not None:
            column.addWidget(note)
        column.addStretch(1)

    @property
    def point_id(self) -> str:
        """The id of the access point shown."""
        return self._detail.row.id

    def _heading(self, may_change: bool) -> QWidget:
        row = self._detail.row
        buttons = []
        if may_change:
            buttons = [
                _button(_("Change"), "pencil", self.edit_requested),
                _button(_("Remove"), "trash-2", self.removal_requested),
            ]
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1))
        column.addWidget(Heading(row.name, [words.badge_of(row)], buttons))
        for text in (words.outlook(row) if not row.unknown else "", self._detail.description):
            if text:
                column.addWidget(selectable(text, "second"))
        return box

    def _hours_card(self) -> Card:
        card = Card(_("Opening hours"), "clock")
        detail = self._detail
        if self._leads:
            card.tools.addWidget(_button(_("Add hours"), "plus", self._add_hours))
            card.tools.addWidget(_button(_("Extra opening"), "calendar-plus", self._add_extra))
        if detail.row.unknown:
            contact = " · ".join(text for text in (detail.row.phone, detail.row.mail) if text)
            text = _("The hours are not known: families get in touch first.")
            card.body.addWidget(Note("phone", text, Meaning.WARNING, contact))
        if detail.rules or detail.extras:
            self.hours.set_rows(words.hour_rows(detail.rules, detail.extras, self._me.today))
            card.add_wide(self.hours)
        sources = {source_text(rule.source, rule.inferred) for rule in detail.rules} - {""}
        if sources:
            card.body.addWidget(selectable("\n".join(sorted(sources)), "small"))
        if self._leads and (detail.rules or detail.extras):
            card.body.addWidget(Label(_("Enter changes the marked line, Delete removes it."), "small"))
            self.hours.activated_id.connect(self._change_hours)
            self.hours.removal_requested.connect(self._remove_hours)
        return card

    def _closed_card(self) -> Card:
        card = Card(_("Closed days"), "calendar-x", note=_("next weeks"))
        lines = words.closed_lines(self._detail.upcoming, self._detail.closures)
        if self._leads:
            card.tools.addWidget(_button(_("Add closure"), "plus", self._add_closure))
            self.closed.activated_id.connect(self._change_closure)
        if lines:
            self.closed.set_lines(lines)
            card.add_wide(self.closed)
        else:
            card.body.addWidget(Label(_("No closed days in the next weeks."), "second"))
        return card

    def _contact_card(self) -> Card:
        detail, row = self._detail, self._detail.row
        card = Card(_("Where and how"), "map-pin")
        own_phone = row.phone if detail.own_phone else _of_centre(row.phone)
        own_mail = row.mail if detail.own_mail else _of_centre(row.mail)
        building = detail.building if detail.building != row.place else None
        start = formats.date_long(row.starts_on) if row.starts_on else row.starts_text
        card.body.addWidget(Facts([
            (_("Address"), words.address_of(row)),
            (_("Building"), building),
            (_("Floor"), detail.floor), (_("How to get there"), detail.directions), (_("Phone"), own_phone),
            (_("E-mail"), own_mail), (_("For whom"), row.audience), (_("Age"), label(TARGET_AGES, row.age_band)),
            (_("From where"), "; ".join(detail.catchments)), (_("Begins"), start),
        ]))  # fmt: skip
        return card

    def _bodies_card(self) -> Card | None:
        detail = self._detail
        lines = [partner_line(partner) for partner in detail.partners]
        if detail.body_id and detail.body and detail.body_id not in {partner.body_id for partner in detail.partners}:
            lines.insert(0, Line(key_of("body", detail.body_id), detail.body, badge=_("Run by"), meaning=Meaning.BUSY))
        lines += [_holder_line(holder) for holder in detail.holders]
        return self._linked(_("Who is behind it"), "building-2", lines)

    def _services_card(self) -> Card | None:
        lines = [service_line(row) for row in self._detail.services]
        return self._linked(_("Services here"), "heart-handshake", lines)

    def _linked(self, title: str, icon: str, lines: Sequence[Line]) -> Card | None:
        if not lines:
            return None
        card = LinkedLines(title, icon, lines)
        card.opened.connect(self.opened)
        return card

    def _here(self) -> tuple[str, str]:
        return self._detail.row.id, self._detail.row.name

    @Slot()
    def _add_hours(self) -> None:
        HoursDialog(self.window(), self._runner, self._here(), self._me.today).open()

    @Slot()
    def _add_extra(self) -> None:
        ExtraDialog(self.window(), self._runner, self._here()).open()

    @Slot()
    def _add_closure(self) -> None:
        ClosureDialog(self.window(), self._runner, self._points, at=self._detail.row.id).open()

    @Slot(str)
    def _change_hours(self, row_id: str) -> None:
        extra = next((one for one in self._detail.extras if words.EXTRA + one.id == row_id), None)
        rule = next((one for one in self._detail.rules if one.id == row_id), None)
        if extra:
            ExtraDialog(self.window(), self._runner, self._here(), extra).open()
        elif rule:
            HoursDialog(self.window(), self._runner, self._here(), self._me.today, rule).open()

    @Slot(str)
    def _remove_hours(self, row_id: str) -> None:
        extra = next((one for one in self._detail.extras if words.EXTRA + one.id == row_id), None)
        rule = next((one for one in self._detail.rules if one.id == row_id), None)
        if extra:
            self._runner.run(hours.remove_extra, extra.id, extra.version)
        elif rule:
            self._runner.run(hours.remove_rule, rule.id, rule.version)

    @Slot(str)
    def _change_closure(self, line_id: str) -> None:
        row = next((one for one in self._detail.closures if words.CLOSURE + one.id == line_id), None)
        if row:
            ClosureDialog(self.window(), self._runner, self._points, row).open()


def partner_line(partner: PartnerRow) -> Line:
    """A body with its role."""
    role = label(profile_codes.PARTNERSHIP_ROLES, partner.role)
    dates = range_text(partner.valid_from, partner.valid_to)
    meaning = Meaning.ACCENT if partner.role == "lead" else Meaning.BUSY
    return Line(key_of("body", partner.body_id), partner.name, detail=partner.note or "", trail=dates, badge=role,
                meaning=meaning, icon="building-2")  # fmt: skip


def _holder_line(holder: HolderRow) -> Line:
    office = _("{title}, {body}").format(title=holder.title, body=holder.body)
    return Line(f"holder:{holder.id}", holder.name or _("Not known"), detail=office, icon="user-round")


def source_text(source: str | None, inferred: str | None) -> str:
    """The small print of a fact as text."""
    note = source_note(source, inferred)
    return note.text() if note is not None else ""


def _of_centre(text: str | None) -> str | None:
    return _("{contact} (of the centre)").format(contact=text) if text else None


def _button(text: str, icon: str, slot: Any) -> ActionButton:
    button = ActionButton(text, icon)
    button.clicked.connect(slot)
    return button
