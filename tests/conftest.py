"""What every test gets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from famdesk import i18n


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Tests read the English messages of the code, unless they choose a language."""
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)
