"""Feedback forms: questions, counts of sheets, and small numbers that are not told."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from famdesk.domain.errors import Forbidden, NotFound, Required, Stale
from famdesk.usecases.centre import small_numbers
from famdesk.usecases.centre.pictures import NoPicture, PictureTooLarge
from famdesk.usecases.programmes import feedback, initiative_pictures
from famdesk.usecases.programmes.feedback import Counts, QuestionRow
from tests.support.logos import bomb, picture
from tests.support.offices import Desk
from tests.support.scenarios_after import QUESTIONS, held, training


def test_questions_and_counts(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    office.run(feedback.set_questions, made, QUESTIONS)
    first, second = office.fetch(feedback.feedback, made).questions
    one, two = held(office, made)[:2]
    office.run(feedback.set_counts, made, (
        Counts(first.id, one, (6, 3, 0)), Counts(first.id, two, (5, 3, 0)), Counts(second.id, None, (), "Bello\nBreve"),
    ))  # fmt: skip
    faces, words = office.fetch(feedback.feedback, made).answers
    assert (faces.cells, faces.sheets) == ((11, 6, 0), 17)
    assert words.remarks == ("Bello", "Breve")
    office.run(feedback.set_counts, made, (Counts(first.id, two, (0, 0, 0)),))
    faces = office.fetch(feedback.feedback, made).answers[0]
    assert (faces.cells, faces.sheets) == ((None, None, 0), 9)


def test_small_numbers_are_not_told(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    office.run(feedback.set_questions, made, QUESTIONS[:1])
    (question,) = office.fetch(feedback.feedback, made).questions
    office.run(feedback.set_counts, made, (Counts(question.id, None, (3, 1, 0), "Si riconosce chi scrive"),))
    (found,) = office.fetch(feedback.feedback, made).answers
    assert (found.cells, found.sheets, found.remarks) == ((None, None, None), None, ())


def test_a_centre_tells_only_larger_numbers_if_it_wants_and_never_smaller_ones(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    made = training(office)
    office.run(feedback.set_questions, made, QUESTIONS[:1])
    (question,) = office.fetch(feedback.feedback, made).questions
    office.run(feedback.set_counts, made, (Counts(question.id, None, (8, 6, 0)),))
    assert office.fetch(feedback.feedback, made).answers[0].cells == (8, 6, 0)
    office.run(small_numbers.set_least_told, 10)
    found = office.fetch(feedback.feedback, made)
    assert (found.least, found.answers[0].cells, found.answers[0].sheets) == (10, (None, None, 0), 14)
    assert office.undo_label() == "Numbers are told from 10 on"
    for least in (0, 2, 31):
        with pytest.raises(small_numbers.BadLeast):
            office.run(small_numbers.set_least_told, least)
    with pytest.raises(Forbidden):
        file_desk.sign_in("educator").run(small_numbers.set_least_told, 3)


def test_a_question_with_answers_stays(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    office.run(feedback.set_questions, made, QUESTIONS)
    first, second = office.fetch(feedback.feedback, made).questions
    office.run(feedback.set_counts, made, (Counts(first.id, None, (6, 3, 0)),))
    for rows in ((second,), (QuestionRow(first.id, "Altro?", "smiley3"), second)):
        with pytest.raises(feedback.HasAnswers):
            office.run(feedback.set_questions, made, rows)
    office.run(feedback.set_questions, made, (second, first, QuestionRow("", "Nuova?", "smiley5")))
    assert [one.text for one in office.fetch(feedback.feedback, made).questions] == [
        "Che cosa ti porti a casa?", "@welcome", "Nuova?",
    ]  # fmt: skip


def test_what_is_refused(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    with pytest.raises(Required):
        office.run(feedback.set_questions, made, (QuestionRow("", " ", "text"),))
    with pytest.raises(feedback.NotInList):
        office.run(feedback.set_questions, made, (QuestionRow("", "Come?", "stars"),))
    office.run(feedback.set_questions, made, QUESTIONS[:1])
    (question,) = office.fetch(feedback.feedback, made).questions
    with pytest.raises(feedback.BadCount):
        office.run(feedback.set_counts, made, (Counts(question.id, None, (-1, 0, 0)),))
    with pytest.raises(NotFound):
        office.run(feedback.set_counts, made, (Counts("0" * 32, None, (1, 0, 0)),))
    with pytest.raises(Forbidden):
        desk.office.fetch(feedback.feedback, made)
    with pytest.raises(Forbidden):
        desk.sign_in("reception").run(feedback.set_questions, made, QUESTIONS)


def test_two_desks_that_count_at_once_count_once(desk: Desk) -> None:
    lead = desk.sign_in("coordinator")
    made = training(lead)
    lead.run(feedback.set_questions, made, QUESTIONS[:1])
    (question,) = lead.fetch(feedback.feedback, made).questions
    entries = [(Counts(question.id, one, (6, 5, 0)),) for one in held(lead, made)[:3]]
    desks = [desk.sign_in(login) for login in ("reception", "coordinator", "coordinator", "reception")]

    def count(place: int) -> None:
        for entry in entries:
            with contextlib.suppress(Stale):
                desks[place].run(feedback.set_counts, made, entry)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(4)))
    assert lead.fetch(feedback.feedback, made).answers[0].sheets == 33


def test_picture_of_a_flyer(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    assert office.fetch(initiative_pictures.picture, made) is None
    with pytest.raises(Required):
        office.run(initiative_pictures.set_picture, made, alt=" ", image=picture())
    with pytest.raises(NoPicture):
        office.run(initiative_pictures.set_picture, made, alt="Due mani", image=b"GIF89a")
    with pytest.raises(PictureTooLarge):
        office.run(initiative_pictures.set_picture, made, alt="Due mani", image=bomb())
    office.run(initiative_pictures.set_picture, made, alt="Due mani", credit="3A", image=picture())
    office.run(initiative_pictures.set_picture, made, alt="Quattro mani")
    found = office.fetch(initiative_pictures.picture, made)
    assert found is not None
    assert (found.picture.alt, found.credit, found.picture.width > 100) == ("Quattro mani", "", True)
