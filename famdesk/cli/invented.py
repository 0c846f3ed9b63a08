"""Invented persons by the million, for measuring: the same ones for the same number and seed.

Names as an Italian counter meets them: some hundred surnames that many bear, tens of thousands that few bear, double
ones and such with particles, and the names of those who came from elsewhere, spelt as different offices spelt them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from famdesk.domain.people.given_names import COMMON

SEED = 7


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FREQUENT = _names(
    "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa "
    "Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara "
    "Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola Marchetti Parisi Villa "
    "Conte Ferraro Ferri Fabbri Bianco Marini Grasso Valentini Messina Sala Gatti Pellegrini Palumbo "
    "Sanna Farina Rizzi Monti Cattaneo Morelli Amato Silvestri Mazza Testa Grassi Pellegrino Carbone "
    "Giuliani Benedetti Barone Rossetti Caputo Montanari Guerra Palmieri Bernardi Martino Fiore Ferretti "
    "Bellini Basile Riva Donati Piras Vitali Battaglia Sartori Neri Costantini Milani Pagano Ruggiero "
    "Sorrentino Orlando Negri Mantovani Cremonesi Ghisleri Stradivari Amati Bonfanti Zanetti Vezzoli "
    "Singh"
)
STEMS = _names(
    "Alb Ang Ard Bald Bar Bass Bell Ber Bern Bon Borg Bos Brag Brun Cal Camp Can Cap Car Cas Cast Cav Cer "
    "Chi Ciar Col Corn Cos Crem Dam Dell Don Fab Fal Far Fass Ferr Fil Fior Fog Font Forn Fran Fus Gal "
    "Gam Gas Ghis Giac Giorg Gir Gob Gran Gua Lam Lan Laz Leon Lor Lucc Mag Mal Man Marc Mart Masch Mass "
    "Mazz Men Mer Mic Mil Mol Mont Mor Nar Nas Neg Nic Ol Ors Pag Pal Pan Par Pas Pat Pel Per Pic Pier "
    "Pin Pol Pom Por Pozz Quart Rag Ram Rav Ric Rom Ros Rub Sab Sal San Sart Sav Scar Ser Sil Sol Spin "
    "Stef Tar Tass Ter Tog Tom Tor Tran Tur Ub Vac Val Var Ver Vic Vig Vin Vit Zac Zan Zon Zuc"
)
MIDDLES = ("", "en", "er", "ar", "ol", "in", "at", "av", "et", "os", "ell", "ecch", "ign", "ond", "uzz", "ast")
ENDS = ("i", "a", "o", "ini", "etti", "oni", "elli", "ucci", "azzi", "ani", "ato", "ella", "one", "ari", "otti", "ino")
PREFIXES = ("De ", "Di ", "D'", "Del ", "Dal ", "Della ", "La ", "Lo ", "Dall'")
HEIRS = _names(
        "Luca Angelo Santis Marco Stefano Amico Bello Pietro Giorgi Fiore Monte Corte Torre Rosa Bosco Acqua "
        "Orto Olio Agostino Alessio Ambrosio Andrea Antonio Aquino Rocca Valle Ponte Vecchio Negro Carlo "
        "Benedetto Lillo Matteo Paolo Simone Vito Martino Maio Mauro Nardo Carli Col Lago Maso Pozzo Piano "
        "Zotto"
    )  # fmt: skip
ARABIC = _names(
        "Amrani Alaoui Idrissi Fassi Mansouri Haddad Khalil Hassan Hussein Youssef Ibrahim Bensalem Benali "
        "Bouazza Boukhari Chaoui Daoudi Fathi Ghazi Hamdi Jaziri Kabbaj Lahlou Mahjoub Naciri Ouali Rahmani "
        "Saidi Tahiri Zaoui Abdallah Belhaj Cherkaoui Dridi Ezzahra Farouk Gharbi Hachimi Jebali Karim "
        "Laaroussi Mabrouk"
    )  # fmt: skip
SLAVIC = _names(
        "Shevchenko Kovalenko Bondarenko Tkachenko Kravchenko Oliynyk Koval Polishchuk Melnyk Petrenko "
        "Savchuk Lysenko Marchenko Rudenko Moroz Ivanova Petrova Popov Sokolov Volkov Novak Kowalski "
        "Wisniewski Nowak Horvat Jovanovic Petrovic Nikolic Markovic Stojanovic"
    )  # fmt: skip
ROMANIAN = _names(
        "Popescu Ionescu Popa Dumitru Stan Stoica Gheorghe Matei Rusu Munteanu Marin Tudor Dobre Barbu Nistor "
        "Florea Radu Lazar Moldovan Ungureanu Ciobanu Constantinescu Cojocaru Croitoru Olteanu Balan"
    )  # fmt: skip
ALBANIAN = _names(
    "Hoxha Shehu Kola Dervishi Leka Gjoka Marku Prifti Xhaferi Xhepa Cela Hysa Basha Rama Lleshi Zefi Beqiri"
)
EASTERN = _names(
        "Singh Kaur Kumar Sharma Gill Sandhu Dhillon Hossain Rahman Islam Ahmed Uddin Miah Begum Khan Akhtar "
        "Iqbal Chen Wang Zhang Hu Lin Wu Zhou Perera Fernando Silva Santos Cruz Reyes"
    )  # fmt: skip
AFRICAN = _names(
    "Diop Ndiaye Fall Gueye Sow Diallo Bah Camara Traore Keita Kone Mensah Owusu Okafor Adeyemi Osei Boateng"
)
SPANISH = _names(
    "Garcia Rodriguez Martinez Lopez Gonzalez Hernandez Perez Sanchez Ramirez Torres Flores Rivera Gomez Diaz"
)
FOREIGN = {
    "ar": (ARABIC, _names(
        "Mohamed Muhammad Mohammed Ahmed Ahmad Youssef Yusuf Fatima Fatma Khadija Amina Aicha Omar Ali Hassan "
        "Nour Salma Rachid Abdelkader Abderrahman Karim Samira Zineb Imane"
    )),
    "uk": (SLAVIC, _names(
        "Oksana Olena Yuliia Iryna Natalia Svitlana Oleksandr Serhii Andrii Dmytro Kateryna Tetiana Mykola "
        "Volodymyr Ivan Anastasiia"
    )),
    "ro": (ROMANIAN, _names(
        "Andrei Ioana Maria Elena Mihai Alexandru Cristina Gabriela Florin Vasile Daniela Ionut"
    )),
    "sq": (ALBANIAN, _names(
        "Arta Ilir Besnik Drita Ardit Flutura Gezim Luan Mirela Valbona Agron Elira"
    )),
    "pa": (EASTERN, _names(
        "Harpreet Gurpreet Jaspreet Manpreet Rajinder Sukhwinder Abdul Nasrin Xiaoming Wei Li Ana"
    )),
    "fr": (AFRICAN, _names(
        "Mamadou Aissatou Ousmane Fatou Ibrahima Mariama Kofi Ama Emeka Ngozi Cheikh Moussa"
    )),
    "es": (SPANISH, _names(
        "Maria Jose Juan Carlos Luz Rosa Miguel Carmen Jesus Guadalupe Diego Luis"
    )),
}  # fmt: skip
OFTEN = _names(
        "Maria Anna Giuseppe Francesco Antonio Giovanni Luca Marco Andrea Giulia Chiara Sara Laura Paolo "
        "Elena Matteo Alessandro Francesca Roberto Sofia Leonardo Stefano Davide Rosa Angela Giuseppina "
        "Teresa Lucia Silvia Martina Valentina Federica Nicolò Niccolò Simone Lorenzo Emma Aurora Ginevra "
        "Tommaso"
    )  # fmt: skip
TOWNS = ("Cremona", "Crema", "Casalmaggiore", "Soresina", "Castelleone", "Pandino", "Soncino", "Castelverde", "Sospiro",
         "Vescovato", "Pizzighettone", "Rivolta d'Adda")  # fmt: skip
STREETS = ("via", "via", "viale", "piazza", "vicolo", "corso")
DAYS = 30_000


@dataclass(frozen=True, slots=True)
class Invented:
    """A person of the demo kind; `phone`, `address` and `tax_code` None: not known."""

    surname: str
    given_name: str
    sex: str
    born: date
    town: str
    language: str
    phone: str | None
    address: str | None
    tax_code: str | None


class Inventor:
    """Makes persons, always the same ones for a seed."""

    def __init__(self, seed: int = SEED, today: date = date(2026, 1, 1)) -> None:
        self._chance = random.Random(seed)
        self._today = today
        made = dict.fromkeys(stem + middle + end for stem, middle, end in product(STEMS, MIDDLES, ENDS))
        self._rare = list(made)
        self._chance.shuffle(self._rare)
        self._heirs = [prefix + heir for prefix, heir in product(PREFIXES, HEIRS) if not _clashes(prefix, heir)]
        self._given = [*OFTEN, *sorted(name.capitalize() for name in COMMON)]
        self._streets = [*self._rare[:3000], "Giuseppe Garibaldi", "Giuseppe Mazzini", "Dante Alighieri", "Milano"]

    def persons(self, number: int) -> Iterator[Invented]:
        """So many persons."""
        for _count in range(number):
            yield self.person()

    def person(self) -> Invented:
        """One more."""
        chance = self._chance
        language = "it" if chance.random() < 0.72 else chance.choice(tuple(FOREIGN))
        surname, given = self._italian() if language == "it" else self._foreign(language)
        born = self._today - timedelta(days=chance.randrange(DAYS))
        phone = f"3{chance.randrange(20, 99)} {chance.randrange(10**7):07}" if chance.random() < 0.75 else None
        street = f"{chance.choice(STREETS)} {chance.choice(self._streets)} {chance.randrange(1, 180)}"
        address = street if chance.random() < 0.25 else None
        letters = "".join(ch for ch in f"{surname}{given}XXXXXX".upper() if "A" <= ch <= "Z")[:6]
        code = f"{letters}{born:%y}{chance.choice('ABCDEHLMPRST')}{born:%d}D{chance.randrange(1000):03}X"
        return Invented(surname, given, chance.choice("fm"), born, chance.choice(TOWNS), language, phone, address,
                        code if chance.random() < 0.6 else None)  # fmt: skip

    def _italian(self) -> tuple[str, str]:
        chance = self._chance
        kind = chance.random()
        if kind < 0.25:
            surname = _ranked(chance, FREQUENT)
        elif kind < 0.32:
            surname = _ranked(chance, self._heirs)
        else:
            surname = _ranked(chance, self._rare)
        if chance.random() < 0.04:
            surname = f"{surname} {_ranked(chance, self._rare)}"
        given = _ranked(chance, self._given)
        return surname, f"{given} {_ranked(chance, OFTEN)}" if chance.random() < 0.08 else given

    def _foreign(self, language: str) -> tuple[str, str]:
        chance = self._chance
        surnames, given = FOREIGN[language]
        surname = chance.choice(surnames)
        if language == "ar" and chance.random() < 0.5:
            surname = f"{chance.choice(('El', 'Ben', 'Ait', 'Bou', 'Al'))} {surname}"
        elif language == "es" or chance.random() < 0.1:
            surname = f"{surname} {chance.choice(surnames)}"
        elif chance.random() < 0.4:
            surname = surname[:-1] + chance.choice(("u", "i", "a", "o", "y", "aj", "ou", "ane"))
        first = chance.choice(given)
        return surname, f"{first} {chance.choice(given)}" if chance.random() < 0.15 else first


def _clashes(prefix: str, heir: str) -> bool:
    """Whether nobody is called so: an apostrophe stands before a vowel, and only there."""
    return prefix.endswith("'") != (heir[0] in "AEIOU")


def _ranked(chance: random.Random, names: Sequence[str]) -> str:
    """A name of a list in which the first ones are the commonest."""
    return names[int(len(names) * chance.random() ** 2.2)]
