"""From which number on figures tell how many people there were: below it somebody could be recognised.

Each centre sets it, never lower than the law of small numbers lets it (`domain.suppression.LEAST`).
"""

from __future__ import annotations

from sqlalchemy import select

from famdesk.data.tables.centre import Centre
from famdesk.data.tx import Tx
from famdesk.domain.consent.suppression import LEAST, MOST, threshold
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase


class BadLeast(RuleError):
    message = N_("Numbers of people are told from {least} to {most} on, never from a smaller one.")


@query
def least_told(tx: Tx) -> int:
    """The smallest number of people that figures of the own centre tell."""
    return least_of(tx)


@usecase(N_("Numbers are told from {least} on"))
def set_least_told(tx: Tx, least: int) -> None:
    """Figures tell numbers from this one on; smaller ones are "too few".

    Raises:
        BadLeast: below the lower bound, or so high that nothing would be told.
    """
    if not LEAST <= least <= MOST:
        raise BadLeast("least", least=LEAST, most=MOST)
    tx.describe(least=least)
    tx.get(Centre, tx.centre_id).least_told = least


def least_of(tx: Tx) -> int:
    """The same for other use-cases."""
    found = tx.rows(select(Centre.least_told).where(Centre.id == tx.centre_id))
    return threshold(found[0].least_told if found else None)
