"""The tables of families, consents, referrals, the waiting room and the rights of persons. As they were first made."""

from __future__ import annotations

import sqlalchemy as sa

from famdesk.data.migrations.tables import Key, record_table, to


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    return [
        *_relation(),
        *_responsibility(),
        *_placement(),
        *_measure(),
        *_delegate(),
        *_consent_text(),
        *_consent(),
        *_consent_signature(),
        *_referral(),
        *_visit(),
        *_follow_up(),
        *_school_year(),
        *_flag(),
        *_custom_field(),
        *_custom_value(),
        *_saved_search(),
        *_merge(),
        *_not_same(),
        *_rights_request(),
        *_processing(),
        *_breach(),
    ]


def _relation() -> list[Key]:
    return record_table(
        "relation",
        to("person_id", "person"),
        to("other_id", "person"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("note", sa.Text()),
    )


def _responsibility() -> list[Key]:
    return record_table(
        "responsibility",
        to("person_id", "person"),
        to("other_id", "person", nullable=True),
        to("body_id", "body", nullable=True),
        sa.Column("holder_name", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("act_authority", sa.Text()),
        sa.Column("act_number", sa.Text()),
        sa.Column("act_on", sa.Date()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("note", sa.Text()),
    )


def _placement() -> list[Key]:
    return record_table(
        "placement",
        to("person_id", "person"),
        to("household_id", "household", nullable=True),
        to("body_id", "body", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("act_authority", sa.Text()),
        sa.Column("act_number", sa.Text()),
        sa.Column("act_on", sa.Date()),
        sa.Column("visits", sa.Text()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("note", sa.Text()),
    )


def _measure() -> list[Key]:
    return record_table(
        "measure",
        to("person_id", "person"),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("taken_on", sa.Date()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Date()),
    )


def _delegate() -> list[Key]:
    return record_table(
        "delegate",
        to("person_id", "person"),
        to("other_id", "person", nullable=True),
        sa.Column("name", sa.Text()),
        sa.Column("relation", sa.Text()),
        sa.Column("may_collect", sa.Boolean(), nullable=False),
        sa.Column("may_be_told", sa.Text(), nullable=False),
        sa.Column("seen_document", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("note", sa.Text()),
    )


def _consent_text() -> list[Key]:
    return record_table(
        "consent_text",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date()),
    )


def _consent() -> list[Key]:
    return record_table(
        "consent",
        to("person_id", "person"),
        sa.Column("purpose", sa.Text(), nullable=False),
        to("text_id", "consent_text", nullable=True),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        to("recipient_body_id", "body", nullable=True),
        sa.Column("recipient_name", sa.Text()),
        sa.Column("withheld", sa.Text()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("withdrawn_by", sa.Text()),
        sa.Column("refused_on", sa.Date()),
        sa.Column("ground", sa.Text()),
        sa.Column("ground_act", sa.Text()),
        sa.Column("ground_number", sa.Text()),
        sa.Column("ground_on", sa.Date()),
        sa.Column("heard_on", sa.Date()),
        sa.Column("heard_words", sa.Text()),
        sa.Column("note", sa.Text()),
    )


def _consent_signature() -> list[Key]:
    return record_table(
        "consent_signature",
        to("consent_id", "consent"),
        to("person_id", "person"),
        to("other_id", "person", nullable=True),
        sa.Column("signer_name", sa.Text()),
        sa.Column("signs_as", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
    )


def _referral() -> list[Key]:
    return record_table(
        "referral",
        to("person_id", "person"),
        to("access_card_id", "access_card", nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        to("body_id", "body", nullable=True),
        sa.Column("body_name", sa.Text()),
        to("staff_id", "staff", nullable=True),
        to("operator_id", "staff"),
        to("consent_id", "consent", nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date()),
        sa.Column("answer_due", sa.Date()),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answer", sa.Text()),
        sa.Column("feedback_on", sa.Date()),
        sa.Column("reference", sa.Text()),
        sa.Column("digest", sa.Text()),
    )


def _visit() -> list[Key]:
    return record_table(
        "visit",
        sa.Column("came_at", sa.BigInteger(), index=True, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.Text()),
        to("person_id", "person", nullable=True),
        to("appointment_id", "appointment", nullable=True),
        to("access_point_id", "access_point", nullable=True),
        to("staff_id", "staff", nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("called_at", sa.BigInteger()),
        sa.Column("inside_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
    )


def _follow_up() -> list[Key]:
    return record_table(
        "follow_up",
        to("person_id", "person", nullable=True),
        to("access_card_id", "access_card", nullable=True),
        to("referral_id", "referral", nullable=True),
        to("contact_point_id", "contact_point", nullable=True),
        to("staff_id", "staff", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), index=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_try_at", sa.BigInteger()),
        sa.Column("result", sa.Text()),
        sa.Column("done_on", sa.Date()),
    )


def _school_year() -> list[Key]:
    return record_table(
        "school_year",
        to("person_id", "person"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("school", sa.Text()),
        to("body_id", "body", nullable=True),
        sa.Column("grade", sa.Text()),
        sa.Column("note", sa.Text()),
    )


def _flag() -> list[Key]:
    return record_table(
        "flag",
        to("person_id", "person"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("review_on", sa.Date()),
        sa.Column("note", sa.Text()),
    )


def _custom_field() -> list[Key]:
    return record_table(
        "custom_field",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
    )


def _custom_value() -> list[Key]:
    return record_table(
        "custom_value",
        to("person_id", "person"),
        to("field_id", "custom_field"),
        sa.Column("value", sa.Text(), nullable=False),
    )


def _saved_search() -> list[Key]:
    return record_table(
        "saved_search",
        to("staff_id", "staff"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
    )


def _merge() -> list[Key]:
    return record_table(
        "merge",
        to("person_id", "person"),
        to("other_id", "person"),
        to("staff_id", "staff"),
        sa.Column("merged_on", sa.Date(), nullable=False),
        sa.Column("moves", sa.Text(), nullable=False),
        sa.Column("undone_on", sa.Date()),
    )


def _not_same() -> list[Key]:
    return record_table("not_same", to("person_id", "person"), to("other_id", "person"))


def _rights_request() -> list[Key]:
    return record_table(
        "rights_request",
        to("person_id", "person"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("outcome", sa.Text()),
        sa.Column("note", sa.Text()),
    )


def _processing() -> list[Key]:
    return record_table(
        "processing",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text()),
        sa.Column("data", sa.Text()),
        sa.Column("recipients", sa.Text()),
        sa.Column("retention", sa.Text()),
        sa.Column("measures", sa.Text()),
        sa.Column("assessment", sa.Text()),
    )


def _breach() -> list[Key]:
    return record_table(
        "breach",
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("effects", sa.Text()),
        sa.Column("measures", sa.Text()),
        sa.Column("people", sa.Integer()),
        sa.Column("authority_told_on", sa.Date()),
        sa.Column("people_told_on", sa.Date()),
    )
