from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from famdesk import i18n, resources
from famdesk.i18n import N_, _, ngettext, pgettext

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Closed"
msgstr "Chiuso"

msgctxt "of an envelope"
msgid "Closed"
msgstr "Chiusa"

msgid "from {first} to {last} in {place}"
msgstr "Dal {first} al {last}, {place}"

msgid "{n} person"
msgid_plural "{n} persons"
msgstr[0] "{n} persona"
msgstr[1] "{n} persone"
"""


@pytest.fixture
def italian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small Italian catalogue and no German one."""
    target = tmp_path / "it" / "LC_MESSAGES" / "famdesk.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, read_po(BytesIO(CATALOGUE.encode())))
    monkeypatch.setattr(resources, "translations", lambda: tmp_path)
    i18n._catalogue.cache_clear()
    yield
    i18n._catalogue.cache_clear()


@pytest.mark.usefixtures("italian")
def test_messages_follow_the_language_at_the_time_of_the_call() -> None:
    marked = N_("Closed")
    assert marked == "Closed"
    with i18n.using("it"):
        assert _(marked) == "Chiuso"
        assert pgettext("of an envelope", "Closed") == "Chiusa"
        assert ngettext("{n} person", "{n} persons", 1) == "{n} persona"
        assert ngettext("{n} person", "{n} persons", 0) == "{n} persone"
        with i18n.using("en"):
            assert _(marked) == "Closed"
        assert _("Not translated") == "Not translated"


@pytest.mark.usefixtures("italian")
def test_without_a_catalogue_the_answer_is_english() -> None:
    with i18n.using("de"):
        assert _("Closed") == "Closed"
        assert pgettext("of an envelope", "Closed") == "Closed"
        assert [ngettext("{n} person", "{n} persons", n) for n in (1, 2)] == ["{n} person", "{n} persons"]


def test_another_thread_has_the_language_of_the_program() -> None:
    i18n.set_language("de")
    heard: list[str] = []
    with i18n.using("it"):
        thread = threading.Thread(target=lambda: heard.append(i18n.language()))
        thread.start()
        thread.join()
        heard.append(i18n.language())
    assert heard == ["de", "it"]
    assert i18n.language() == "de"


def test_an_unknown_language_is_refused_and_nothing_changes() -> None:
    before = i18n.language()
    with pytest.raises(ValueError, match="unknown language"):
        i18n.set_language("xx")
    with pytest.raises(ValueError, match="unknown language"), i18n.using("xx"):
        pass
    assert i18n.language() == before


def test_the_language_returns_after_an_error() -> None:
    with pytest.raises(RuntimeError), i18n.using("de"):
        raise RuntimeError
    assert i18n.language() == "en"


def test_babel_is_not_imported_before_the_first_date() -> None:
    code = "import sys, famdesk.i18n.formats; print(any(m.partition('.')[0] == 'babel' for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.usefixtures("italian")
@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("8 febbraio", "11 marzo", "Dall’8 febbraio all’11 marzo, al 8"),
        ("1 febbraio", "8 marzo", "Dal 1 febbraio all’8 marzo, al 8"),
        ("11/02/2025", "18 marzo", "Dall’11/02/2025 al 18 marzo, al 8"),
        ("80 anni", "112", "Dall’80 anni al 112, al 8"),
        ("8:30", "11.30", "Dal 8:30 al 11.30, al 8"),
    ],
)
def test_an_italian_article_before_eight_and_eleven(first: str, last: str, said: str) -> None:
    """Only the message's own article changes: what people wrote ("al 8") stays as it is."""
    with i18n.using("it"):
        assert _("from {first} to {last} in {place}").format(first=first, last=last, place="al 8") == said
    assert _("from {first} to {last} in {place}").format(first=first, last=last, place="x") == (
        f"from {first} to {last} in x"
    )
