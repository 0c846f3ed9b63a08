"""What colleagues are told of by the program: a kind for each deed, and how it reads."""

from __future__ import annotations

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

KINDS: Table = (
    # Translators: notices to a colleague; {by} is who did it, {whom} a colleague, {when} a day and a time
    Code("note_shared", N_("{when}: {by} lets you read a session note.")),
    Code("note_unshared", N_("{when}: {by} lets you no longer read a session note.")),
    Code("break_glass", N_("{when}: {by} opened a file that you look after, and gave a reason.")),
    Code("password_reset", N_("{when}: {by} gave you a new password.")),
    Code("left", N_("{when}: {by} ended the access of {whom}.")),
    Code("envelope_made", N_("{when}: {by} made a new sealed envelope. Say whether your notes may go into it.")),
    Code("envelope_refused", N_("{when}: {by} keeps the notes out of the sealed envelope.")),
    Code("handed_over", N_("{when}: {by} opened the sealed envelope: your notes were handed over to {whom}.")),
    Code("destruction_proposed", N_("{when}: {by} proposes to destroy session notes whose term is over.")),
    Code("received", N_("{when}: {by} opened the sealed envelope: you received the notes of {whom}.")),
    Code("release_given", N_("{when}: {by} gave you something out of session notes to read.")),
    Code("release_read", N_("{when}: {by} read what you gave out of your notes.")),
)
"""`{whom}` is the colleague that the notice is about; kinds about a file or a note name nobody."""
