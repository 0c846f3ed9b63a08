"""The feedback form that people fill in after a meeting or a cycle: questions with faces to tick and lines to write on.

In the version in pictures a large sign stands for the question, so that nobody has to read: the words stand below it,
small, for who reads them aloud.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

from famdesk.domain.programmes import feedback
from famdesk.i18n import _, formats
from famdesk.sheets.paper import layout, letterhead
from famdesk.sheets.paper.faces import face
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.mixed import joined
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import BODY, HAIRLINE, MARGIN, PRIMARY, SECOND, SMALL, TEXT, TITLE, Style
from famdesk.sheets.paper.text import Lines, balanced, wrap
from famdesk.sheets.programmes.feedback_signs import SIGNS

_ROOM = Paper.A4.width - 2 * MARGIN
_TOP, _FOOT = 40.0, 56.0
_LINES = 3
"""Lines to write on below a question in own words."""
_PITCH = 26.0
_GAP, _LOOSE = 10.0, 18.0
"""Between two questions, and how much more where the page has room."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `text` as it is kept (see `domain.feedback`), its scale."""

    text: str
    scale: str


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """The form of an initiative, or of one of its meetings. `said`: the language of typed texts, "" if it is that of
    the sheet. `pictures`: the version for those who do not read."""

    centre: str
    initiative: str
    questions: tuple[Asked, ...]
    number: int = 0
    day: date | None = None
    said: str = ""
    pictures: bool = False


@naming
def render(content: FeedbackForm) -> bytes:
    """The form as PDF (A4) in the current language.

    Raises:
        DoesNotFit: a question is too long for the page.
        NotInFont: a character cannot be printed.
    """
    head, footer = _head(content), letterhead.footer(_ROOM)
    make: Callable[[FeedbackForm, int, Asked], Block] = _picture if content.pictures else _question
    blocks = [make(content, number, one) for number, one in enumerate(content.questions, start=1)]

    def room(page: int) -> float:
        return Paper.A4.height - _TOP - _FOOT - footer.height - (head.height if page == 1 else 0)

    bodies = layout.pages(blocks, room, gap=_GAP)
    pages = [_painter(head if place == 0 else None, body, footer) for place, body in enumerate(bodies)]
    return build(pages, Paper.A4, _("Feedback form"))


def _painter(head: Block | None, body: layout.Page, footer: letterhead.Part) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        if head is not None:
            head.paint(pen, _TOP)
        top = _TOP + (head.height if head else 0)
        spare = pen.height - _FOOT - footer.height - top - layout.stacked(body, gap=_GAP)
        layout.paint(body, pen, top, gap=_GAP + min(spare / (len(body) + 1), _LOOSE))
        with pen.aside() if folio.number < folio.total else nullcontext():
            footer.paint(pen, MARGIN, pen.height - _FOOT - footer.height + 10)
        with pen.aside():
            pen.rule(MARGIN, pen.height - _FOOT + 12, _ROOM, HAIRLINE)
            pen.line(folio.sentence(), SMALL, MARGIN + _ROOM, pen.height - _FOOT + 20, room=_ROOM * 0.4, align="right")

    return paint


def _head(content: FeedbackForm) -> Block:
    header = letterhead.header(_ROOM)
    title = balanced(_("What did you think of it?"), TITLE.coloured(PRIMARY), _ROOM)
    when = formats.date_full(content.day) if content.day else ""
    about = wrap(joined((content.initiative, when, content.centre)), BODY.coloured(SECOND), _ROOM)
    how = wrap(_("Do not write your name. Tick the face that says what you feel."), BODY, _ROOM)

    def paint(pen: Pen, y: float) -> None:
        header.paint(pen, MARGIN, y)
        y += header.height
        pen.lines(title, MARGIN, y)
        pen.lines(about, MARGIN, y + title.height, language=content.said or None)
        pen.lines(how, MARGIN, y + title.height + about.height + 4)

    return Block(header.height + title.height + about.height + how.height + 24, paint)


def _said(content: FeedbackForm, one: Asked) -> str | None:
    return None if feedback.known(one.text) or not content.said else content.said


def _question(content: FeedbackForm, number: int, one: Asked) -> Block:
    """A question with its faces in a row, what they mean below each, or lines to write on."""
    numbered = f"{formats.number(number)}. {feedback.question_text(one.text)}"
    text = wrap(numbered, Style(14, bold=True, leading=1.3, role="H2"), _ROOM)
    faces = feedback.FACES[one.scale]
    if not faces:
        return _written(text, _said(content, one))
    size = 40.0 if faces == 3 else 34.0
    step = _ROOM / faces
    words = [wrap(word, BODY, step - 8) for word in feedback.face_words(faces)]
    tall = text.height + 8 + size + 6 + max(lines.height for lines in words)

    def paint(pen: Pen, y: float) -> None:
        pen.lines(text, MARGIN, y, language=_said(content, one))
        y += text.height + 8
        with pen.items():
            for place, lines in enumerate(words):
                middle = MARGIN + step * (place + 0.5)
                face(pen, place + 1, faces, middle - size - 4, y, size, TEXT)
                pen.frame(middle + 8, y + (size - 20) / 2, 20, 20, SECOND, radius=3)
                with pen.item(), pen.body():
                    pen.lines(lines, middle, y + size + 6, align="centre")

    return Block(tall + 10, paint, numbered)


def _written(text: Lines, said: str | None) -> Block:
    def paint(pen: Pen, y: float) -> None:
        pen.lines(text, MARGIN, y, language=said)
        for line in range(1, _LINES + 1):
            pen.rule(MARGIN, y + text.height + line * _PITCH, _ROOM, SECOND, weight=0.5)

    return Block(text.height + _LINES * _PITCH + 8, paint)


def _picture(content: FeedbackForm, number: int, one: Asked) -> Block:
    """A question as a large sign with large faces; the words stand below, for who reads them aloud."""
    text = wrap(feedback.question_text(one.text), BODY, _ROOM)
    faces = feedback.FACES[one.scale]
    if not faces:
        return _drawn(content, one, text)
    size = 74.0 if faces == 3 else 56.0
    left = 96.0
    step = (_ROOM - left) / faces
    words = feedback.face_words(faces)

    def paint(pen: Pen, y: float) -> None:
        _sign(pen, number, one, y, 74.0)
        with pen.items():
            for place, word in enumerate(words):
                at = MARGIN + left + step * place + (step - size) / 2
                with pen.item(), pen.body():
                    face(pen, place + 1, faces, at, y, size, TEXT, word)
        pen.lines(text, MARGIN, y + 80, language=_said(content, one))
        pen.rule(MARGIN, y + 84 + text.height, _ROOM, HAIRLINE)

    return Block(86 + text.height, paint, feedback.question_text(one.text))


def _drawn(content: FeedbackForm, one: Asked, text: Lines) -> Block:
    """An empty field to draw or write in."""

    def paint(pen: Pen, y: float) -> None:
        pen.lines(text, MARGIN, y, language=_said(content, one))
        pen.frame(MARGIN, y + text.height + 4, _ROOM, 96, SECOND, radius=4)

    return Block(text.height + 104, paint)


def _sign(pen: Pen, number: int, one: Asked, y: float, size: float) -> None:
    strokes = SIGNS.get(one.text)
    if strokes is not None:
        pen.outline(strokes, MARGIN, y + 6, size - 12, PRIMARY, 3)
        return
    style = Style(size * 0.6, bold=True, colour=PRIMARY, leading=1.2)
    pen.lines(wrap(formats.number(number), style, size), MARGIN, y)
