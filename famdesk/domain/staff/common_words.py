"""Words that somebody who guesses Italian passwords tries first, the likeliest first.

First names, towns, teams, months and the words of everyday life, as they stand on top of published lists of leaked
passwords, and the words of a family centre. English ones are known to zxcvbn.
"""

from __future__ import annotations

_WORDS = """
password segreto segreta prova ciao amore juventus andrea francesco alessandro francesca famdesk centro famiglia
famiglie demo giuseppe antonio martina napoli stella amoremio valentina federica giulia matteo alessia alessandra
marco luca roberto stefano paolo davide simone laura chiara sara silvia elena paola monica cristina daniela claudia
giovanni maria anna angela rosa lucia teresa giuliana mario luigi salvatore vincenzo pietro carlo franco domenico
bruno michele giorgio aldo fabio massimo maurizio claudio daniele riccardo lorenzo nicola emanuele gabriele tommaso
edoardo leonardo federico gianluca filippo giacomo diego enrico mattia cristian christian samuele sofia aurora alice
ginevra emma giorgia greta beatrice anita gaia noemi viola ludovica camilla rebecca bianca vittoria elisa ilaria
veronica eleonora marta arianna barbara patrizia roberta simona sabrina manuela tiziana antonella stefania rossella
milan inter roma lazio fiorentina torino sampdoria genoa bologna milano cremona bari palermo catania firenze venezia
verona padova trieste brescia bergamo parma modena perugia cagliari bolzano trento italia italiano lombardia puglia
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedi martedi mercoledi
giovedi venerdi sabato domenica primavera estate autunno inverno natale pasqua buongiorno buonasera benvenuto
benvenuta grazie prego mamma papa nonna nonno figlio figlia fratello sorella marito moglie zia zio bambino bambina
bambini bimbo bimba ragazzo ragazza uomo donna amico amica amici tesoro cucciolo cuore vita bella bello principessa
principe angelo angioletto dio gesu madonna santo santa cielo sole luna stelle mare monte montagna terra fuoco acqua
aria vento neve pioggia fiore fiori farfalla gatto gatta gattino cane cagnolino cavallo leone tigre lupo orso topo
coniglio pesce uccello delfino aquila drago casa scuola lavoro ufficio computer telefono internet macchina moto bici
treno aereo strada citta paese mondo tempo giorno notte mattina sera oggi domani ieri anno mese settimana ora uno due
tre quattro cinque sei sette otto nove dieci cento mille rosso verde blu azzurro giallo nero bianco arancione marrone
grigio rosa viola nuovo nuova vecchio grande piccolo piccola buono buona cattivo felice felicita gioia pace liberta
fortuna forza coraggio speranza sogno sogni musica calcio pallone campione vacanza festa pizza pasta pane vino birra
caffe cioccolato nutella gelato mela banana fragola limone ciliegia porta chiave tavolo letto sedia finestra libro
parola parole nome numero codice accesso entra utente admin amministratore operatore operatrice psicologa psicologo
educatore educatrice assistente sociale accoglienza sportello consultorio comune servizio servizi colloquio nota note
minori genitori madre padre coppia mediazione sostegno tutela progetto computer tastiera schermo carta penna foglio
stampante cambiami temporanea provvisoria predefinita iniziale nessuno niente tutto sempre mai solo insieme ancora
bene male tanto molto poco forse basta dai vai vieni ecco questo quello come quando dove perche cosa chi che per con
"""
COMMON = tuple(_WORDS.split())
