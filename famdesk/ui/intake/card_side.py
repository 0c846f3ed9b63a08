"""The narrow column beside the card: what is missing, who the person is, earlier accesses, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.intake.intake import MISSING
from famdesk.domain.intake.needs import need_label
from famdesk.domain.languages import language_label
from famdesk.domain.text import age_text
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, ScrollColumn
from famdesk.usecases.intake import intake


class PersonBox(Card):
    """Who somebody is, as far as the card has to know: notice, language, and the rules for reaching them.

    Signals:
        file_wanted(str): show the file of the person.
    """

    file_wanted = Signal(str)

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(title, icon, parent)
        self._person: intake.PersonBrief | None = None
        self._name = Label("", "strong", wrap=True)
        self._facts = Label("", "second", wrap=True)
        self._care = Label("", "problem", wrap=True)
        self._consents = Label("", "strong", wrap=True)
        self._file = ActionButton(_("Open the file"), "folder-open", kind="link")
        for widget in (self._name, self._facts, self._care, self._consents, self._file):
            self.body.addWidget(widget)
        self._file.clicked.connect(self._on_file)
        self.hide()

    def show_person(self, person: intake.PersonBrief | None, today: date) -> None:
        """Show somebody, or nothing."""
        self._person = person
        self.setVisible(person is not None)
        if person is None:
            return
        self._name.setText(person.label)
        self._facts.setText(" · ".join(part for part in _facts(person, today) if part))
        careful = [_("Protected contact: look into the file before you call or write.")] if person.careful else []
        self._care.setText("\n".join(person.rules or careful))
        self._care.setVisible(person.careful or bool(person.rules))
        self._consents.setText("\n".join(person.consents))
        self._consents.setVisible(bool(person.consents))

    def words(self) -> str:
        """What stands there, for tests and for those who listen."""
        return "\n".join(label.text() for label in (self._name, self._facts, self._care, self._consents)
                         if label.text())  # fmt: skip

    @Slot()
    def _on_file(self) -> None:
        if self._person is not None:
            self.file_wanted.emit(self._person.id)


class CardSide(ScrollColumn):
    """Says what the form does not.

    Signals:
        field_wanted(str): go to what is missing (a code of `domain.intake.MISSING`).
        earlier_wanted(str): show an earlier card.
        file_wanted(str): show the file of the person.
        booking_wanted(): an appointment is to be taken.
        learnt(): who the person is has become known.
    """

    field_wanted = Signal(str)
    earlier_wanted = Signal(str)
    file_wanted = Signal(str)
    booking_wanted = Signal()
    learnt = Signal()

    def __init__(self, runner: Runner, today: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._now = runner, today
        self._asked: tuple[str | None, str | None, str] = (None, None, "")
        self.body.setContentsMargins(0, 0, 0, 0)
        self._person: intake.PersonBrief | None = None
        self._missing_card = Card(_("Missing"), "list-checks")
        self.missing = LineList(_("What the card lacks"), empty=_("Nothing. The card is complete."), grow=True)
        self._missing_card.add_wide(self.missing)
        self.person_box = PersonBox(_("Person concerned"), "user")
        self.caller_box = PersonBox(_("Who calls"), "phone")
        self._earlier_card = Card(_("Earlier accesses"), "history")
        self.earlier = LineList(_("Earlier accesses"), empty=_("None: this is the first."), grow=True)
        self._earlier_card.add_wide(self.earlier)
        self.book = ActionButton(_("Book an appointment"), "calendar-plus", hint="Ctrl+B")
        self.later = ActionButton(_("Call back later"), "phone")
        self.print = ActionButton(_("Print the card"), "printer")
        parts = (self._missing_card, self.person_box, self.caller_box, self._earlier_card, self.book, self.later,
                 self.print)  # fmt: skip
        for part in parts:
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.setMinimumWidth(theme.unit(72))
        self.missing.activated_id.connect(self.field_wanted)
        self.missing.clicked.connect(self._on_missing_clicked)
        self.earlier.activated_id.connect(self.earlier_wanted)
        self.person_box.file_wanted.connect(self.file_wanted)
        self.caller_box.file_wanted.connect(self.file_wanted)
        self.book.clicked.connect(self.booking_wanted)
        self.about(None)

    @property
    def person(self) -> intake.PersonBrief | None:
        """Who the card is about, as far as it is known yet."""
        return self._person

    def about(
        self, person_id: str | None, caller_id: str | None = None, except_card: str | None = None, *,
        again: bool = False,
    ) -> None:  # fmt: skip
        """Show other persons, and the earlier cards of the one concerned (or else of the caller) but this one;
        `again`: also if nobody is another."""
        asked = (person_id, caller_id, except_card or "")
        if asked == self._asked and not again:
            return
        self._asked = asked
        self._show_persons(())
        self._earlier_card.hide()
        wanted = [one for one in dict.fromkeys((person_id, caller_id)) if one]
        if wanted:
            self._runner.fetch(intake.who, wanted, then=self._show_persons, latest="who")
            self._runner.fetch(
                intake.earlier_accesses, wanted[0], then=self._show_earlier, failed=self._no_earlier, latest="earlier"
            )

    def show_missing(self, missing: Sequence[str]) -> None:
        """What the card lacks now."""
        self.missing.set_lines([Line(code, codes.label(MISSING, code), icon="circle-alert") for code in missing])
        self._missing_card.set_count(len(missing))

    def _show_persons(self, found: Sequence[intake.PersonBrief]) -> None:
        person_id, caller_id, _card = self._asked
        known = {one.id: one for one in found}
        self._person = known.get(person_id or "")
        caller = known.get(caller_id or "") if caller_id != person_id else None
        today = self._now().date()
        self.person_box.show_person(self._person, today)
        self.caller_box.show_person(caller, today)
        self.learnt.emit()

    def _show_earlier(self, rows: Sequence[intake.EarlierRow]) -> None:
        others = [row for row in rows if row.id != self._asked[2]]
        self._earlier_card.show()
        self.earlier.set_lines([_earlier_line(row) for row in others])
        self._earlier_card.set_count(len(others))

    def _no_earlier(self, _error: Exception) -> None:
        """Somebody whom this role may not know."""
        self._earlier_card.hide()

    @Slot()
    def _on_missing_clicked(self) -> None:
        self.field_wanted.emit(self.missing.current_id())


def _facts(person: intake.PersonBrief, today: date) -> tuple[str, ...]:
    age = age_text(person.birth_date, today) if person.birth_date else ""
    speaks = language_label(person.language)
    mediator = _("needs a mediator") if person.needs_mediator else ""
    return (age, speaks, mediator, codes.label(codes.PRIVACY, person.privacy))


def _earlier_line(row: intake.EarlierRow) -> Line:
    needs = ", ".join(need_label(code) for code in row.needs) or _("Access")
    outcome = codes.label(codes.OUTCOMES, row.outcome)
    caller = _("as caller") if row.as_caller else ""
    detail = " · ".join(part for part in (formats.date_num(row.at.date()), outcome, row.operator, caller) if part)
    return Line(row.id, needs, detail=detail)
