"""The quiet line about simpler words under a field for families."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from famdesk.i18n import using
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.plain import advice, advise

LONG = "Si chiede di portare con sé " + "il documento e la tessera, " * 8 + "grazie."


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(labels="top")
    qtbot.addWidget(made)
    made.add("text", "Text", TextField(), hint="On the poster")
    advise(made, "text", hint="On the poster")
    return made


def test_an_office_word_is_told_with_a_better_one() -> None:
    with using("en"):
        assert advice("Presentare istanza entro il 3 maggio.") == "“istanza” → “domanda”"


def test_long_sentences_are_counted_before_the_words() -> None:
    with using("en"):
        assert advice(f"{LONG} La istanza è gratuita.") == "1 long sentence · “istanza” → “domanda”"
        assert advice(f"{LONG} {LONG}").startswith("2 long sentences")


def test_a_word_is_told_once_and_never_more_than_three() -> None:
    text = "La istanza, la istanza, la modulistica, la prole, il diniego, la decorrenza: tutto per la istanza."
    with using("en"):
        assert advice(text).count("→") == 3
        assert advice(text).count("istanza") == 1


@pytest.mark.parametrize(
    "text", ["", "Please bring the istanza to the office.", "Bitte bringen Sie die istanza mit, die wir brauchen."]
)
def test_only_italian_is_looked_at(text: str) -> None:
    assert advice(text) == ""


def test_simple_words_say_nothing(form: Form) -> None:
    form.field("text").set_value("Il centro è aperto il lunedì. Porta un documento.")
    assert form.field("text").accessibleDescription() == "On the poster"


def test_it_is_told_while_one_types_and_to_the_screen_reader(form: Form) -> None:
    field = form.field("text")
    field.insertPlainText("La istanza del padre")
    assert "istanza" in field.accessibleDescription()
    assert field.accessibleDescription().startswith("On the poster · ")
    field.clear()
    assert field.accessibleDescription() == "On the poster"


def test_it_never_keeps_anybody_from_saving(form: Form) -> None:
    form.field("text").set_value(f"{LONG} La istanza.")
    assert form.check()
    assert form.values() == {"text": f"{LONG} La istanza."}


def test_a_single_line_is_looked_at_too(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    line = form.add("reason", "Reason", LineField())
    advise(form, "reason")
    line.setText("chiuso per la fruizione delle ferie")
    assert "“fruizione”" in line.accessibleDescription()
