"""Qt's own texts, such as those of its file and print dialogs, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtGui import QGuiApplication

from famdesk import i18n
from famdesk.i18n import N_, _, pgettext

UNTRANSLATED = {
    ("QFileDialog", "&Look in:"): N_("&Look in:"),
    ("QFileDialog", "Files of &type:"): N_("Files of &type:"),
    ("QFileDialog", "Computer"): N_("Computer"),
    ("QFileSystemModel", "Computer"): N_("Computer"),
    ("QFileDialog", "Drive"): N_("Drive"),
    ("QFileDialog", "Alert"): N_("Alert"),
}
"""Texts of Qt's file dialog that its own Italian or German leaves in English."""


def key_names() -> dict[str, str]:
    """Qt's names of keys as they stand on the keyboards of the language and in all other texts of the window."""
    return {
        # Translators: a key of the keyboard, as it is called everywhere else in these texts
        "Return": pgettext("key", "Enter"), "Enter": pgettext("key", "Enter"), "Shift": pgettext("key", "Shift"),
        "Home": pgettext("key", "Home"), "End": pgettext("key", "End"), "PgUp": pgettext("key", "Page up"),
        "PgDown": pgettext("key", "Page down"), "Del": pgettext("key", "Del"), "Ctrl": pgettext("key", "Ctrl"),
        "Space": pgettext("key", "Space"),
    }  # fmt: skip


class QtTexts(QObject):
    """Holds the translators that are in force."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translators: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Our texts and Qt's in this language from now on."""
        i18n.set_language(language)
        self.rest()
        translator = QTranslator(self)
        if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            for one in (translator, _Rest(self)):
                QGuiApplication.installTranslator(one)
                self._translators.append(one)

    def rest(self) -> None:
        """Qt speaks English again."""
        for one in self._translators:
            QGuiApplication.removeTranslator(one)
            one.deleteLater()
        self._translators = []


class _Rest(QTranslator):
    """What Qt's own catalogue lacks, or calls by another name than everything else does."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - as Qt calls it
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:  # None, which Qt takes for "not here", is not in PySide's signature
        if context == "QShortcut" and sourceText in (names := key_names()):
            return names[sourceText]
        msgid = UNTRANSLATED.get((context, sourceText))
        return _(msgid) if msgid is not None else None  # type: ignore[return-value]
