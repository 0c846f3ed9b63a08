from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest

from famdesk import i18n
from tests.support import catalogues

CODE = """
from famdesk.i18n import N_, _, ngettext, pgettext
# Translators: of a door
A = _("Closed until {day}")
B = N_("Saved")
C = ngettext("{n} person in {place}", "{n} persons in {place}", 2)
D = pgettext("a month", "May")
"""

ITALIAN = """
msgid ""
msgstr ""
"Language: it\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Closed until {day}"
msgstr "Chiuso fino a {day}"

msgid "Saved"
msgstr "Salvato"

msgid "{n} person in {place}"
msgid_plural "{n} persons in {place}"
msgstr[0] "una persona in {place}"
msgstr[1] "{n} persone in {place}"

msgctxt "a month"
msgid "May"
msgstr "maggio"
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of four messages, translated into Italian; gives the Italian file."""
    (tmp_path / "famdesk").mkdir()
    (tmp_path / "famdesk" / "door.py").write_text(CODE, encoding="utf-8")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path / "translations")
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "translations" / "famdesk.pot")
    monkeypatch.setattr(catalogues, "LANGUAGES", ("it",))
    monkeypatch.setattr(catalogues, "FAMILY_LANGUAGES", ())
    italian = catalogues.po_file("it")
    italian.parent.mkdir(parents=True)
    italian.write_text(ITALIAN, encoding="utf-8")
    catalogues.update()
    return italian


def test_every_visible_text_is_translated() -> None:
    assert set(catalogues.LANGUAGES) == set(i18n.LANGUAGES) - {"en"}
    assert {*catalogues.LANGUAGES, *catalogues.FAMILY_LANGUAGES} == set(i18n.FAMILY_LANGUAGES) - {"en"}
    missing = catalogues.problems()
    if missing:
        pytest.fail("\n".join([f"{len(missing)} problems (python3 dev.py messages):", *missing[:40]]), pytrace=False)


def test_a_complete_translation_has_no_problems(small: Path) -> None:
    assert catalogues.problems() == []
    template = catalogues.TEMPLATE.read_text(encoding="utf-8")
    assert "#. of a door" in template
    assert "#: famdesk/door.py\n" in template


def test_an_update_without_changes_changes_nothing(small: Path) -> None:
    before = small.read_bytes(), catalogues.TEMPLATE.read_bytes()
    catalogues.update()
    assert (small.read_bytes(), catalogues.TEMPLATE.read_bytes()) == before


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ('msgstr "Salvato"', 'msgstr ""', "it: not translated: Saved"),
        ('msgid "Saved"', '#, fuzzy\nmsgid "Saved"', "it: fuzzy: Saved"),
        ('msgid "Saved"', 'msgid "Stored"', "it: missing: Saved"),
        ('msgid "Saved"', 'msgid "Stored"', "it: no longer in the code: Stored"),
        ("Chiuso fino a {day}", "Chiuso fino a {giorno}", "it: placeholders differ: Closed until {day}"),
        ("Chiuso fino a {day}", "Chiuso fino a {day", "it: placeholders differ: Closed until {day}"),
        ("una persona in {place}", "{m} persona in {place}", "it: placeholders differ: {n} person in {place}"),
        ("{n} persone in {place}", "persone in {place}", "it: placeholders differ: {n} person in {place}"),
        ("{n} persone in {place}", "", "it: not translated: {n} person in {place}"),
    ],
)
def test_what_is_wrong_is_named(small: Path, written: str, instead: str, problem: str) -> None:
    text = small.read_text(encoding="utf-8")
    assert written in text
    small.write_text(text.replace(written, instead), encoding="utf-8")
    assert problem in catalogues.problems()


def test_new_text_makes_the_template_stale_until_it_is_updated(small: Path) -> None:
    code = catalogues.ROOT / "famdesk" / "window.py"
    code.write_text('from famdesk.i18n import _\nX = _("Open {}")\n', encoding="utf-8")
    assert catalogues.problems()[0] == "famdesk.pot: missing: Open {}"
    assert "code: placeholder without a name: Open {}" in catalogues.problems()
    catalogues.update()
    assert "famdesk.pot: missing: Open {}" not in catalogues.problems()
    assert "it: not translated: Open {}" in catalogues.problems()


def test_the_compiled_catalogue_speaks(small: Path) -> None:
    italian = gettext.GNUTranslations(io.BytesIO(catalogues.mo_bytes("it")))
    assert italian.gettext("Saved") == "Salvato"
    assert italian.pgettext("a month", "May") == "maggio"
    assert italian.ngettext("{n} person in {place}", "{n} persons in {place}", 3) == "{n} persone in {place}"
