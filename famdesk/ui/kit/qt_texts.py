"""Qt's own texts, such as those of its file and print dialogs, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtGui import QGuiApplication

from famdesk import i18n


class QtTexts(QObject):
    """Holds the translator that is in force."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator: QTranslator | None = None

    def speak(self, language: str) -> None:
        """Our texts and Qt's in this language from now on."""
        i18n.set_language(language)
        self.rest()
        translator = QTranslator(self)
        if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            QGuiApplication.installTranslator(translator)
            self._translator = translator

    def rest(self) -> None:
        """Qt speaks English again."""
        if self._translator is not None:
            QGuiApplication.removeTranslator(self._translator)
            self._translator.deleteLater()
            self._translator = None
