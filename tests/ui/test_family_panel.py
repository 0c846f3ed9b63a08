"""The family tab in a window over a real home: three families entered with the keyboard alone, and shown again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
)
from pytestqt.qtbot import QtBot

from famdesk.domain.people.families import NETWORK, RELATIONS
from famdesk.i18n import LANGUAGES, using
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.family.dialogs import (
    DelegateDialog,
    EndDialog,
    MeasureDialog,
    PlacementDialog,
    ResponsibilityDialog,
)
from famdesk.ui.people.family.household_dialogs import HouseholdDialog, LivesWithDialog, MembershipDialog
from famdesk.ui.people.family.panel import FamilyPanel
from famdesk.ui.people.family.relation import RelationDialog, RelativeDialog
from famdesk.ui.people.family.words import kind_choices
from famdesk.usecases.family import family_file, households, relations
from famdesk.usecases.people import measures, people
from tests.support.offices import Desk
from tests.ui.conftest import nameless
from tests.ui.family_hands import CTRL, ENTER, Hands, add_person, at_the_page


@pytest.fixture
def hands(qtbot: QtBot, file_desk: Desk) -> Iterator[Hands]:
    with at_the_page(qtbot, file_desk) as made:
        yield made


@pytest.fixture
def mia(hands: Hands) -> str:
    return add_person(hands, "Rossi", "Mia", date(2019, 5, 1), "F")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("network", [False, True])
def test_a_word_tells_the_sex_only_where_it_does(language: str, network: bool) -> None:
    with using(language):
        choices = kind_choices(network)
    assert len({choice.label for choice in choices}) == len(choices)
    kinds = [choice.code.partition(":")[0] for choice in choices]
    assert set(kinds) == {kind.code for kind in RELATIONS if (kind.group == NETWORK) == network}
    assert all(kinds.count(kind) in {1, 3} for kind in kinds)


def test_a_mother_is_added_with_few_keys(hands: Hands, mia: str) -> None:
    ada = add_person(hands, "Bianchi", "Ada", date(1990, 1, 2))
    panel = hands.open(mia)
    dialog = hands.add("relative", RelativeDialog)
    assert dialog.focusWidget() is dialog.form.field("kind")
    hands.type(dialog.form.field("kind"), "mo", ENTER)
    hands.type(dialog.form.field("other_id"), "bia", ENTER)
    hands.settle()
    assert dialog.sentence() == "Bianchi Ada is the mother of Rossi Mia"
    hands.save(dialog)
    assert (hands.titles("relatives"), hands.details("relatives")) == (["Bianchi Ada"], ["Mother · 35 years"])
    assert hands.office.fetch(people.person, ada).sex == "F"
    assert panel.family is not None
    assert {one.label for one in panel.family.people} == {"Rossi Mia", "Bianchi Ada"}
    assert hands.titles("decide") == ["Bianchi Ada"]
    hands.office.undo()
    assert hands.office.fetch(family_file.family_file, mia).relations == ()


def test_a_child_with_two_homes_is_entered_and_its_card_tells_all(hands: Hands, mia: str) -> None:
    hands.open(mia)
    hands.save(hands.relative("mother", "Bianchi Ada", household_id="new"))
    hands.save(hands.relative("father", "Rossi Ugo"))
    ugo = hands.panel.shown.relations[1].other_id  # type: ignore[union-attr]
    hands.open(ugo)
    home = hands.add("household", HouseholdDialog)
    home.form.field("name").set_value("Casa di Ugo")
    hands.choose(home, "role", "father")
    hands.save(home)
    hands.open(mia)
    lives = hands.add("lives_with", LivesWithDialog)
    hands.type(lives.form.field("other"), "rossi ugo", ENTER)
    hands.settle()
    hands.choose(lives, "role", "child")
    hands.type(lives.form.field("days"), "fine settimana")
    hands.save(lives)
    own = next(line for line in hands.panel.lists["homes"].lines() if line.title == "Rossi Mia")
    hands.panel.entries.actions_for(own.id)[1].trigger()
    place = hands.dialog(MembershipDialog)
    hands.type(place.form.field("days"), "da domenica a venerdi mattina")
    hands.save(place)
    delegate = hands.add("delegate", DelegateDialog)
    hands.type(delegate.form.field("name"), "Conti Piera")
    hands.type(delegate.form.field("relation"), "nonna")
    hands.type(delegate.form.field("may_be_told"), "how", ENTER)
    delegate.form.field("may_be_told").set_value("daily")
    hands.save(delegate)
    assert not hands.panel.lists["two_homes"].isHidden()
    card = dict(zip(hands.titles("two_homes"), hands.details("two_homes"), strict=True))
    assert card == {
        "Rossi": "da domenica a venerdi mattina · with Bianchi Ada",
        "Casa di Ugo": "fine settimana · with Rossi Ugo",
        "May collect": "Conti Piera (nonna)",
        "May be told": "Conti Piera: How the day went",
        "Who decides": "Bianchi Ada and Rossi Ugo",
    }
    drawn = hands.panel.family
    assert drawn is not None
    assert {home.name: len(home.members) for home in drawn.homes} == {"Rossi": 2, "Casa di Ugo": 2}


def test_an_unaccompanied_minor_gets_a_volunteer_guardian_whose_end_is_told(hands: Hands) -> None:
    boy = add_person(hands, "Jallow", "Lamin", date(2007, 3, 20), "M")
    hands.open(boy)
    dialog = hands.add("responsibility", ResponsibilityDialog)
    hands.choose(dialog, "kind", "volunteer")
    hands.new_person(dialog, "other_id", "Verdi Carla")
    hands.type(dialog.form.field("act_authority"), "Tribunale per i minorenni di Brescia")
    hands.type(dialog.form.field("valid_from"), "1/10/2024")
    hands.save(dialog)
    (line,) = hands.panel.lists["decide"].lines()
    assert (line.title, line.badge) == ("Verdi Carla", "ends soon")
    assert line.detail == (
        "Volunteer guardian (L. 47/2017) · Tribunale per i minorenni di Brescia · since 01/10/2024"
        " · until the 18th birthday: last day 19/03/2025"
    )
    placement = hands.add("placement", PlacementDialog)
    hands.choose(placement, "kind", "reception")
    hands.type(placement.form.field("visits"), "telefona alla madre la domenica")
    hands.save(placement)
    assert hands.titles("placements") == ["Reception home"]
    hands.panel.on.setFocus()
    hands.qtbot.keyClicks(hands.panel.on, "20/3/2025")
    hands.qtbot.keyClick(hands.panel.on, ENTER)
    hands.settle()
    assert [one.badge for one in hands.panel.lists["decide"].lines()] == ["no longer"]
    assert hands.panel.shown is not None
    assert hands.panel.shown.minor is False


def test_a_minor_as_guardian_is_told_at_the_field_and_nothing_typed_is_lost(hands: Hands, mia: str) -> None:
    add_person(hands, "Rossi", "Leo", date(2010, 1, 1))
    hands.open(mia)
    dialog = hands.add("responsibility", ResponsibilityDialog)
    hands.choose(dialog, "kind", "guardian")
    hands.type(dialog.form.field("other_id"), "rossi leo", ENTER)
    hands.type(dialog.form.field("note"), "lo dice la nonna")
    hands.save(dialog)
    assert dialog.isVisible()
    told = dialog.form.field("other_id").accessibleDescription()
    assert told.startswith("Somebody under age cannot hold this office: of age on Saturday 1 January")
    assert dialog.form.value("note") == "lo dice la nonna"
    dialog.form.field("other_id").set_value(None)
    hands.type(dialog.form.field("holder_name"), "Comune di Cremona")
    hands.save(dialog)
    assert hands.titles("decide") == ["Comune di Cremona"]


CHILDREN = ("Uno", "Due", "Tre", "Quattro", "Cinque")


def test_a_family_of_nine_in_two_households(hands: Hands) -> None:
    mother = add_person(hands, "Diop", "Awa", date(1985, 1, 1), "F")
    hands.open(mother)
    hands.save(hands.relative("husband", "Diop Modou", household_id="new"))
    for name in CHILDREN:
        dialog: RelativeDialog = hands.add("relative", RelativeDialog)
        hands.choose(dialog, "kind", "child")
        hands.new_person(dialog, "other_id", name)  # the surname comes from the file
        assert dialog.sentence() == f"Diop {name} is the child of Diop Awa"
        hands.choose(dialog, "household_id", "diop")
        hands.save(dialog)
    hands.save(hands.relative("mother", "Sarr Fatou"))
    grandmother = hands.panel.shown.relations[0].other_id  # type: ignore[union-attr]
    hands.open(grandmother)
    hands.save(hands.relative("husband", "Sarr Ibra", household_id="new"))
    panel = hands.open(mother)
    assert len(hands.titles("relatives")) == 7
    assert panel.family is not None
    assert len(panel.family.people) == 9
    assert sorted(len(home.members) for home in panel.family.homes) == [2, 7]
    assert {home.name for home in panel.family.homes} == {"Diop", "Sarr"}
    members = hands.office.fetch(people.person, mother).households[0].members
    assert sorted(one.role for one in members) == ["child"] * 5 + ["member", "member"]


def test_a_mistake_is_a_sentence_and_close_birth_dates_are_asked_about(hands: Hands, mia: str) -> None:
    young = add_person(hands, "Rossi", "Leo", date(2010, 1, 1), "M")
    hands.open(mia)
    dialog = hands.add("relative", RelativeDialog)
    hands.choose(dialog, "kind", "father")
    hands.type(dialog.form.field("other_id"), "rossi leo", ENTER)
    hands.save(dialog)
    assert dialog.isVisible()
    assert not dialog.form.field("sure").isHidden()
    assert dialog.form.field("sure").accessibleDescription().startswith("They are less than 10 years apart.")
    hands.qtbot.keyClick(dialog.form.field("sure"), Qt.Key.Key_Space)
    hands.save(dialog)
    assert hands.titles("relatives") == ["Rossi Leo"]
    other = hands.add("relative", RelativeDialog)
    hands.choose(other, "kind", "daughter")
    other.form.field("other_id").set_value((young, "Rossi Leo"))
    hands.save(other)
    assert other.form.field("kind").accessibleDescription().startswith("The file of this person says otherwise.")


def test_enter_opens_a_relative_and_the_menu_changes_ends_and_takes_away(hands: Hands, mia: str) -> None:
    ada = add_person(hands, "Bianchi", "Ada", date(1990, 1, 2), "F")
    hands.office.run(relations.add_relation, ada, mia, "foster_parent")
    panel = hands.open(mia)
    (line,) = panel.lists["relatives"].lines()
    panel.entries.actions_for(line.id)[1].trigger()
    change = hands.dialog(RelationDialog)
    hands.choose(change, "kind", "aunt")
    hands.choose(change, "quality", "close")
    hands.save(change)
    (line,) = panel.lists["relatives"].lines()
    assert (line.detail, line.badge) == ("Aunt · 35 years", "Close to each other")
    panel.entries.actions_for(line.id)[2].trigger()
    end = hands.dialog(EndDialog)
    hands.type(end.form.field("last_day"), "1/2/2025")
    hands.save(end)
    assert panel.lists["relatives"].lines()[0].badge == "no longer"
    panel.lists["relatives"].step(1)
    hands.qtbot.keyClick(panel.lists["relatives"], ENTER)
    hands.settle()
    assert hands.page.shown_file().id == ada  # type: ignore[union-attr]
    assert hands.titles("relatives") == ["Rossi Mia"]
    panel.entries.actions_for(panel.lists["relatives"].lines()[0].id)[3].trigger()
    hands.settle()
    assert hands.titles("relatives") == []


def test_a_past_day_shows_the_family_of_then(hands: Hands, mia: str) -> None:
    ada = add_person(hands, "Bianchi", "Ada", date(1990, 1, 2), "F")
    hands.office.run(relations.add_relation, ada, mia, "foster_parent", valid_from=date(2024, 1, 1))
    hands.office.run(households.add_household, "Casa", [(mia, "child")], since=date(2024, 6, 1))
    panel = hands.open(mia)
    assert (hands.titles("relatives"), hands.titles("homes")) == (["Bianchi Ada"], ["Casa", "Rossi Mia"])
    with hands.qtbot.waitSignal(panel.family_shown):
        hands.qtbot.keyClicks(panel.on, "31/12/2023")
        hands.qtbot.keyClick(panel.on, ENTER)
    assert (hands.titles("relatives"), hands.titles("homes")) == ([], [])
    assert panel.shown is not None
    assert panel.shown.on == date(2023, 12, 31)
    hands.qtbot.keyClick(panel.on, Qt.Key.Key_Up)
    hands.settle()
    assert hands.titles("relatives") == ["Bianchi Ada"]
    panel.on.clear()
    hands.qtbot.keyClick(panel.on, ENTER)
    hands.settle()
    assert panel.shown.on == date(2025, 2, 11)


def test_parents_are_confirmed_with_one_key(hands: Hands, mia: str) -> None:
    ada = add_person(hands, "Bianchi", "Ada", date(1990, 1, 2), "F")
    hands.office.run(relations.add_relation, ada, mia, "birth_parent")
    panel = hands.open(mia)
    assert [line.badge for line in panel.lists["decide"].lines()] == ["to confirm"]
    panel.lists["decide"].step(1)
    hands.qtbot.keyClick(panel.lists["decide"], ENTER)
    hands.settle()
    assert [line.badge for line in panel.lists["decide"].lines()] == ["In full"]
    change = panel.entries.actions_for(panel.lists["decide"].lines()[0].id)
    change[0].trigger()
    dialog = hands.dialog(ResponsibilityDialog)
    hands.settle()
    assert dialog.form.value("other_id") == ada
    hands.choose(dialog, "state", "suspended")
    hands.type(dialog.form.field("act_number"), "12/2024")
    hands.save(dialog)
    (line,) = panel.lists["decide"].lines()
    assert (line.badge, line.detail) == ("Suspended", "Parental responsibility · no. 12/2024")


def test_the_drawer_is_closed_until_it_is_opened(hands: Hands, mia: str) -> None:
    hands.office.run(measures.add_measure, mia, "civil", "Affidata ai servizi sociali")
    panel = hands.open(mia)
    assert panel.drawer.list.lines() == ()
    panel.drawer._button.setFocus()
    hands.qtbot.keyClick(panel.drawer._button, ENTER)
    hands.settle()
    assert [line.detail for line in panel.drawer.list.lines()] == ["Affidata ai servizi sociali"]
    panel.drawer.list.step(1)
    hands.qtbot.keyClick(panel.drawer.list, ENTER)
    dialog = hands.dialog(MeasureDialog)
    hands.type(dialog.form.field("number"), "77/2024")
    hands.save(dialog)
    assert [line.title for line in panel.drawer.list.lines()] == ["Civil · no. 77/2024"]
    other = add_person(hands, "Verdi", "Ina")
    hands.open(other)
    assert (panel.drawer.rows, panel.drawer.is_open()) == ((), False)
    measure = hands.add("measure", MeasureDialog)
    hands.choose(measure, "field", "penal")
    hands.type(measure.form.field("text"), "Messa alla prova")
    hands.save(measure)
    assert len(hands.office.fetch(measures.measures, other)) == 1


def test_nothing_of_a_family_stays_on_the_screen(hands: Hands, mia: str) -> None:
    ada = add_person(hands, "Bianchi", "Ada")
    hands.office.run(relations.add_relation, ada, mia, "birth_parent")
    panel = hands.open(mia)
    assert hands.titles("relatives")
    hands.page.close_file()
    assert panel.family is None
    assert not any(one.lines() for one in panel.lists.values())


def test_a_role_without_the_drawer_sees_no_drawer(qtbot: QtBot, file_desk: Desk) -> None:
    office = file_desk.sign_in("reception")
    runner = Runner(office)
    panel = FamilyPanel(runner)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.drawer.isVisible()
    runner.close()


def test_every_control_of_the_tab_has_a_name(hands: Hands, mia: str) -> None:
    panel = hands.open(mia)
    assert nameless(panel) == []
    for key, kind in (("relative", RelativeDialog), ("responsibility", ResponsibilityDialog),
                      ("placement", PlacementDialog), ("delegate", DelegateDialog)):  # fmt: skip
        dialog = hands.add(key, kind)
        assert nameless(dialog) == [], key
        dialog.reject()
        hands.settle()
        assert not dialog.isVisible()


def test_the_focus_stays_in_the_file_when_a_tab_is_chosen(hands: Hands, mia: str) -> None:
    hands.page.open_person(mia)
    hands.settle()
    hands.page.activateWindow()
    hands.qtbot.waitUntil(hands.page.isActiveWindow)
    hands.page.file.overview.contacts.setFocus()
    hands.page.file.choose("family")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QAbstractButton)
    assert focus.text() == "Family"
    hands.qtbot.keyClick(focus, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.settle()
    assert hands.dialog(RelativeDialog).isVisible()


def test_a_change_elsewhere_does_not_call_back_a_file_on_its_way(hands: Hands, mia: str) -> None:
    ada = add_person(hands, "Bianchi", "Ada")
    hands.open(mia)
    hands.page.open_person(ada)
    hands.page.refresh()
    hands.settle()
    assert hands.page.shown_file().id == ada  # type: ignore[union-attr]
