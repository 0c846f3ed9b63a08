"""The words of the measured sheets in the languages of other programs that make PDF."""

from __future__ import annotations

from famdesk import resources

FONTS = resources.path("fonts/NotoSans-Regular.ttf").parent
ROWS = 1_475
"""So many rows of the sign-in sheet stand on sixty pages."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HOURS = "9:00–12:30"
SIX = (
    "مركز الأسرة مفتوح يوم الخميس", "ਪਰਿਵਾਰ ਕੇਂਦਰ ਵੀਰਵਾਰ ਨੂੰ ਖੁੱਲ੍ਹਾ ਹੈ", "পরিবার কেন্দ্র বৃহস্পতিবার খোলা থাকে",
    "Центр для сімей відкритий у четвер", "Centrul pentru familii, ș ț", "Κέντρο οικογενειών",
)  # fmt: skip
"""Arabic, Gurmukhi, Bengali, Cyrillic, Latin with marks, Greek."""


def poster_typst() -> str:
    """Centre, title, three places with five days each."""
    places = "\n".join(
        f'#text(25pt, weight: "bold")[Piazza {n}]\n\n#text(14pt)[Cremona]\n\n'
        + "\n\n".join(f"#text(20pt)[{day} #h(1fr) #strong[{HOURS}]]" for day in DAYS)
        for n in range(3)
    )
    return ('#set page(paper: "a4", margin: 40pt)\n#set text(font: "Noto Sans")\n#text(14pt)[Centro]\n\n'
            f'#text(34pt, weight: "bold")[Opening hours]\n\n{places}\n')  # fmt: skip


def poster_html() -> str:
    places = "".join(
        f"<h2>Piazza {n}</h2><p>Cremona</p>" + "".join(f"<p class=d>{day} <b>{HOURS}</b></p>" for day in DAYS)
        for n in range(3)
    )
    return _html(f"<p>Centro</p><h1>Opening hours</h1>{places}")


def poster_odt() -> str:
    """A flat document of LibreOffice."""
    lines = ["Centro", "Opening hours"]
    for n in range(3):
        lines += [f"Piazza {n}", "Cremona", *(f"{day} {HOURS}" for day in DAYS)]
    text = "".join(f'<text:p text:style-name="P">{line}</text:p>' for line in lines)
    office = "urn:oasis:names:tc:opendocument:xmlns"
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{office}:office:1.0" '
            f'xmlns:text="{office}:text:1.0" xmlns:style="{office}:style:1.0" '
            'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
            '<style:style style:name="P" style:family="paragraph"><style:text-properties fo:font-family="Noto Sans" '
            'fo:font-size="20pt"/></style:style></office:automatic-styles><office:body><office:text>'
            f"{text}</office:text></office:body></office:document>")  # fmt: skip


def booklet_typst() -> str:
    """A table of number, name and signature, its head on every page."""
    rows = "\n".join(f"[{n}], [Persona Numero {n}], []," for n in range(ROWS))
    return ('#set page(paper: "a4", margin: 40pt)\n#set text(font: "Noto Sans", size: 11pt)\n= Genitori in gioco\n'
            "#table(columns: (30pt, 206pt, 1fr), rows: 28pt, table.header([], [Name], [Signature]),\n"
            f"{rows})\n")  # fmt: skip


def booklet_html() -> str:
    rows = "".join(f"<tr><td>{n}</td><td>Persona Numero {n}</td><td></td></tr>" for n in range(ROWS))
    return _html("<h1>Genitori in gioco</h1><table><thead><tr><th></th><th>Name</th><th>Signature</th></tr></thead>"
                 f"<tbody>{rows}</tbody></table>")  # fmt: skip


def _html(body: str) -> str:
    faces = "".join(f'@font-face {{font-family: Sheet; font-weight: {weight}; src: url("{(FONTS / name).as_uri()}")}}'
                    for name, weight in (("NotoSans-Regular.ttf", 400), ("NotoSans-Bold.ttf", 700)))  # fmt: skip
    style = "@page {size: A4; margin: 40pt} body {font-family: Sheet} td {height: 26pt; border: 1pt solid} .d {font-size: 20pt}"  # noqa: E501
    return f"<!doctype html><meta charset=utf-8><style>{faces}{style} table {{width: 100%}}</style>{body}"
