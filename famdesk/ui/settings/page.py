"""The settings: sections on the left, the chosen one on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.scrolling import GutterRow
from famdesk.ui.kit.settings import machine_settings
from famdesk.ui.kit.widgets import Card
from famdesk.ui.settings.centre_section import CentreSection
from famdesk.ui.settings.consents_section import ConsentsSection
from famdesk.ui.settings.feeds_section import FeedsSection
from famdesk.ui.settings.fields_section import FieldsSection
from famdesk.ui.settings.hours_section import HoursSection
from famdesk.ui.settings.journal_section import JournalSection
from famdesk.ui.settings.look_section import LookSection
from famdesk.ui.settings.mail_section import MailSection
from famdesk.ui.settings.numbers_section import NumbersSection
from famdesk.ui.settings.privacy_section import PrivacySection
from famdesk.ui.settings.resources_section import ResourcesSection
from famdesk.ui.settings.roles_section import RolesSection
from famdesk.ui.settings.safety_section import SafetySection
from famdesk.ui.settings.section import Section
from famdesk.ui.settings.sheet_look_section import SheetLookSection
from famdesk.ui.settings.staff_section import StaffSection
from famdesk.usecases import readings
from famdesk.usecases.centre import centre
from famdesk.usecases.centre.centre import MeRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

READS = {
    "fields": "custom_fields.fields", "resources": "resources.resources", "mail": "mail.account",
    "feeds": "feeds.feeds", "numbers": "auditing.numbers",
}  # fmt: skip
"""What a section shows; a role that may not read it has no use for the section."""


class SettingsPage(Page):
    """Settings of the centre, of this desk, and of the person at it.

    Signals:
        backup_requested(): make a backup now.
    """

    watches: ClassVar[frozenset[str]] = frozenset({
        "centre", "body", "partnership", "role_holder", "act", "fund", "call", "statement", "catchment", "staff",
        "access_point", "opening_rule", "extra_opening", "closure", "custom_field", "processing", "breach",
        "consent_text", "resource", "mail_account", "reminder", "feed",
        "sheet_look", "sheet_logo", "role_power",
    })  # fmt: skip

    backup_requested = Signal()

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Settings"), parent)
        settings = machine_settings(office.home.folder, self)
        self.centre = CentreSection(runner)
        self.hours = HoursSection(runner)
        self.staff = StaffSection(runner, office)
        self.roles = RolesSection(runner)
        self.fields = FieldsSection(runner)
        self.consents = ConsentsSection(runner)
        self.privacy = PrivacySection(runner)
        self.resources = ResourcesSection(runner)
        self.mail = MailSection(runner)
        self.feeds = FeedsSection(runner)
        self.sheets = SheetLookSection(runner)
        self.look = LookSection(runner, office, settings)
        self.safety = SafetySection(runner, office, settings)
        self._me: MeRow | None = None
        self._sections: dict[str, tuple[str, str, Section]] = {
            "centre": (_("Centre"), "house", self.centre),
            "hours": (_("Hours and closures"), "clock", self.hours),
            "staff": (_("Staff"), "users", self.staff),
            "roles": (_("Roles and permissions"), "user-check", self.roles),
            "fields": (_("Own fields"), "tag", self.fields),
            "consents": (_("Consents"), "signature", self.consents),
            "privacy": (_("Personal data"), "shield-alert", self.privacy),
            **self._journal(runner, office),
            "numbers": (_("Numbers by month"), "chart-column", NumbersSection(runner)),
            "resources": (_("Mediators and equipment"), "languages", self.resources),
            "mail": (_("Mail"), "mail", self.mail),
            "feeds": (_("Published calendars"), "calendar-days", self.feeds),
            "sheets": (_("Look of the sheets"), "printer", self.sheets),
            "look": (_("Language and appearance"), "languages", self.look),
            "safety": (_("Safety"), "lock", self.safety),
        }
        for key in [key for key in self._sections if key in READS and not rights.cell(READS[key], runner.role)]:
            del self._sections[key]
        self.list = LineList(_("Sections"), hairlines=False, grow=True)
        self._stack = QStackedWidget()
        self._build()
        self.list.current_changed.connect(self._on_section)
        self.hours.point_opened.connect(self._on_point)
        self.centre.body_opened.connect(self._on_partner)
        self.safety.backup_requested.connect(self.backup_requested)
        self.show_section("centre")

    def refresh(self) -> None:
        self.runner.fetch(centre.me, then=self._take_me, latest="me")

    def show_section(self, key: str) -> None:
        """Show a section by its key, such as "centre" or "safety"."""
        if key in self._sections:
            self.list.set_current_id(key)

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a section by its key."""
        if kind == "settings":
            self.show_section(item_id)

    def section(self) -> str:
        """The key of the section shown."""
        return self.list.current_id()

    def help_text(self) -> str:
        return _(
            "Choose a section on the left. Data of the centre are saved with their button; closures, colleagues and "
            "hours are saved at once and can be undone with Ctrl+Z. What your role may not change can be looked at."
        )

    def save_view(self) -> str:
        return self.section()

    def restore_view(self, state: str) -> None:
        self.show_section(state)

    def _journal(self, runner: Runner, office: Office) -> dict[str, tuple[str, str, Section]]:
        """The journal, for the roles that read it."""
        if not rights.cell(readings.journal.name, runner.role):
            return {}
        return {"journal": (_("Journal"), "history", JournalSection(runner, office))}

    def _build(self) -> None:
        self.list.set_lines([Line(key, title, icon=icon) for key, (title, icon, _part) in self._sections.items()])
        for _title, _icon, part in self._sections.values():
            self._stack.addWidget(part)
            part.failed.connect(self.failed)
            part.told.connect(self.message)
        nav = Card()
        nav.add_wide(self.list)
        nav.setFixedWidth(theme.unit(66))
        row = GutterRow()
        row.setSpacing(theme.unit(4))
        self._stack.setMaximumWidth(theme.unit(270))
        row.addWidget(nav, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._stack, 1)
        row.addStretch()
        self.body.addLayout(row, 1)
        self.start_at(self.list)

    def _take_me(self, me: MeRow) -> None:
        self._me = me
        for _title, _icon, part in self._sections.values():
            part.read(me)

    @Slot()
    def _on_section(self) -> None:
        key = self.section()
        if key:
            self._stack.setCurrentWidget(self._sections[key][2])

    @Slot(str)
    def _on_point(self, point_id: str) -> None:
        self.item_opened.emit("access_point", point_id)

    @Slot(str)
    def _on_partner(self, body_id: str) -> None:
        self.item_opened.emit("body", body_id)
