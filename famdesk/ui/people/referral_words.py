"""Referrals in words: lines of lists and what a file from another centre says."""

from __future__ import annotations

from famdesk.domain import codes
from famdesk.domain.intake import referrals as rules
from famdesk.domain.intake.referral_content import ReferralContent, SafeContact
from famdesk.domain.languages import language_label
from famdesk.i18n import _, formats
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.intake.referrals import ReferralRow

_MEANINGS = {
    "sent": Meaning.WARNING, "received": Meaning.WARNING, "accepted": Meaning.OPEN, "declined": Meaning.CONFLICT,
    "answered": Meaning.OPEN, "withdrawn": Meaning.CLOSED, "draft": Meaning.BUSY,
}  # fmt: skip


def line(row: ReferralRow) -> Line:
    """A referral in a list."""
    # Translators: a referral; {who} is a body or colleague
    title = (_("To {who}") if row.direction == rules.OUT else _("From {who}")).format(who=row.who)
    icon = "send" if row.direction == rules.OUT else "download"
    meaning = Meaning.CONFLICT if row.overdue else _MEANINGS[row.state]
    day = formats.date_num(row.sent_on) if row.sent_on else ""
    return Line(row.id, title, detail=detail(row), trail=day, badge=state(row), meaning=meaning, icon=icon)


def state(row: ReferralRow) -> str:
    """The state, and whether an answer is late."""
    label = codes.label(rules.STATES, row.state)
    if row.overdue:
        # Translators: {state} is such as "Sent"
        return _("{state}, answer overdue").format(state=label)
    return label


def detail(row: ReferralRow) -> str:
    """Why, what came of it, and by when."""
    due = _("answer due {day}").format(day=formats.date_num(row.answer_due)) if row.answer_due else ""
    told = _("sender told on {day}").format(day=formats.date_num(row.feedback_on)) if row.feedback_on else ""
    answer = _("Answer: {text}").format(text=row.answer) if row.answer else ""
    number = _("no. {number}").format(number=row.reference) if row.reference else ""
    return " · ".join(part for part in (row.why.replace("\n", " · "), answer, due, told, number, row.operator) if part)


def step(code: str) -> str:
    """The command that puts a referral into a state."""
    return {
        "accepted": _("Accepted…"),
        "declined": _("Declined…"),
        "answered": _("Answered…"),
        "withdrawn": _("Take back…"),
    }.get(code, codes.label(rules.STATES, code))


def content_lines(content: ReferralContent) -> list[Line]:
    """What a received file says, line by line."""
    person, sender = content.person, content.sender
    name = " ".join(part for part in (person.surname, person.given_name) if part) or person.alias
    born = formats.date_num(person.birth_date) if person.birth_date else person.birth_text
    rows = [
        (_("From"), " · ".join(part for part in (sender.centre, sender.staff, sender.phone, sender.mail) if part)),
        (_("Number"), f"{content.reference} · {formats.date_num(content.sent_on)}"),
        (_("Person"), " · ".join(part for part in (name, born, person.tax_code) if part)),
        (_("Language"), language_label(person.language) if person.language else ""),
        (_("Why"), content.why), (_("In the family’s words"), content.needs), (_("Lives with"), content.household),
        *((_("Contact"), contact(one)) for one in person.contacts),
        (_("Safe contact"), _("Never contact") if person.never_contact else ""),
        (_("Answer due"), formats.date_num(content.answer_due) if content.answer_due else ""),
    ]  # fmt: skip
    return [Line(str(number), text, lead=label) for number, (label, text) in enumerate(rows) if text]


def contact(one: SafeContact) -> str:
    """A contact point with its safe-contact rule in words."""
    hours = formats.time_range(one.safe_from, one.safe_to) if one.safe_from and one.safe_to else ""
    rule = (
        "" if one.may_call else _("do not call"), "" if one.may_leave_message else _("leave no message"),
        "" if one.may_write else _("do not write"), _("only {hours}").format(hours=hours) if hours else "",
        _("say “{name}”").format(name=one.neutral_name) if one.neutral_name else "",
    )  # fmt: skip
    return " · ".join(part for part in (one.value, one.owner, *rule) if part)
