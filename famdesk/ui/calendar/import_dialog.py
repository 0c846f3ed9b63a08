"""A calendar file of another program: what is in it, what would become of it, and taking it in."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import Shiboken

from famdesk.domain import codes
from famdesk.domain.calendar.calendar_file import CalendarFile
from famdesk.domain.progress import Progress, Stopped
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.calendar.import_progress import ReadingDialog
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.progress_line import ProgressLine
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.calendar import calendar_exchange
from famdesk.usecases.calendar.calendar_exchange import CHANGED, HINT, NEW, REFUSED, SAME, Found, FoundRow
from famdesk.usecases.calendar.calendar_exchange_rows import Target
from famdesk.usecases.directory import directory
from famdesk.usecases.staff import staff

SHOWN: Final = 200
"""Lines of the report that are shown; what was refused and what overlaps comes first, and so much of that."""
PROBLEMS: Final = 2000
_MEANINGS: Final = {NEW: Meaning.OPEN, CHANGED: Meaning.WARNING, SAME: Meaning.CLOSED, REFUSED: Meaning.CONFLICT,
                    HINT: Meaning.WARNING}  # fmt: skip


class Importing(QObject):
    """Asks for a file, reads it beside the window, and shows what is in it.

    Signals:
        failed(object): the file cannot be read.
        done(object): it was taken in, a `Found`.
    """

    failed = Signal(object)
    done = Signal(object)

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._window = runner, window

    @Slot()
    def begin(self) -> None:
        """Ask for a file."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        files = _("Calendar files (*.ics *.ical *.ifb *.icalendar)")
        dialog = QFileDialog(self._window, _("Choose a calendar file"), folder, files)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    @Slot(str)
    def read(self, name: str) -> None:
        """Read a file and show the report."""
        self._runner.fetch(where, then=partial(self._load, name), failed=self.failed.emit, owner=self)

    def _load(self, name: str, where: tuple[str, date]) -> None:
        from famdesk.exchange import ics_files

        progress, title = Progress(), Path(name).name
        waiting = ReadingDialog(self._window.window(), title, progress)
        self._runner.compute(ics_files.load, Path(name), *where, progress, then=partial(self._show, title, waiting),
                             failed=partial(self._on_failed, waiting), owner=self)  # fmt: skip

    def _on_failed(self, waiting: ReadingDialog, error: Exception) -> None:
        if Shiboken.isValid(waiting):  # gone with the window that was closed
            waiting.end()
        if not isinstance(error, Stopped):
            self.failed.emit(error)

    def _show(self, name: str, waiting: ReadingDialog, file: CalendarFile) -> None:
        if not Shiboken.isValid(waiting):
            return
        waiting.end()
        dialog = ImportDialog(self._window.window(), self._runner, name, file)
        dialog.finished_with.connect(self.done)
        dialog.open()


def where(tx: Any) -> tuple[str, date]:
    """The zone of the centre and the day there."""
    return tx.actor.timezone, tx.today()


class ImportDialog(Dialog):
    """Whose the events are, and a line for each of them: new, changed, as before, or why not."""

    def __init__(self, parent: QWidget, runner: Runner, name: str, file: CalendarFile) -> None:
        super().__init__(parent, _("Take in “{name}”").format(name=name), _("Take in the events"), named=True)
        self._runner, self._file = runner, file
        self._saving = False
        self.setMinimumWidth(theme.unit(170))
        self.form = form = Form()
        kinds = [Choice(code, codes.label(codes.APPOINTMENT_KINDS, code)) for code in calendar_exchange.KINDS]
        form.add("kind", _("They become"), ChoiceField(kinds, allow_none=False), required=True)
        form.add("staff_id", _("Whose"), ChoiceField([]))
        form.add("room_id", _("Room"), ChoiceField([]))
        form.add("access_point_id", _("Access point"), ChoiceField([]))
        form.add("reason", _("Reason"), LineField(200), hint=_("With a reason also dates are booked that overlap."))
        form.set_row_visible("reason", False)
        self.summary = Label("", wrap=True)
        self.list = LineList(_("What is in the file"), _("There is nothing in this file."))
        self.list.setMinimumHeight(theme.unit(70))
        hint = _("Names in the file stay text: nobody is looked for in them, and no file is opened.")
        self.body.addWidget(form)
        self.body.addWidget(Label(hint, "second", wrap=True))
        self.line = ProgressLine()
        self.body.addWidget(self.line)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.list, 1)
        form.set_values({"kind": "other"})
        for field in ("kind", "staff_id", "room_id", "access_point_id"):
            form.field(field).edited.connect(self._look)
        self.set_accept_enabled(False)
        self.finished.connect(self.line.stop)
        for field, query in (("staff_id", staff.colleagues), ("room_id", directory.rooms),
                             ("access_point_id", directory.points)):  # fmt: skip
            runner.fetch(query, then=partial(self._offer, field), failed=self.present, owner=self, latest=field)
        self._look()

    def save(self) -> None:
        assert self.form is not None
        reason = self.form.values()["reason"] or None
        self._runner.run(calendar_exchange.take, self._file, self._target(), reason=reason, progress=self._begin(),
                         then=self.finish, failed=self.present)  # fmt: skip

    def present(self, error: Exception) -> None:
        self.line.end()
        super().present(error)

    @Slot()
    def reject(self) -> None:
        """While the events are taken in, this only stops it: nothing was changed, and one can choose again."""
        if self.line.running and self._saving:
            self.line.stop()
        else:
            super().reject()

    def _begin(self, *, saving: bool = True) -> Progress:
        progress, self._saving = Progress(), saving
        self.line.follow(progress)
        return progress

    def _offer(self, field: str, rows: Any) -> None:
        assert self.form is not None
        self.form.field(field).set_choices([Choice(row.id, row.name) for row in rows])

    def _target(self) -> Target:
        assert self.form is not None
        given = self.form.values()
        return Target(given["kind"], given["staff_id"], given["room_id"], given["access_point_id"])

    @Slot()
    def _look(self) -> None:
        self.line.stop()  # what was asked for before is not wanted any more
        self._runner.fetch(calendar_exchange.look, self._file, self._target(), progress=self._begin(saving=False),
                           then=self._show, failed=self.present, owner=self, latest="look")  # fmt: skip

    def _show(self, found: Found) -> None:
        assert self.form is not None
        self.line.end()
        self.form.set_row_visible("reason", found.conflicts > 0)
        self.summary.setText(summary(found))
        self.list.set_lines(lines(found))
        self.set_accept_enabled(bool(found.count(NEW) or found.count(CHANGED)))


def summary(found: Found) -> str:
    """The numbers in words."""
    new, changed, same, refused = (found.count(what) for what in (NEW, CHANGED, SAME, REFUSED))
    parts = [ngettext("{n} new event", "{n} new events", new).format(n=new)]
    if changed:
        parts.append(ngettext("{n} changed event", "{n} changed events", changed).format(n=changed))
    if same:
        parts.append(ngettext("{n} event as before", "{n} events as before", same).format(n=same))
    if refused:
        parts.append(ngettext("{n} event not taken", "{n} events not taken", refused).format(n=refused))
    if found.conflicts:
        count = found.conflicts
        parts.append(ngettext("{n} date is taken already", "{n} dates are taken already", count).format(n=count))
    return " · ".join(parts)


def lines(found: Found) -> list[Line]:
    """The report, what needs a look first; of very many events only the first."""
    first = sorted(found.rows, key=lambda row: (not _needs_a_look(row), row.line))
    problems = sum(_needs_a_look(row) for row in first)
    shown = first[: max(SHOWN, min(problems, PROBLEMS))]
    rest = len(first) - len(shown)
    told = [line(row, number) for number, row in enumerate(shown)]
    if rest:
        # Translators: events of a calendar file that the list does not show
        more = ngettext("and {n} more event", "and {n} more events", rest).format(n=formats.number(rest))
        told.append(Line("rest", more, header=True))
    return told


def _needs_a_look(row: FoundRow) -> bool:
    return row.what in (REFUSED, HINT) or bool(row.conflicts)


def line(row: FoundRow, number: int) -> Line:
    """An event of the report; reasons and overlaps stand in the second line."""
    words = {NEW: _("new"), CHANGED: _("changed"), SAME: _("as before"), REFUSED: _("not taken"), HINT: _("remark")}
    lead = formats.date_num(row.starts.date()) if row.starts else ""
    detail = row.why or " ".join(row.taken[:3])
    dates = ngettext("{n} date", "{n} dates", row.dates).format(n=row.dates) if row.dates > 1 else ""
    return Line(str(number), row.name or _("without a title"), lead=lead, detail=detail, trail=dates,
                badge=words[row.what], meaning=_MEANINGS[row.what])  # fmt: skip
