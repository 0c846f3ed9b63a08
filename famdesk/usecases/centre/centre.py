"""The centre itself: who it is, who carries it, on which acts and money it rests; the person at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from famdesk.data.tables.centre import Act, Call, Catchment, Centre, Fund, Network, Statement
from famdesk.data.tables.directory import Body, Partnership, RoleHolder
from famdesk.data.tx import Tx
from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import codes
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.people.municipalities import municipality
from famdesk.domain.staff import rights
from famdesk.i18n import LANGUAGES, N_
from famdesk.i18n.collate import sort_key
from famdesk.usecases.directory.directory_rows import HolderRow, PartnerRow, StatementRow
from famdesk.usecases.registry import query, usecase

CARRIERS = ("lead", "partner")


class UnknownLanguage(RuleError):
    message = N_("Choose a language from the list.")


class UnknownComune(RuleError):
    message = N_("This comune is not in the list. Leave the field empty if it is not known.")


@dataclass(frozen=True, slots=True)
class ActRow:
    """A formal act; `issued_on` None where the source gives no date, `issuer` the name of the body or None."""

    id: str
    kind: str
    number: str | None
    title: str | None
    issued_on: date | None
    issuer: str | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class FundRow:
    """Money; `amount_cents` None where unknown."""

    id: str
    name: str
    owner: str | None
    amount_cents: int | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call for applications; `deadline` is local wall time, `deadline_text` the words of the source."""

    id: str
    name: str
    kind: str
    issuer: str | None
    act: str | None
    fund: str | None
    deadline: datetime | None
    deadline_text: str | None
    outcome: str | None
    amount_cents: int | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class CatchmentRow:
    """Whom the centre is for by place; `municipalities` are the names of the comuni that the source tells."""

    id: str
    name: str
    extent: str
    municipalities: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class CentreRow:
    """The own centre. `partners` are those who carry it, the lead first; `others` have other roles (funder, host…).

    `municipality` is an ISTAT code and `comune` its name, both None if not known.
    """

    id: str
    version: int
    name: str
    alias: str | None
    tagline: str | None
    description: str | None
    municipality: str | None
    comune: str | None
    timezone: str
    phone: str | None
    mail: str | None
    access_terms: str | None
    starts_on: date | None
    ends_on: date | None
    multipurpose: bool
    demo: bool
    language: str
    network: str | None
    source: str | None
    inferred: str | None
    partners: tuple[PartnerRow, ...]
    others: tuple[PartnerRow, ...]
    holders: tuple[HolderRow, ...]
    acts: tuple[ActRow, ...]
    funds: tuple[FundRow, ...]
    calls: tuple[CallRow, ...]
    statements: tuple[StatementRow, ...]
    catchments: tuple[CatchmentRow, ...]


@dataclass(frozen=True, slots=True)
class MeRow:
    """Who is signed in, the use-cases that their role may start ("hours.add_rules", …), and what day it is here."""

    staff_id: str
    login: str
    name: str
    role: str
    centre_id: str
    may: frozenset[str]
    today: date


@query
def me(tx: Tx) -> MeRow:
    """The person at this desk."""
    actor = tx.actor
    may = frozenset(action for action in rights.parsed() if rights.cell(action, actor.role))
    return MeRow(actor.staff_id, actor.login, actor.name, actor.role, actor.centre_id, may, tx.today())


@query
def overview(tx: Tx) -> CentreRow:
    """The own centre with everything that it rests on."""
    centre = tx.get(Centre, tx.centre_id)
    network = tx.session.get(Network, centre.network_id) if centre.network_id else None
    comune = municipality(centre.municipality)
    partners = partner_rows(tx, *(one for one in (centre.id, centre.network_id) if one))
    return CentreRow(
        id=centre.id, version=centre.version, name=centre.name, alias=centre.alias, tagline=centre.tagline,
        description=centre.description, municipality=centre.municipality, comune=comune.name if comune else None,
        timezone=centre.timezone, phone=centre.phone, mail=centre.mail, access_terms=centre.access_terms,
        starts_on=centre.starts_on, ends_on=centre.ends_on, multipurpose=centre.multipurpose, demo=centre.demo,
        language=centre.language, network=network.name if network else None, source=centre.source,
        inferred=centre.inferred, partners=tuple(row for row in partners if row.role in CARRIERS),
        others=tuple(row for row in partners if row.role not in CARRIERS), holders=holder_rows(tx), acts=_acts(tx),
        funds=_funds(tx), calls=_calls(tx), statements=statement_rows(tx, centre.id), catchments=_catchments(tx),
    )  # fmt: skip


@usecase(N_("Data of the centre changed"))
def change_centre(
    tx: Tx, version: int, *, name: str, alias: str | None, tagline: str | None, description: str | None,
    municipality_code: str | None, phone: str | None, mail: str | None, access_terms: str | None,
    starts_on: date | None,
) -> None:  # fmt: skip
    """Changes who the own centre is; empty texts and None mean: not known.

    Raises:
        Required: no name.
        UnknownComune: no such ISTAT code in the files.
        Stale.
    """
    if not name.strip():
        raise Required("name")
    if municipality_code and municipality(municipality_code) is None:
        raise UnknownComune("municipality_code")
    centre = tx.get(Centre, tx.centre_id, version)
    centre.name, centre.municipality, centre.starts_on = name.strip(), municipality_code or None, starts_on
    centre.alias, centre.tagline, centre.description = alias or None, tagline or None, description or None
    centre.phone, centre.mail, centre.access_terms = phone or None, mail or None, access_terms or None


@usecase(N_("Language of the centre changed"))
def set_language(tx: Tx, language: str) -> None:
    """The language in which new desks of the centre start and its sheets are made.

    Raises:
        UnknownLanguage.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage("language")
    tx.get(Centre, tx.centre_id).language = language


def partner_rows(tx: Tx, *subjects: str) -> tuple[PartnerRow, ...]:
    """Bodies with a role on any of the subjects: by role (lead first), then in the order of the source."""
    rows = tx.rows(
        select(Partnership.id, Body.id, Body.name, Body.short_name, Partnership.role, Partnership.position,
               Partnership.share_cents, Partnership.valid_from, Partnership.valid_to, Partnership.note,
               Partnership.source, Partnership.inferred)
        .join(Body, Body.id == Partnership.body_id)
        .where(Partnership.deleted_at.is_(None), Partnership.subject_id.in_(subjects))
    )  # fmt: skip
    order = codes(profile_codes.PARTNERSHIP_ROLES)
    found = [PartnerRow(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: (order.index(one.role) if one.role in order else len(order),
                                                one.position, sort_key(one.name))))  # fmt: skip


def holder_rows(tx: Tx, *body_ids: str) -> tuple[HolderRow, ...]:
    """Public offices and who holds them, of the bodies or (none given) of all, by body and title."""
    where = [RoleHolder.body_id.in_(body_ids)] if body_ids else []
    rows = tx.rows(
        select(RoleHolder.id, RoleHolder.version, RoleHolder.name, RoleHolder.title, RoleHolder.body_id, Body.name,
               RoleHolder.valid_from, RoleHolder.valid_to)
        .join(Body, Body.id == RoleHolder.body_id)
        .where(RoleHolder.deleted_at.is_(None), *where)
    )  # fmt: skip
    return tuple(sorted((HolderRow(*row) for row in rows), key=lambda one: (sort_key(one.body), sort_key(one.title))))


def statement_rows(tx: Tx, subject_id: str) -> tuple[StatementRow, ...]:
    """What is said of a centre or service, in the order of the source."""
    rows = tx.rows(
        select(Statement.id, Statement.kind, Statement.text, Statement.function, Statement.source, Statement.inferred)
        .where(Statement.deleted_at.is_(None), Statement.subject_id == subject_id)
        .order_by(Statement.position, Statement.id)
    )
    return tuple(StatementRow(*row) for row in rows)


def _acts(tx: Tx) -> tuple[ActRow, ...]:
    rows = tx.rows(
        select(Act.id, Act.kind, Act.number, Act.title, Act.issued_on, Body.name, Act.source, Act.inferred)
        .outerjoin(Body, Body.id == Act.issuer_body_id)
        .where(Act.deleted_at.is_(None))
        .order_by(Act.id)
    )
    return tuple(ActRow(*row) for row in rows)


def _funds(tx: Tx) -> tuple[FundRow, ...]:
    rows = tx.rows(
        select(Fund.id, Fund.name, Body.name, Fund.amount_cents, Fund.source, Fund.inferred)
        .outerjoin(Body, Body.id == Fund.owner_body_id)
        .where(Fund.deleted_at.is_(None))
        .order_by(Fund.id)
    )
    return tuple(FundRow(*row) for row in rows)


def _calls(tx: Tx) -> tuple[CallRow, ...]:
    rows = tx.rows(
        select(Call.id, Call.name, Call.kind, Body.name, Act.title, Fund.name, Call.deadline, Call.deadline_text,
               Call.outcome, Call.amount_cents, Call.source, Call.inferred)
        .outerjoin(Body, Body.id == Call.issuer_body_id)
        .outerjoin(Act, Act.id == Call.act_id)
        .outerjoin(Fund, Fund.id == Call.fund_id)
        .where(Call.deleted_at.is_(None))
        .order_by(Call.id)
    )  # fmt: skip
    return tuple(sorted((CallRow(*row) for row in rows), key=lambda one: one.deadline or datetime.max))


def _catchments(tx: Tx) -> tuple[CatchmentRow, ...]:
    rows = tx.rows(
        select(Catchment.id, Catchment.name, Catchment.extent, Catchment.municipalities, Catchment.source)
        .where(Catchment.deleted_at.is_(None),
               or_(Catchment.subject_id == tx.centre_id, Catchment.subject_id.is_(None)))
        .order_by(Catchment.id)
    )  # fmt: skip
    return tuple(CatchmentRow(row[0], row[1], row[2], comuni(row[3]), row[4]) for row in rows)


def comuni(listed: str) -> tuple[str, ...]:
    """The names of comuni given as ISTAT codes parted by blanks; a code that the files do not hold stays a code."""
    found = ((code, municipality(code)) for code in listed.split())
    return tuple(comune.name if comune else code for code, comune in found)
