"""Names for labelled pairs: two lists without a name in common: to build the warning with, and to judge it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """What pairs are made of. `accented`, `apostrophes` and `foreign` hold spellings of one name, side by side;
    `look_alikes` are given names of two persons that look alike; `foreign` tells given name, its spellings, and sex."""

    surnames: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    accented: tuple[tuple[str, str], ...]
    apostrophes: tuple[tuple[str, str], ...]
    foreign: tuple[tuple[str, str, str], ...]
    foreign_surnames: tuple[tuple[str, str], ...]
    look_alikes: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    halves = (line.split("/") for line in text.split(";"))
    return tuple((first.strip(), second.strip()) for first, second in halves)


def _foreign(text: str) -> tuple[tuple[str, str, str], ...]:
    found = []
    for line in text.split(";"):
        sex, first, second = line.split()
        found.append((first, second, sex))
    return tuple(found)


KNOWN = Names(
    surnames=_words(
        "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa "
        "Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini "
        "Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola Marchetti Parisi Villa Conte "
        "Ferraro Ferri Fabbri "
        "Bianco Marini Grasso Valentini Messina Sala Gatti Pellegrini Palumbo Sanna Farina Rizzi Monti Cattaneo "
        "Morelli"
    ),
    men=_words(
        "Marco Andrea Giuseppe Antonio Giovanni Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Carlo "
        "Franco Domenico Bruno Paolo Michele Giorgio Aldo Sergio Luciano Davide Roberto Alessandro Matteo Lorenzo "
        "Gabriele Riccardo Tommaso Edoardo Leonardo Federico Simone Nicola Stefano Filippo Daniele Emanuele "
        "Samuele"
    ),
    women=_words(
        "Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Antonietta Carla "
        "Elena Concetta Rita Margherita Franca Paola Giulia Sofia Aurora Alice Ginevra Emma Giorgia Beatrice Vittoria "
        "Chiara Martina Sara Arianna Elisa Federica Silvia Laura Valentina Alessandra Roberta Simona"
    ),
    accented=_pairs(
        "Niccolò/Niccolo;Nicolò/Nicolo';Élise/Elise;Noémi/Noemi;Zoë/Zoe;José/Jose;André/Andre;Raúl/Raul;"
        "René/Rene;Desirée/Desiree;Mariù/Mariu';Giosuè/Giosue'"
    ),
    apostrophes=_pairs(
        "D'Angelo/Dangelo;D'Amico/D Amico;Dell'Orto/Dellorto;De Luca/Deluca;Di Stefano/Distefano;"
        "Lo Russo/Lorusso;D’Agostino/D'Agostino;La Rosa/Larosa;De Santis/Desantis;Dall'Asta/Dall Asta;"
        "Della Valle/Dellavalle;L'Abbate/Labbate"
    ),
    foreign=_foreign(
        "M Mohamed Muhammad;M Ahmed Ahmad;M Youssef Yusuf;M Hussein Hussain;M Ibrahim Brahim;"
        "M Oleksandr Alexander;M Serhii Sergey;M Dmytro Dmitri;M Khaled Khalid;M Rachid Rashid;"
        "M Volodymyr Vladimir;M Karim Kareem;F Fatima Fatma;F Khadija Hadija;F Aicha Aisha;F Mariam Meryem;"
        "F Yuliia Julia;F Nataliia Natalya;F Kateryna Katerina;F Iryna Irina;F Oksana Oxana;"
        "F Zineb Zaynab;F Viktoriia Viktoria;F Svitlana Svetlana"
    ),
    foreign_surnames=_pairs(
        "Hossain/Hussain;Shevchenko/Scevcenko;El Idrissi/Elidrissi;Xhaferi/Dzaferi;Ouattara/Wattara;"
        "Bouazizi/Buazizi;Kovalenko/Covalenko;Chaudhry/Chaudhary;Benali/Ben Ali;Hoxha/Hodja;"
        "Diallo/Dialo;Petrenko/Petrenco"
    ),
    look_alikes=_pairs(
        "Marco/Mario;Mario/Maria;Luca/Lucia;Sara/Lara;Elia/Elisa;Daniele/Daniela;Matteo/Mattia;"
        "Gabriele/Gabriella;Francesco/Francesca;Giulio/Giulia;Anna/Annalisa;Davide/Daria;Karim/Karima;"
        "Samir/Samira;Gian Luca/Gian Marco;Maria Luisa/Maria Grazia;Mohamed Amine/Mohamed Ali;"
        "Alice/Alessia;Simone/Simona;Tommaso/Thomas"
    ),
    streets=("via Roma", "via Garibaldi", "corso Mazzini", "piazza Cavour", "via Dante", "viale Trento", "via Verdi"),
)

HELD_OUT = Names(
    surnames=_words(
        "Brambilla Zanetti Bellini Sartori Piras Testa Negri Basile Carbone Donati Fiore Guerra Silvestri "
        "Bernardi Orlando Damico Melis Ruggiero Pagano Benedetti Battaglia Castelli Franchi Poli Grassi Neri Bassi "
        "Cocco Zanella Gasparini Pozzi Tedesco Vaccaro Ventura Cirillo Sacchi Volpe Zappa Maggi Bonetti Ghezzi Perotti "
        "Tosi Rocca Bosco Mazza Forte Orsini Lazzari Cavallo Proietti Spinelli Marras Deiana Schiavone Crippa Mauri "
        "Galimberti"
    ),
    men=_words(
        "Fabrizio Corrado Ettore Umberto Ruggero Attilio Gaetano Rocco Tullio Renzo Ivano Loris Dario Flavio "
        "Valerio Gregorio Diego Cesare Ernesto Amedeo Cristiano Manuel Kevin Brando Achille Elio Raniero Ludovico "
        "Guglielmo Silvano Gualtiero Ottone Egisto Oscar Nazzareno Lapo Duccio Gherardo Martino Iacopo"
    ),
    women=_words(
        "Ornella Gabriella Loredana Patrizia Marisa Ivana Nadia Mirella Tiziana Manuela Sabrina Ludovica Camilla "
        "Rebecca Nicole Gaia Asia Greta Bianca Viola Matilde Noemi Serena Irene Lidia Fabiola "
        "Ombretta Graziella Rossella "
        "Antonella Benedetta Cristina Morena Celeste Diletta Allegra Violante Eufemia Quintina Rosalba"
    ),
    accented=_pairs(
        "Iñaki/Inaki;Cléo/Cleo;Mélanie/Melanie;Àlida/Alida;Óscar/Oscar;Zdeněk/Zdenek;Jürgen/Jurgen;"
        "Léa/Lea;Hélène/Helene;Cosmè/Cosme';François/Francois;Lluís/Lluis"
    ),
    apostrophes=_pairs(
        "D'Alessandro/Dalessandro;Dell'Acqua/Dell Acqua;De Angelis/Deangelis;Di Maggio/Dimaggio;"
        "Lo Presti/Lopresti;D'Errico/D’Errico;La Torre/Latorre;Del Bianco/Delbianco;De Giorgi/Degiorgi;"
        "Dall'Olio/Dallolio;D'Onofrio/Donofrio;Li Volsi/Livolsi"
    ),
    foreign=_foreign(
        "M Abdelaziz Abdulaziz;M Slimane Suleiman;M Bachir Bashir;M Jamal Djamal;M Hicham Hisham;"
        "M Noureddine Nuruddin;M Bohdan Bogdan;M Vitalii Vitaliy;M Taras Tarass;M Faisal Fayçal;M Walid Oualid;"
        "M Anatolii Anatoly;F Rachida Rashida;F Houda Huda;F Jamila Djamila;F Souad Suad;F Zhanna Janna;"
        "F Lesia Lesya;F Yaroslava Iaroslava;F Mouna Muna;F Ghizlane Gizlan;F Bouchra Bushra;"
        "F Daryna Darina;F Vira Vyra"
    ),
    foreign_surnames=_pairs(
        "Ouedraogo/Uedraogo;Tkachenko/Tkacenko;El Amrani/Elamrani;Gjoka/Gioka;Keita/Keyta;"
        "Boukhari/Bukhari;Moroz/Moros;Bhattacharya/Battacharya;Ben Salah/Bensalah;Shehu/Scehu;"
        "Touré/Toure;Zelenskyi/Zelensky"
    ),
    look_alikes=_pairs(
        "Dario/Daria;Valerio/Valeria;Ivano/Ivana;Noemi/Naomi;Greta/Gaia;Fabio/Fabiola;Loris/Doris;"
        "Manuel/Manuela;Nicole/Nicola;Camilla/Camillo;Rocco/Rocio;Serena/Selena;Amir/Samir;"
        "Nadir/Nadira;Pier Paolo/Pier Luigi;Anna Rita/Anna Lisa;Abdul Rahim/Abdul Karim;"
        "Asia/Aria;Silvano/Silvana;Brando/Bruno"
    ),
    streets=("via Manzoni", "via Leopardi", "corso Italia", "piazza Marconi", "via Foscolo", "viale Po", "via Puccini"),
)
