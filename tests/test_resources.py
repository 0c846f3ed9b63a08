from __future__ import annotations

from pathlib import Path

import pytest

from famdesk import resources


def test_resources_and_translations_are_found_in_the_checkout() -> None:
    assert resources.path("") == Path(resources.__file__).parent.parent / "resources"
    assert (resources.translations() / "famdesk.pot").is_file()


@pytest.mark.parametrize("outside", ["../pyproject.toml", "fonts/../../dev.py", "/etc/passwd"])
def test_nothing_outside_is_read(outside: str) -> None:
    with pytest.raises(ValueError, match="not a resource"):
        resources.text(outside)


def test_a_missing_file_is_an_ordinary_error() -> None:
    with pytest.raises(FileNotFoundError):
        resources.text("fonts/no-such-font.ttf")
