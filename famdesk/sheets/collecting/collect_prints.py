"""The print register for paper: what the gate lets onto it, with the name of the centre."""

from __future__ import annotations

from datetime import date

from famdesk.data.tx import Tx
from famdesk.sheets.registers.print_register import PrintRegister
from famdesk.usecases.centre import centre
from famdesk.usecases.post import prints
from famdesk.usecases.post.prints import Filters


def register(tx: Tx, first: date, last: date, filters: Filters | None = None) -> PrintRegister:
    """The register of a period, both days in it; this print is noted too."""
    return PrintRegister(centre.overview(tx).name, tx.now(), prints.paper(tx, first, last, filters))
