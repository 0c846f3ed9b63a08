"""Code lists of what a centre rests on: partners, services, statements of purpose, acts, calls, catchments.

The same rules as in `codes`: stable codes, order of the choices on the screen, nothing renamed or reused.
"""

from __future__ import annotations

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

# What a body is to a centre, network, service, access point or initiative.
PARTNERSHIP_ROLES: Table = (
    # Translators: the partner that answers for the whole project, Italian "ente capofila"
    Code("lead", N_("Lead partner")),
    Code("partner", N_("Partner")),
    # Translators: the body that wanted and started the project, Italian "promosso da"
    Code("promoter", N_("Promoter")),
    Code("funder", N_("Funder")),
    Code("manager", N_("Manager")),
    Code("owner", N_("Owner")),
    Code("building_owner", N_("Owner of the building")),
    # Translators: lends its rooms
    Code("host", N_("Host")),
    Code("organiser", N_("Organiser")),
    # Translators: works together with the service without being part of the project
    Code("network_partner", N_("Network partner")),
    # Translators: wrote the model that the centre follows
    Code("model_author", N_("Author of the model")),
    # Translators: a body whose people attended an event
    Code("participant", N_("Participant")),
)

SERVICE_KINDS: Table = (
    Code("information", N_("Information and orientation")),
    Code("listening", N_("Listening and support")),
    Code("consultation", N_("Consultation")),
    Code("community", N_("Community development")),
    # Translators: a territorial hub against poverty, Italian "hub per il contrasto alle povertà"
    Code("hub", N_("Hub")),
    Code("parents_school", N_("School for parents")),
    Code("mutual_help", N_("Mutual help")),
    # Translators: one of the multi-purpose houses of a network, Italian "Casa della …"
    Code("house", N_("Multi-purpose house")),
    Code("day_centre", N_("Day centre")),
    Code("project", N_("Project")),
    Code("health", N_("Health service")),
    Code("school", N_("School or nursery")),
    Code("other", N_("Other")),
)

SERVICE_STATES: Table = (
    Code("active", N_("Active")),
    Code("planned", N_("Planned")),
    Code("experimental", N_("Experimental")),
    # Translators: a service that no longer exists
    Code("past", N_("Past")),
)

SERVICE_LINKS: Table = (
    Code("builds_on", N_("Builds on")),
    Code("part_of", N_("Part of")),
    Code("held_at", N_("Held at")),
    Code("works_with", N_("Works with")),
)

STATEMENT_KINDS: Table = (
    Code("purpose", N_("Purpose")),
    # Translators: the people whom the centre is for
    Code("recipients", N_("Recipients")),
    Code("aim", N_("Aim")),
    # Translators: something that the centre does
    Code("action", N_("Action")),
    # Translators: a sentence of the model that the centre follows
    Code("model", N_("Model")),
    Code("staff", N_("Staff")),
    # Translators: how families get in touch
    Code("access", N_("Access")),
    Code("plan", N_("Plan")),
)

CATCHMENT_EXTENTS: Table = (
    Code("city", N_("The whole city")),
    Code("neighbours", N_("The city and neighbouring municipalities")),
    Code("ambito", N_("The social district")),
    Code("region", N_("The region")),
)

ACT_KINDS: Table = (
    # Translators: resolution of the regional government, Italian DGR
    Code("regional_resolution", N_("Resolution of the regional government")),
    Code("resolution", N_("Resolution")),
    Code("decree", N_("Decree")),
    Code("law", N_("Law")),
    Code("regulation", N_("Regulation")),
    Code("agreement", N_("Agreement")),
    # Translators: a document that describes how centres should be, such as the Italian "Modello condiviso"
    Code("model", N_("Model")),
    Code("other", N_("Other")),
)

CALL_KINDS: Table = (
    Code("management", N_("For running centres")),
    Code("funding", N_("For funding")),
    Code("participants", N_("For participants")),
)

CALL_OUTCOMES: Table = (
    Code("won", N_("Won")),
    Code("lost", N_("Not won")),
    Code("withdrawn", N_("Withdrawn")),
)

MEETING_STATES: Table = (
    Code("planned", N_("Planned")),
    Code("held", N_("Held")),
    Code("cancelled", N_("Cancelled")),
    # Translators: a meeting that takes place later, on a day that is still to be set
    Code("postponed", N_("Postponed")),
)
