"""The published accounts of a demo. A real home never has them: they exist only where the settings say `demo`."""

from __future__ import annotations

from famdesk.i18n import N_

DEMO_PASSWORD = "famdesk-demo"  # noqa: S105 - published on purpose, for fictional data
DEMO_LOGIN = "coordinatrice"

ACCOUNTS = (
    ("accoglienza", "reception", N_("reception")),
    ("assistente", "social_worker", N_("social worker")),
    ("educatore", "educator", N_("educator")),
    ("psicologa", "psychologist", N_("psychologist")),
    ("coordinatrice", "coordinator", N_("coordinator")),
    ("amministratore", "administrator", N_("administrator")),
    ("revisora", "auditor", N_("auditor")),
)
"""(login, role, label) in the order of the sign-in page."""
