"""Ready texts for notes: one's own are nobody else's, the centre's are for all, the program's come in each language."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from famdesk.data.tables.writing import NoteSnippet
from famdesk.domain.errors import Forbidden, NotFound
from famdesk.domain.notes import note_texts as rules
from famdesk.domain.notes.note_texts import EXPANSION, TEMPLATE, Ready
from famdesk.i18n import LANGUAGES, using
from famdesk.usecases.notes import note_snippets
from famdesk.usecases.notes.note_snippets import SnippetRow
from famdesk.usecases.office import Office
from tests.support.offices import Desk

SECRET = "Quarzsandhypothese"


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


def listed(office: Office, kind: str = EXPANSION) -> dict[str, SnippetRow]:
    return {row.name: row for row in office.fetch(note_snippets.snippets, kind)}


def test_ones_own_are_read_by_nobody_else_not_even_in_the_database(desk: Desk, author: Office) -> None:
    author.run(note_snippets.save, EXPANSION, "/pc", f"Primo colloquio {SECRET}")
    assert listed(author)["/pc"].body == f"Primo colloquio {SECRET}"
    assert listed(desk.sign_in("coordinator")) == {}
    rows = author.fetch(lambda tx: tx.rows(select(NoteSnippet.name, NoteSnippet.body)))
    assert [(row.name, SECRET in row.body) for row in rows] == [(None, False)]


def test_the_centres_are_read_by_all_and_written_by_two_roles(desk: Desk, author: Office) -> None:
    made = author.run(note_snippets.save, EXPANSION, "/cc", "In accordo con i servizi", own=False)
    other = desk.sign_in("educator")
    assert (listed(other)["/cc"].own, listed(other)["/cc"].editable) == (False, False)
    version = listed(other)["/cc"].version
    for deed in (lambda: other.run(note_snippets.save, EXPANSION, "/x", "y", own=False),
                 lambda: other.run(note_snippets.save, EXPANSION, "/cc", "y", snippet_id=made, version=version),
                 lambda: other.run(note_snippets.remove, made, version)):  # fmt: skip
        with pytest.raises(Forbidden):
            deed()
    own = other.run(note_snippets.save, EXPANSION, "/mio", "y")
    with pytest.raises(NotFound):
        author.run(note_snippets.remove, own, 1)
    leader = desk.sign_in("coordinator")
    leader.run(note_snippets.remove, made, version)
    assert listed(author) == {}
    leader.undo()
    assert set(listed(author)) == {"/cc"}


@pytest.mark.parametrize(
    ("name", "body", "error"),
    [("pc", "x", rules.BadShortcut), ("/", "x", rules.BadShortcut), ("/a b", "x", rules.BadShortcut),
     ("/pc", " ", rules.BodyMissing)],
)  # fmt: skip
def test_what_is_no_shortcut_is_refused(author: Office, name: str, body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        author.run(note_snippets.save, EXPANSION, name, body)


@pytest.mark.parametrize("name", ["", "   ", "x" * (rules.LONGEST_NAME + 1)])
def test_a_template_has_a_name(author: Office, name: str) -> None:
    with pytest.raises(rules.NameMissing) as caught:
        author.run(note_snippets.save, TEMPLATE, name, "Tema:")
    assert caught.value.field == "name"
    with pytest.raises(NotFound):
        author.run(note_snippets.save, "song", "Tema", "Tema:")


def test_a_shortcut_stands_for_one_text(author: Office) -> None:
    made = author.run(note_snippets.save, EXPANSION, "/pc", "uno")
    with pytest.raises(rules.ShortcutTaken):
        author.run(note_snippets.save, EXPANSION, "/PC", "due")
    author.run(note_snippets.save, EXPANSION, "/pc", "tre", snippet_id=made, version=listed(author)["/pc"].version)
    author.run(note_snippets.save, EXPANSION, "/pc", "del centro", own=False)
    (first, second) = author.fetch(note_snippets.snippets, EXPANSION)
    assert (first.body, second.body) == ("tre", "del centro")


def test_templates_of_the_program_can_be_replaced_and_come_back(author: Office) -> None:
    before = author.fetch(note_snippets.snippets, TEMPLATE)
    assert [row.origin for row in before] == list(rules.TEMPLATES)
    one = before[0]
    made = author.run(note_snippets.save, TEMPLATE, one.name, "Altro:", own=False, origin=one.origin)
    after = author.fetch(note_snippets.snippets, TEMPLATE)
    assert len(after) == len(before)
    assert next(row for row in after if row.id == made).body == "Altro:"
    author.run(note_snippets.remove, made, next(row for row in after if row.id == made).version)
    assert author.fetch(note_snippets.snippets, TEMPLATE) == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", rules.TEMPLATES)
def test_each_template_is_made_of_headings(language: str, code: str) -> None:
    with using(language):
        text = rules.shipped(code)
    assert rules.headings(text.body) == text.body
    assert text.name


KNOWN = [Ready("/pc", "primo colloquio"), Ready("/più", "x")]


@pytest.mark.parametrize(
    ("before", "found"),
    [("/pc", "primo colloquio"), ("dopo il /PC", "primo colloquio"), ("/piu", "x"), ("11/pc", None), ("/p", None),
     ("/pc ", None), ("", None), ("http://pc", None)],
)  # fmt: skip
def test_a_shortcut_is_a_word_of_its_own(before: str, found: str | None) -> None:
    hit = rules.expanded(before, KNOWN)
    assert (hit.body if hit else None) == found


def test_headings_are_lines_that_end_with_a_colon() -> None:
    assert (
        rules.headings("Tema:\nHa detto tanto.\n\n# Accordi\nfatto: tutto\n" + "x" * 80 + ":")
        == "Tema:\n\n\n# Accordi\n"
    )
    assert rules.headings("solo parole") == ""
