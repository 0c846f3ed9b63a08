"""Powers: what the rights table says, bundled so coarsely that a centre can decide about each in a sentence.

Every use-case and query belongs to exactly one power. The rights table is the ceiling: a role that has no letters in
any row of a power never has it. Within the ceiling a centre takes powers away from a role and gives them back.
"""

from __future__ import annotations

from dataclasses import dataclass

from famdesk.i18n import N_

BASICS = "basics"
"""What nobody can be denied: the public data, one's own day, the search."""
NAMES = "names"
"""Finding somebody by name, adding who is new, whether one may call: follows from any power of `PEOPLE`."""
PEOPLE = frozenset({"families", "desk", "appointments", "programmes", "calls", "notes", "sheets", "export"})
"""Powers that have to do with families; who has none of them learns nobody's name."""


@dataclass(frozen=True, slots=True)
class Power:
    """`label`, `about` and `without` are msgids: a name, a sentence that says what belongs to it, and one that says
    what changes for a role from which it is taken away. `grave`: without it the daily work of colleagues stops.
    """

    code: str
    label: str
    about: str
    without: str
    grave: bool = False


POWERS = (
    Power("families", N_("Families and persons"),
          N_("Files of persons and families, with contacts, family ties, referrals and consents."),
          N_("The view People is gone and no file opens. Names are still seen where other permissions need them."),
          grave=True),
    Power("desk", N_("Contacts and waiting room"),
          N_("Who comes and who calls: contacts, access cards, the waiting room, calls to be made."),
          N_("The view Intake and the waiting room are gone: no contact is logged, nobody is called in."),
          grave=True),
    Power("appointments", N_("Appointments"),
          N_("The calendar of the centre: appointments, series, reminders, absences."),
          N_("The view Calendar is gone: nothing is booked, moved or cancelled. What is booked stays."),
          grave=True),
    Power("programmes", N_("Programmes"),
          N_("Initiatives and meetings, enrolments, waiting lists, attendance and certificates."),
          N_("Initiatives are only looked at: nobody is enrolled, no attendance is noted.")),
    Power("calls", N_("Calls for applications"),
          N_("Calls for applications, what families hand in, checks and rankings."),
          N_("Calls are only looked at: no application is taken or checked.")),
    Power("notes", N_("Session notes"),
          N_("One’s own notes and those that colleagues share, sealed for whoever may read them."),
          N_("The view Notes is gone: nobody writes or reads notes, not even their own. What is there stays, sealed."),
          grave=True),
    Power("sheets", N_("Sheets with names"),
          N_("Printing sheets that bear names, letters to families, sheets sent by mail."),
          N_("Nothing with names is printed or sent any more; sheets without names still are.")),
    Power("export", N_("Export of data"),
          N_("Lists of persons as files, the calendar with names, the copy of the data that a family asks for."),
          N_("No lists of persons and no copies of data are saved as files.")),
    Power("directory", N_("Directory and hours"),
          N_("Changing opening hours and closures, places, bodies, services and things that are lent."),
          N_("Hours, places, bodies and services are only looked at.")),
    Power("staff", N_("Colleagues and roles"),
          N_("Adding colleagues, giving and ending logins, deciding what each role may do."),
          N_("Colleagues, accounts and roles are only looked at. Somebody else has to manage them."),
          grave=True),
    Power("settings", N_("Settings"),
          N_("The centre’s own data and profile, its texts, forms and look, mail, the register of processing."),
          N_("The settings of the centre are only looked at.")),
    Power("journal", N_("Journal"),
          N_("Who changed what and who opened what, and what was printed."),
          N_("Who did what is no longer shown: neither the journal nor the history of a record.")),
    Power("statistics", N_("Statistics"),
          N_("Numbers of the centre by month; small ones are not told."),
          N_("The numbers by month are no longer shown.")),
)  # fmt: skip

CODES = tuple(power.code for power in POWERS)
