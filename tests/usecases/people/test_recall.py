"""The right person comes in spite of an error: each class of errors, over some thousand invented persons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from famdesk.usecases.office import Office
from tests.benchmarks.search import RECALL, Known, filled, recall
from tests.support.misspelling import CLASSES

PEOPLE = 5_000
EACH = 160


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with filled("sqlcipher", PEOPLE) as opened:
        yield opened


@pytest.mark.slow
def test_recall_of_the_right_person(office: Office) -> None:
    known = Known(PEOPLE)
    found, _times, lost = recall(office, known, EACH)
    assert sum(asked for _right, asked in found.values()) >= 1_000
    assert set(found) == set(CLASSES)
    for kind, (right, asked) in found.items():
        assert right / asked >= RECALL, (kind, lost)
