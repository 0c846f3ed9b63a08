"""Network, centre, and what a centre rests on: acts, funds, calls, statements of purpose, catchments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, Sourced, ref


class Network(Record, Sourced):
    """Centres that share directory and initiatives, such as the eight of Bari."""

    __tablename__ = "network"
    shared = True
    name: Mapped[str]
    description: Mapped[str | None] = mapped_column(default=None)
    access_terms: Mapped[str | None] = mapped_column(default=None)
    planned_centres: Mapped[int | None] = mapped_column(default=None)
    owner_body_id: Mapped[str | None] = ref("body", nullable=True)


class Centre(Record, Sourced):
    """One family centre. `municipality` is the ISTAT code of its comune (patron saint, catchment), None if unknown.

    `least_told`: numbers of people below it are not told in figures; None: as the program has it.
    """

    __tablename__ = "centre"
    shared = True
    network_id: Mapped[str | None] = ref("network", nullable=True)
    name: Mapped[str]
    alias: Mapped[str | None] = mapped_column(default=None)
    tagline: Mapped[str | None] = mapped_column(default=None)
    description: Mapped[str | None] = mapped_column(default=None)
    municipality: Mapped[str | None] = mapped_column(default=None)
    timezone: Mapped[str] = mapped_column(default="Europe/Rome")
    phone: Mapped[str | None] = mapped_column(default=None)
    mail: Mapped[str | None] = mapped_column(default=None)
    access_terms: Mapped[str | None] = mapped_column(default=None)
    starts_on: Mapped[date | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)
    multipurpose: Mapped[bool] = mapped_column(default=False)
    demo: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="it")
    least_told: Mapped[int | None] = mapped_column(default=None)


class Act(Record, Sourced):
    """A formal act: resolution, decree, regulation, model. `issued_on` None where the source gives no date."""

    __tablename__ = "act"
    shared = True
    kind: Mapped[str]
    number: Mapped[str | None] = mapped_column(default=None)
    title: Mapped[str | None] = mapped_column(default=None)
    issued_on: Mapped[date | None] = mapped_column(default=None)
    issuer_body_id: Mapped[str | None] = ref("body", nullable=True)


class Fund(Record, Sourced):
    """Money that a centre lives on; `amount_cents` None where unknown."""

    __tablename__ = "fund"
    shared = True
    name: Mapped[str]
    owner_body_id: Mapped[str | None] = ref("body", nullable=True)
    amount_cents: Mapped[int | None] = mapped_column(default=None)


class Call(Record, Sourced):
    """A call for applications: for running centres (`management`), for money (`funding`) or for participants.

    `deadline` is local wall time to the minute; `deadline_text` keeps the words of the source. `state`: preparation,
    open, judging or decided. Points are hundredths: who has fewer than `min_points` is not ranked. `seats`: how many
    are taken, `initiative_id`: into what; None: not said.
    """

    __tablename__ = "call"
    shared = True
    name: Mapped[str]
    kind: Mapped[str]
    issuer_body_id: Mapped[str | None] = ref("body", nullable=True)
    act_id: Mapped[str | None] = ref("act", nullable=True)
    fund_id: Mapped[str | None] = ref("fund", nullable=True)
    deadline: Mapped[datetime | None] = mapped_column(default=None)
    deadline_text: Mapped[str | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    amount_cents: Mapped[int | None] = mapped_column(default=None)
    opens: Mapped[datetime | None] = mapped_column(default=None)
    description: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="open")
    min_points: Mapped[int | None] = mapped_column(default=None)
    seats: Mapped[int | None] = mapped_column(default=None)
    initiative_id: Mapped[str | None] = ref("initiative", nullable=True)


class Statement(Record, Sourced):
    """One sentence of what a network, centre or service is for: purpose, recipients, aim, action, model, plan.

    `subject_id` is the id of the network, centre, service or access point that it speaks of.
    """

    __tablename__ = "statement"
    shared = True
    kind: Mapped[str]
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    function: Mapped[str | None] = mapped_column(default=None)
    subject_id: Mapped[str | None] = mapped_column(default=None)


class Catchment(Record, Sourced):
    """Whom a centre, access point or service is for by place: a city, neighbouring comuni, an Ambito.

    `municipalities` are ISTAT codes parted by blanks; empty where the source names none.
    """

    __tablename__ = "catchment"
    shared = True
    name: Mapped[str]
    extent: Mapped[str]
    municipalities: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[str | None] = mapped_column(default=None)
