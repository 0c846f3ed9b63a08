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
    """`label` and `about` are msgids: a name, and a sentence that says what belongs to it."""

    code: str
    label: str
    about: str


POWERS = (
    Power("families", N_("Families and persons"),
          N_("Files of persons and families, with contacts, family ties, referrals and consents.")),
    Power("desk", N_("Contacts and waiting room"),
          N_("Who comes and who calls: contacts, access cards, the waiting room, calls to be made.")),
    Power("appointments", N_("Appointments"),
          N_("The calendar of the centre: appointments, series, reminders, absences.")),
    Power("programmes", N_("Programmes"),
          N_("Initiatives and meetings, enrolments, waiting lists, attendance and certificates.")),
    Power("calls", N_("Calls for applications"),
          N_("Calls for applications, what families hand in, checks and rankings.")),
    Power("notes", N_("Session notes"),
          N_("One’s own notes and those that colleagues share, sealed for whoever may read them.")),
    Power("sheets", N_("Sheets with names"),
          N_("Printing sheets that bear names, letters to families, sheets sent by mail.")),
    Power("export", N_("Export of data"),
          N_("Lists of persons as files, the calendar with names, the copy of the data that a family asks for.")),
    Power("directory", N_("Directory and hours"),
          N_("Changing opening hours and closures, places, bodies, services and things that are lent.")),
    Power("staff", N_("Colleagues and roles"),
          N_("Adding colleagues, giving and ending logins, deciding what each role may do.")),
    Power("settings", N_("Settings"),
          N_("The centre’s own data and profile, its texts, forms and look, mail, the register of processing.")),
    Power("journal", N_("Journal"),
          N_("Who changed what and who opened what, and what was printed.")),
    Power("statistics", N_("Statistics"),
          N_("Numbers of the centre by month; small ones are not told.")),
)  # fmt: skip

CODES = tuple(power.code for power in POWERS)
