"""Given names as they are met at Italian counters, and the spellings of those that come from other alphabets.

Two different names of `COMMON` are never a typing error of each other. All are folded (see `famdesk.domain.text.fold`).
"""

from __future__ import annotations

_ITALIAN = """
abele achille ada adele adelaide adriana adriano agata agnese agostino alba alberta alberto alda aldo alessandra
alessandro alessia alessio alex alfonso alfredo alice alida alina allegra alma amalia amanda ambra amedeo amelia
amerigo amos andrea angela angelica angelo angiola anita anna annabella annalisa annamaria annarita annibale antonella
antonia antonietta antonino antonio arianna armando arnaldo aronne arturo asia assunta attilio augusta augusto aurelia
aurelio aurora azzurra barbara bartolomeo basilio battista beatrice benedetta benedetto beniamino benito bernadetta
bernardo berta bianca biagio bice bruna bruno camilla camillo carla carlo carlotta carmela carmelo carmen carmine
carola carolina caterina catia cecilia celeste celestina cesare chiara cinzia cira ciro claretta clara claudia claudio
clelia clemente clementina cleo concetta corinna corrado cosimo costantino costanza cristian cristiana cristiano
cristina dalia damiana damiano daniela daniele danila danilo dante daria dario davide debora delia denis denise
desiree diana diego dina dino domenica domenico donata donatella donato dora doriana doriano edda edgardo edoardo
egidio elda elena eleonora elettra elia eliana eliano elide elio elisa elisabetta elma elsa elvio elvira ema emanuela
emanuele emidio emilia emiliana emiliano emilio emma enea enia enrica enrico enza enzo erica erika ermanno ernesta
ernesto eros ester ettore eugenia eugenio eva evelina ezio fabiana fabiano fabio fabiola fabrizia fabrizio fausta
fausto federica federico felice ferdinando ferruccio filippa filippo filomena fiorella fiorenza flavia flavio flora
fosca franca francesca francesco franco fulvia fulvio furio gabriele gabriella gaetana gaetano gaia gaspare gemma
gennaro gerardo germana germano giacinta giacinto giacomo giada giambattista giancarla giancarlo gianfranco gianluca
gianluigi gianmarco gianna gianni gianpaolo gilberto gilda gina ginevra gino gioele gioia giordana giordano giorgia
giorgio giosue giovanna giovanni gisella giuditta giulia giuliana giuliano giulio giuseppe giuseppina giusi giusto
gloria graziana graziano graziella gregorio greta guendalina guglielmo guido ida ignazio igor ilaria ilario ilda
ilenia imma ines iolanda irene iris irma isabel isabella isacco isotta italo ivan ivana ivano ivo jacopo jessica
jolanda katia kevin lamberto lara laura lauro lavinia lea leandro leda lella leonarda leonardo leone leonida leonora
leopoldo letizia lia liana libera liberato libero lidia lidio liliana lina linda lino lisa lisetta livia livio liviana
lodovico lora lorella lorena lorenza lorenzo loretta loris luca lucia luciana luciano lucilla lucio lucrezia ludovica
ludovico luigi luigia luigina luisa luna maddalena mafalda magda maia maicol manfredi manlio manuel manuela mara
marcella marcello marco mare margherita maria marian mariana mariangela marianna mariano mariella marika marilena
marina marino mario marisa marisol marta martina martino marzia marzio massimiliana massimiliano massimo matilda
matilde matteo mattia maura maurizia maurizio mauro melania melissa mena mia micaela michela michelangelo michele
michelle milena milo mina mira miranda mirco mirella miriam mirko mirta mirto moira monia monica morena moreno morgana
nadia nando natale natalia nazario nazzareno neri nerina nerio nestore nico nicla nicola nicole nicoletta nicolo
niccolo nilde nina nino noa noah noe noemi nora norma novella nunzia nunzio oddone odette ofelia olga olimpia oliviero
oliva olivia omar ombretta orazio oreste orietta orlando ornella orsola oscar osvaldo otello ottavia ottavio otto
palma palmira palmiro pamela paola paolo paride pasquale patrizia patrizio penelope pia piera pierangelo pierina piero
pierluigi pierpaolo pietro pina pino pio priscilla prisca quirino rachele raffaele raffaella ramona raul rebecca
regina remo renata renato renzo riccardo rina rino rita roberta roberto rocco rodolfo romana romano romeo romina
romolo rosa rosalba rosalia rosalinda rosanna rosaria rosario rosella rosetta rosina rosita rossana rossella rossano
ruben ruggero sabina sabrina salvatore samuel samuela samuele sandra sandro santa sante santina santo sara saul
saverio savina savino sebastiano selene selma serena sergio severino sibilla silvana silvano silvestro silvia silvio
simona simone sofia sonia sophia stefania stefano stella susanna sveva tania tatiana tea tecla teodora teodoro teresa
tessa thea timoteo tina tino tita tiziana tiziano tobia tommaso tosca tullia tullio ubaldo ugo umberta umberto urbano
ursula valente valentina valentino valeria valeriana valeriano valerio vanda vanessa vania vasco vera verdiana
veronica vilma vincenza vincenzo viola violetta virgilio virginia virna vita vitale vito vittoria vittorio viviana
walter wanda zaira zeno zita zoe zora
"""
_OTHERS = """
abel adam adan adela adelina adem adina adnan adrian ahmad aida aisha ajla alan albana alban albert aldin alejandra
alejandro aleksander aleksandra aleksandar alena alfred ali alia alim alisa amal amar amara amel amela amina amine
amin amir amira amra ana anas anastasia andi andrei andreea andrej andres andrija anela anes anis anisa anita anton
antonia ardian ardit arian arif arina aris arjan arman armin arta artan asif asma ayaan aya ayan aylin aziz aziza
bajram bashir begum besa besim bilal blerim blerina bojan boris branka cesar chen dalila dana daniel daniil danijel
dardan darko david deborah dejan diana dilan dina ditmir dorina dorin dragan driton edin edis edit edmond ela eldin
elif elina elira elma elmir elmira elona elton elvis emin emina emir emira endrit eneida ensar eric erik erind erion
ermal ermir erol esma eva fahad faisal farah farid farida faruk fatbardh fatih fatjon fatma feride filip florian
florin florina francis gabriel gabriela gent genta gezim gjergj goran grace habib hadi hafsa hajar hala halim halima
hamid hamza hana hani hanin hasan hassan hatice henry ian ibtissam igli ikram ilham ilir ilyas imad iman imane imed
imran inas indrit ines inna ioan ioana ion iona iqbal irina irma ivana ivona jamal jamil jamila jan jana jasmin
jasmina jasna javier joan joana john jon jonas jonathan jorge jose juan juana julian juliana kadir kamal kamel karima
karol karolina kaur klara klea klevis kreshnik kristi kristian kristina ladislav laila laith lamia latif latifa layan
leandra lejla lena leon leona leonid leyla lia liam liana lila lilia lilian lina lindita lis loredana lorik luan luana
lucian luis luisa luka lule lumturi lyes mahir majid majida malak malek malik malika mamun mandeep manjit manpreet
marek maryam marija marin marinela marius marjan marko marta martin matej mateo mathias mehdi mehmet melina melisa
mihaela mihai mila milan milica milos mina mira mirel mirela mirjana mohsen mona monir mounir mounia munir murat nabil
nabila nada nader nadir nadira naim naima najat najib nasir nasser natan nathan nawal nayra nicolae nikita nikola nina
nizar noel noor nora nour nuha nur nura oana olena olha omer oksana orges orhan osama oscar paul paula pedro petar
petra petru pilar rabia rachid radu rafael raisa rajesh rami ramiro rania rashid rayan raul rejhan reza rim rima
rodica rosen roza saad saba sabah sabri sabrije sadia saida said sakib rakib salah salam saleh salim salima sam sama
samar sami samia samir samira samuel sana sanaa sandu sanja saif saim selim semir senad serhat shaima shkelqim shpresa
siham silva simon simran sina skender slavica sofian sorin stela stefan stefania suad suela sumaya susana taha tamara
tarik taras teodor teuta tomas urim valon vasil vera veton victor viktor violeta visar vlad vladan wafa walid wassim
wei xhevdet xin yahya yan yang yara yasin yasir yasmin yasmina yosra younes yuri zahra zain zaina zaineb zakaria zana
zara zarina zeina zeynep ziad zina zineb zoran zlata
"""
_GROUPS = """
mohamed muhammad mohammad mohammed mohamad muhammed muhamed mohamet mehmed mahomed muhamad muhamet
ahmed ahmad ahmet
youssef yousef yusuf yussef yosef youssouf yousuf jusuf yusef josef yusif
hussein hussain husein husain hossain hossein hussin husayn
abdullah abdallah abdulla abdellah abdoulaye
abdelrahman abdurrahman abderrahmane abdulrahman abdrahman abderrahman abdirahman
abdelkader abdulkadir abdulqadir abdelkadir abdulkader
ibrahim ibraheem ebrahim ibrahima brahim
mustafa mostafa mustapha moustafa moustapha mustafe
mahmoud mahmud mahmood mehmood
khaled khalid haled
karim kareem kerim abdelkarim
rachid rashid raschid rasheed
omar umar omer oumar
othman osman ousmane usman uthman
bilal bilel belal
hamza hamsa hamzah
ismail ismael esmail ismaila
yasin yassin yassine yacine iassin
zakaria zakariya zakariae zaccaria
tariq tarik tarek tareq
samir sameer
nour noor nur nura
fatima fatma fatema fatimah fatimata fatoumata fatou
khadija hadija khadidja khadijah kadija kadidja
aicha aisha ayesha aysha aischa aissatou aysa
mariam maryam meryem meriem mariem maryem maryama
zineb zaineb zainab zaynab zeinab zeineb
amina aminah aminata amena
malika malica
latifa lateefa
samira sameera
yasmin yasmine jasmin jasmine iasmin yasmeen
leila layla laila leyla lejla
sara sarah
hanna hannah hana
oleksandr olexandr aleksandr alexander aleksander alexandr
oleksandra olexandra aleksandra alexandra
oleksii oleksiy olexiy aleksei alexey aleksey alexei
volodymyr vladimir volodimir
andrii andriy andrij andrey andrei
dmytro dmitri dmitry dmitriy dmitrij dmytr
serhii sergii serhiy sergiy sergei sergey sergej
mykhailo mykhaylo mikhail michail mihail
mykola nikolai nikolay nikolaj nicolai
yurii yuriy yuri iurii jurij juri
yevhen evgen evgeny yevgeny eugen evhen
ivan iwan
kateryna katerina ekaterina yekaterina caterina katarina
nataliia natalia nataliya natalya natalija
tetiana tetyana tatiana tatyana tatjana
yuliia yulia julia iulia yuliya julija iuliia
oksana oxana ossana
olena elena yelena
olha olga
iryna irina iryn
halyna galina halina galyna
liudmyla ludmila lyudmyla liudmila lyudmila ljudmila
viktoriia viktoria victoria viktoriya viktorija vittoria
svitlana svetlana svitlanna
anastasiia anastasia anastasiya anastasija nastasia
mariia maria mariya marija
sofiia sofia sofiya sofija sophia
nadiia nadia nadiya nadija nadezhda
hanna anna ganna
larysa larisa larissa
valentyna valentina walentyna
singh sing
gurpreet gurprit
harpreet arpreet harprit
manpreet manprit
shpresa spresa
xhevdet gevdet dzevdet
besnik besnick
gjergj gjergji giergi
stefan stephan
yohannes johannes
tesfay tesfai tesfaye
mengistu menghistu
teklay tekle teklai
niccolo nicolo
cristian christian kristian
cristina christina kristina
erica erika
mirco mirko
marco marko
katia catia katja
jacopo iacopo
debora deborah
tea thea
noa noah
nicolas nicholas
jessica gessica
denis dennis
gioele joele joel
filippo philippo
matteo mateo
"""

_MEN = """
luca andrea nicola mattia elia enea gianluca battista tobia zaccaria geremia mustafa mirza moussa musa issa isa hamza
nikita sasha ilia illia mykola zakaria yahya taha mica natanaele bouba lamina toma
"""

COMMON = frozenset(_ITALIAN.split()) | frozenset(_OTHERS.split())
"""Given names that people bear: a difference between two of them is no typing error."""

MEN_IN_A = frozenset(_MEN.split())
"""Men's names that end in -a; others in -a are taken for women's where the sex is not known."""


def _groups() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(_GROUPS.strip().splitlines()):
        for name in line.split():
            found.setdefault(name, number)
    return found


GROUPS: dict[str, int] = _groups()
"""The number of the group for each spelling of a name that is written in several ways in Latin letters."""
