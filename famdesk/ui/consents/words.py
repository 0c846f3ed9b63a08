"""What the consents of a person say on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.consent.consents import Status
from famdesk.i18n import _, formats, ngettext, pgettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.consent.consent_rows import ConsentFile, ConsentRow, ConsentState, HolderRow, SignatureRow

MEANINGS: dict[Status, Meaning] = {
    "none": Meaning.CLOSED, "asked": Meaning.WARNING, "partial": Meaning.WARNING, "given": Meaning.OPEN,
    "ground": Meaning.OPEN, "refused": Meaning.CONFLICT, "withdrawn": Meaning.CONFLICT, "expired": Meaning.WARNING,
}  # fmt: skip
_ICONS: dict[Status, str] = {
    "none": "circle-question-mark", "asked": "hourglass", "partial": "hourglass", "given": "circle-check",
    "ground": "circle-check", "refused": "circle-x", "withdrawn": "circle-x", "expired": "clock",
}  # fmt: skip


def joined(*parts: str | None) -> str:
    """The words that are there, with dots between them."""
    return " · ".join(part for part in parts if part)


def purpose(code: str) -> str:
    """What a consent is for."""
    return codes.label(consents.PURPOSES, code)


def holder(row: HolderRow | SignatureRow) -> str:
    """ "Rossi Anna (Parent)" """
    return _("{name} ({role})").format(name=row.name, role=codes.label(consents.SIGNS_AS, row.signs_as))


def status(state: ConsentState) -> str:
    """How a consent stands, in a word or two: "1 of 2 signatures", "signed"."""
    if state.status in {"asked", "partial"}:
        text = ngettext("{signed} of {needed} signature", "{signed} of {needed} signatures", state.needed)
        return text.format(signed=state.signed, needed=state.needed)
    short = {
        "none": _("not asked"),
        "given": pgettext("consent", "signed"),
        "ground": _("lawful ground"),
        "refused": pgettext("consent", "refused"),
        "withdrawn": pgettext("consent", "withdrawn"),
        "expired": pgettext("consent", "expired"),
    }
    return short[state.status]


def purpose_line(state: ConsentState) -> Line:
    """A purpose with how its consent stands."""
    day = {"refused": state.refused_on, "withdrawn": state.withdrawn_on, "expired": state.valid_to}.get(state.status)
    detail = formats.date_long(day) if day else ""
    if state.status == "partial" and state.missing:
        detail = _("Missing: {names}").format(names=formats.list_text(state.missing))
    if state.hear and state.status != "none":
        detail = joined(detail, _("the minor has not been heard yet"))
    return Line(state.purpose, purpose(state.purpose), detail=detail, badge=status(state),
                meaning=MEANINGS[state.status], icon=_ICONS[state.status])  # fmt: skip


def noted_line(state: ConsentState, privacy: str) -> Line:
    """The privacy notice where its receipt is not here, but what was done with it is noted in the file."""
    status: Status = "refused" if privacy == "refused" else "given"
    badges = {
        # Translators: a badge beside "Privacy notice": somebody was given it
        "given": pgettext("privacy notice", "given"),
        "signed": pgettext("consent", "signed"),
        "refused": pgettext("consent", "refused"),
    }
    return Line(state.purpose, purpose(state.purpose), badge=badges[privacy], meaning=MEANINGS[status],
                icon=_ICONS[status])  # fmt: skip


def sentence(state: ConsentState) -> str:
    """What may be done, in a sentence that can be read aloud."""
    from famdesk.usecases.consent.consents import refusal

    if state.status == "given":
        return _("All who have to sign have signed.")
    if state.status == "ground":
        return _("A lawful ground stands in place of the signatures.")
    if state.purpose == "privacy" and state.status in {"none", "asked", "partial"}:
        return _("Give the notice and have its receipt signed. Until then the file stands under an alias where others "
                 "may read.")  # fmt: skip
    return refusal(state).sentence()


def signature_line(row: SignatureRow) -> Line:
    """A signature."""
    how = joined(codes.label(consents.HOW, row.how), formats.date_long(row.signed_on))
    return Line(f"signature:{row.id}", holder(row), detail=how, icon="signature")


def missing_line(row: HolderRow, number: int) -> Line:
    """Somebody who has not signed."""
    return Line(f"missing:{number}", holder(row), badge=_("to sign"), meaning=Meaning.WARNING, icon="user")


def consent_lines(row: ConsentRow) -> list[Line]:
    """A consent: what was asked and when, who signed, who is missing, the ground, the minor's words."""
    title = row.text or _("Asked with a sheet of somebody else")
    facts = [_("asked on {day}").format(day=formats.date_long(row.asked_on))]
    if row.recipient:
        facts.append(_("for {name}").format(name=row.recipient))
    if row.valid_to:
        facts.append(_("valid until {day}").format(day=formats.date_long(row.valid_to)))
    lines = [Line(f"consent:{row.id}", title, detail=joined(*facts), badge=status(row.state),
                  meaning=MEANINGS[row.state.status], icon="file-text", strong=True)]  # fmt: skip
    lines += [signature_line(one) for one in row.signatures]
    lines += list(_open(row))
    lines += list(_said(row))
    return lines


def _open(row: ConsentRow) -> Iterable[Line]:
    if row.state.status not in {"asked", "partial"}:
        return
    for number, one in enumerate(row.to_sign):
        line = missing_line(one, number)
        yield Line(f"missing:{row.id}:{number}", line.title, badge=line.badge, meaning=line.meaning, icon=line.icon)
    unknown = row.state.needed - row.state.signed - len(row.to_sign)
    if unknown > 0:
        text = ngettext("{n} signer is not known yet", "{n} signers are not known yet", unknown).format(n=unknown)
        yield Line(f"unknown:{row.id}", text, detail=_("Enter who decides under Family."), icon="circle-question-mark")


def _said(row: ConsentRow) -> Iterable[Line]:
    """What else was written down."""
    if row.ground:
        proof = joined(row.ground_act, row.ground_number,
                             formats.date_long(row.ground_on) if row.ground_on else "")  # fmt: skip
        yield Line(f"ground:{row.id}", codes.label(consents.GROUNDS, row.ground), detail=proof, icon="book-open")
    if row.heard_words:
        day = formats.date_long(row.heard_on) if row.heard_on else ""
        yield Line(f"heard:{row.id}", _("“{words}”").format(words=row.heard_words),
                   detail=joined(_("the minor's own words"), day), icon="message-square")  # fmt: skip
    ended = {
        "withdrawn": _("Withdrawn by {name}").format(name=row.withdrawn_by or ""),
        "refused": pgettext("consent", "Refused"),
    }
    if row.state.status in ended:
        day_of = row.state.withdrawn_on if row.state.status == "withdrawn" else row.state.refused_on
        yield Line(f"ended:{row.id}", ended[row.state.status], detail=formats.date_long(day_of) if day_of else "",
                   icon="circle-x")  # fmt: skip
    if row.withheld:
        yield Line(f"withheld:{row.id}", _("Kept back: {what}").format(what=row.withheld), icon="eye-off")
    if row.note:
        yield Line(f"note:{row.id}", row.note, icon="pencil")


def history_lines(file: ConsentFile, code: str) -> list[Line]:
    """All consents for a purpose, the newest first."""
    return [line for row in file.rows if row.state.purpose == code for line in consent_lines(row)]
