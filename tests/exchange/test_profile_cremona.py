"""The profile of Cremona holds all that document 004 says, and nothing that it does not say."""

from __future__ import annotations

from collections import Counter
from datetime import date, time

import pytest

from famdesk import resources
from famdesk.domain.centre.profile import Profile
from famdesk.exchange.profiles import read_profile
from tests.exchange.profile_text import all_text, by_key

# Every proper name, number and hour of the article, and the words that carry what it says; as the article writes them.
SAID = {
    "§1": """Cremona|comuni limitrofi|piccoli e grandi bisogni della vita familiare quotidiana|esperienze del passato
        |genitorialità in senso lato|conferenza stampa|Assessora alle Politiche Sociali e Fragilità|Comune di Cremona
        |Marina Della Giovanna|Liliana Bissa|struttura progettualità per la famiglia|Ats Val Padana|Davide Longhi
        |Presidente|Consorzio Sol.Co.|Eugenia Grossi|Silvia Bardelli|Dirigente|Settore Politiche Sociali
        |Politiche Educative|operatori delle varie realtà coinvolte""",
    "§2": """Hug|HUG|abbraccio|capofila|Asst Cremona|Azienda Sociale del Cremonese|Coopertiva Cosper|Cooperativa Cosper
        |DGR 1507|1507|Fondo Nazionale per le Politiche della Famiglia|Bando di Ats Val Padana|promosso""",
    "§3": """piazza Giovanni XXIII n. 1|piano terra|Palazzo della Carità|Fondazione “Città di Cremona”
        |staff multidisciplinare|assistenti sociali, educatori e psicologi
        |collaborazione e integrazione tra i partner""",
    "§4": """Modello Condiviso di Centro per le Famiglie|Dipartimento per le Politiche della Famiglia
        |Consiglio dei Ministri|destinatari passivi|meramente assistenziale|promozionale e preventiva
        |la cura, il trattamento e l’assistenza|altri soggetti della rete dei servizi""",
    "§5": """luogo fisico aperto al territorio|reti dell’associazionismo familiare|flessibile ed articolata
        |servizi sociali, sanitari ed educativi e del privato sociale|ruolo attivo delle famiglie
        |la partecipazione e la cittadinanza attiva|i legami e le reti sociali""",
    "§6": """Informazione e orientamento|educative, sociali, sanitarie, scolastiche e del tempo libero
        |istituzionali e informali|Sostegno alle competenze genitoriali|Spazi di ascolto|consulenza psicopedagogica
        |percorsi di crescita dei figli|Accoglienza familiare e sviluppo di comunità
        |enti, istituzioni, associazioni e singoli cittadini""",
    "§7": """hug.centrofamiglie.cr@gmail.com|333 3317332|tutti i lunedì|Polo per l’Infanzia “Hack – Montalcini”
        |San Francesco|Scuola per l’infanzia Martini|fascia 0-6|personale educativo del centro
        |proposte condivise e coordinate con il personale del Polo""",
    "§8": """rete delle cooperative|Consorzio Sol.Co|dalla prossima primavera|aggregativo e ludico-ricreativo|Civico 81
        |via Bonomelli|sede del consorzio""",
    "§9": """A.Pe – Aperitivi Pedagogici|Cinque appuntamenti|temi educativi di particolare attualità
        |leggero e conviviale|non conferenze|dialogo e di confronto di esperienze|allegato""",
    "§10": """Consultorio Familiare di Asst Cremona|sostegno alla paternità|primi tre anni di vita del bambino
        |accompagnamento alla nascita|incontri specificatamente dedicati ai padri|Sperimentazione
        |Ciclo di formazione aperto agli operatori dei diversi servizi|figura maschile nei diversi cicli della vita
        |prevenzione e contrasto al fenomeno della violenza di genere""",
    "§11": """comuni dell’Ambito territoriale di Cremona|non sia solo per la città|Soresina
        |Istituto Comprensivo “G. Bertesi”|azione specifica svolta dall’Azienda Sociale""",
}


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile(resources.path("centres/cremona.toml"))


@pytest.mark.parametrize("paragraph", SAID)
def test_nothing_of_the_article_is_lost(profile: Profile, paragraph: str) -> None:
    text = all_text(profile).casefold()
    words = [" ".join(part.split()) for part in SAID[paragraph].split("|")]
    assert [said for said in words if said.casefold() not in text] == []


@pytest.mark.parametrize("paragraph", SAID)
def test_every_paragraph_backs_an_entry(profile: Profile, paragraph: str) -> None:
    assert any(paragraph in entry.source.replace(",", "").split() for entry in profile.entries())


def test_the_tables_hold_what_they_held(profile: Profile) -> None:
    assert Counter(entry.table for entry in profile.entries()) == {
        "centre": 1, "body": 19, "role_holder": 5, "place": 7, "access_point": 5, "opening_rule": 3, "act": 2,
        "fund": 1, "call": 1, "service": 6, "service_link": 3, "initiative": 6, "meeting": 6,
        "partnership": 26, "statement": 20, "catchment": 2,
    }  # fmt: skip


def test_hours_are_those_of_the_article_and_no_others(profile: Profile) -> None:
    start = date(2025, 2, 4)
    assert {point.name: [(slot.weekday, slot.opens, slot.closes, slot.valid_from) for slot in point.hours]
            for point in profile.access_point} == {
        "piazza Giovanni XXIII": [(2, time(12), time(14), start), (4, time(17), time(19), start)],
        "Azienda Sociale del Cremonese": [(1, time(8), time(10), start)],
        "Polo per l’Infanzia “Hack – Montalcini”": [], "Soresina": [], "Civico 81": [],
    }  # fmt: skip
    assert [point.key for point in profile.access_point if point.main] == ["giovanni-xxiii"]


def test_addresses_are_only_those_of_the_article(profile: Profile) -> None:
    assert {place.name: place.address for place in profile.place if place.address} == {
        "Palazzo della Carità": "piazza Giovanni XXIII n. 1",
        "Civico 81": "via Bonomelli",
    }
    assert [place.postcode for place in profile.place if place.postcode] == []
    site = by_key(profile)["palazzo-carita"]
    assert (site.floor, site.owner_body, site.manager_body) == ("piano terra", "fondazione", None)


def test_people_keep_their_offices(profile: Profile) -> None:
    bodies = by_key(profile)
    assert [(holder.name, holder.title, bodies[holder.body].name) for holder in profile.role_holder] == [
        ("Marina Della Giovanna", "Assessora alle Politiche Sociali e Fragilità", "Comune di Cremona"),
        (
            "Liliana Bissa",
            "Dirigente struttura progettualità per la famiglia",
            "Struttura progettualità per la famiglia",
        ),
        ("Davide Longhi", "Presidente", "Consorzio Sol.Co."),
        ("Eugenia Grossi", "Dirigente del Settore Politiche Sociali", "Settore Politiche Sociali"),
        ("Silvia Bardelli", "Dirigente del Settore Politiche Educative", "Settore Politiche Educative"),
    ]
    assert bodies["ats-famiglia"].parent == "ats"
    assert bodies["politiche-sociali"].parent == bodies["politiche-educative"].parent == "comune"


def test_partners_and_funders_are_the_same_five_lead_first_without_shares(profile: Profile) -> None:
    five = ["comune", "asst", "azienda-sociale", "cosper", "solco"]
    of_hug = [each for each in profile.partnership if each.subject == "hug"]
    assert [each.body for each in of_hug if each.role in {"lead", "partner"}] == five
    assert [each.role for each in of_hug][:5] == ["lead", *["partner"] * 4]
    assert [(each.body, each.share_cents) for each in of_hug if each.role == "funder"] == [
        (body, None) for body in five
    ]


def test_money_comes_by_a_call_an_act_and_a_fund(profile: Profile) -> None:
    (call,) = profile.call
    act, fund = by_key(profile)[str(call.act)], by_key(profile)[str(call.fund)]
    assert (call.kind, call.issuer_body, call.outcome, call.amount_cents) == ("funding", "ats", "won", None)
    assert (act.number, act.issued_on, fund.amount_cents) == ("1507", date(2023, 12, 13), None)
    model = by_key(profile)["modello-condiviso"]
    assert (model.kind, model.issuer_body, model.issued_on) == ("model", "dipartimento-famiglia", None)


def test_ape_has_five_meetings_of_which_one_is_dated(profile: Profile) -> None:
    ape = by_key(profile)["ape"]
    assert (ape.starts_on, ape.usual_weekday, ape.usual_time) == (date(2025, 2, 13), 4, time(18))
    assert [(one.number, one.day, one.starts) for one in ape.meeting] == [
        (1, date(2025, 2, 13), time(18)),
        *[(number, None, time(18)) for number in (2, 3, 4, 5)],
    ]
    for one in ape.meeting:
        assert (one.minutes, one.theme, one.place, one.leader) == (None, None, None, None)


def test_initiatives_keep_what_is_known_of_their_time(profile: Profile) -> None:
    found = by_key(profile)
    assert (found["primavera"].starts_on, found["primavera"].season_text) == (
        None,
        "a partire dalla prossima primavera",
    )
    assert found["primavera"].place == "luogo-civico-81"
    assert found["civico-81"].starts_text == "dalla prossima primavera"
    assert (found["paternita"].continues, found["paternita"].audience) == ("nascita", "families")
    assert found["formazione"].audience == "professionals"
    assert "violenza di genere" in found["formazione"].topics
    press = found["conferenza-stampa"]
    assert (press.kind, press.starts_on, [one.day for one in press.meeting]) == ("presentation", None, [None])
    present = [each.note for each in profile.partnership if each.subject == press.key]
    assert [note.split(",")[0] for note in present if note] == [holder.name for holder in profile.role_holder]


def test_the_three_functions_are_there(profile: Profile) -> None:
    names = {service.function: service.name for service in profile.service if not service.link}
    assert names == {
        "A": "Informazione e orientamento",
        "B": "Sostegno alle competenze genitoriali",
        "C": "Accoglienza familiare e sviluppo di comunità",
    }


def test_catchments_and_comuni(profile: Profile) -> None:
    assert [(one.subject, one.extent, one.municipalities) for one in profile.catchment] == [
        ("hug", "neighbours", ("019036",)),
        ("soresina", "ambito", ()),
    ]
    assert by_key(profile)["luogo-soresina"].municipality == "019098"
