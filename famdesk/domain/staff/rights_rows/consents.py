"""Rights: consents and what else a file holds by law (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# consents, and the rights of who is in a file
@ families
consents.incomplete                     c          oac       oac        oac       cpr       -         -
consents.consent_state                  c          oac       oac        oac       cpr       -         -
consent_sheet.facts                     c          oac       oac        oac       cpr       -         -
consenting.ask                          c          oac       oac        oac       cpr       -         -
consenting.sign                         c          oac       oac        oac       cpr       -         -
consenting.give                         c          oac       oac        oac       cpr       -         -
consenting.remove_signature             c          oac       oac        oac       cpr       -         -
consenting.refuse                       c          oac       oac        oac       cpr       -         -
consenting.withdraw                     c          oac       oac        oac       cpr       -         -
consenting.set_ground                   c          oac       oac        oac       cpr       -         -
consenting.ground_for                   c          oac       oac        oac       cpr       -         -
consenting.hear                         c          oac       oac        oac       cpr       -         -
consenting.remove                       c          oac       oac        oac       cpr       -         -
custom_fields.values                    c          oac       oac        oac       cpr       -         -
custom_fields.set_values                c          oac       oac        oac       cpr       -         -
privacy_rights.requests                 c          oac       oac        oac       cpr       -         -
privacy_rights.open_requests            c          oac       oac        oac       cpr       -         -
privacy_rights.note_request             c          oac       oac        oac       cpr       -         -
privacy_rights.answer_request           -          -         oac        -         cpr       -         -
privacy_rights.erasure_plan             -          -         -          -         cpr       -         -
privacy_rights.erase                    -          -         -          -         cpr       -         -
"""
