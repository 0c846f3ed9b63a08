"""Who read what, in words: the lines of lists that tell of openings, prints, mails and sharing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import N_, _, formats
from famdesk.sheets.names import sheet_name
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.widgets import Segmented
from famdesk.usecases.readings import ReadingRow

WHAT: Final = {
    "read": N_("Opened"),
    "print": N_("On a sheet that was looked at or printed"),
    "export": N_("Passed on or exported"),
    "send": N_("Written to by mail"),
    "override": N_("Safe-contact rule overridden"),
    "share": N_("Shared with a colleague"),
    "unshare": N_("No longer shared"),
    "escrow": N_("Given on by the sealed envelope"),
    "emergency": N_("Opened by an emergency access"),
}
WAYS: Final = {
    "call": N_("call"),
    "message": N_("message left"),
    "mail": N_("mail"),
    "letter": N_("letter"),
    "paper": N_("paper"),
    "list": N_("list"),
    "export": N_("export"),
    "screen": N_("screen for others"),
}
ICONS: Final = {"read": "eye", "print": "printer", "send": "mail", "override": "triangle-alert", "share": "users",
                "escrow": "shield-alert", "emergency": "shield-alert"}  # fmt: skip


def what(row: ReadingRow) -> str:
    """What was done, in words."""
    key = row.verb if row.verb in {"emergency", "unshare"} else row.kind
    return _(WHAT[key]) if key in WHAT else row.kind


def line(row: ReadingRow) -> Line:
    """A line: when, what, by whom, in which role, at which station, and the reason that was given."""
    by = _("by me") if row.mine else row.by
    role = _(rights.ROLE_LABELS[row.role]) if row.role in rights.ROLE_LABELS else row.role
    way = _(WAYS[row.verb]) if row.kind == "override" and row.verb in WAYS else ""
    sheet = sheet_name(row.verb) if row.kind == "print" else ""
    # Translators: at which computer something was done; {station} is its name
    where = _("at {station}").format(station=row.station) if row.station else ""
    parts = (by, role, where, sheet, way, row.reason or "")
    key = "emergency" if row.verb == "emergency" else row.kind
    return Line(str(row.seq), what(row), lead=formats.moment(row.at), detail=" · ".join(one for one in parts if one),
                icon=ICONS.get(key, "eye"), meaning=Meaning.WARNING)  # fmt: skip


class ReadingsDialog(Dialog):
    """Who opened something, all or others only."""

    def __init__(self, parent: QWidget, title: str, rows: Sequence[ReadingRow]) -> None:
        super().__init__(parent, title)
        self._rows = tuple(rows)
        # Translators: of those who opened a note: colleagues, or oneself as well
        self.part = Segmented([("others", _("By others")), ("all", _("By all"))], _("Shown"))
        self.list = LineList(title, _("Nobody else opened it."), grow=True)
        self.list.setMinimumHeight(theme.unit(60))
        self.setMinimumWidth(theme.unit(150))
        self.body.addWidget(self.part)
        self.body.addWidget(self.list)
        self.part.chosen.connect(self._on_part)
        self._on_part("others")
        self.list.setFocus()

    @Slot(str)
    def _on_part(self, part: str) -> None:
        self.list.set_lines([line(row) for row in self._rows if part == "all" or not row.mine])
