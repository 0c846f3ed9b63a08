from __future__ import annotations

from datetime import date

import pytest

from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.consent.consents import Count, Holder, Signature, count, minor_on, required, status

ON = date(2025, 2, 11)
CHILD = Holder("self", "Pinuccia", "child")
MOTHER, FATHER = Holder("parent", "Ersilia Sessantini", "mother"), Holder("parent", "Gaspare Quarantotti", "father")
GUARDIAN = Holder("guardian", "avv. Verdi", None)
CARER = Holder("foster_carer", "Famiglia Neri", "carer")


def _asleep(holder: Holder) -> Holder:
    return Holder(holder.signs_as, holder.name, holder.key, acts=False)


def _signed(*holders: Holder) -> list[Signature]:
    return [Signature(holder.signs_as, holder.name, holder.key, ON) for holder in holders]


def _count(
    holders: list[Holder], *signed: Holder, purpose: str = "minor_interview", ground: str | None = None
) -> Count:
    return count(required(purpose, True, holders, CHILD, ground), _signed(*signed), True)


def test_both_parents_sign() -> None:
    both = [MOTHER, FATHER]
    assert _count(both) == Count(0, 2, (MOTHER, FATHER))
    assert _count(both, MOTHER) == Count(1, 2, (FATHER,))
    assert _count(both, FATHER, MOTHER) == Count(2, 2, ())


def test_one_known_parent_is_not_enough_unless_the_law_says_so() -> None:
    assert _count([MOTHER], MOTHER) == Count(1, 2, ())
    assert _count([MOTHER], MOTHER, FATHER).complete
    assert _count([MOTHER], MOTHER, ground="one_holder").complete
    assert _count([MOTHER, _asleep(FATHER)], MOTHER) == Count(1, 1, ())


def test_nobody_known() -> None:
    assert _count([]) == Count(0, 2, ())
    assert _count([], MOTHER, FATHER).complete
    assert _count([], GUARDIAN) == Count(1, 1, ())
    assert not _count([], CARER, CARER).complete


def test_a_guardian_stands_before_the_parents() -> None:
    assert _count([MOTHER, FATHER, GUARDIAN], MOTHER, FATHER) == Count(0, 1, (GUARDIAN,))
    assert _count([MOTHER, FATHER, GUARDIAN], Holder("guardian", "AVV. VERDI")).complete
    assert _count([_asleep(GUARDIAN), MOTHER, FATHER], MOTHER).needed == 2


def test_foster_carers_sign_ordinary_matters_only() -> None:
    assert not _count([MOTHER, FATHER, CARER], CARER, CARER).signed
    assert _count([MOTHER, FATHER, CARER], CARER, purpose="activities").complete
    assert _count([MOTHER, FATHER, CARER], CARER, purpose="privacy").complete
    assert not _count([MOTHER, FATHER, CARER], CARER, purpose="photo").complete


def test_an_adult_signs_for_oneself() -> None:
    adult = required("health", False, [MOTHER, FATHER], CHILD)
    assert adult.holders == (CHILD,)
    assert count(adult, _signed(MOTHER, FATHER), False) == Count(0, 1, (CHILD,))
    helped = required("health", False, [Holder("supporter", "dott. Blu", "helper")], CHILD)
    assert [one.key for one in helped.holders] == ["helper"]


def test_nobody_is_counted_twice() -> None:
    assert _count([MOTHER, FATHER], MOTHER, MOTHER) == Count(1, 2, (FATHER,))
    assert _count([], MOTHER) == Count(1, 2, ())


@pytest.mark.parametrize("ground", [code for code in consents.GROUND_RULES if code != "one_holder"])
def test_grounds_stand_in_place_of_signatures(ground: str) -> None:
    counted = _count([MOTHER, FATHER], ground=ground)
    assert counted.complete
    assert status(counted, ON, ground=ground) == "ground"


def test_what_a_consent_amounts_to() -> None:
    none, half, whole = Count(0, 2, ()), Count(1, 2, ()), Count(2, 2, ())
    assert [status(one, ON) for one in (none, half, whole)] == ["asked", "partial", "given"]
    assert status(whole, ON, withdrawn_on=ON) == "withdrawn"
    assert status(whole, ON, withdrawn_on=date(2025, 2, 12)) == "given"
    assert status(half, ON, refused_on=ON) == "refused"
    assert status(whole, ON, valid_to=ON) == "given"
    assert status(whole, ON, valid_to=date(2025, 2, 10)) == "expired"
    assert status(none, ON, ground="authority", withdrawn_on=ON) == "withdrawn"


@pytest.mark.parametrize(
    ("birth", "part", "minor"),
    [
        (date(2007, 2, 12), None, True),
        (date(2007, 2, 11), None, False),
        (None, "2007", True),
        (None, "2006", False),
        (None, "2007-01", False),
        (None, "2007-02", True),
        (None, "2007-03", True),
        (None, None, None),
        (None, "forse", None),
    ],
)
def test_who_may_be_a_minor_is_treated_as_one(birth: date | None, part: str | None, minor: bool | None) -> None:
    assert minor_on(birth, part, ON) is minor


def test_who_is_heard() -> None:
    heard = [consents.to_be_heard(date(year, 2, 11), None, ON) for year in (2007, 2008, 2011, 2012)]
    assert heard == [False, True, True, False]
    assert not consents.to_be_heard(None, None, ON)


def test_every_purpose_and_ground_has_its_rule() -> None:
    assert set(consents.RULES) == set(codes.codes(consents.PURPOSES))
    assert set(consents.GROUND_RULES) == set(codes.codes(consents.GROUNDS))
    for rule in consents.GROUND_RULES.values():
        assert rule.purposes <= set(consents.RULES)
        assert rule.act
    assert {consents.purpose_for("health", True), consents.purpose_for("minor_interview", True)} == {"minor_interview"}
    assert consents.purpose_for("minor_interview", False) == "health"


def test_lists_are_lists_of_codes() -> None:
    for name in ("PURPOSES", "SIGNS_AS", "HOW", "GROUNDS", "TEXT_STATES"):
        found = codes.codes(getattr(consents, name))
        assert len(set(found)) == len(found)
        assert all(code and " " not in code for code in found)
