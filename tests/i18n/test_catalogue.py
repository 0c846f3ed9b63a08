"""The reader of compiled catalogues says what the library's own says, of every message."""

from __future__ import annotations

import gettext
import struct
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from famdesk import i18n, resources
from famdesk.i18n.catalogue import Catalogue


def _built(lang: str) -> bytes:
    return (resources.translations() / lang / "LC_MESSAGES" / "famdesk.mo").read_bytes()


@pytest.mark.parametrize("lang", [lang for lang in i18n.FAMILY_LANGUAGES if lang != "en"])
def test_every_message_is_that_of_the_library(lang: str) -> None:
    data = _built(lang)
    ours, library = Catalogue(data), gettext.GNUTranslations(BytesIO(data))
    known = library._catalog  # type: ignore[attr-defined]
    assert len(known) > 100
    for key in known:
        singular = key[0] if isinstance(key, tuple) else key
        context, mark, message = singular.rpartition("\x04")
        if mark:
            assert ours.pgettext(context, message) == library.pgettext(context, message)
        elif singular:
            assert ours.gettext(singular) == library.gettext(singular)
        for n in (0, 1, 2, 3, 5, 11, 21, 101) if isinstance(key, tuple) else ():
            assert ours.ngettext(singular, "other", n) == library.ngettext(singular, "other", n)


def test_what_is_not_translated_is_english() -> None:
    for catalogue in (Catalogue(), Catalogue(_built("it"))):
        assert catalogue.gettext("never said") == "never said"
        assert catalogue.pgettext("a month", "never said") == "never said"
        assert [catalogue.ngettext("{n} nought", "{n} noughts", n) for n in (0, 1, 2)] == [
            "{n} noughts", "{n} nought", "{n} noughts",
        ]  # fmt: skip
    assert Catalogue().gettext("\ud800") == "\ud800"


def test_either_order_of_bytes_is_read() -> None:
    catalogue = Catalog(locale="it")
    catalogue.add("Saved", "Salvato")
    out = BytesIO()
    write_mo(out, catalogue)
    data = out.getvalue()
    numbers = 7 + 4 * struct.unpack_from("<I", data, 8)[0]
    turned = b"".join(data[at : at + 4][::-1] for at in range(0, 4 * numbers, 4)) + data[4 * numbers :]
    assert Catalogue(data).gettext("Saved") == Catalogue(turned).gettext("Saved") == "Salvato"


@pytest.mark.parametrize("data", [b"no", b"PNG " * 20, b"\xde\x12\x04\x95"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no compiled catalogue"):
        Catalogue(data)


def test_all_translations_can_be_listed_and_looked_for() -> None:
    data = _built("it")
    ours, library = Catalogue(data), gettext.GNUTranslations(BytesIO(data))
    known = library._catalog  # type: ignore[attr-defined]
    assert ours.texts() == {text for key, text in known.items() if key}
    assert all((key[0] if isinstance(key, tuple) else key) in ours for key in known)
    assert "never said" not in ours
