"""`famdesk remind`: how the reminders stand; with --send those that are due go out."""

from __future__ import annotations

import argparse

from famdesk.cli.home import chosen_home, credentials
from famdesk.domain import codes
from famdesk.domain.calendar import reminding
from famdesk.i18n import _, ngettext
from famdesk.usecases import session
from famdesk.usecases.office import Office
from famdesk.usecases.post import reminders
from famdesk.usecases.programmes import meeting_post

MOST = 500
"""Mails in one run."""


def run(args: argparse.Namespace) -> int:
    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        office.tend(reminders.refresh)
        office.tend(meeting_post.refresh)
        sent = send(office) if args.send else 0
        found = office.fetch(reminders.queue)
    finally:
        office.close()
    if args.send:
        print(ngettext("{n} reminder sent by mail.", "{n} reminders sent by mail.", sent).format(n=sent))
    print(_("Due: {mails} by mail, {letters} by letter, {calls} by phone.").format(
        mails=found.mails, letters=found.letters, calls=found.calls))  # fmt: skip
    if found.error:
        print(_("Last error: {error}").format(error=codes.label(reminding.MAIL_ERRORS, found.error)))
    return 1 if args.send and found.failing else 0


def send(office: Office, most: int = MOST) -> int:
    """Sends the mails that are due; gives how many the server took."""
    from famdesk.exchange import mailing

    sent = 0
    for _number in range(most):
        out = office.tend(meeting_post.claim)
        out = out if out is not None else office.tend(reminders.claim)
        if out is None:
            break
        error = mailing.deliver(out)
        if out.message.meeting:
            office.tend(meeting_post.sent, out.reminder_id, error)
        else:
            office.tend(reminders.sent, out.reminder_id, error)
        sent += error is None
    return sent
