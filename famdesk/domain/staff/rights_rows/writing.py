"""Rights: ready texts for session notes, and what is given out of them (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# what helps to write notes
@ notes
note_last.last                          -          oac       oac        oac       ocpr      -         -
note_snippets.snippets                  -          oac       oac        oac       oc        -         -
note_snippets.for_all                   -          -         -          c         c         -         -
note_snippets.save                      -          oac       oac        oac       oc        -         -
note_snippets.remove                    -          oac       oac        oac       oc        -         -

# excerpts, summaries and reports: given out by their author alone, read by their one recipient
note_release.sources                    -          oac       oac        oac       ocpr      -         -
note_release.cover                      -          oac       oac        oac       ocpr      -         -
note_release.family                     -          oac       oac        oac       ocpr      -         -
note_release.begin                      -          oac       oac        oac       ocpr      -         -
note_release.change                     -          oac       oac        oac       ocpr      -         -
note_release.give                       -          oac       oac        oac       ocpr      -         -
note_release.paper                      -          oac       oac        oac       ocpr      -         -
note_release.went_out                   -          oac       oac        oac       ocpr      -         -
note_release.take_back                  -          oac       oac        oac       ocpr      -         -
note_release.end_over                   -          oac       oac        oac       ocpr      -         -
note_release.read                       -          oac       oac        oac       ocpr      -         -
note_release.read_file                  -          oac       oac        oac       ocpr      -         -
note_release.of_note                    -          oac       oac        oac       ocpr      -         -
note_release.out_of                     -          oac       oac        oac       ocpr      -         -
note_release.received                   -          oac       oac        oac       ocpr      -         -
"""
