"""Settings: the texts that people sign, in versions and languages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.i18n import LANGUAGES, _, formats, language, ngettext
from famdesk.ui.consents.dialogs import LANGUAGE_NAMES
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.plain import advise
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, Segmented
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.consent import consent_texts
from famdesk.usecases.consent.consent_texts import TextRow

CHANGE = "consent_texts.write_draft"
_MEANINGS = {"draft": Meaning.WARNING, "in_use": Meaning.OPEN, "retired": Meaning.CLOSED}


class ConsentsSection(Section):
    """The privacy notice and the consents: what is in use, drafts, earlier versions.

    Attributes:
        language: the language whose texts are listed.
        texts: the versions, by what they are for. shown: the text of the one that is chosen.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._may = False
        self._rows: tuple[TextRow, ...] = ()
        self.language = Segmented([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES], _("Language of the texts"))
        self.language.set_current(language())
        self.texts = LineList(_("Texts"), _("There are no texts yet."), grow=True)
        self.shown = Label("", wrap=True)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._missing = button(_("Take over the proposed texts"), "download", self._on_proposals)
        self._new = button(_("New version…"), "file-plus", self._on_new)
        self._edit = button(_("Change the draft…"), "pencil", self._on_edit)
        self._use = button(_("Put into use"), "check", self._on_use)
        self._drop = button(_("Remove the draft"), "trash-2", self._on_drop)
        self._reason = reason_label(CHANGE)
        self._build()
        self.language.chosen.connect(self._fill)
        self.texts.current_changed.connect(self._on_current)
        self.texts.activated_id.connect(self._on_activated)

    def read(self, me: MeRow) -> None:
        self._may = CHANGE in me.may
        self._reason.setVisible(not self._may)
        self.runner.fetch(consent_texts.texts, then=self._take, failed=self.failed.emit, latest="consent_texts")

    def current(self) -> TextRow | None:
        """The version that is chosen."""
        return next((row for row in self._rows if row.id == self.texts.current_id()), None)

    def _build(self) -> None:
        top = Card(_("Privacy notice and consents"), "signature")
        words = _("A version that has been in use is never changed: write a new one and put it into use. Underlined "
                  "places are what only the centre can fill in, or what is written by hand.")  # fmt: skip
        top.body.addWidget(Label(words, "second", wrap=True))
        top.body.addWidget(self._reason)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self.language)
        row.addStretch(1)
        for one in (self._missing, self._drop, self._edit, self._new, self._use):
            row.addWidget(one)
        top.body.addLayout(row)
        top.add_wide(self.texts)
        self._text = Card(_("Text"), "file-text")
        self._text.body.addWidget(self.shown)
        self.body.addWidget(top)
        self.body.addWidget(self._text)
        self.body.addStretch(1)

    def _take(self, rows: tuple[TextRow, ...]) -> None:
        self._rows = rows
        known = {(row.purpose, row.language) for row in rows}
        wanted = {(code, lang) for code in codes.codes(consents.PURPOSES) for lang in LANGUAGES}
        self._missing.setVisible(self._may and not wanted <= known)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        self.texts.set_lines([text_line(row) for row in self._rows if row.language == self.language.current()])
        if not self.texts.current_id():
            self.texts.step(1)
        self._on_current()

    @Slot()
    def _on_current(self) -> None:
        row = self.current()
        self._text.setVisible(row is not None)
        draft = row is not None and row.state == "draft"
        drafts = {(one.purpose, one.language) for one in self._rows if one.state == "draft"}
        self._new.setVisible(self._may and row is not None and (row.purpose, row.language) not in drafts)
        for one in (self._edit, self._use, self._drop):
            one.setVisible(self._may and draft)
        if row is not None:
            self._text.set_title(row.title)
            self.shown.setText(plain(row.body))

    @Slot(str)
    def _on_activated(self, _text_id: str) -> None:
        row = self.current()
        if row is not None and self._may:
            (self._on_edit if row.state == "draft" else self._on_new)()

    @Slot()
    def _on_new(self) -> None:
        row = self.current()
        if row is not None:
            TextDialog(self.window(), self.runner, row, new=True).open()

    @Slot()
    def _on_edit(self) -> None:
        row = self.current()
        if row is not None and row.state == "draft":
            TextDialog(self.window(), self.runner, row, new=False).open()

    @Slot()
    def _on_use(self) -> None:
        if self.current() is not None:
            detail = _("From today this version is signed. Consents given with an earlier one still hold.")
            confirm(self.window(), _("Put this version into use?"), _("Put into use"), self._put_in_use, detail=detail)

    def _put_in_use(self) -> None:
        row = self.current()
        if row is not None:
            self.runner.run(consent_texts.put_in_use, row.id, row.version, failed=self.failed.emit)

    @Slot()
    def _on_drop(self) -> None:
        row = self.current()
        if row is not None:
            self.runner.run(consent_texts.remove_draft, row.id, row.version, failed=self.failed.emit)

    @Slot()
    def _on_proposals(self) -> None:
        self.runner.run(consent_texts.place_proposals, then=self._on_placed, failed=self.failed.emit)

    def _on_placed(self, number: int) -> None:
        text = ngettext("{n} proposed text taken over: read it before it is signed.",
                        "{n} proposed texts taken over: read them before they are signed.", number)  # fmt: skip
        self.say(text.format(n=number))


class TextDialog(Dialog):
    """A draft: the title and the words that people sign."""

    def __init__(self, parent: QWidget, runner: Runner, row: TextRow, *, new: bool) -> None:
        """`new`: a version that follows `row`; else `row` is the draft that is changed."""
        title = _("New version of the text") if new else _("Draft of the text")
        super().__init__(parent, title, _("Save draft"))
        self._runner, self._row, self._new = runner, row, new
        what = codes.label(consents.PURPOSES, row.purpose)
        self.body.addWidget(Label(f"{what} · {LANGUAGE_NAMES[row.language]}", "second"))
        self.form = Form(labels="top")
        self.form.add("title", _("Title"), LineField(), required=True)
        hint = _("“## ” begins a heading, “- ” an item; {name} is replaced by the name of the centre, ______ is filled "
                 "in by hand.").format(name="{centre}")  # fmt: skip
        self.form.add("body", _("Text"), TextField(lines=16, most=24), required=True, hint=hint)
        if row.language == "it":
            advise(self.form, "body", hint=hint)
        self.form.set_values({"title": row.title, "body": row.body})
        self.body.addWidget(self.form)
        self.setMinimumWidth(theme.unit(170))

    def save(self) -> None:
        assert self.form is not None
        row, values = self._row, self.form.values()
        if self._new:
            self._runner.run(consent_texts.write_draft, row.purpose, row.language, **values, then=self.finish,
                             failed=self.present)  # fmt: skip
        else:
            self._runner.run(consent_texts.change_draft, row.id, row.version, **values, then=self.finish,
                             failed=self.present)  # fmt: skip


def text_line(row: TextRow) -> Line:
    """A version of a text: what it is for, its number and state, since when, what is still to be filled in."""
    facts = [_("version {number}").format(number=row.number)]
    if row.valid_from:
        facts.append(_("in use since {day}").format(day=formats.date_long(row.valid_from)))
    if row.blanks and row.state != "retired":
        text = ngettext("{n} place to fill in", "{n} places to fill in", row.blanks)
        facts.append(text.format(n=row.blanks))
    return Line(row.id, codes.label(consents.PURPOSES, row.purpose), detail=" · ".join(facts),
                badge=codes.label(consents.TEXT_STATES, row.state), meaning=_MEANINGS[row.state],
                icon="file-pen" if row.state == "draft" else "file-text")  # fmt: skip


def plain(body: str) -> str:
    """The text as it is read on the screen."""
    lines = (line.removeprefix("## ") for line in body.splitlines())
    return "\n".join(f"• {line[2:]}" if line.startswith("- ") else line for line in lines)
