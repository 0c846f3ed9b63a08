"""Excerpts, summaries and reports: what goes out of notes goes to one recipient, covered, for a time, and is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select

from famdesk.data.base import Base
from famdesk.domain.errors import NotFound
from famdesk.domain.notes import note_release as rules
from famdesk.domain.notes.note_release import Terms
from famdesk.usecases.consent import consenting, consents
from famdesk.usecases.notes import note_cover, note_last, note_limits, note_reading, note_release, note_snippets, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.notes.note_sealing import NoKey
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.staff import notices
from tests.support.offices import Desk
from tests.usecases.notes.test_notes import SECRET, begun, engine, person, row, signed

__all__ = ["engine"]

DAY = date(2025, 2, 10)
TODAY = date(2025, 2, 11)
FAR = date(2099, 12, 31)
"""Past the day of the server's clock too."""


def terms(kind: str = "summary", **others: Any) -> Terms:
    values = {"purpose": "together", "first": DAY, "last": TODAY, "until": FAR}
    return Terms(kind, **(values | others))


def consented(office: Office, recipient: str = "Prova educator", **others: Any) -> tuple[str, str]:
    """Somebody of age who signed that something may be passed on: the person and the consent."""
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=date(1980, 5, 5))
    consent_id = office.run(consenting.give, ada, "referral", [consenting.Signing("self")], recipient_name=recipient,
                            **others)  # fmt: skip
    return ada, consent_id


def written(office: Office, person_id: str, to: Recipient, said: str = "Sintesi", **others: Any) -> str:
    """Begun, typed and signed."""
    note_id = office.run(note_release.begin, person_id, to, terms(**others))
    office.run(notes.sign, note_id, row(office, note_id).version, NoteTexts(said))
    return note_id


def colleague(office: Office) -> Recipient:
    return Recipient(staff_id=office.actor.staff_id)


def give(office: Office, note_id: str, to: Office) -> None:
    office.run(note_release.give, note_id, to.actor.pairs.box_public)


def told(office: Office) -> list[str]:
    return [notice.kind for notice in office.fetch(notices.unread)]


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


def test_a_colleague_reads_what_was_given_and_never_the_note(desk: Desk, author: Office) -> None:
    reader, (ada, _consent) = desk.sign_in("educator"), consented(author)
    note_id = signed(author, ada)
    out = written(author, ada, colleague(reader), said="Ada sta meglio.")
    for office in (reader, desk.sign_in("coordinator")):
        with pytest.raises(NoKey):
            office.fetch(note_reading.read, out)  # not before it is given
    give(author, out, reader)
    assert told(reader) == ["release_given"]
    (line,) = reader.fetch(note_release.received)
    assert (line.note_id, line.author, line.person, line.ended) == (out, "Prova psychologist", "Rossi Ada", None)
    assert reader.run(note_release.read, out).texts.text == "Ada sta meglio."
    assert told(author) == ["release_read"]
    with pytest.raises(NoKey):
        reader.fetch(note_reading.read, note_id)
    with pytest.raises(NotFound):
        reader.run(note_release.read, note_id)
    with pytest.raises(NoKey):
        desk.sign_in("coordinator").fetch(note_reading.read, out)


def test_who_was_blocked_since_gets_nothing(desk: Desk, author: Office) -> None:
    reader, (ada, _consent) = desk.sign_in("educator"), consented(author)
    signed(author, ada)
    out = written(author, ada, colleague(reader))
    desk.sign_in("coordinator").run(people.block, ada, reader.actor.staff_id, "parente")
    with pytest.raises(NotFound):
        give(author, out, reader)
    assert reader.fetch(note_release.received) == ()
    assert told(reader) == []


def test_no_way_of_reading_leaves_its_author_untold(desk: Desk, author: Office) -> None:
    reader, (ada, _consent) = desk.sign_in("educator"), consented(author)
    signed(author, ada)
    out = written(author, ada, colleague(reader))
    give(author, out, reader)
    for way in (lambda: reader.fetch(note_reading.read, out), lambda: reader.fetch(note_reading.read_about, out, ada)):
        with pytest.raises(note_limits.OpenedElsewhere):
            way()
    assert told(author) == []
    assert reader.fetch(note_last.last, ada) is None


def test_without_a_consent_it_stops_and_says_why(desk: Desk, author: Office) -> None:
    reader, ada = desk.sign_in("educator"), person(author)
    signed(author, ada)
    cover = author.fetch(note_release.cover, ada, colleague(reader))
    assert cover.stops.startswith("Nothing of the notes goes to others before the consent to pass on is signed: 0 of")
    for to in (colleague(reader), Recipient(name="Tribunale di Cremona")):
        with pytest.raises(note_cover.NoCover) as stopped:
            author.run(note_release.begin, ada, to, terms())
        assert stopped.value.sentence() == cover.stops
        assert stopped.value.field == "recipient"
    other, _consent = consented(author, "Ospedale")
    signed(author, other)
    assert "Ospedale" in author.fetch(note_release.cover, other, colleague(reader)).stops


def test_a_lawful_ground_stands_in_its_place_with_act_number_and_date(author: Office) -> None:
    ada = person(author)
    signed(author, ada)
    author.run(consenting.ground_for, ada, "referral", "authority", act="Decreto", number="12/2025", on=DAY,
               recipient_name="Tribunale di Cremona")  # fmt: skip
    court = Recipient(name="tribunale di cremona")
    assert "Decreto, 12/2025" in author.fetch(note_release.cover, ada, court).told
    out = author.run(note_release.begin, ada, court, terms("report", purpose="authority", until=None))
    assert author.fetch(note_release.of_note, out).recipient.name == "tribunale di cremona"


def test_a_consent_for_the_centre_covers_its_colleagues_and_says_what_to_withhold(desk: Desk, author: Office) -> None:
    from famdesk.usecases.centre import centre

    name = author.fetch(centre.overview).name
    ada, consent_id = consented(author, name, withheld="la malattia del padre")
    cover = author.fetch(note_release.cover, ada, colleague(desk.sign_in("educator")))
    assert (cover.consent_id, cover.stops, cover.withheld) == (consent_id, "", "la malattia del padre")


@pytest.mark.parametrize("how", ["withdrawn", "expired", "taken_back"])
def test_what_ends_the_consent_or_the_time_ends_the_reading(desk: Desk, author: Office, how: str) -> None:
    reader, (ada, consent_id) = desk.sign_in("educator"), consented(author)
    signed(author, ada)
    out = written(author, ada, colleague(reader), until=date(2025, 2, 12) if how == "expired" else FAR)
    if not (how == "expired" and author.store.is_postgres):  # by the server's clock that day is over
        give(author, out, reader)
        reader.run(note_release.read, out)
    else:
        give(author, out, reader)
    if how == "withdrawn":
        author.run(consenting.withdraw, consent_id, version_of(author, consent_id), "Ada")
    elif how == "expired":
        desk.clock.forward(minutes=2 * 24 * 60)
    else:
        author.run(note_release.take_back, out)
    with pytest.raises((note_limits.ReadingOver, NotFound)):
        reader.run(note_release.read, out)
    with pytest.raises((note_limits.ReadingOver, NoKey)):
        reader.fetch(note_reading.read_about, out, ada)
    assert author.fetch(note_reading.read, out).texts.text == "Sintesi"
    (line,) = reader.fetch(note_release.received)
    assert line.ended == how
    if how != "taken_back":
        assert author.tend(note_release.end_over) == 1
    assert author.tend(note_release.end_over) == 0
    assert reader.fetch(lambda tx: held(tx, out)) == []
    assert author.fetch(note_release.of_note, out).ended == how


def held(tx: Any, note_id: str) -> list[str]:
    from sqlalchemy import select

    from famdesk.data.tables.notes import NoteKey, NotePart

    rows = tx.rows(select(NoteKey.id).join(NotePart, NotePart.id == NoteKey.part_id)
                   .where(NotePart.note_id == note_id, NoteKey.holder_id == tx.actor.staff_id))  # fmt: skip
    return [row.id for row in rows]


def version_of(office: Office, consent_id: str) -> int:
    from famdesk.data.tables.consents import Consent
    from tests.support.scenarios import version

    return version(office, Consent, consent_id)


def test_a_withdrawal_before_it_is_given_stops_it(desk: Desk, author: Office) -> None:
    reader, (ada, consent_id) = desk.sign_in("educator"), consented(author)
    signed(author, ada)
    out = written(author, ada, colleague(reader))
    author.run(consenting.withdraw, consent_id, version_of(author, consent_id), "Ada")
    with pytest.raises(consents.ConsentWithdrawn):
        give(author, out, reader)


def test_a_report_for_the_person_or_who_decides_needs_no_consent_and_goes_to_nobody_else(author: Office) -> None:
    ada, _consent = consented(author)
    bea = person(author, "Bianchi")
    assert [one.id for one in author.fetch(note_release.family, ada)] == [ada]
    out = author.run(note_release.begin, ada, Recipient(other_id=ada), terms("report", until=None))
    assert author.fetch(note_release.of_note, out).to == "Rossi Ada"
    with pytest.raises(note_cover.NotTheirs):
        author.run(note_release.begin, ada, Recipient(other_id=bea), terms("report"))
    with pytest.raises(note_release.ForColleagues):
        author.run(note_release.take_back, out)


def test_the_child_itself_gets_no_report_but_a_parent_who_decides(author: Office) -> None:
    from tests.support import scenarios_consents

    known = scenarios_consents.family(author)
    ids = {one.id for one in author.fetch(note_release.family, known.child)}
    assert known.child not in ids
    assert {known.mother, known.father} <= ids


def test_it_begins_with_heading_person_and_days_and_no_word_of_the_notes(desk: Desk, author: Office) -> None:
    ada, _consent = consented(author)
    bea = person(author, "Bianchi")
    first = author.run(notes.start, NoteValues("group", DAY, (ada, bea)),
                       NoteTexts(f"{SECRET} tema", ((ada, f"{SECRET} Ada"), (bea, f"{SECRET} Bea"))))  # fmt: skip
    author.run(notes.sign, first, row(author, first).version)
    begun(author, ada)  # a draft is no source
    assert [one.id for one in author.fetch(note_release.sources, ada, terms())] == [first]
    out = author.run(note_release.begin, ada, Recipient(other_id=ada), terms("report"))
    said = author.fetch(note_reading.read, out).texts
    assert said.text.startswith("Written report: Rossi Ada")
    assert "10" in said.text
    assert SECRET not in said.text
    assert said.lines == ()
    shown = author.fetch(note_reading.read_about, first, ada)  # what stands beside, to be taken over by hand
    assert "Bea" not in str(shown.texts)


def test_what_is_not_right_is_told_at_the_field(desk: Desk, author: Office) -> None:
    reader, (ada, _consent) = desk.sign_in("educator"), consented(author)
    to = colleague(reader)
    for wrong, error, field in (
        (terms("song"), rules.UnknownKind, "kind"), (terms(purpose="x"), rules.UnknownPurpose, "purpose"),
        (terms(first=None), rules.DaysMissing, "first"), (terms(first=TODAY, last=DAY), rules.WrongDays, "last"),
        (terms(last=date(2025, 3, 1)), rules.DaysToCome, "last"), (terms(until=None), rules.UntilMissing, "until"),
        (terms(until=DAY), rules.UntilOver, "until"), (terms(), note_release.NoSessions, "first"),
    ):  # fmt: skip
        with pytest.raises(error) as caught:
            author.run(note_release.begin, ada, to, wrong)
        assert caught.value.field == field
    with pytest.raises(rules.RecipientMissing):
        author.run(note_release.begin, ada, Recipient(), terms())
    with pytest.raises(rules.OneRecipient):
        author.run(note_release.begin, ada, Recipient(staff_id=reader.actor.staff_id, name="x"), terms())
    with pytest.raises(rules.RecipientMissing):
        author.run(note_release.begin, ada, colleague(author), terms())


def test_terms_change_until_it_is_given(desk: Desk, author: Office) -> None:
    reader, (ada, _consent) = desk.sign_in("educator"), consented(author)
    signed(author, ada)
    out = author.run(note_release.begin, ada, colleague(reader), terms())
    found = author.fetch(note_release.of_note, out)
    author.run(note_release.change, found.id, found.version, Recipient(other_id=ada), terms("report", first=TODAY))
    found = author.fetch(note_release.of_note, out)
    assert (found.to, found.terms.kind, found.terms.first) == ("Rossi Ada", "summary", TODAY)
    author.run(note_release.change, found.id, found.version, colleague(reader), terms())
    with pytest.raises(notes.NotSigned):
        give(author, out, reader)
    author.run(notes.sign, out, row(author, out).version, NoteTexts("Sintesi"))
    give(author, out, reader)
    found = author.fetch(note_release.of_note, out)
    with pytest.raises(note_release.GivenAlready):
        author.run(note_release.change, found.id, found.version, colleague(reader), terms())
    with pytest.raises(note_release.GivenAlready):
        give(author, out, reader)


def test_in_the_file_others_see_that_there_is_a_report_and_no_more(desk: Desk, author: Office) -> None:
    ada, _consent = consented(author)
    out = written(author, ada, Recipient(other_id=ada), kind="report", until=None)
    other = desk.sign_in("coordinator")
    (line,) = other.fetch(note_reading.of_person, ada)
    assert (line.id, line.kind, line.readable) == (out, "report", False)
    assert other.fetch(note_release.of_note, out) is None


def test_the_last_note_stands_beside_and_is_journalled(desk: Desk, author: Office) -> None:
    ada, bea = person(author), person(author, "Bianchi")
    assert author.fetch(note_last.last, ada) is None
    old = author.run(notes.start, NoteValues("group", date(2025, 2, 1), (ada, bea)),
                     NoteTexts("tema", ((ada, "di Ada"), (bea, "di Bea"))))  # fmt: skip
    author.run(notes.sign, old, row(author, old).version)
    found = author.fetch(note_last.last, ada)
    assert found is not None
    assert (found.row.id, found.texts.lines) == (old, ((ada, "di Ada"),))
    new = signed(author, ada)
    assert author.fetch(note_last.last, ada).row.id == new
    assert author.fetch(note_last.last, ada, new).row.id == old
    assert desk.sign_in("coordinator").fetch(note_last.last, ada) is None


def paper(office: Office, note_id: str, way: str = "hand", reason: str | None = None) -> Any:
    from famdesk.sheets.collecting import collect_reports

    return office.fetch(collect_reports.report, note_id, way, reason)


def test_a_report_goes_out_by_the_gate_and_the_register_knows(author: Office) -> None:
    from famdesk.sheets.post import letter
    from famdesk.usecases.post import prints

    ada, _consent = consented(author)
    draft = author.run(note_release.begin, ada, Recipient(other_id=ada), terms("report", until=None))
    with pytest.raises(notes.NotSigned):
        paper(author, draft)
    out = written(author, ada, Recipient(other_id=ada), kind="report", until=None, said="Ada … sta meglio.")
    sheet = paper(author, out)
    (one,) = sheet.letters
    assert one.subject == "Written report"
    assert "sta meglio" in one.text
    assert one.text.endswith("Prova psychologist")
    assert letter.render(sheet).startswith(b"%PDF")
    rows = author.fetch(prints.register, TODAY, TODAY, prints.Filters(shown=True)).rows
    assert "report" in {row.sheet for row in rows}
    author.run(note_release.went_out, out)
    assert author.fetch(note_release.of_note, out).given_on == TODAY


def test_who_has_to_be_careful_gets_no_report_that_tells_the_centre(author: Office) -> None:
    from famdesk.domain.post.letters import TellsCentre
    from famdesk.usecases.centre import centre
    from famdesk.usecases.people import contacts
    from famdesk.usecases.post import outgoing

    ada, _consent = consented(author)
    author.run(contacts.add_contact_point, ada, kind="mobile", value="333 1234567", neutral_name="Biblioteca")
    name = author.fetch(centre.overview).name
    telling = written(author, ada, Recipient(other_id=ada), kind="report", until=None, said=f"Noi di {name} vediamo")
    with pytest.raises(TellsCentre):
        paper(author, telling)
    quiet = written(author, ada, Recipient(other_id=ada), kind="report", until=None, said="Va tutto bene.")
    (one,) = paper(author, quiet).letters
    assert (one.sender, one.subject, one.shown) == ((), "", False)
    with pytest.raises((outgoing.NotSafe, outgoing.NoContact)):
        paper(author, quiet, "post")


def test_a_body_gets_nothing_about_who_has_to_be_careful_without_a_reason(author: Office) -> None:
    from famdesk.usecases.people import contacts
    from famdesk.usecases.post import outgoing

    ada, _consent = consented(author, "Scuola")
    author.run(contacts.add_contact_point, ada, kind="mobile", value="333 1234567", neutral_name="Biblioteca")
    out = written(author, ada, Recipient(name="Scuola"), kind="report", until=None)
    with pytest.raises(outgoing.NotSafe):
        paper(author, out)
    assert paper(author, out, reason="chiesto da lei").letters[0].name == "Scuola"


def test_no_word_of_it_stands_anywhere_in_the_database(desk: Desk, author: Office, engine: Engine) -> None:
    """What was given, the words of a drawing, one's own ready texts: all tables, before and after giving and ending."""
    reader, (ada, _consent) = desk.sign_in("educator"), consented(author)
    signed(author, ada)
    out = author.run(note_release.begin, ada, colleague(reader), terms())
    author.run(notes.attach, out, f"{SECRET} casa", "image/png", SECRET.encode() * 9, "drawing")
    author.run(notes.sign, out, row(author, out).version, NoteTexts(f"{SECRET} sintesi"))
    author.run(note_snippets.save, "expansion", "/pc", f"{SECRET} testo")
    for deed in (lambda: None, lambda: give(author, out, reader), lambda: author.run(note_release.take_back, out)):
        deed()
        with engine.connect() as connection:
            for table in Base.metadata.tables.values():
                for found in connection.execute(select(table)).mappings():
                    assert SECRET.lower() not in str(dict(found)).lower(), table.name


def test_it_goes_on_when_files_became_one_meanwhile(desk: Desk, author: Office) -> None:
    from famdesk.data.tables.people import Person
    from famdesk.usecases.people import merging
    from tests.support.scenarios import version

    reader, (ada, _consent), boss = desk.sign_in("educator"), consented(author), desk.sign_in("coordinator")
    signed(author, ada)
    report = written(author, ada, Recipient(other_id=ada), kind="report", until=None, said="Va bene.")
    out = written(author, ada, colleague(reader))
    kept = boss.run(people.add_person, surname="Rossi", given_name="Ada Maria", birth_date=date(1980, 5, 5))
    boss.run(merging.merge, kept, version(boss, Person, kept), ada, version(boss, Person, ada))
    found = author.fetch(note_release.of_note, report)
    assert (found.person_id, found.to) == (kept, "Rossi Ada Maria")
    assert paper(author, report).letters[0].text.startswith("Va bene.")
    give(author, out, reader)
    assert reader.run(note_release.read, out).texts.text == "Sintesi"
    assert reader.fetch(note_release.received)[0].person == "Rossi Ada Maria"


def test_a_drawing_goes_with_it_and_its_opening_is_told(desk: Desk, author: Office) -> None:
    reader, (ada, _consent) = desk.sign_in("educator"), consented(author)
    source = signed(author, ada)
    added = author.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("aggiunta"), source)
    author.run(notes.sign, added, row(author, added).version)
    assert [one.id for one in author.fetch(note_release.sources, ada, terms())] == [source]
    assert author.fetch(note_last.last, ada).row.id == source
    out = author.run(note_release.begin, ada, colleague(reader), terms())
    part = author.run(notes.attach, out, "casa", "image/png", b"\x89PNG", "drawing")
    author.run(notes.sign, out, row(author, out).version, NoteTexts("Sintesi"))
    author.run(notes.share, out, reader.actor.staff_id, reader.actor.pairs.box_public)  # before it was given
    give(author, out, reader)
    with pytest.raises(note_limits.OpenedElsewhere):
        reader.fetch(note_reading.attachment, out, part)
    assert reader.run(note_release.read_file, out, part) == b"\x89PNG"
    assert told(author) == ["release_read"]
    author.run(note_release.take_back, out)
    with pytest.raises((note_limits.ReadingOver, NotFound)):
        reader.run(note_release.read_file, out, part)
