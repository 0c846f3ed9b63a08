"""Consents as pure rules: what is asked of whom, who has to sign on a day, what the signatures amount to.

Source: D.Lgs. 196/2003 and GDPR artt. 6–9, 13 (notice and consent are two things); L. 219/2017 art. 1 (consent to
health acts, in writing or on video) and art. 3 (minors: those with parental responsibility sign, the minor is heard);
art. 316, 317, 320 c.c. (both parents; one where the other cannot); artt. 343 ff. c.c. and L. 47/2017 (guardians);
L. 184/1983 art. 5 (foster carers decide ordinary matters); art. 31 Codice deontologico degli psicologi.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from famdesk.domain.codes import Code, Table
from famdesk.domain.people.birth import latest
from famdesk.domain.text import age_in_months, fold, tokens
from famdesk.i18n import N_

OF_AGE = 18
HEARD_FROM = 14
"""From this age FamDesk asks for the minor's own words; younger children are heard as they can understand."""

PURPOSES: Table = (
    # Translators: the sheet that tells people what happens with their data, Italian "informativa"
    Code("privacy", N_("Privacy notice")),
    Code("health", N_("Psychological interviews (adult)")),
    Code("minor_interview", N_("Interviews with a minor")),
    # Translators: a family is sent on to another service with data about it
    Code("referral", N_("Passing on to another service")),
    Code("photo", N_("Photos and videos")),
    Code("activities", N_("Participation of a minor in activities")),
    Code("news", N_("Invitations and news of the centre")),
)

SIGNS_AS: Table = (
    Code("self", N_("The person concerned")),
    Code("parent", N_("Parent")),
    Code("guardian", N_("Guardian")),
    # Translators: a curator whom a court names for a minor in a conflict, Italian "curatore speciale"
    Code("curator", N_("Special curator")),
    Code("foster_carer", N_("Foster carer")),
    # Translators: Italian "amministratore di sostegno"
    Code("supporter", N_("Support administrator")),
)

HOW: Table = (
    Code("paper", N_("Signed on paper")),
    Code("digital", N_("Digital signature")),
    Code("sent", N_("Signed and sent, with a copy of the document")),
    Code("video", N_("On video")),
    Code("spoken", N_("Said in front of a colleague")),
)

TEXT_STATES: Table = (
    Code("draft", N_("Draft")),
    # Translators: the version of a text that is being signed now
    Code("in_use", N_("In use")),
    # Translators: an earlier version of a text, no longer given to anybody
    Code("retired", N_("No longer used")),
)

GROUNDS: Table = (
    Code("authority", N_("Order of a court or another authority")),
    Code("need", N_("Needed and confidential; the guardianship authority was told")),
    Code("by_law", N_("Service that the law opens to minors")),
    Code("legal_duty", N_("Duty to report or to answer an authority")),
    Code("emergency", N_("Emergency: it could not wait")),
    Code("one_holder", N_("One person alone has parental responsibility, or the other cannot sign")),
)
"""Lawful grounds in place of signatures; the last one only makes one signature enough."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a purpose asks. `consent`: without it nothing may be done (a notice is only given); `adults`, `minors`:
    for whom it is; `all_holders`: everybody with parental responsibility signs, else one is enough; `ordinary`: foster
    carers may sign; `written`: spoken words do not do."""

    consent: bool = True
    adults: bool = True
    minors: bool = True
    all_holders: bool = True
    ordinary: bool = False
    written: bool = False


RULES: dict[str, Rule] = {
    "privacy": Rule(consent=False, all_holders=False, ordinary=True),
    "health": Rule(minors=False, written=True),
    "minor_interview": Rule(adults=False, written=True),
    "referral": Rule(),
    "photo": Rule(written=True),
    "activities": Rule(adults=False, all_holders=False, ordinary=True),
    "news": Rule(all_holders=False, ordinary=True),
}


@dataclass(frozen=True, slots=True)
class GroundRule:
    """What has to be said of a ground: `act` in words (which order, whom one told, which law), its number, its date;
    `purposes` for which it can stand; `signatures` that are still needed."""

    act: bool = True
    number: bool = True
    dated: bool = True
    purposes: frozenset[str] = frozenset({"minor_interview", "referral"})
    signatures: int = 0


GROUND_RULES: dict[str, GroundRule] = {
    # Source: art. 31 c. 3 Codice deontologico (order of the judicial authority); art. 316 c. 2-3 c.c. (disagreement)
    "authority": GroundRule(purposes=frozenset({"minor_interview", "referral", "photo", "activities", "health"})),
    # Source: art. 31 c. 2: needed, with full confidentiality: the guardianship authority is informed
    "need": GroundRule(number=False, purposes=frozenset({"minor_interview"})),
    # Source: art. 31 c. 3: within structures set up by law for that (for example L. 405/1975)
    "by_law": GroundRule(number=False, dated=False, purposes=frozenset({"minor_interview"})),
    # Source: art. 331 c.p.p.; L. 184/1983 art. 9; GDPR art. 6 para. 1 c), art. 9 para. 2 f) g)
    "legal_duty": GroundRule(number=True, purposes=frozenset({"referral"})),
    # Source: L. 219/2017 art. 1 c. 7; GDPR art. 6 para. 1 d), art. 9 para. 2 c)
    "emergency": GroundRule(number=False, purposes=frozenset({"minor_interview", "referral", "health"})),
    # Source: art. 317 c.c. (absence, incapacity, other impediment); artt. 316 c. 4, 330, 337-quater c.c.
    "one_holder": GroundRule(number=False, dated=False, signatures=1,
                             purposes=frozenset({"minor_interview", "referral", "photo", "activities"})),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who decides for a person on a day: `signs_as` is a code of `SIGNS_AS`, `key` the person's id where the
    centre knows the person. `name` is for the sheet and the sentence. `acts`: the holder may decide on that day (not
    suspended, not forfeited, alive)."""

    signs_as: str
    name: str
    key: str | None = None
    acts: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as what, on which day."""

    signs_as: str
    name: str
    key: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Required:
    """Who has to sign: those named, `needed` in all (more than are named where the centre does not know them yet)."""

    needed: int
    holders: tuple[Holder, ...]


def minor_on(birth: date | None, birth_part: str | None, on: date) -> bool | None:
    """Whether somebody is under 18 on a day; None if nothing is known of the birth.

    A birth known in part ("2008", "2008-05") counts as late as it can be: who may be a minor is treated as one.
    """
    born = latest(birth, birth_part)
    if born is None:
        return None
    months = age_in_months(born, on)
    return months is None or months < OF_AGE * 12


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_AGE = re.compile(r"(?<!\d)(\d{1,2})(?:\s*[-–/]\s*\d{1,2})?\s*(?:ann[io]|years?|y\.?o|jahre?)(?!\w)", re.ASCII)
_MONTHS = re.compile(r"(?<!\d)\d{1,2}\s*(?:mes[ei]|months?|monate?|settiman[ae]|weeks?|wochen?)(?!\w)", re.ASCII)
_YOUNG = ("minorenn", "neonat", "bambin", "newborn", "baby", "toddler", "under age", "underage", "minderjahrig",
          "neugeboren", "saugling", "kleinkind")  # fmt: skip


def minor_in_words(words: str | None, on: date) -> bool | None:
    """Whether words about a birth ("circa 6 anni", "estate 2015") speak of somebody under 18; None if they do not say.

    An age that somebody had once only grows: "40 anni" is of age for ever. Of two ages the lower one counts.
    """
    text = fold(words or "")
    if _MONTHS.search(text) or any(word in text for word in _YOUNG):
        return True
    if age := _AGE.search(text):
        return int(age[1]) < OF_AGE
    years = _YEAR.findall(text)
    return minor_on(None, max(years), on) if years else None


def to_be_heard(birth: date | None, birth_part: str | None, on: date) -> bool:
    """Whether a minor is old enough that FamDesk asks for the minor's own words."""
    born = latest(birth, birth_part)
    months = age_in_months(born, on) if born else None
    return months is not None and HEARD_FROM * 12 <= months < OF_AGE * 12


def purpose_for(purpose: str, minor: bool) -> str:
    """The purpose that holds for somebody of that age: interviews have one sheet for adults and one for minors."""
    pair = {("health", True): "minor_interview", ("minor_interview", False): "health"}
    return pair.get((purpose, minor), purpose)


def required(purpose: str, minor: bool, holders: Sequence[Holder], own: Holder, ground: str | None = None) -> Required:
    """Who has to sign for a purpose. `own`: the person, who signs for oneself when of age.

    An adult with a guardian or support administrator is signed for by that one. For a minor a guardian stands before
    parents; foster carers sign ordinary matters only. Where fewer than two parents are known, two signatures are
    asked for all the same, unless the ground says that one person decides alone; a parent who is known and may not
    decide (suspended, forfeited) is not waited for.
    """
    rule = RULES[purpose]
    able = [holder for holder in holders if holder.acts]
    by_role = {code.code: [one for one in able if one.signs_as == code.code] for code in SIGNS_AS}
    if ground is not None and not GROUND_RULES[ground].signatures:
        return Required(0, ())
    if not minor:
        return Required(1, tuple(by_role["supporter"][:1]) or (own,))
    deciding = by_role["guardian"] or by_role["parent"] or by_role["curator"]
    if not rule.all_holders:
        return Required(1, tuple(deciding + (by_role["foster_carer"] if rule.ordinary else [])))
    if ground == "one_holder":
        return Required(1, tuple(deciding))
    known = sum(holder.signs_as == "parent" for holder in holders)
    enough = known >= 2 or (deciding and deciding[0].signs_as != "parent")
    return Required(len(deciding) if deciding and enough else 2, tuple(deciding))


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the needed signatures are there, and which of the known holders are missing."""

    signed: int
    needed: int
    missing: tuple[Holder, ...]

    @property
    def complete(self) -> bool:
        return self.signed >= self.needed


def count(wanted: Required, signatures: Sequence[Signature], minor: bool) -> Count:
    """Holds the signatures against what is required.

    A signature counts for the holder with the same id or name, and nobody counts twice. One of somebody who is not
    known as a holder counts only in a place that nobody known fills: a guardian's one alone is enough where no holder
    is known.
    """
    left = _of_different_people(signatures)
    missing = []
    for holder in wanted.holders:
        hit = next((one for one in left if _is(holder, one)), None)
        if hit is None:
            missing.append(holder)
        else:
            left.remove(hit)
    named = len(wanted.holders) - len(missing)
    strangers = [one for one in left if one.signs_as in ("parent", "guardian", "curator")] if minor else []
    if not wanted.holders and any(one.signs_as == "guardian" for one in strangers):
        return Count(1, 1, ())
    free = max(0, wanted.needed - len(wanted.holders))
    signed = min(wanted.needed, named + min(free, len(strangers)))
    return Count(signed, wanted.needed, tuple(missing) if signed < wanted.needed else ())


def _is(holder: Holder, signature: Signature) -> bool:
    if holder.key and signature.key:
        return holder.key == signature.key
    return same_name(holder.name, signature.name)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same words, in whatever order and spelling of accents: "Ada Rossi", "ROSSI Ada"."""
    words = sorted(tokens(one or ""))
    return bool(words) and words == sorted(tokens(other or ""))


def _of_different_people(signatures: Sequence[Signature]) -> list[Signature]:
    """Each signer once: of those with an id the first, of names typed those that nobody else has."""
    known = list({one.key: one for one in reversed(signatures) if one.key}.values())[::-1]
    for one in signatures:
        if not one.key and not any(same_name(one.name, before.name) for before in known):
            known.append(one)
    return known


Status = Literal["none", "asked", "partial", "given", "ground", "refused", "withdrawn", "expired"]

COVERS: frozenset[Status] = frozenset({"given", "ground"})
"""With these the thing may be done."""


def status(
    counted: Count, on: date, *, ground: str | None = None, refused_on: date | None = None,
    withdrawn_on: date | None = None, valid_to: date | None = None,
) -> Status:  # fmt: skip
    """What a consent amounts to on a day. `valid_to` is the last day on which it holds."""
    if withdrawn_on is not None and withdrawn_on <= on:
        return "withdrawn"
    if refused_on is not None and refused_on <= on:
        return "refused"
    if valid_to is not None and valid_to < on:
        return "expired"
    if ground is not None and not GROUND_RULES[ground].signatures:
        return "ground"
    if counted.complete:
        return "given"
    return "partial" if counted.signed else "asked"
