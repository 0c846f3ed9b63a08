"""Every use-case and query has a row in the rights table, and no row is left without one."""

from __future__ import annotations

import itertools

import pytest

from famdesk.domain.staff import rights
from famdesk.domain.staff.rights import Facts
from famdesk.usecases import features
from famdesk.usecases.registry import ACTIONS


def test_every_action_has_a_row_and_every_row_an_action() -> None:
    features.load()
    assert set(ACTIONS) == set(rights.parsed())


def test_every_use_case_has_a_name_for_undo() -> None:
    features.load()
    assert all(action.label for action in ACTIONS.values() if action.writes)


def test_the_administrator_has_no_rights_on_people() -> None:
    about_people = ("people.", "intake.", "drafts.", "calendar.")
    for action, row in rights.parsed().items():
        if action.startswith(about_people):
            assert row["administrator"] == "", action


FLAGS = list(itertools.product((False, True), repeat=6))


@pytest.mark.parametrize("letters", ["", "o", "a", "c", "x", "oa", "oac", "cp", "cr", "cpr", "oacx", "oacxpr"])
def test_deny_by_default_and_deny_wins(letters: str) -> None:
    for own, assigned, same, protected, restricted, blocked in FLAGS:
        facts = Facts(own, assigned, same, protected, restricted, blocked)
        tied = ("o" in letters and own) or ("a" in letters and assigned)
        near = ("c" in letters) if same else ("x" in letters)
        expected = (
            not blocked
            and (tied or near)
            and (not protected or tied or "p" in letters)
            and (not restricted or "r" in letters)
        )
        assert rights.allows(letters, facts) is bool(expected), facts
