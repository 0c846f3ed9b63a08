"""The town that the hostile tests attack; made once, and every attack is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.town import Town, founded
from tests.support.postgres import Server


@pytest.fixture(scope="session")
def town(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with founded(postgres, tmp_path_factory.mktemp("town")) as found:
        yield found
