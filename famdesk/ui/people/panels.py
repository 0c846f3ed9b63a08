"""The tabs of a person's file, in their order; each is loaded when it is first chosen."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.panel import FilePanel


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A tab before it exists.

    Attributes:
        key: stable name.
        title: msgid of the words on the tab.
        module, name: where the panel lives, below `famdesk.ui.people`.
        reads: the query that it asks first; a role that may not has no use for the tab.
        watches: the tables that it shows.
    """

    key: str
    title: str
    module: str
    name: str
    reads: str
    watches: frozenset[str]

    def make(self, runner: Runner) -> FilePanel:
        """The panel, anew."""
        panel: FilePanel = getattr(import_module(f"famdesk.ui.people.{self.module}"), self.name)(runner)
        return panel


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("family", N_("Family"), "family.panel", "FamilyPanel", "family_file.family_file",
              frozenset({"relation", "responsibility", "placement", "delegate", "measure"})),
    PanelSpec("consents", N_("Consents"), "consents_panel", "ConsentsPanel", "consents.consents_of",
              frozenset({"consent", "consent_signature", "consent_text", "responsibility", "relation"})),
    PanelSpec("referrals", N_("Referrals"), "referrals_panel", "ReferralsPanel", "referrals.referrals_of",
              frozenset({"referral"})),
    PanelSpec("notes", N_("Notes"), "notes_panel", "NotesPanel", "note_reading.of_person",
              frozenset({"note", "note_person"})),
    PanelSpec("paths", N_("Paths"), "paths_panel", "PathsPanel", "paths.of_person",
              frozenset({"path", "path_person", "legal_hold"})),
    PanelSpec("details", N_("Details"), "details_panel", "DetailsPanel", "schooling.school",
              frozenset({"school_year", "flag", "custom_field", "custom_value"})),
    PanelSpec("rights", N_("Rights"), "rights_panel", "RightsPanel", "privacy_rights.requests",
              frozenset({"rights_request"})),
)  # fmt: skip


def panels_for(role: str) -> tuple[PanelSpec, ...]:
    """The tabs that a role has a use for."""
    return tuple(spec for spec in PANELS if rights.cell(spec.reads, role))
