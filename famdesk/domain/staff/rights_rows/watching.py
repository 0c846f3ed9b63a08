"""Rights: emergency access, who read what, unfinished work (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# a protected file in an emergency: who has to do with the welfare of families; who has to do with the file is told
@ families
emergency.ask                           -          -         oac        oac       -         -         -
emergency.answer                        -          -         oac        oac       -         -         -
emergency.mine                          -          -         oac        oac       -         -         -
emergency.of_person                     -          oac       oac        oac       cpr       -         -
emergency.end                           -          oa        oa         oa        ocpr      -         -

# who read what: the author of a note, who works on a file; the journal of the centre without names
readings.of_file                        -          -         oac        oac       cpr       -         -
@ notes
readings.of_note                        -          oac       oac        oac       ocpr      -         -
@ journal
readings.journal                        -          -         -          -         cp        -         c
readings.readers                        -          -         -          -         c         -         c

# unfinished work: numbers and days
@ basics
supervision.mine                        o          o         o          o         o         -         -
supervision.centre                      -          -         -          -         c         -         -
"""
