"""Feedback: the questions of an initiative, and how many sheets ticked what. No sheet is kept, and none has a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from famdesk.data.tables.programmes import FeedbackCount, FeedbackQuestion, Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.consent.suppression import DEFAULT, suppressed
from famdesk.domain.errors import NotFound, Required, RuleError, TextTooLong
from famdesk.domain.programmes import feedback as rules
from famdesk.i18n import N_
from famdesk.usecases.centre.small_numbers import least_of
from famdesk.usecases.programmes.programmes_common import bare_text
from famdesk.usecases.registry import query, usecase

MOST_SHEETS = 10_000
LONGEST_QUESTION = 200
_NAMES = tuple(f"count{number}" for number in range(1, 6))


class NotInList(RuleError):
    message = N_("Choose from the list.")


class BadCount(RuleError):
    message = N_("A number of sheets is 0 or more, and not above {most}.")


class HasAnswers(RuleError):
    message = N_("There are answers to “{question}” already: it stays in the form as it is.")


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question; `text` as it is kept (see `domain.feedback`). `id` "" for one that is new."""

    id: str
    text: str
    scale: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the sheets of a meeting say to a question (`meeting_id` None: those after the cycle), the best first."""

    question_id: str
    meeting_id: str | None
    counts: tuple[int, ...]
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a question, all meetings together. `cells` are what may be told, None for small numbers; `sheets`
    how many answered, None if that is too few to be told. `remarks` as they were written, only with enough sheets."""

    question: QuestionRow
    cells: tuple[int | None, ...]
    sheets: int | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """The form of an initiative and what came back. `counts` are the plain numbers, for who types them; answers of
    fewer than `least` are not told."""

    initiative_id: str
    questions: tuple[QuestionRow, ...]
    counts: tuple[Counts, ...]
    answers: tuple[Answers, ...]
    least: int = DEFAULT


@query
def feedback(tx: Tx, initiative_id: str) -> Feedback:
    """The form and its answers.

    Raises:
        NotFound.
    """
    tx.get(Initiative, initiative_id)
    questions = _questions(tx, initiative_id)
    rows = tuple(QuestionRow(one.id, one.text, one.scale) for one in questions)
    known = {one.id for one in questions}
    counts = [_counts(one) for one in tx.all(FeedbackCount) if one.question_id in known]
    counts.sort(key=lambda one: (one.question_id, one.meeting_id or ""))
    least = least_of(tx)
    return Feedback(initiative_id, rows, tuple(counts), tuple(_answers(row, counts, least) for row in rows), least)


def _questions(tx: Tx, initiative_id: str) -> list[FeedbackQuestion]:
    found = tx.all(FeedbackQuestion, FeedbackQuestion.initiative_id == initiative_id)
    return sorted(found, key=lambda one: (one.position, one.id))


def _counts(one: FeedbackCount) -> Counts:
    return Counts(one.question_id, one.meeting_id, tuple(getattr(one, name) for name in _NAMES), one.remarks or "")


def _answers(row: QuestionRow, counts: Sequence[Counts], least: int) -> Answers:
    own = [one for one in counts if one.question_id == row.id]
    faces = rules.FACES[row.scale]
    sums = tuple(sum(one.counts[place] for one in own) for place in range(faces or 1))
    cells = suppressed(sums, least)
    told = all(cell is None for cell in cells)
    remarks = tuple(line for one in own for line in one.remarks.splitlines() if line.strip())
    return Answers(row, cells if faces else (), None if told else sum(sums), () if told and faces else remarks)


@usecase(N_("Feedback form changed"))
def set_questions(tx: Tx, initiative_id: str, questions: Sequence[QuestionRow]) -> None:
    """The questions in this order; one that is left out goes, unless it has answers.

    Raises:
        Required: a question without a text; NotInList, TextTooLong, HasAnswers, NotFound.
    """
    if tx.get(Initiative, initiative_id).centre_id != tx.centre_id:
        raise NotFound
    known = {one.id: one for one in _questions(tx, initiative_id)}
    answered = {one.question_id for one in tx.all(FeedbackCount)}
    kept = {row.id for row in questions}
    for key, one in known.items():
        if key not in kept:
            if key in answered:
                raise HasAnswers(question=rules.question_text(one.text))
            tx.bin(one)
    for position, row in enumerate(questions):
        text = row.text.strip()
        _check(row, text)
        found = known.get(row.id)
        if found is None:
            found = tx.add(FeedbackQuestion(initiative_id=initiative_id, text=text, scale=row.scale))
        elif row.id in answered and (found.text, found.scale) != (text, row.scale):
            raise HasAnswers(question=rules.question_text(found.text))
        found.position, found.text, found.scale = position, text, row.scale


def _check(row: QuestionRow, text: str) -> None:
    if not text:
        raise Required("questions")
    if len(text) > LONGEST_QUESTION:
        raise TextTooLong("questions", limit=LONGEST_QUESTION)
    if row.scale not in codes(rules.SCALES):
        raise NotInList("questions")


@usecase(N_("Feedback sheets counted"))
def set_counts(tx: Tx, initiative_id: str, entries: Sequence[Counts]) -> None:
    """How many sheets ticked what, in place of what was counted for the same questions and meeting; remarks are one a
    line.

    Raises:
        BadCount, NotFound.
    """
    if tx.get(Initiative, initiative_id).centre_id != tx.centre_id:
        raise NotFound
    tx.take_turn()  # two desks never count the same question twice
    questions = {one.id: one for one in _questions(tx, initiative_id)}
    meetings = {one.id for one in tx.all(Meeting, Meeting.initiative_id == initiative_id)}
    held = {(one.question_id, one.meeting_id): one for one in tx.all(FeedbackCount)}
    for entry in entries:
        if entry.question_id not in questions or (entry.meeting_id and entry.meeting_id not in meetings):
            raise NotFound
        if any(not 0 <= number <= MOST_SHEETS for number in entry.counts):
            raise BadCount("counts", most=MOST_SHEETS)
        _set(tx, held.get((entry.question_id, entry.meeting_id)), entry)


def _set(tx: Tx, found: FeedbackCount | None, entry: Counts) -> None:
    empty = not any(entry.counts) and not entry.remarks.strip()
    if empty:
        if found is not None:
            tx.bin(found)
        return
    if found is None:
        found = tx.add(FeedbackCount(question_id=entry.question_id, meeting_id=entry.meeting_id))
    for name, number in zip(_NAMES, (*entry.counts, *(0,) * 5), strict=False):
        setattr(found, name, number)
    found.remarks = bare_text(entry.remarks)
