"""One letter to everybody who is listed: written once, in as many languages as one likes.

The gate is asked when the dialog opens: who may not be written to gets none, and who has to be careful gets none from
here, because nothing in such a letter may tell the centre.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.languages import language_label, language_title
from famdesk.domain.post import letters as kinds
from famdesk.domain.post.letters import LetterWords
from famdesk.domain.progress import Progress
from famdesk.i18n import _, formats, language, ngettext, using
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.papers import print_dialog, printing
from famdesk.ui.kit.papers.printing import Gathered
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.people.letter_view import LetterView, Work, rendered, turn_to
from famdesk.usecases.post.letters import LetterCase

if TYPE_CHECKING:
    from famdesk.sheets.collecting.collect_letters import Addressees


class ManyLettersDialog(LetterView):
    """Writes a letter to several people and prints or saves it, and the labels for it in the same order."""

    def __init__(self, parent: QWidget, runner: Runner, ids: Sequence[str]) -> None:
        super().__init__(parent, runner, _("Letters to those listed"))
        self._ids = tuple(ids)
        self._found: Addressees | None = None
        self._written: dict[str, LetterWords] = {}
        self._shown, self._kind = language(), kinds.FREE
        labels = make_action(self, _("Address labels…"), self._on_labels, icon="printer", shortcut="Ctrl+E")
        hint = _("Choose another language to write the letter in that, too: who reads it gets it in that language.")
        self.lay_out((Label(hint, "second", wrap=True),), labels)
        assert self.form is not None
        self.form.field("kind").edited.connect(self._on_kind)
        self.form.field("language").edited.connect(self._on_language)
        runner.fetch(printing.gathered, _addressees, self._ids, then=self._begin, failed=self.refuse_all,
                     owner=self)  # fmt: skip

    def written(self) -> dict[str, LetterWords]:
        """What was written, by language."""
        self._keep()
        return dict(self._written)

    def typed_elsewhere(self) -> tuple[tuple[str, str], ...]:
        others = ((tongue, words) for tongue, words in self._written.items() if tongue != self._shown)
        return tuple((language_title(tongue), f"{words.subject}\n\n{words.text}".strip()) for tongue, words in others)

    def work(self) -> Work | None:
        if self._found is None or self.form is None:
            return None
        written = self.written()
        main = language() if language() in written else self._shown
        if not written:  # the program's words, or the centre's own, are there in every language
            written = {spoken: self._begun(spoken) for spoken in {to.language for to in self._found.to}}
        written.setdefault(main, self.words())
        found = self.form.values()
        options = {"envelope": found["envelope"] or kinds.DL, "window": found["window"] or kinds.RIGHT,
                   "large_print": found["large"]}  # fmt: skip
        return partial(_letters, self._found, written, main, self._runner.now().date(), options)

    def _begin(self, gathered: Gathered) -> None:
        self._found, self.out.marks, self.look = gathered.content, gathered.marks, gathered.look
        self.note.setText(_summary(self._found))
        self.note.show()
        self._fill()

    def _keep(self) -> None:
        """What stands in the fields is kept, unless it is only what they began with."""
        words = self.words()
        if words not in (self._begun(self._shown), LetterWords("", "")):
            self._written[self._shown] = words
        else:
            self._written.pop(self._shown, None)

    def _begun(self, wanted: str) -> LetterWords:
        """The text with which a letter of this kind begins in a language."""
        assert self._found is not None
        case = LetterCase(self._found.to[0], self._found.texts)
        return case.words(self._kind, wanted)

    def _fill(self) -> None:
        """The fields show what was written in this language, or what such a letter begins with."""
        assert self.form is not None
        self._kind = self.form.value("kind") or kinds.FREE
        words = self._written.get(self._shown) or self._begun(self._shown)
        turn_to(self.form, self._shown)
        self.form.field("subject").set_value(words.subject)
        self.form.field("text").set_value(words.text)
        self.make()

    @Slot()
    def _on_kind(self) -> None:
        """Another kind begins with its own text where nothing was written."""
        if self._found is not None:
            self._keep()
            self._fill()

    @Slot()
    def _on_language(self) -> None:
        """What was written in the language before is kept."""
        if self._found is None or self.form is None:
            return
        self._keep()
        self._shown = self.form.value("language") or language()
        self._fill()

    @Slot()
    def _on_labels(self) -> None:
        self._runner.fetch(printing.gathered, _labels, self._ids, then=self._make_labels, failed=self.present,
                           owner=self)  # fmt: skip

    def _make_labels(self, found: Gathered) -> None:
        marks, large = found.marks, bool(self.form and self.form.value("large"))
        self._runner.compute(_labels_pdf, found.content, language(), large, owner=self, failed=self.present,
                             then=lambda data: self._print_labels(data, marks))  # fmt: skip

    def _print_labels(self, data: bytes, marks: tuple[str, ...]) -> None:
        sheet = printing.Printout("labels", _("Address labels"), data, media="A4", marks=marks)
        print_dialog.ask(self, sheet, self._runner)


def _summary(found: Addressees) -> str:
    """How many letters there are, who reads what, and who gets none."""
    count = len(found.to)
    told = [ngettext("{n} letter, one for each address.", "{n} letters, one for each address.", count).format(n=count)]
    spoken = Counter(to.language for to in found.to).most_common()
    told.append(formats.list_text([f"{language_label(code)}: {number}" for code, number in spoken]) + ".")
    if found.careful:
        told.append(ngettext("{n} person has to be careful: write from the file.",
                             "{n} people have to be careful: write from their files.",
                             found.careful).format(n=found.careful))  # fmt: skip
    if found.left_out:
        told.append(ngettext("{n} person gets none: no address, or no letters wanted.",
                             "{n} people get none: no address, or no letters wanted.",
                             found.left_out).format(n=found.left_out))  # fmt: skip
    return " ".join(told)


def _addressees(tx: Any, ids: tuple[str, ...]) -> Any:
    """Whom the letter goes to; runs as a query."""
    from famdesk.sheets.collecting import collect_letters

    return collect_letters.many(tx, ids)


def _labels(tx: Any, ids: tuple[str, ...]) -> Any:
    """The labels for the letters; runs as a query."""
    from famdesk.sheets.collecting import collect_letters

    return collect_letters.labels(collect_letters.many(tx, ids, "labels"))


def _labels_pdf(content: Any, wanted: str, large: bool) -> bytes:
    """The labels; runs beside the database worker."""
    from famdesk.sheets.paper.style import large_print
    from famdesk.sheets.post import labels

    with using(wanted), large_print(large):
        return labels.render(content)


def _letters(found: Any, written: dict[str, LetterWords], main: str, day: Any, options: dict[str, Any],
             progress: Progress) -> bytes:  # fmt: skip
    """What everybody gets, and its PDF; runs beside the database worker."""
    from famdesk.sheets.collecting import collect_letters

    return rendered(collect_letters.for_all(found, written, main, day, **options), progress)
