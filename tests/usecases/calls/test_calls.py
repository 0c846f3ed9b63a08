"""Calls for applications: the stamp that counts, late ones, formal check, ranking, decision; on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest

from famdesk.domain.errors import Forbidden, NotFound, Required, Stale, UndoConflict
from famdesk.domain.programmes import calls as rules
from famdesk.domain.programmes.calls import APPLICATION_STATES
from famdesk.usecases.calls import applications, calls, rankings
from famdesk.usecases.calls.call_rows import ApplicationValues, ByHand, CallValues, CriterionRow, DocumentRow
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.support.scenarios_calls import COOPERATIVE, admitted, detail, new_call, received, row, rows, version

ROME = ZoneInfo("Europe/Rome")


def at(desk: Desk, text: str) -> None:
    """Moves the desk's clock to local time."""
    desk.clock.now = datetime.fromisoformat(text).replace(tzinfo=ROME).astimezone(UTC)


def on_file(desk: Desk) -> bool:
    return desk.office.store.engine.dialect.name == "sqlite"


def test_nine_sharp_is_in_time_and_a_millisecond_later_is_late(desk: Desk) -> None:
    """The call of Bari. On the server the moment is typed, since its clock is nobody's to move."""
    office = desk.sign_in("coordinator")
    made = office.run(calls.add_call, CallValues("Bando", "management", "open", deadline=datetime(2021, 7, 8, 9)))
    for text in ("2021-07-08T08:59:59.999", "2021-07-08T09:00:00.000", "2021-07-08T09:00:00.001"):
        if on_file(desk):
            at(desk, text)
            office.run(applications.receive, made, COOPERATIVE)
        else:
            by_hand = ByHand(datetime.fromisoformat(text), "protocollo")
            office.run(applications.receive, made, COOPERATIVE, by_hand=by_hand)
    found = rows(office, made)
    assert [(one.number, one.shown, one.late) for one in found] == [
        (1, "08/07/2021, 8:59:59.999", False),
        (2, "08/07/2021, 9:00:00.000", False),
        (3, "08/07/2021, 9:00:00.001", True),
    ]
    (listed,) = [one for one in office.fetch(calls.calls) if one.id == made]
    assert (listed.received, listed.late) == (3, 1)


@pytest.mark.parametrize("wrong", [timedelta(hours=1), timedelta(hours=-1)])
def test_the_clock_is_the_servers(desk: Desk, wrong: timedelta) -> None:
    """A desk whose clock is an hour wrong neither loses nor gains anything, where there is a server."""
    if on_file(desk):
        desk.clock.now = datetime.now(UTC)
    office = desk.sign_in("coordinator")
    really = datetime.now(UTC)
    end = (really + wrong / 2).astimezone(ROME).replace(tzinfo=None, second=0, microsecond=0)
    made = office.run(calls.add_call, CallValues("Bando", state="open", deadline=end))
    desk.clock.now = really + wrong
    one = row(office, made, office.run(applications.receive, made, COOPERATIVE))
    if on_file(desk):
        assert one.stamp == rules.milliseconds(really + wrong)
        assert one.late is (wrong > timedelta())
    else:
        assert abs(one.stamp - rules.milliseconds(datetime.now(UTC))) < 60_000
        assert one.late is (wrong < timedelta())
        assert abs(detail(office, made).now - rules.milliseconds(datetime.now(UTC))) < 60_000


def test_numbers_and_stamps_go_in_the_same_order_however_many_desks(desk: Desk) -> None:
    lead = desk.sign_in("coordinator")
    made = new_call(lead)
    desks = [desk.sign_in(login) for login in ("reception", "educator", "psychologist", "coordinator")]

    def hand_in(office: Office) -> None:
        for _time in range(5):
            office.run(applications.receive, made, COOPERATIVE)

    with ThreadPoolExecutor(len(desks)) as pool:
        list(pool.map(hand_in, desks))
    found = rows(lead, made)
    assert [one.number for one in found] == list(range(1, 21))
    assert [one.stamp for one in found] == sorted(one.stamp for one in found)


def test_nothing_is_received_for_a_call_that_another_desk_decides_at_that_moment(desk: Desk) -> None:
    """A desk that has to wait for its turn looks at the call as it is then."""
    lead, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    made = [new_call(lead) for _round in range(6)]
    gate = Barrier(2)

    def decide(call: str) -> None:
        gate.wait(60)
        lead.run(rankings.decide, call, 1)

    def take(call: str) -> bool:
        gate.wait(60)
        try:
            reception.run(applications.receive, call, COOPERATIVE)
        except applications.RankingFixed:
            return False
        return True

    for call in made:
        with ThreadPoolExecutor(2) as pool:
            deciding, taking = pool.submit(decide, call), pool.submit(take, call)
            taken = taking.result()
            refused = isinstance(deciding.exception(), rankings.NotChecked)
        assert refused == taken
        assert (detail(lead, call).values.state == "decided") != taken


def test_the_register_of_applications_has_no_gaps(desk: Desk) -> None:
    """The last number may be taken back, and is given to the next one; one after which others came stays."""
    office, other = desk.sign_in("coordinator"), desk.sign_in("reception")
    made = new_call(office)
    received(office, made)
    assert office.undo_label() == "Application 1 received"
    office.undo()
    first = received(other, made)
    assert row(office, made, first).number == 1
    with pytest.raises(UndoConflict):
        office.redo()
    received(office, made)
    with pytest.raises(UndoConflict):
        other.undo()
    assert [one.number for one in rows(office, made)] == [1, 2]


def test_a_typed_stamp_needs_a_reason_and_is_not_in_the_future(desk: Desk) -> None:
    office = desk.sign_in("reception")
    made = new_call(desk.sign_in("coordinator"))
    with pytest.raises(Required):
        office.run(applications.receive, made, COOPERATIVE, by_hand=ByHand(datetime(2025, 2, 10, 9), " "))
    with pytest.raises(applications.InTheFuture):
        office.run(applications.receive, made, COOPERATIVE, by_hand=ByHand(datetime(2125, 2, 10, 9), "posta"))
    with pytest.raises(applications.NoSuchTime):
        office.run(applications.receive, made, COOPERATIVE, by_hand=ByHand(datetime(2024, 3, 31, 2, 30), "posta"))
    one = office.run(applications.receive, made, COOPERATIVE, by_hand=ByHand(datetime(2025, 2, 10, 9), "posta"))
    assert row(office, made, one).by_hand == "posta"


def test_what_is_not_open_takes_nothing(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, state="preparation")
    with pytest.raises(applications.CallNotOpen):
        received(office, made)
    later = new_call(office, opens=datetime(2125, 1, 1), deadline=datetime(2125, 2, 1))
    with pytest.raises(applications.NotYetOpen):
        received(office, later)


def test_another_end_looks_at_what_is_late_anew(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, deadline=datetime(2125, 7, 8, 9))
    one = received(office, made)
    assert not row(office, made, one).late
    office.run(calls.change_call, made, version(office, made),
               CallValues("Bando", state="open", deadline=datetime(2020, 7, 8, 9)))  # fmt: skip
    assert row(office, made, one).late
    office.undo()
    assert not row(office, made, one).late


def test_undo_of_another_end_minds_what_came_in_since(desk: Desk) -> None:
    office, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    made = new_call(office, deadline=datetime(2025, 3, 1, 9))
    found = detail(office, made)
    office.run(calls.change_call, made, found.row.version, replace(found.values, deadline=datetime(2020, 1, 1, 9)))
    by_hand = ByHand(datetime(2025, 1, 10, 9), "protocollo")
    reception.run(applications.receive, made, COOPERATIVE, by_hand=by_hand)
    assert [one.late for one in rows(office, made)] == [True]
    office.undo()
    assert [one.late for one in rows(office, made)] == [False]
    office.redo()
    assert [one.late for one in rows(office, made)] == [True]


def test_the_end_of_a_call_is_an_hour_that_exists(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    for values, error in (
        (CallValues("Bando", deadline=datetime(2025, 3, 30, 2, 30)), calls.NoSuchTime),
        (CallValues("Bando", opens=datetime(2025, 3, 3), deadline=datetime(2025, 3, 2)), calls.EndsBeforeItOpens),
        (CallValues(" "), Required),
        (CallValues("Bando", "lotteria"), calls.NotInList),
        (CallValues("Bando", state="decided"), calls.NotInList),
        (CallValues("Bando", seats=0), calls.BadNumber),
    ):
        with pytest.raises(error):
            office.run(calls.add_call, values)


def test_formal_check(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, deadline=datetime(2125, 7, 8, 9))
    one = office.run(applications.receive, made, COOPERATIVE)
    letter, budget, _statute = detail(office, made).documents
    assert row(office, made, one).lacks == ("Domanda firmata", "Piano dei costi")
    with pytest.raises(applications.DocumentsLacking):
        office.run(applications.check, one, 1, "admitted")
    with pytest.raises(Required):
        office.run(applications.set_document, one, letter.id, "asked")
    office.run(applications.set_document, one, letter.id, "asked", date(2025, 3, 1), "senza firma")
    found = row(office, made, one)
    assert found.state == "asked"
    assert found.documents[0].until == date(2025, 3, 1)
    for document in (letter, budget):
        office.run(applications.set_document, one, document.id, "present")
    found = row(office, made, one)
    assert (found.state, found.lacks, found.documents[0].until) == ("received", (), None)
    office.run(applications.check, one, found.version, "admitted")
    assert row(office, made, one).state == "admitted"
    with pytest.raises(Required):
        office.run(applications.check, one, row(office, made, one).version, "excluded")
    with pytest.raises(Stale):
        office.run(applications.check, one, 1, "excluded", "fuori tema")


def test_a_late_one_is_admitted_only_with_a_reason(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, deadline=datetime(2020, 7, 8, 9))
    one = received(office, made)
    with pytest.raises(applications.LateNeedsReason):
        office.run(applications.check, one, 1, "admitted")
    office.run(applications.check, one, 1, "admitted", "guasto del protocollo")
    assert row(office, made, one).reason == "guasto del protocollo"


def test_points_and_decision(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, deadline=datetime(2125, 7, 8, 9), seats=1, min_points=5000)
    best = admitted(office, made, (6000, 2000), requested_cents=700)
    second = admitted(office, made, (5000, 2000), name="Associazione B")
    low = admitted(office, made, (2999, 4000), name="Associazione C")  # below the least of the first criterion
    out = received(office, made, name="Associazione D")
    with pytest.raises(applications.PointsOutside):
        office.run(applications.score, best, detail(office, made).criteria[0].id, 6001)
    with pytest.raises(applications.NotAdmitted):
        office.run(applications.score, out, detail(office, made).criteria[0].id, 1)
    with pytest.raises(rankings.NotChecked) as caught:
        office.run(rankings.decide, made, version(office, made))
    assert caught.value.sentence().endswith("4.")
    office.run(applications.check, out, 1, "excluded", "fuori tema")
    office.run(rankings.decide, made, version(office, made))
    states = {one.id: (one.state, one.rank, one.granted_cents) for one in rows(office, made)}
    assert states == {
        best: ("funded", 1, 700), second: ("eligible", 2, None), low: ("unfit", None, None),
        out: ("excluded", None, None),
    }  # fmt: skip
    assert {state for state, _rank, _cents in states.values()} <= {one.code for one in APPLICATION_STATES}
    with pytest.raises(applications.RankingFixed):
        received(office, made)
    with pytest.raises(applications.RankingFixed):
        office.run(applications.score, best, detail(office, made).criteria[0].id, 1)
    with pytest.raises(calls.CallDecided):
        office.run(calls.set_criteria, made, version(office, made), ())
    with pytest.raises(Required):
        office.run(rankings.reopen, made, version(office, made), "")
    office.run(rankings.reopen, made, version(office, made), "un errore")
    assert {one.state for one in rows(office, made)} == {"admitted", "excluded"}


def test_a_tie_at_the_last_place_is_not_settled_in_silence(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, deadline=datetime(2125, 7, 8, 9), seats=1)
    first = admitted(office, made, (5000, 2000))
    if on_file(desk):
        desk.clock.forward(seconds=1)
    second = admitted(office, made, (4000, 3000), name="Associazione B")
    assert [one.outcome for one in detail(office, made).ranking] == ["tie", "tie"]
    with pytest.raises(rankings.TieAtTheLastPlace):
        office.run(rankings.decide, made, version(office, made))
    office.run(rankings.decide, made, version(office, made), by_arrival=True)
    assert [(one.id, one.rank, one.state) for one in rows(office, made)] == [
        (first, 1, "funded"), (second, 2, "eligible"),
    ]  # fmt: skip


def test_points_that_lack_and_too_much_money(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, deadline=datetime(2125, 7, 8, 9), amount_cents=1000)
    one = admitted(office, made, (5000,), requested_cents=900)
    with pytest.raises(rankings.PointsLacking):
        office.run(rankings.decide, made, version(office, made))
    office.run(applications.score, one, detail(office, made).criteria[1].id, 0)
    other = admitted(office, made, (5000, 1), name="Associazione B", requested_cents=200)
    with pytest.raises(rankings.TooMuchGranted):
        office.run(rankings.decide, made, version(office, made))
    office.run(applications.grant, other, row(office, made, other).version, 100)
    office.run(rankings.decide, made, version(office, made))
    assert sorted(one.granted_cents or 0 for one in rows(office, made)) == [100, 900]


def test_lists_of_a_call_keep_what_is_used(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office, deadline=datetime(2125, 7, 8, 9))
    admitted(office, made, (5000, 2000))
    with pytest.raises(calls.InUse):
        office.run(calls.set_documents, made, 1, ())
    with pytest.raises(calls.InUse):
        office.run(calls.set_criteria, made, 1, ())
    plan, network = detail(office, made).criteria
    with pytest.raises(calls.InUse):
        office.run(calls.set_criteria, made, 1, (CriterionRow(plan.id, "Progetto", 4999), network))
    with pytest.raises(calls.BadPoints):
        office.run(calls.set_criteria, made, 1, (plan, network, CriterionRow("", "Niente", 0)))
    with pytest.raises(calls.HasApplications):
        office.run(calls.remove_call, made, version(office, made))
    kept = detail(office, made).documents
    office.run(calls.set_documents, made, 1, (kept[2], kept[0], kept[1], DocumentRow("", "Bilancio", required=False)))
    assert [one.name for one in detail(office, made).documents] == [
        "Statuto", "Domanda firmata", "Piano dei costi", "Bilancio",
    ]  # fmt: skip


def test_who_may(desk: Desk) -> None:
    made = new_call(desk.sign_in("coordinator"), deadline=datetime(2125, 7, 8, 9))
    reception = desk.sign_in("reception")
    one = received(reception, made)
    found = detail(reception, made)
    assert (found.may_change, found.may_receive, found.may_judge) == (False, True, False)
    with pytest.raises(Forbidden):
        reception.run(applications.check, one, 1, "admitted")
    with pytest.raises(Forbidden):
        reception.run(calls.add_call, CallValues("Bando"))
    seen = detail(desk.office, made)
    assert (seen.applications, seen.row.received, seen.may_receive) == (None, None, False)
    with pytest.raises(Forbidden):
        desk.office.fetch(applications.received, made)


def test_what_is_not_there(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = new_call(office)
    with pytest.raises(NotFound):
        office.fetch(calls.call, "0" * 32)
    with pytest.raises(NotFound):
        office.run(applications.receive, made, COOPERATIVE, documents=("0" * 32,))
    with pytest.raises(Required):
        office.run(applications.receive, made, ApplicationValues(" "))
