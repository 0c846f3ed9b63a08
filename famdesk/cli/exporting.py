"""`famdesk export`: people as a table or as address cards, as far as the safe-contact gate lets them out."""

from __future__ import annotations

import argparse
from pathlib import Path

from famdesk.cli.home import chosen_home, credentials
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _, ngettext
from famdesk.usecases import session
from famdesk.usecases.people import person_export, person_search

FORMS = {".csv": "csv", ".vcf": "vcard"}


class WhichForm(RuleError):
    message = N_("The file's name has to end in .csv for a table or in .vcf for address cards.")


def run(args: argparse.Namespace) -> int:
    if args.what == "ics":
        from famdesk.cli import exporting_calendar

        return exporting_calendar.run(args)
    form = FORMS.get(Path(args.out).suffix.lower())
    if form is None:
        raise WhichForm("out")
    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        words = " ".join(args.text)
        found = office.fetch(person_search.find_persons, words, person_export.MOST) if words else None
        ids = None if found is None else [hit.id for hit in found]
        rows = office.fetch(person_export.persons, ids, form, reason=args.reason)
    finally:
        office.close()
    from famdesk.exchange import persons_table
    from famdesk.sheets.paper.page import save

    save(persons_table.made(rows, form), Path(args.out))
    count = len(rows)
    # Translators: after an export on the command line; {file} is where it was written
    told = ngettext("{n} person written: {file}", "{n} people written: {file}", count)
    print(told.format(n=count, file=args.out))
    print(_("Treat the file like a file of the archive: it holds personal data, and nothing protects it any more."))
    return 0
