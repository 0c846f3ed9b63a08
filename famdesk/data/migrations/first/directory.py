"""The tables of the directory and of initiatives, which every centre of a network reads. As they were first made."""

from __future__ import annotations

import sqlalchemy as sa

from famdesk.data.migrations.tables import Key, record_table, source, to


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    return [
        *_network(),
        *_centre(),
        *_act(),
        *_fund(),
        *_call(),
        *_statement(),
        *_catchment(),
        *_body(),
        *_partnership(),
        *_role_holder(),
        *_place(),
        *_room(),
        *_access_point(),
        *_opening_rule(),
        *_extra_opening(),
        *_closure(),
        *_service(),
        *_service_link(),
        *_initiative(),
        *_meeting(),
    ]


def _network() -> list[Key]:
    return record_table(
        "network",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text()),
        sa.Column("access_terms", sa.Text()),
        sa.Column("planned_centres", sa.Integer()),
        to("owner_body_id", "body", nullable=True),
        *source(),
    )


def _centre() -> list[Key]:
    return record_table(
        "centre",
        to("network_id", "network", nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text()),
        sa.Column("tagline", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("municipality", sa.Text()),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text()),
        sa.Column("mail", sa.Text()),
        sa.Column("access_terms", sa.Text()),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("multipurpose", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        *source(),
    )


def _act() -> list[Key]:
    return record_table(
        "act",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("issued_on", sa.Date()),
        to("issuer_body_id", "body", nullable=True),
        *source(),
    )


def _fund() -> list[Key]:
    return record_table(
        "fund",
        sa.Column("name", sa.Text(), nullable=False),
        to("owner_body_id", "body", nullable=True),
        sa.Column("amount_cents", sa.Integer()),
        *source(),
    )


def _call() -> list[Key]:
    return record_table(
        "call",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        to("issuer_body_id", "body", nullable=True),
        to("act_id", "act", nullable=True),
        to("fund_id", "fund", nullable=True),
        sa.Column("deadline", sa.BigInteger()),
        sa.Column("deadline_text", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("amount_cents", sa.Integer()),
        *source(),
    )


def _statement() -> list[Key]:
    return record_table(
        "statement",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("function", sa.Text()),
        sa.Column("subject_id", sa.Text()),
        *source(),
    )


def _catchment() -> list[Key]:
    return record_table(
        "catchment",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("extent", sa.Text(), nullable=False),
        sa.Column("municipalities", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text()),
        *source(),
    )


def _body() -> list[Key]:
    return record_table(
        "body",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        to("parent_id", "body", nullable=True),
        sa.Column("municipality", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("mail", sa.Text()),
        sa.Column("note", sa.Text()),
        *source(),
    )


def _partnership() -> list[Key]:
    return record_table(
        "partnership",
        to("body_id", "body"),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("share_cents", sa.Integer()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("note", sa.Text()),
        *source(),
    )


def _role_holder() -> list[Key]:
    return record_table(
        "role_holder",
        sa.Column("name", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        to("body_id", "body"),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        *source(),
    )


def _place() -> list[Key]:
    return record_table(
        "place",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("building", sa.Text()),
        sa.Column("floor", sa.Text()),
        sa.Column("postcode", sa.Text()),
        sa.Column("municipality", sa.Text()),
        sa.Column("town", sa.Text()),
        to("owner_body_id", "body", nullable=True),
        to("manager_body_id", "body", nullable=True),
        to("part_of_id", "place", nullable=True),
        sa.Column("directions", sa.Text()),
        *source(),
    )


def _room() -> list[Key]:
    return record_table(
        "room",
        sa.Column("name", sa.Text(), nullable=False),
        to("place_id", "place"),
        sa.Column("seats", sa.Integer()),
    )


def _access_point() -> list[Key]:
    return record_table(
        "access_point",
        sa.Column("name", sa.Text(), nullable=False),
        to("place_id", "place", nullable=True),
        to("body_id", "body", nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Text()),
        sa.Column("age_band", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("mail", sa.Text()),
        sa.Column("starts_on", sa.Date()),
        sa.Column("starts_text", sa.Text()),
        sa.Column("main", sa.Boolean(), nullable=False),
        *source(),
    )


def _opening_rule() -> list[Key]:
    return record_table(
        "opening_rule",
        to("access_point_id", "access_point"),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        *source(),
    )


def _extra_opening() -> list[Key]:
    return record_table(
        "extra_opening",
        to("access_point_id", "access_point"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("reason", sa.Text()),
    )


def _closure() -> list[Key]:
    return record_table(
        "closure",
        to("access_point_id", "access_point", nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text()),
    )


def _service() -> list[Key]:
    return record_table(
        "service",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("function", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("description", sa.Text()),
        sa.Column("audience", sa.Text()),
        to("body_id", "body", nullable=True),
        to("place_id", "place", nullable=True),
        to("access_point_id", "access_point", nullable=True),
        sa.Column("phone", sa.Text()),
        sa.Column("mail", sa.Text()),
        sa.Column("position", sa.Integer(), nullable=False),
        *source(),
    )


def _service_link() -> list[Key]:
    return record_table(
        "service_link",
        to("service_id", "service"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        *source(),
    )


def _initiative() -> list[Key]:
    return record_table(
        "initiative",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("function", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("target", sa.Text()),
        sa.Column("topics", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("starts_on", sa.Date()),
        sa.Column("season_text", sa.Text()),
        sa.Column("usual_weekday", sa.Integer()),
        sa.Column("usual_time", sa.Time()),
        sa.Column("capacity", sa.Integer()),
        to("place_id", "place", nullable=True),
        to("continues_id", "initiative", nullable=True),
        *source(),
    )


def _meeting() -> list[Key]:
    return record_table(
        "meeting",
        to("initiative_id", "initiative"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), index=True),
        sa.Column("starts", sa.Time()),
        sa.Column("minutes", sa.Integer()),
        to("place_id", "place", nullable=True),
        to("room_id", "room", nullable=True),
        sa.Column("leader", sa.Text()),
        to("leader_staff_id", "staff", nullable=True),
        sa.Column("theme", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        *source(),
    )
