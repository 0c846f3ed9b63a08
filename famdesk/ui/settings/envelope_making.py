"""Making a sealed envelope: three holders, one after the other, each alone with their part of the key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from famdesk.domain.codes import label
from famdesk.domain.errors import RuleError
from famdesk.domain.notes.envelope import HOLDERS, NEEDED, asked_back, groups, same_group
from famdesk.i18n import N_, _, language, using
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.notes import escrow
from famdesk.usecases.notes.escrow import Drawn

if TYPE_CHECKING:
    from famdesk.sheets.registers.recovery import EnvelopeShare
    from famdesk.usecases.office import Office

_NAMES: Final = N_(
    "The program draws a key and cuts it into three parts; any two of them together hand notes over to a successor. "
    "Each part goes to somebody else. Have the three holders come together, each with a paper envelope."
)
# Translators: {name} is one of three people who each keep a part of a key; the others are in the same room
_TURN: Final = N_(
    "Part {number} of {total}, for {name} ({role}). Only {name} stands at the screen now: everybody else turns away, "
    "whoever makes the envelope too. FamDesk cannot see who looks: that is up to you."
)
_SHOWN: Final = N_(
    "Part {number} of {total}, for {name}. Print it, or write it down; then it is hidden and cannot be shown again "
    "once you have typed back two groups."
)
_BACK: Final = N_("{name}, type back these two groups of your part from the paper.")


class MakeDialog(Dialog):
    """First who the holders are. Then each in turn: the others look away, the part is shown, it is put on paper and
    hidden, two of its groups are typed back from the paper. Only after the third is anything made.

    Attributes:
        number: whose turn it is, from 0; −1 while the holders are named.
        phase: what is on the screen: "names", "turn", "shown" or "back".
        code: the label with the part that is shown; empty at all other times.
        show_again: back from the paper to the screen. paper: prints the part.
    """

    def __init__(self, parent: QWidget, runner: Runner, office: Office, *, again: bool) -> None:
        """`again`: there is an envelope already, and a reason is wanted."""
        super().__init__(parent, _("Make the sealed envelope"), _("Next"))
        self.setProperty(KEEPS_DRAFTS, True)  # parts exist on paper only
        self._runner, self._office = runner, office
        self._drawn: Drawn | None = None
        self._names: tuple[str, ...] = ()
        self._reason: str | None = None
        self._asked = (1, 2)
        self.number, self.phase = -1, "names"
        self._say = Label("", wrap=True)
        self.code = Label("", "title", wrap=True)
        self.code.setTextFormat(Qt.TextFormat.PlainText)
        self.paper = ActionButton(_("Print this part…"), "printer")
        self.show_again = ActionButton(_("Show the part again"), "eye")
        self._stack = QStackedWidget()
        self._names_form = _names_form(office.actor.name, again=again)
        self._back_form = _back_form((1, 2))
        self._back = _column(self._back_form, self.show_again)
        self._stack.addWidget(_column(self._names_form))
        self._stack.addWidget(_column())
        self._stack.addWidget(_column(self.code, self.paper))
        self._stack.addWidget(self._back)
        self.body.addWidget(self._say)
        self.body.addWidget(self._stack, 1)
        self.paper.clicked.connect(self._on_paper)
        self.show_again.clicked.connect(self._on_show_again)
        self._go("names")

    def save(self) -> None:
        """What the button of this step does."""
        steps: dict[str, Callable[[], None]] = {
            "names": self._take_names, "turn": self._show, "shown": self._ask_back, "back": self._check_back,
        }  # fmt: skip
        steps[self.phase]()

    @Slot()
    def reject(self) -> None:
        """Nothing is made by halves: what is on paper is worth nothing then."""
        if self._drawn is None:
            super().reject()
            return
        detail = _("Nothing was made. Parts that are on paper already open nothing: destroy them.")
        asked = confirm(self, _("Stop making the envelope?"), _("Stop"), self._forget, danger=True, detail=detail)
        asked.begin_with_cancel(_("Go on"))

    def _forget(self) -> None:
        self._drawn = None
        self.code.setText("")
        self.form = None
        super().reject()

    def _take_names(self) -> None:
        found = self._names_form.values()
        names = tuple(found[holder.code] for holder in HOLDERS)
        self._reason = found.get("reason") or None
        try:
            escrow.checked_holders(names)
        except RuleError as error:
            self.present(error)
            return
        self._names = names
        work = partial(escrow.check_may_make, self._office, self._reason)
        self._runner.in_turn(work, then=self._begin, failed=self.present, owner=self, quiet=True)

    def _begin(self, _nothing: object) -> None:
        self._drawn = escrow.draw()
        self.number = 0
        self._go("turn")

    def _show(self) -> None:
        self._go("shown")

    def _ask_back(self) -> None:
        if self._drawn is not None:
            self._asked = asked_back(self._drawn.codes[self.number])
        before, self._back_form = self._back_form, _back_form(self._asked)
        column = self._back.layout()
        assert column is not None
        column.replaceWidget(before, self._back_form)
        before.deleteLater()
        self._go("back")

    def _check_back(self) -> None:
        if self._drawn is None:
            return
        parts = groups(self._drawn.codes[self.number])
        for name, number in zip(("first", "second"), self._asked, strict=True):
            if not same_group(self._back_form.value(name), parts[number - 1]):
                self.present(NotOnPaper(name))
                return
        self.number += 1
        if self.number < len(HOLDERS):
            self._go("turn")
            return
        self._say.setText(_("All three holders have their part. The envelope is being made."))
        work = partial(escrow.make, self._office, self._drawn, self._names, self._reason)
        self._runner.in_turn(work, then=self._on_made, failed=self._on_not_made, owner=self)

    def _on_made(self, _nothing: object) -> None:
        check = self._drawn.check if self._drawn is not None else ""
        self._drawn = None
        self.finish(check)

    def _on_not_made(self, error: Exception) -> None:
        """The three parts are on paper: it is tried again with them."""
        self.number = len(HOLDERS) - 1
        self.present(error)

    def _go(self, phase: str) -> None:
        self.phase = phase
        self.code.setText("")
        self.form = {"names": self._names_form, "back": self._back_form}.get(phase)
        texts = {
            "names": (_NAMES, _("Next")),
            "turn": (_TURN, _("Show my part")),
            "shown": (_SHOWN, _("I have it on paper")),
            "back": (_BACK, _("Done")),
        }
        text, button = texts[phase]
        said = _(text)
        if self.number >= 0:
            role = label(HOLDERS, HOLDERS[self.number].code)
            said = said.format(name=self._names[self.number], role=role, number=self.number + 1, total=len(HOLDERS))
        self._say.setText(said)
        self._stack.setCurrentIndex(tuple(texts).index(phase))
        if phase == "shown" and self._drawn is not None:
            self.code.setText(spaced(self._drawn.codes[self.number]))
            self.code.setAccessibleName(self.code.text())
        self.set_accept_text(button)
        self.set_accept_enabled(True)
        if self.isVisible():
            announce(self, said)
            if self.form is not None:
                self.form.focus_first()

    @Slot()
    def _on_show_again(self) -> None:
        self._go("shown")

    @Slot()
    def _on_paper(self) -> None:
        """The sheet of this holder alone, to be printed; never a file."""
        if self._drawn is None:
            return
        gather = partial(_gather, self._office.home.settings().centre_name, self._drawn, self.number,
                         self._names[self.number])  # fmt: skip
        ShareSheet(self, self._runner, _("Sealed envelope of the session notes"), "busta-sigillata", gather, _render,
                   [(language(), "")], _("Language"), key="recovery").open()  # fmt: skip


class ShareSheet(SheetDialog):
    """The sheet of one part; it is printed and never saved."""

    def _ready(self, *, ready: bool) -> None:
        super()._ready(ready=ready)
        self._save_action.setEnabled(False)
        self._save_action.setVisible(False)


class NotOnPaper(RuleError):
    message = N_("This is not what stands on the paper of this part. Look again, or show the part once more.")


def spaced(code: str) -> str:
    """The groups of a code with their numbers, as they are read aloud and copied."""
    return "   ".join(f"{number}\u00a0·\u00a0{group}" for number, group in enumerate(groups(code), start=1))


def _names_form(own: str, *, again: bool) -> Form:
    form = Form(labels="top")
    for holder in HOLDERS:
        form.add(holder.code, label(HOLDERS, holder.code), LineField(80), required=True)
    form.set_values({HOLDERS[0].code: own})
    if again:
        form.add("reason", _("Why a new one?"), TextField(lines=2), required=True)
    return form


def _back_form(asked: tuple[int, int]) -> Form:
    form = Form(labels="top")
    for name, number in zip(("first", "second"), asked, strict=True):
        # Translators: the code on a paper is written in numbered groups of five letters
        form.add(name, _("Group {number}").format(number=number), LineField(12), required=True)
    return form


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.unit(3))
    for widget in widgets:
        side = Qt.AlignmentFlag.AlignLeft if isinstance(widget, ActionButton) else Qt.AlignmentFlag(0)
        column.addWidget(widget, 0, side)
    column.addStretch(1)
    return page


def _gather(centre: str, drawn: Drawn, number: int, name: str, tx: Any, _choice: str) -> EnvelopeShare:
    from famdesk.sheets.registers.recovery import EnvelopeShare

    role = label(HOLDERS, HOLDERS[number].code)
    return EnvelopeShare(centre, drawn.codes[number], number + 1, len(HOLDERS), NEEDED, role, name, drawn.check,
                         tx.today())  # fmt: skip


def _render(content: EnvelopeShare, lang: str) -> bytes:
    from famdesk.sheets.registers.recovery import render_share

    with using(lang):
        return render_share(content)
