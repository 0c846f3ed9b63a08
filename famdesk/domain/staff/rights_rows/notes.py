"""Rights: session notes (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# session notes: whoever works with families writes; what they say is opened by a key alone
@ notes
note_reading.mine                       -          oac       oac        oac       ocpr      -         -
note_reading.received                   -          oac       oac        oac       ocpr      -         -
note_reading.unsigned                   -          oac       oac        oac       ocpr      -         -
note_reading.of_person                  -          oac       oac        oac       ocpr      -         -
note_reading.read                       -          oac       oac        oac       ocpr      -         -
note_reading.read_about                 -          oac       oac        oac       ocpr      -         -
note_reading.attachment                 -          oac       oac        oac       ocpr      -         -
note_reading.readers                    -          oac       oac        oac       ocpr      -         -
note_reading.chain                      -          oac       oac        oac       ocpr      -         -
note_sessions.of_today                  -          oac       oac        oac       ocpr      -         -
note_sessions.kind_for                  -          oac       oac        oac       ocpr      -         -
note_sessions.begin                     -          oac       oac        oac       ocpr      -         -
notes.start                             -          oac       oac        oac       ocpr      -         -
notes.keep                              -          oac       oac        oac       ocpr      -         -
notes.change                            -          oac       oac        oac       ocpr      -         -
notes.drop                              -          oac       oac        oac       ocpr      -         -
notes.attach                            -          oac       oac        oac       ocpr      -         -
notes.detach                            -          oac       oac        oac       ocpr      -         -
notes.sign                              -          oac       oac        oac       ocpr      -         -
notes.share                             -          oac       oac        oac       ocpr      -         -
notes.unshare                           -          oac       oac        oac       ocpr      -         -
escrow_consents.state                   -          o         o          o         oc        -         -
escrow_consents.agree                   -          o         o          o         oc        -         -
escrow_consents.refuse                  -          o         o          o         oc        -         -
escrow.put_in                           -          o         o          o         oc        -         -
escrow.hand_over                        -          -         -          -         c         -         -
note_search.texts                       -          oac       oac        oac       ocpr      -         -
note_reading.handed_over                -          oac       oac        oac       ocpr      -         -
"""
