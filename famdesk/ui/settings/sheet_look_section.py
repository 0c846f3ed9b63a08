"""Settings: how the sheets of the centre look, with a preview that follows every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.post import looks as shades
from famdesk.domain.post.looks import Look
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colour_field import ColourField
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.fields import CheckField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.list_card import ListCard, Listed, tell_place
from famdesk.ui.settings.logo_dialog import LogoDialog, dropped_file
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.ui.settings.sheet_look_preview import LookPreview
from famdesk.usecases.centre import looks
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.centre.looks import LogoRow, LookRow, LookValues
from famdesk.usecases.directory import directory

SAVE = looks.save_look.name
_BESIDE = 170
"""From how many units of width on the preview stands beside the form."""


class SheetLookSection(Section):
    """Colour, header and footer in a form, the logos in their order, and a sheet that shows it all.

    Attributes:
        form: colour and texts. logos: the list of logos. preview: the sheet.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._row: LookRow | None = None
        self._version, self._fresh = 0, True
        self._bodies: list[Choice] = []
        self._moved: LogoRow | None = None
        self.form = _form()
        self.save = button(_("Save"), "save", self._on_save)
        theme.set_kind(self.save, "primary")
        self.take = button("", "check", self._on_take)
        self._reason = reason_label(SAVE)
        self.preview = LookPreview(runner)
        self.logos = LogoCard()
        self._build()
        self.form.edited.connect(self._try)
        self.form.unplaced.connect(self.failed)
        self.form.given_up.connect(self._fetch)

    def read(self, me: MeRow) -> None:
        may = SAVE in me.may
        self._reason.setVisible(not may)
        self.save.setVisible(may)
        self.form.setEnabled(may)
        self.logos.allow(me)
        self._fetch()
        self.runner.fetch(directory.bodies, then=self._take_bodies, failed=self.failed.emit, latest="bodies")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if self.width() >= theme.unit(_BESIDE) else way.TopToBottom)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """The preview stays in sight while one scrolls through what stands beside it."""
        beside = self._columns.direction() == QBoxLayout.Direction.LeftToRight
        most = self._left.height() - self.preview.height() if beside else 0
        self._above.setFixedHeight(max(0, min(self.verticalScrollBar().value(), most)))

    def _build(self) -> None:
        words = Card(_("Colour and texts"), "printer")
        explained = _(
            "What the town sees of the centre. All sheets take the colour; posters, leaflets, slips, letters and what "
            "is signed show header, footer and logo. Sheets that must not tell the centre show nothing of it."
        )
        words.body.addWidget(Label(explained, "second", wrap=True))
        words.body.addWidget(self._reason)
        words.body.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self.save)
        row.addWidget(self.take)
        row.addStretch(1)
        words.body.addLayout(row)
        self.take.hide()
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.unit(3.5))
        left.addWidget(words)
        left.addWidget(self.logos)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        self._above = QWidget()
        self._above.setFixedHeight(0)
        right.addWidget(self._above)
        right.addWidget(self.preview)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.unit(3.5))
        self._columns.addWidget(self._left, 1)
        self._columns.addLayout(right, 1)
        self.body.addLayout(self._columns)
        self.verticalScrollBar().valueChanged.connect(self._follow)
        self.logos.opened.connect(self._edit)
        self.logos.moved.connect(self._move)
        self.logos.wanted.connect(self._edit)
        self.logos.dropped.connect(self._add_file)
        self.logos.unwanted.connect(self._remove)

    def _take_bodies(self, rows: Any) -> None:
        self._bodies = [Choice(row.id, row.name) for row in rows]

    def _fetch(self) -> None:
        self.runner.fetch(looks.look, then=self._show, failed=self.failed.emit, latest="look")

    def _show(self, row: LookRow) -> None:
        self._row = row
        self.logos.show_logos(row.logos)
        moved, self._moved = self._moved, None
        if moved is not None:
            tell_place(self.logos, moved)
        if self._fresh or not self.form.dirty:
            self._version = row.version  # of what stands in the form, not of what a colleague saved since
            self._fresh = False
        if not self.form.dirty:
            values = row.values
            self.form.set_values({"colour": values.colour, "header": values.header, "footer": values.footer,
                                  "with_partners": values.with_partners})  # fmt: skip
        self._try()

    @Slot()
    def _try(self) -> None:
        """Show what stands in the form; a colour that cannot be read as the one that is proposed instead of it."""
        if self._row is None:
            return
        values = LookValues(**self.form.values())
        colour = shades.clean_colour(values.colour) or ""
        proposal = shades.readable(colour) if colour else ""
        pale = proposal != colour
        self.form.set_hint("colour", looks.TooPale(proposal=proposal).sentence() if pale else "")
        self.take.setVisible(pale and self.form.isEnabled())
        self.take.setText(_("Use {colour}").format(colour=proposal))
        tried = replace(values, colour=proposal, header=_cut(values.header, shades.LONGEST_HEADER),
                        footer=_cut(values.footer, shades.LONGEST_FOOTER))  # fmt: skip
        logos = tuple(one.logo for one in self._row.logos)
        self.preview.try_look(looks.look_of(tried, logos, self._row.language))

    @Slot()
    def _on_take(self) -> None:
        colour = shades.clean_colour(self.form.value("colour"))
        if colour:
            self.form.field("colour").set_value(shades.readable(colour))
            self.form.touch()
            self.form.field("colour").setFocus()

    @Slot()
    def _on_save(self) -> None:
        if self._row is not None and self.form.check():
            values = LookValues(**self.form.values())
            tried = looks.look_of(values, tuple(one.logo for one in self._row.logos), self._row.language)
            self.runner.compute(_printable, tried, then=partial(self._do_save, values), failed=self.form.present)

    def _do_save(self, values: LookValues, _printable: None) -> None:
        self.runner.run(looks.save_look, self._version, values, then=self._on_saved, failed=self.form.present)

    def _on_saved(self, _nothing: None) -> None:
        self._fresh = True
        self.form.set_values({})
        self.say(_("The look of the sheets is saved."))
        self._fetch()

    @Slot(object)
    def _edit(self, row: LogoRow | None) -> None:
        self._open(row)

    @Slot(str)
    def _add_file(self, path: str) -> None:
        self._open(None, path)

    def _open(self, row: LogoRow | None, path: str = "") -> None:
        dialog = LogoDialog(self.window(), self.runner, self._bodies, row, path)
        dialog.finished_with.connect(self._on_logo)
        dialog.open()

    @Slot(object, int)
    def _move(self, row: LogoRow, by: int) -> None:
        self._moved = row
        self.runner.run(looks.move_logo, row.id, row.version, by=by, then=self._on_logo, failed=self.failed.emit)

    @Slot(object)
    def _remove(self, row: LogoRow) -> None:
        confirm(self, _("Take this logo off the sheets?"), _("Remove"), lambda: self._do_remove(row), danger=True)

    def _do_remove(self, row: LogoRow) -> None:
        self.runner.run(looks.remove_logo, row.id, row.version, then=self._on_logo, failed=self.failed.emit)

    def _on_logo(self, _made: object = None) -> None:
        self._fetch()


class LogoCard(ListCard):
    """The logos: the centre's own, then those of the partners as they stand at the foot. A file can be dropped on it.

    Signals:
        wanted(object): None, another logo is wanted. unwanted(object): this row is to go. dropped(str): a file.
    """

    wanted = Signal(object)
    unwanted = Signal(object)
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        explained = _(
            "Partners stand at the foot of posters, flyers and leaflets in this order: whoever gives the money as the "
            "act says. Drop a file here to add one."
        )
        super().__init__(Listed(_("Logos"), "tag", SAVE, _line, explained, _("No logo yet.")), parent)
        self.up = self.small_tool(_("Move up"), "chevron-up", self._on_up)
        self.down = self.small_tool(_("Move down"), "chevron-down", self._on_down)
        self.remove = self.small_tool(_("Remove"), "trash-2", self._on_remove)
        self.add = self.tool(_("Add"), "plus", self._on_add)
        self.row_changed.connect(self._on_row)

    def allow(self, me: MeRow) -> None:
        super().allow(me)
        self.setAcceptDrops(self.may)

    def show_logos(self, rows: Sequence[LogoRow]) -> None:
        """Show the logos, the own one first."""
        self.show_rows(rows, movable=lambda row: row.body_id is not None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(dropped_file(event))

    @Slot(object)
    def _on_row(self, row: LogoRow | None) -> None:
        partners = [one.id for one in self.rows if one.body_id is not None]
        place = partners.index(row.id) if row is not None and row.id in partners else None
        self.up.setEnabled(place is not None and place > 0)
        self.down.setEnabled(place is not None and place < len(partners) - 1)
        self.remove.setEnabled(row is not None)

    @Slot()
    def _on_up(self) -> None:
        self.moved.emit(self.row(), -1)

    @Slot()
    def _on_down(self) -> None:
        self.moved.emit(self.row(), 1)

    @Slot()
    def _on_remove(self) -> None:
        self.unwanted.emit(self.row())

    @Slot()
    def _on_add(self) -> None:
        self.wanted.emit(None)


def _form() -> Form:
    form = Form(labels="top")
    form.add("colour", _("Colour"), ColourField(shades.COLOUR))
    form.add("header", _("Header"), TextField(lines=2, most=4), hint=_("Such as the Comune and its department"))
    form.add("footer", _("Footer"), TextField(lines=2, most=4), hint=_("Such as tax code and certified mail"))
    form.add("with_partners", "", CheckField(_("Show the partners")),
             hint=_("At the foot of posters, flyers and leaflets"))  # fmt: skip
    return form


def _printable(look: Look) -> None:
    from famdesk.sheets.collecting import collect_look

    collect_look.check(look)


def _cut(text: str, limit: int) -> str:
    """What is too long is told when it is saved; the preview shows as much as would be kept."""
    return text.strip()[:limit]


def _line(row: LogoRow) -> Line:
    own = row.body_id is None
    return Line(row.id, _("The centre’s own") if own else row.logo.body, detail=row.logo.alt, icon="tag",
                badge=_("header") if own else "", meaning=Meaning.ACCENT)  # fmt: skip
