"""The sheet that is signed: a consent or the privacy notice, with the names of those who have to sign.

The text is set as the centre wrote it ("## " a heading, "- " an item); below it place, day and a line for each signer.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _, formats
from famdesk.sheets.paper import letterhead
from famdesk.sheets.paper.layout import Block, Page, pages, paint
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import ATTENTION, HAIRLINE, MARGIN, PRIMARY, PRIMARY_TINT, SECOND, TEXT, Style, enlarged
from famdesk.sheets.paper.text import Lines, balanced, wrap
from famdesk.usecases.consent.consent_sheet import ConsentSheet, Signer

ROOM = Paper.A4.width - 2 * MARGIN
TOP, FOOT = 44.0, 50.0
SCALES = (1.0, 0.96, 0.92, 0.88)
"""The sizes that are tried for the text: smaller only where it saves a page."""
_BLANK = re.compile("_{4,}")
_ROOM_TO_WRITE = "_" * 30
_BODY = Style(10.2, leading=1.42)
_HEAD = Style(11.2, bold=True, colour=PRIMARY, leading=1.35, role="H2")
_TITLE = Style(19, bold=True, colour=PRIMARY, leading=1.25, role="H1")
_SMALL = Style(8.8, colour=SECOND, leading=1.35)
_NAME = Style(12.5, bold=True, leading=1.35)
_ITEM = 12.0
_GAP = 5.0


class TooManySigners(RuleError):
    message = N_("There are more signers than one page can hold.")


@naming
@enlarged(1.0)
def render(content: ConsentSheet) -> bytes:
    """The sheet as PDF on A4 in the current language.

    Raises:
        DoesNotFit: a paragraph is longer than a page.
        NotInFont: if a character cannot be printed.
    """
    spread = min((_spread(content, scale) for scale in SCALES), key=len)  # the largest of those with the fewest pages
    return build([_Sheet(page, content).paint for page in spread], Paper.A4, _("Consent"), archived=True)


def _spread(content: ConsentSheet, scale: float) -> list[Page]:
    """The sheet's pages. What is declared last, the minor's words and the signatures stand on one page."""
    text = _text(content.body, scale)
    end = [*text[-1:], *_about(content), *_signatures(content)]
    held = [block._replace(keep=True) for block in end[:-1]]
    blocks = [*_top(content), *text[:-1], *held, *end[-1:]]
    foot = FOOT + letterhead.footer(ROOM).height
    return pages(blocks, lambda _number: Paper.A4.height - TOP - foot, _GAP)


@dataclass(frozen=True, slots=True)
class _Sheet:
    page: Page
    content: ConsentSheet

    def paint(self, pen: Pen, folio: Folio) -> None:
        paint(self.page, pen, TOP, _GAP)
        footer = letterhead.footer(ROOM)
        y = pen.height - FOOT - footer.height + 16
        pen.rule(MARGIN, y, ROOM, HAIRLINE)
        with pen.aside() if folio.number < folio.total else nullcontext():
            footer.paint(pen, MARGIN, y + 8 + _SMALL.line)
            pen.line(_foot(self.content), _SMALL, MARGIN, y + 8, room=ROOM - 90)
        with pen.aside():
            pen.line(folio.sentence(), _SMALL, MARGIN + ROOM, y + 8, room=86, align="right")


def _foot(content: ConsentSheet) -> str:
    if content.number is None:
        return content.centre
    return _("{centre} · version {number} of this text").format(centre=content.centre, number=content.number)


def _lines(lines: Lines, *, keep: bool = False, x: float = MARGIN, before: float = 0) -> Block:
    def draw(pen: Pen, y: float) -> None:
        pen.lines(lines, x, y + before)

    return Block(lines.height + before, draw, lines.texts[0] if lines.texts else "", keep)


def _top(content: ConsentSheet) -> list[Block]:
    facts = [content.person]
    if content.born:
        facts.append(_("born on {day}").format(day=formats.date_num(content.born)))
    header = letterhead.header(ROOM, tall=34)
    blocks = [Block(header.height, lambda pen, y: header.paint(pen, MARGIN, y))] if header.height else []
    blocks += [
        _lines(wrap(content.centre, Style(10, bold=True, colour=SECOND), ROOM)),
        _lines(balanced(content.title, _TITLE, ROOM)),
        _box(_about_words(content), facts),
    ]
    if content.careful:
        words = _("Nobody else may find this paper: it stays at the centre, and no copy goes home.")
        blocks.append(_lines(wrap(words, Style(9.6, bold=True, colour=ATTENTION, leading=1.35), ROOM)))
    return blocks


def _about_words(content: ConsentSheet) -> str:
    # Translators: above the name of the person whom a consent sheet is about
    return _("Minor concerned") if content.minor else _("Person concerned")


def _box(label: str, facts: list[str]) -> Block:
    small, name = wrap(label, _SMALL, ROOM - 28), wrap(", ".join(facts), _NAME, ROOM - 28)
    height = small.height + name.height + 16

    def draw(pen: Pen, y: float) -> None:
        pen.fill(MARGIN, y, ROOM, height, PRIMARY_TINT, radius=4)
        with pen.items(), pen.item():
            with pen.label():
                pen.lines(small, MARGIN + 14, y + 8)
            with pen.body():
                pen.lines(name, MARGIN + 14, y + 8 + small.height)

    return Block(height + 4, draw, facts[0])


def _text(body: str, scale: float) -> list[Block]:
    """The paragraphs, headings and items of the text; blanks are as long as one needs to write by hand."""
    blocks, listed = list[Block](), object()
    plain, head = _BODY.scaled(scale), _HEAD.scaled(scale)
    for line in (_BLANK.sub(_ROOM_TO_WRITE, line.strip()) for line in body.splitlines()):
        if line.startswith("## "):
            blocks.append(_lines(wrap(line[3:], head, ROOM), keep=True, before=3))
        elif line.startswith("- "):
            blocks.append(_item(line[2:], plain, listed))
            continue
        elif line:
            blocks.append(_lines(wrap(line, plain, ROOM)))
        listed = object()
    return blocks


def _item(text: str, style: Style, listed: object) -> Block:
    """An item; those with the same `listed` are one list."""
    lines = wrap(text, style, ROOM - _ITEM)

    def draw(pen: Pen, y: float) -> None:
        pen.disc(MARGIN + 4, y + style.line / 2, 1.6, TEXT)
        with pen.items(listed), pen.item(), pen.body():
            pen.lines(lines, MARGIN + _ITEM, y)

    return Block(lines.height, draw, text)


def _about(content: ConsentSheet) -> list[Block]:
    """To whom something is passed on and what is kept back, and room for the minor's words."""
    blocks = []
    for label, words in ((_("Passed on to"), content.recipient), (_("Not to be passed on"), content.withheld)):
        if words:
            blocks.append(_lines(wrap(label, _HEAD, ROOM), keep=True, before=3))
            blocks.append(_lines(wrap(words, _BODY, ROOM)))
    if content.hear:
        blocks.append(_lines(wrap(_("What the minor says about it, in the minor's own words"), _HEAD, ROOM), keep=True,
                             before=3))  # fmt: skip
        blocks.append(_rules(3))
    return blocks


def _rules(number: int) -> Block:
    def draw(pen: Pen, y: float) -> None:
        for line in range(number):
            pen.rule(MARGIN, y + 20 * (line + 1), ROOM, SECOND, weight=0.5)

    return Block(20.0 * number + 4, draw)


def _signatures(content: ConsentSheet) -> list[Block]:
    """Place and day, then a line for each signer; all on one page."""
    words = _("I have received this notice.") if content.notice else ""
    signers = content.signers or (Signer("", ""),)
    if len(signers) > 8:
        raise TooManySigners
    blocks = [_lines(wrap(words, _BODY, ROOM), keep=True, before=8)] if words else []
    blocks.append(_place_and_day())
    listed = object()
    blocks += [_signature(one, listed, last=one is signers[-1]) for one in signers]
    return blocks


def _place_and_day() -> Block:
    label = wrap(_("Place and date"), _SMALL, ROOM)

    def draw(pen: Pen, y: float) -> None:
        pen.rule(MARGIN, y + 30, 230, SECOND, weight=0.5)
        pen.lines(label, MARGIN, y + 33)

    return Block(33 + label.height, draw, keep=True)


def _signature(signer: Signer, listed: object, *, last: bool) -> Block:
    half = ROOM / 2 - 10
    who = wrap(signer.name, _NAME, half) if signer.name else None
    role = wrap(signer.role, _SMALL, half) if signer.role else None
    label = wrap(_("Signature"), _SMALL, half)
    height = max(34.0, who.height if who else 0) + max(label.height, role.height if role else 0) + 4

    def draw(pen: Pen, y: float) -> None:
        with pen.items(listed), pen.item(), pen.body():
            fields(pen, y + height - max(label.height, role.height if role else 0) - 2)

    def fields(pen: Pen, base: float) -> None:
        if who:
            pen.lines(who, MARGIN, base - who.height)
        else:
            pen.rule(MARGIN, base, half, SECOND, weight=0.5)
        if role:
            pen.lines(role, MARGIN, base + 2)
        pen.rule(MARGIN + half + 20, base, half, SECOND, weight=0.5)
        pen.lines(label, MARGIN + half + 20, base + 2)

    return Block(height, draw, signer.name or signer.role, keep=not last)
