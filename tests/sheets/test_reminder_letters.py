"""Letters that remind: the address in the window, the words, nothing that tells why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from famdesk.sheets.paper.text import DoesNotFit
from famdesk.sheets.post import reminder_letters
from famdesk.sheets.post.reminder_letters import LetterSheet
from famdesk.usecases.post.reminder_rows import Letter, Message

MESSAGE = Message(datetime(2025, 2, 17, 17), datetime(2025, 2, 17, 18), ("piazza Giovanni XXIII", "Cremona"),
                  "0372 000111", "Centro di prova", "Centro di prova", False, False, "en")  # fmt: skip
LETTER = Letter("r", "p", "Ines Prova", "via Prova 3, 26100 Cremona", MESSAGE)


def _pages(*letters: Letter) -> list[str]:
    data = reminder_letters.render(LetterSheet(letters, date(2025, 2, 11), "piazza Giovanni XXIII 1, Cremona"))
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def test_each_letter_is_a_page_with_address_and_words() -> None:
    first, second = _pages(LETTER, replace(LETTER, name="Ugo Prova"))
    for line in ("Centro di prova", "Ines Prova", "via Prova 3", "26100 Cremona", "11 February 2025", "Reminder",
                 "Monday 17 February 2025 at 17:00", "If you cannot come, please call 0372 000111."):  # fmt: skip
        assert line in first
    assert "Ugo Prova" in second
    assert "Ines" not in second


def test_a_neutral_letter_tells_no_centre() -> None:
    [page] = _pages(replace(LETTER, message=replace(MESSAGE, centre="", signed="Biblioteca")))
    assert "Centro" not in page
    assert "Biblioteca" in page
    assert "piazza Giovanni XXIII 1, Cremona" in page


def test_letters_in_the_languages_of_the_families() -> None:
    pages = _pages(*(replace(LETTER, message=replace(MESSAGE, language=one)) for one in ("it", "de", "fr")))
    assert "lunedì 17 febbraio 2025" in pages[0]
    assert "Montag, 17. Februar 2025" in pages[1]
    assert "lundi 17 février 2025" in pages[2]


def test_without_letters_the_page_says_so() -> None:
    assert _pages() == ["No letter is to be written today."]


def test_what_does_not_fit_the_window_is_refused() -> None:
    with pytest.raises(DoesNotFit):
        _pages(replace(LETTER, address="via di Prova " * 60))
