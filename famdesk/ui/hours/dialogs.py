"""Dialogs for opening hours, extra openings and closures, made for typing: day, from, to, Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.hours import words
from famdesk.ui.hours.days import DaysField
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.plain import advise
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.usecases.directory import hours
from famdesk.usecases.directory.directory_rows import ClosureRow, ExtraRow, RuleRow

WHOLE_CENTRE = "centre"


class HoursDialog(Dialog):
    """Weekly hours: new ones for one or more days, new hours from a day on, or the correction of a mistake."""

    def __init__(
        self, parent: QWidget, runner: Runner, point: tuple[str, str], today: date, rule: RuleRow | None = None
    ) -> None:
        """`point` is id and name of the access point; without `rule` new hours are entered."""
        title = _("Change hours of {point}") if rule else _("Add hours of {point}")
        super().__init__(parent, title.format(point=point[1]), _("Save"))
        self._runner, self._point_id, self._rule, self._today = runner, point[0], rule, today
        self._mode = Segmented([("from", _("New hours from a day on")), ("fix", _("Correct a mistake"))], _("Change"))
        self._preview = Label("", "second", wrap=True)
        self.form = form = Form()
        if rule:
            form.widget(at_left(self._mode))
        form.add("weekdays", _("Day"), DaysField(several=rule is None), required=True)
        form.add("opens", _("Opens"), TimeField(), required=True)
        form.add("closes", _("Closes"), TimeField(), required=True, hint=_("0:00 is the end of the day."))
        form.add("starts_on", _("From"), DateField(), required=True)
        form.add("valid_from", _("Valid from"), DateField())
        form.add("valid_to", _("Until"), DateField(), hint=_("Empty: until further notice."))
        form.widget(self._preview)
        self.body.addWidget(form)
        form.set_values(_values(rule, today))
        self._mode.chosen.connect(self._on_mode)
        form.edited.connect(self._show_preview)
        self._preview.setMinimumHeight(2 * self._preview.fontMetrics().lineSpacing())
        self._on_mode()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the hours if there is a rule already: the day changes seldom."""
        super().showEvent(event)
        if self._rule is not None and self.form is not None:
            self.form.field("opens").setFocus()

    def save(self) -> None:
        values = self._given()
        days, rule = values.pop("weekdays"), self._rule
        if rule is None:
            self._run(hours.add_rules, self._point_id, weekdays=days, **values)
        elif self._mode.current() == "fix":
            self._run(hours.change_rule, rule.id, rule.version, weekday=days[0], **values)
        else:
            first = values.pop("valid_from")
            self._run(hours.change_rule_from, rule.id, rule.version, starts_on=first, weekday=days[0], **values)

    def _run(self, usecase: Callable[..., object], *args: object, **values: Any) -> None:
        self._runner.run(usecase, *args, then=self.finish, failed=self.present, **values)

    def _given(self) -> dict[str, Any]:
        """What was typed; `valid_from` is the first day in every mode."""
        assert self.form is not None
        values = self.form.values()
        first = values.pop("starts_on")
        return {**values, "valid_from": first} if self._changes() else values

    def _changes(self) -> bool:
        return self._rule is not None and self._mode.current() == "from"

    @Slot()
    def _on_mode(self) -> None:
        assert self.form is not None
        self.form.set_row_visible("starts_on", self._changes())
        self.form.set_row_visible("valid_from", not self._changes())
        if not self._changes():
            self.form.field("starts_on").set_value(self._today)
        self._show_preview()

    @Slot()
    def _show_preview(self) -> None:
        values = self._given()
        days, opens, closes = values["weekdays"], values["opens"], values["closes"]
        text = ""
        if days and isinstance(opens, time) and isinstance(closes, time):
            text = words.rule_text(days, (opens, closes), values["valid_from"], values["valid_to"])
        self._preview.setText(text)


def _values(rule: RuleRow | None, today: date) -> dict[str, object]:
    if rule is None:
        return {"starts_on": today, "valid_from": today}
    return {"weekdays": (rule.weekday,), "opens": rule.opens, "closes": rule.closes, "starts_on": today,
            "valid_from": rule.valid_from, "valid_to": rule.valid_to}  # fmt: skip


class ExtraDialog(Dialog):
    """An opening of one day beside the weekly hours."""

    def __init__(self, parent: QWidget, runner: Runner, point: tuple[str, str], extra: ExtraRow | None = None) -> None:
        """`point` is id and name of the access point; without `extra` a new one is entered."""
        title = _("Change extra opening of {point}") if extra else _("Extra opening of {point}")
        super().__init__(parent, title.format(point=point[1]), _("Save"))
        self._runner, self._point_id, self._extra = runner, point[0], extra
        self.form = form = Form()
        form.widget(Label(_("Open on one day only, also if it is a holiday or falls into a closure."), "second",
                          wrap=True))  # fmt: skip
        form.add("day", _("Day"), DateField(), required=True)
        form.add("opens", _("Opens"), TimeField(), required=True)
        form.add("closes", _("Closes"), TimeField(), required=True)
        form.add("reason", _("Reason"), LineField(placeholder=_("as it should stand on the poster")))
        self.body.addWidget(form)
        if extra:
            form.set_values({name: getattr(extra, name) for name in ("day", "opens", "closes", "reason")})

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        if self._extra is None:
            self._runner.run(hours.add_extra, self._point_id, then=self.finish, failed=self.present, **values)
        else:
            self._runner.run(hours.change_extra, self._extra.id, self._extra.version, then=self.finish,
                             failed=self.present, **values)  # fmt: skip


class ClosureDialog(Dialog):
    """Days without opening, of one access point or of the whole centre."""

    def __init__(
        self, parent: QWidget, runner: Runner, points: Sequence[tuple[str, str]], closure: ClosureRow | None = None,
        at: str | None = None,
    ) -> None:  # fmt: skip
        """`points` are ids and names; `at` is the access point that is proposed, None: the whole centre."""
        super().__init__(parent, _("Change closure") if closure else _("Add closure"), _("Save"))
        self._runner, self._closure = runner, closure
        self.form = form = Form()
        where = [Choice(WHOLE_CENTRE, _("Whole centre")), *(Choice(one, name) for one, name in points)]
        form.add("first_day", _("First day"), DateField(), required=True)
        form.add("last_day", _("Last day"), DateField(), hint=_("Empty: one day."))
        form.add("access_point_id", _("Where"), ChoiceField(where, allow_none=False))
        form.add("reason", _("Reason"), LineField(placeholder=_("as it should stand on the poster")))
        advise(form, "reason")
        self.body.addWidget(form)
        values = {"access_point_id": at or WHOLE_CENTRE}
        if closure:
            values = {name: getattr(closure, name) for name in ("first_day", "last_day", "reason")}
            values["access_point_id"] = closure.access_point_id or WHOLE_CENTRE
        form.set_values(values)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        values["last_day"] = values["last_day"] or values["first_day"]
        if values["access_point_id"] == WHOLE_CENTRE:
            values["access_point_id"] = None
        if self._closure is None:
            self._runner.run(hours.add_closure, then=self.finish, failed=self.present, **values)
        else:
            self._runner.run(hours.change_closure, self._closure.id, self._closure.version, then=self.finish,
                             failed=self.present, **values)  # fmt: skip


def at_left(widget: QWidget) -> QWidget:
    """The widget in its own width, at the left of a row."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return holder
