"""Names of months and weekdays in every language, as Unicode's CLDR has them.

Babel has them too, but takes a quarter of a cold poster to load: it reads all that is known of a language
and of the zones of the world. A test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """January to December and Monday to Sunday, whole and short, separated by bars; `alone`: without a day beside it,
    as titles and columns need them; "" where that is the same."""

    months: str
    months_alone: str
    months_short: str
    days: str
    days_alone: str
    days_short: str
    days_short_alone: str


NAMES = {
    "it": Names(
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        "",
        "gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic",
        "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
        "",
        "lun|mar|mer|gio|ven|sab|dom",
        "",
    ),
    "en": Names(
        "January|February|March|April|May|June|July|August|September|October|November|December",
        "",
        "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec",
        "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
        "",
        "Mon|Tue|Wed|Thu|Fri|Sat|Sun",
        "",
    ),
    "de": Names(
        "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
        "",
        "Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.",
        "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag",
        "",
        "Mo.|Di.|Mi.|Do.|Fr.|Sa.|So.",
        "Mo|Di|Mi|Do|Fr|Sa|So",
    ),
    "fr": Names(
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        "",
        "janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.",
        "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        "",
        "lun.|mar.|mer.|jeu.|ven.|sam.|dim.",
        "",
    ),
    "es": Names(
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
        "",
        "ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic",
        "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
        "",
        "lun|mar|mié|jue|vie|sáb|dom",
        "",
    ),
    "ro": Names(
        "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie",
        "",
        "ian.|feb.|mar.|apr.|mai|iun.|iul.|aug.|sept.|oct.|nov.|dec.",
        "luni|marți|miercuri|joi|vineri|sâmbătă|duminică",
        "",
        "lun.|mar.|mie.|joi|vin.|sâm.|dum.",
        "",
    ),
    "sq": Names(
        "janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor",
        "",
        "jan|shk|mar|pri|maj|qer|korr|gush|sht|tet|nën|dhj",
        "e hënë|e martë|e mërkurë|e enjte|e premte|e shtunë|e diel",
        "",
        "hën|mar|mër|enj|pre|sht|die",
        "",
    ),
    "uk": Names(
        "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
        "січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень",
        "січ.|лют.|бер.|квіт.|трав.|черв.|лип.|серп.|вер.|жовт.|лист.|груд.",
        "понеділок|вівторок|середа|четвер|пʼятниця|субота|неділя",
        "",
        "пн|вт|ср|чт|пт|сб|нд",
        "",
    ),
    "ar": Names(
        "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر",
        "",
        "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر",
        "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
        "",
        "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
        "",
    ),
    "pa": Names(
        "ਜਨਵਰੀ|ਫ਼ਰਵਰੀ|ਮਾਰਚ|ਅਪ੍ਰੈਲ|ਮਈ|ਜੂਨ|ਜੁਲਾਈ|ਅਗਸਤ|ਸਤੰਬਰ|ਅਕਤੂਬਰ|ਨਵੰਬਰ|ਦਸੰਬਰ",
        "",
        "ਜਨ|ਫ਼ਰ|ਮਾਰਚ|ਅਪ੍ਰੈ|ਮਈ|ਜੂਨ|ਜੁਲਾ|ਅਗ|ਸਤੰ|ਅਕਤੂ|ਨਵੰ|ਦਸੰ",
        "ਸੋਮਵਾਰ|ਮੰਗਲਵਾਰ|ਬੁੱਧਵਾਰ|ਵੀਰਵਾਰ|ਸ਼ੁੱਕਰਵਾਰ|ਸ਼ਨਿੱਚਰਵਾਰ|ਐਤਵਾਰ",
        "",
        "ਸੋਮ|ਮੰਗਲ|ਬੁੱਧ|ਵੀਰ|ਸ਼ੁੱਕਰ|ਸ਼ਨਿੱਚਰ|ਐਤ",
        "",
    ),
    "bn": Names(
        "জানুয়ারী|ফেব্রুয়ারী|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",
        "",
        "জানু|ফেব|মার্চ|এপ্রি|মে|জুন|জুল|আগ|সেপ|অক্টো|নভে|ডিসে",
        "সোমবার|মঙ্গলবার|বুধবার|বৃহস্পতিবার|শুক্রবার|শনিবার|রবিবার",
        "",
        "সোম|মঙ্গল|বুধ|বৃহস্পতি|শুক্র|শনি|রবি",
        "",
    ),
}
