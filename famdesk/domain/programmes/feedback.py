"""Questions of feedback forms and their scales. What is asked is typed, or one of the questions that FamDesk knows in
all languages of families: such a one is kept as "@" and its code."""

from __future__ import annotations

from famdesk.domain.codes import Code, Table, label
from famdesk.i18n import N_

SCALES: Table = (
    # Translators: how a question of a feedback form is answered
    Code("smiley3", N_("Three faces")),
    Code("smiley5", N_("Five faces")),
    Code("text", N_("In own words")),
)
FACES = {"smiley3": 3, "smiley5": 5, "text": 0}
"""How many faces a scale has; the first is the best."""

QUESTIONS: Table = (
    Code("welcome", N_("Did you feel welcome?")),
    Code("useful", N_("Was it useful for you?")),
    Code("understood", N_("Was it easy to understand?")),
    Code("place", N_("Were place and hour good for you?")),
    Code("again", N_("Would you come again?")),
    Code("tell", N_("What would you like to tell us?")),
)
FIRST = (("@welcome", "smiley3"), ("@useful", "smiley3"), ("@understood", "smiley3"), ("@again", "smiley3"),
         ("@tell", "text"))  # fmt: skip
"""The form that a new initiative begins with."""

FACE_WORDS: dict[int, Table] = {
    # Translators: what the faces of a feedback form say, from the best to the worst
    3: (Code("1", N_("Yes, good")), Code("2", N_("So-so")), Code("3", N_("No, not good"))),
    5: (
        Code("1", N_("Very good")),
        Code("2", N_("Rather good")),
        Code("3", N_("So-so")),
        Code("4", N_("Rather bad")),
        Code("5", N_("Very bad")),
    ),
}


def question_text(text: str) -> str:
    """A question as it is shown: one that FamDesk knows in the current language, another one as it was typed."""
    return label(QUESTIONS, text[1:]) if text.startswith("@") else text


def known(text: str) -> bool:
    """Whether FamDesk has this question in all languages."""
    return text.startswith("@") and any(one.code == text[1:] for one in QUESTIONS)


def face_words(faces: int) -> tuple[str, ...]:
    """What the faces mean, the best first."""
    table = FACE_WORDS.get(faces, ())
    return tuple(label(table, one.code) for one in table)
