"""Settings: calendars that are published for others to read, as a file or on a calendar server."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from famdesk.domain import codes
from famdesk.i18n import _, formats
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import CheckField, LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.list_card import Listed, ListSection
from famdesk.usecases.calendar import feeds
from famdesk.usecases.calendar.feeds import Content, FeedRow, FeedValues
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.directory import directory
from famdesk.usecases.programmes import programmes
from famdesk.usecases.staff import staff

ADD = feeds.add_feed.name


class FeedsSection(ListSection):
    """All published calendars with how the last publication went; Enter changes one."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        explained = _(
            "Other calendar programs can show these, and cannot change them. Without names they only say when somebody "
            "or something is busy. While FamDesk is open they follow every change."
        )
        listed = Listed(_("Published calendars"), "calendar-days", ADD, _line, explained,
                        _("No calendar is published."))  # fmt: skip
        super().__init__(runner, listed, feeds.feeds, parent)
        self._subjects: dict[str, list[Choice]] = {}
        self.publish = self.card.tool(_("Publish now"), "send", self._on_publish)
        self.remove = self.card.tool(_("Remove"), "trash-2", self._on_remove)
        self.add = self.card.tool(_("Add"), "plus", self.add_one)

    def read(self, me: MeRow) -> None:
        super().read(me)
        self.publish.setVisible(feeds.content.name in me.may)
        for kind, query in (("staff", staff.colleagues), ("room", directory.rooms), ("point", directory.points),
                            ("initiative", programmes.initiatives)):  # fmt: skip
            self.runner.fetch(query, then=partial(self._take, kind), failed=self.failed.emit, latest=kind)

    def _take(self, kind: str, rows: Any) -> None:
        self._subjects[kind] = [Choice(row.id, row.name) for row in rows]

    @Slot(object)
    def on_row(self, row: FeedRow | None) -> None:
        self.remove.setEnabled(row is not None)
        self.publish.setEnabled(bool(self.card.rows))

    @Slot(object)
    def edit(self, row: FeedRow | None) -> None:
        dialog = FeedDialog(self.window(), self.runner, self._subjects, row)
        dialog.finished_with.connect(self.on_done)
        dialog.open()

    @Slot()
    def _on_remove(self) -> None:
        row = self.card.row()
        if row is not None:
            confirm(
                self, _("Remove this published calendar?"), _("Remove"), lambda: self.do(feeds.remove_feed, row),
                danger=True,
                detail=_("What was published stays where it is until it is deleted there."),
            )  # fmt: skip

    @Slot()
    def _on_publish(self) -> None:
        self.publish.setEnabled(False)
        self.runner.fetch(feeds.due, then=self._publish, failed=self._on_failed)

    def _publish(self, ids: tuple[str, ...]) -> None:
        if not ids:
            self.fetch()
            return
        for feed_id in ids:
            self.runner.fetch(feeds.content, feed_id, then=self._send, failed=self._on_failed)

    def _send(self, content: Content) -> None:
        from famdesk.exchange import ics_publish

        self.runner.compute(
            ics_publish.send, content, then=partial(self._note, content.feed_id), failed=self._on_failed
        )

    def _note(self, feed_id: str, sent: Any) -> None:
        self.runner.run(feeds.published, feed_id, sent.outcome, sent.there, then=self.on_done,
                        failed=self._on_failed)  # fmt: skip

    def _on_failed(self, error: Exception) -> None:
        self.publish.setEnabled(True)
        self.failed.emit(error)


class SaveField(LineField):
    """The name of a file that will be written, typed or chosen."""

    def __init__(self) -> None:
        super().__init__(limit=1000)
        choose = QAction(icons.icon("folder-open"), _("Choose a file"), self)
        choose.triggered.connect(self._on_choose)
        self.addAction(choose, QLineEdit.ActionPosition.TrailingPosition)

    @Slot()
    def _on_choose(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Choose a file"), self.text() or folder, _("Calendar files (*.ics)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.setText(name)
        self.edited.emit()


class FeedDialog(Dialog):
    """Whose calendar, where to, with or without names."""

    def __init__(
        self, parent: QWidget, runner: Runner, subjects: dict[str, list[Choice]], row: FeedRow | None
    ) -> None:  # fmt: skip
        super().__init__(parent, _("Change") if row else _("Published calendar"), _("Save"))
        self.setMinimumWidth(theme.unit(140))
        self._runner, self._row, self._subjects = runner, row, subjects
        self.form = form = Form()
        form.add("name", _("Name"), LineField(120), required=True)
        whose = [Choice(*pair) for pair in codes.labels(feeds.FEED_SUBJECTS)]
        self._whose: ChoiceField = form.add("subject_kind", _("Whose"), ChoiceField(whose, allow_none=False),
                                            required=True)  # fmt: skip
        self._which: ChoiceField = form.add("subject_id", _("Which one"), ChoiceField([]))
        form.add("with_names", "", CheckField(_("With names")),
                 hint=_("As far as the safe-contact rule lets them out"))  # fmt: skip
        kinds = [Choice(*pair) for pair in codes.labels(feeds.FEED_KINDS)]
        self._kind: ChoiceField = form.add("kind", _("Where to"), ChoiceField(kinds, allow_none=False), required=True)
        form.add("path", _("File"), SaveField(), hint=_("In a folder that those who read it can reach"))
        form.add("url", _("Address"), LineField(400),
                 hint=_("It is published while somebody of the coordination has FamDesk open."))  # fmt: skip
        form.add("login", _("User name"), LineField(120))
        kept = _("One is kept. Write only to change it.") if row is not None and row.has_password else ""
        form.add("password", _("Password"), PasswordField(_("Password")), hint=kept)
        form.add("active", "", CheckField(_("In use")))
        self.body.addWidget(form)
        values = row.values if row else FeedValues("")
        self._offer(values.subject_kind)
        form.set_values({name: getattr(values, name) if getattr(values, name) is not None else "" for name in
                         ("name", "subject_kind", "with_names", "kind", "path", "url", "login", "active")}
                        | {"subject_id": values.subject_id})  # fmt: skip
        self._kind.edited.connect(self._on_kind)
        self._whose.edited.connect(self._on_whose)
        self._on_kind()
        self._on_whose()

    def save(self) -> None:
        assert self.form is not None
        given = self.form.values()
        password = given.pop("password") or None
        values = FeedValues(**given)
        if self._row is None:
            self._runner.run(feeds.add_feed, values, password, then=self.finish, failed=self.present)
        else:
            self._runner.run(feeds.change_feed, self._row.id, self._row.version, values, password, then=self.finish,
                             failed=self.present)  # fmt: skip

    def _offer(self, kind: str) -> None:
        self._which.set_choices(self._subjects.get(kind, []))

    @Slot()
    def _on_whose(self) -> None:
        assert self.form is not None
        kind = str(self._whose.value())
        self.form.set_row_visible("subject_id", kind != "centre")
        chosen = self._which.value()
        self._offer(kind)
        known = {choice.code for choice in self._subjects.get(kind, [])}
        self._which.set_value(chosen if chosen in known else None)

    @Slot()
    def _on_kind(self) -> None:
        assert self.form is not None
        server = self._kind.value() == feeds.CALDAV
        self.form.set_row_visible("path", not server)
        for name in ("url", "login", "password"):
            self.form.set_row_visible(name, server)


def _line(row: FeedRow) -> Line:
    values = row.values
    whose = codes.label(feeds.FEED_SUBJECTS, values.subject_kind)
    names = _("with names") if values.with_names else _("without names")
    at = formats.moment(row.at) if row.at else _("not published yet")
    detail = ", ".join((whose, names, values.path or values.url or "", at))
    if not values.active:
        return Line(
            row.id, values.name, detail=detail, icon="calendar-days", badge=_("not in use"), meaning=Meaning.CLOSED
        )
    good = row.outcome in ("", feeds.OK)
    badge = codes.label(feeds.OUTCOMES, row.outcome) if row.outcome else ""
    return Line(row.id, values.name, detail=detail, icon="calendar-days", badge=badge,
                meaning=Meaning.OPEN if good else Meaning.WARNING)  # fmt: skip
