"""What is being typed into the person form is kept within two seconds, and offered again after a crash."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.waiting import Waiting
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.ui.people.person_fields import draft_of, put_draft
from famdesk.usecases.intake import drafts

KEEP_AFTER_MS: Final = 1_000


class PersonDraft(QWidget):
    """A line above the form that offers what was typed before; hidden while there is nothing.

    Signals:
        resumed(): the form holds what was typed before.
    """

    resumed = Signal()

    def __init__(self, runner: Runner, form: Form, key: str, names: tuple[str, ...]) -> None:
        """`names` are the fields that are kept, `key` tells the draft of one person from another's."""
        super().__init__()
        self._runner, self._form, self._key, self._names = runner, form, key, names
        self._found: dict[str, Any] = {}
        self._waiting = Waiting(form)
        self._label = Label(wrap=True)
        self.resume = ActionButton(_("Go on writing"), "pencil")
        self.discard = ActionButton(_("Throw away"), kind="flat")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(IconLabel("file-pen"))
        row.addWidget(self._label, 1)
        row.addWidget(self.resume)
        row.addWidget(self.discard)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        self.resume.clicked.connect(self._on_resume)
        self.discard.clicked.connect(self.drop)
        form.edited.connect(self._on_edited)
        runner.fetch(drafts.read, key, then=self._offer, owner=self)

    @Slot()
    def keep(self) -> None:
        """Write down what the form holds."""
        self._timer.stop()
        content = {name: draft_of(self._form.field(name)) for name in self._names}
        body = json.dumps(content, ensure_ascii=True)
        self._waiting.touch()
        safe = partial(self._waiting.kept, self._waiting.mark())
        self._runner.run(drafts.keep, self._key, body, then=safe, owner=self, quiet=True)

    @Slot()
    def drop(self) -> None:
        """Forget it: it was saved or thrown away."""
        self._timer.stop()
        self._waiting.rest()
        self.hide()
        self._runner.run(drafts.drop, self._key, quiet=True)

    @Slot()
    def _on_edited(self) -> None:
        self._waiting.touch()
        if not self._timer.isActive():
            self._timer.start()

    def _offer(self, found: drafts.DraftRow | None) -> None:
        if found is None or self._form.dirty:
            return
        self._found = json.loads(found.body)
        text = _("What was typed here on {moment} was not saved; it is still there.")
        self._label.setText(text.format(moment=formats.moment(found.at)))
        self.setAccessibleName(self._label.text())
        self.show()

    @Slot()
    def _on_resume(self) -> None:
        self.hide()
        for name, content in self._found.items():
            if self._form.has(name):
                put_draft(self._form.field(name), content)
        self._form.edited.emit()
        self.resumed.emit()
