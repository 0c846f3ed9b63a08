"""The profile of Bari holds all that document 000 says, and nothing that it does not say."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from famdesk import resources
from famdesk.domain.centre.profile import ALL_CENTRES, Profile
from famdesk.exchange.profiles import read_profile
from tests.exchange.profile_text import all_text, by_key

SAID = {
    "§1": """Otto nuovi Centri servizi per le famiglie|Assessorato al Welfare|avranno nuova gestione
        |rete di servizi socio-assistenziali|tutto il territorio cittadino|Accesso libero e gratuito
        |modalità di intervento flessibili""",
    "§2": """servizi territoriali e specialistici|dimensione sociale, psicologica ed educativa
        |minori e adulti, anche soli|difficoltà psicologiche, relazionali ed economiche
        |il disagio e l’isolamento sociale""",
    "§3": """sostegno della comunità e dei nuclei familiari|diritti dell’infanzia e dell’adolescenza
        |relazionalità coniugale e genitoriale|riassestamento delle competenze genitoriali
        |reti sociali informali attorno agli utenti|Informazione|Orientamento|Accompagnamento|affidi|adozioni
        |altre forme di accoglienza e di affiancamento/sostegno|minori stranieri non accompagnati|adulti in difficoltà
        |famiglie vulnerabili|Percorsi e laboratori di cittadinanza attiva|Educazione alla legalità
        |Ascolto e valorizzazione delle differenze|personalizzati di sostegno
        |progettazione integrata su specifici casi con le diverse agenzie territoriali""",
    "§4": """nuova sinergia tra alcuni servizi del Welfare|determinati Centri|strutture polifunzionali
        |Casa della Cittadinanza attiva e della Legalità|l’intera comunità|educazione e prevenzione|Chiccolino
        |reinserimento sociale di minori a forte rischio di devianza|circuito penale|Tribunale per i Minorenni
        |in sede civile e/o penale|Casa della Neogenitorialità|primi tre anni di vita dei loro bambini
        |reparti materno – infantili|Reparto materno – infantile|“Di Venere”|“San Paolo”|consultori cittadini
        |Casa della Salute dei bambini|animazione negli ospedali|Progetto Ospedale|ospedalizzati e dimessi
        |accompagnamento educativo, ludico e psico-sociale""",
    "§5": """tutti i presidi territoriali|ascolto e sostegno socio-psicologico per adulti e minori
        |contrasto alle povertà|Scuola per genitori|mutuo aiuto e sostegno per adulti e famiglie|laboratori
        |Diversi centri verranno ampliati|polifunzionali sperimentali|centro diurno Chiccolino|strutturato e continuo
        |pre e post partum|forte vulnerabilità a causa delle loro patologie""",
    "§6": "Bando|entro le 9 del prossimo 8 luglio",
}


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile(resources.path("centres/bari.toml"))


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
        "network": 1, "centre": 8, "body": 8, "role_holder": 1, "place": 2, "access_point": 8, "call": 1, "service": 9,
        "service_link": 9, "partnership": 5, "statement": 42, "catchment": 1, "initiative": 10,
    }  # fmt: skip


def test_the_network_has_eight_centres_of_which_only_the_number_is_known(profile: Profile) -> None:
    (network,) = profile.network
    assert (network.planned_centres, network.owner_body, network.access_terms) == (
        8,
        "welfare",
        "Accesso libero e gratuito",
    )
    assert [centre.name for centre in profile.centre] == [f"Centro servizi per le famiglie {n}" for n in range(1, 9)]
    for centre in profile.centre:
        assert (centre.phone, centre.mail, centre.starts_on, centre.municipality) == (None, None, None, "072006")
        assert not centre.multipurpose
        assert "name: " in str(centre.inferred)


def test_nobody_invented_an_address_or_an_hour(profile: Profile) -> None:
    assert [place.address for place in profile.place if place.address or place.postcode] == []
    assert [point.hours for point in profile.access_point if point.hours or point.place] == []
    assert [point.centre for point in profile.access_point] == [centre.key for centre in profile.centre]
    assert [holder.name for holder in profile.role_holder] == [None]


def test_the_call_closes_at_nine_of_an_inferred_year(profile: Profile) -> None:
    (call,) = profile.call
    assert (call.kind, call.deadline) == ("management", datetime(2021, 7, 8, 9))
    assert call.deadline_text == "entro le 9 del prossimo 8 luglio"
    assert "deadline: anno 2021" in str(call.inferred)


def test_four_services_are_strengthened_in_every_centre(profile: Profile) -> None:
    assert [service.kind for service in profile.service if service.centre == ALL_CENTRES] == [
        "listening",
        "hub",
        "parents_school",
        "mutual_help",
    ]


def test_houses_build_on_what_was_there_and_work_with_others(profile: Profile) -> None:
    found = by_key(profile)
    assert {
        service.key: [(link.kind, link.target) for link in service.link] for service in profile.service if service.link
    } == {
        "chiccolino": [("works_with", "tribunale")],
        "casa-legalita": [("builds_on", "chiccolino"), ("part_of", "csf")],
        "casa-neogenitorialita": [
            ("works_with", "di-venere-materno"), ("works_with", "san-paolo-materno"), ("works_with", "consultori"),
            ("part_of", "csf"),
        ],
        "casa-salute": [("builds_on", "progetto-ospedale"), ("part_of", "csf")],
    }  # fmt: skip
    assert found["di-venere-materno"].parent == "di-venere"
    assert found["san-paolo-materno"].parent == "san-paolo"
    assert "Chiccolino" in found["chiccolino"].name
