"""Whatever happens to a profile, the reader says so with a ProfileError, and its lines are lines of the file."""

from __future__ import annotations

import tomllib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from famdesk import resources
from famdesk.exchange.profiles import ProfileError, read_profile
from famdesk.exchange.profiles_lines import Lines, Path

TEXTS = tuple(resources.text(f"centres/{name}.toml") for name in ("cremona", "bari"))
PIECES = st.sampled_from(
    ["", "[", "]", "{", "}", '"', "'", '"""', "'''", "=", "#", "\n", "\r", ".", ",", "[[body]]", "[[body.x]]", "[body]",
     "key = 1", "\n[[access_point.hours]]\n", "x = {a = 1, b = [2, 3]}\n", "2025-02-30", "99:99", "-1", "1e400", "nan",
     "true", "\\u0000", "\x00", "\ud800", "§", "\ufeff", "all", "9" * 400, 'centre = "all"\n', "[profile]\n"]
)  # fmt: skip


def read(text: str) -> None:
    errors: tuple[ProfileError, ...] = ()
    try:
        read_profile(text)
    except ProfileError as error:
        errors = error.errors or (error,)
    for one in errors:
        assert 0 <= one.line <= text.count("\n") + 1
        assert one.sentence()


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_random_damage_is_reported_and_nothing_else_raised(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 60))
        text = text[:start] + data.draw(PIECES | st.text(max_size=12)) + text[start + length :]
    read(text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_damage_that_is_still_toml_is_reported(text: str, data: st.DataObject) -> None:
    """Lines lost, doubled or given another value: what a slip of the hand in an editor does."""
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(0, len(lines) - 1))
        name = lines[number].partition(" = ")[0]
        value = data.draw(st.sampled_from(['"x"', "1", "true", "[]", "{}", "2025-01-01", "07:32:00", '["a", 1]', '""']))
        damage = data.draw(st.sampled_from(["lose", "double", "value"]))
        lines[number : number + 1] = {"lose": [], "double": [lines[number]] * 2, "value": [f"{name} = {value}"]}[damage]
    read("\n".join(lines))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.lists(PIECES, max_size=12).map("".join))
def test_any_text_is_refused_with_an_error(text: str) -> None:
    read(text)


KEYS = st.sampled_from(["a", "b", "c-d", "e_f"])
QUOTED = st.sampled_from(['"x # y"', "'[[a]]'", '"""\n[b]\na = 1\n\\""" """', "'''\n\n# no\n'''", '""', "'\\'"])
PLAIN = st.sampled_from(
    ["1", "true", "1979-05-27T07:32:00", "07:32:00", "[\n 1, # one ]\n 2,\n]", "{ x = 1, y = [2] }"]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_lines_are_found_whatever_stands_between(data: st.DataObject) -> None:
    text, expected, counts = "", {}, dict[str, int]()
    for _ in range(data.draw(st.integers(1, 6))):
        table = data.draw(KEYS)
        number = counts[table] = counts.get(table, -1) + 1
        text += data.draw(st.sampled_from(["", "\n", "  # [[z]]\n", "\t"]))
        here: Path = (table, number)
        expected[here] = text.count("\n") + 1
        text += f"[[ {table} ]] # comment\n"
        for name in sorted(data.draw(st.sets(KEYS, max_size=3))):
            text += data.draw(st.sampled_from(["", "\n", "  ", "# x = 1\n"]))
            expected[(*here, name)] = text.count("\n") + 1
            text += f"{name} = {data.draw(QUOTED | PLAIN)}{data.draw(st.sampled_from(['', ' # end']))}\n"
    tomllib.loads(text)
    lines = Lines(text)
    assert {path: lines.of(path) for path in expected} == expected


def test_lines_of_what_is_not_named_are_those_of_what_is_around() -> None:
    lines = Lines('[[a]]\nx = 1\n[[a.b]]\ny.z = { w = 1 }\n[[a]]\n[[a.b]]\n[[a.b]]\n"q r" = 1\n[c.d]\ne = 1\n')
    asked: dict[Path, int] = {
        ("a", 0, "x"): 2, ("a", 0, "gone"): 1, ("a", 0, "b", 0, "y", "z"): 4, ("a", 0, "b", 0, "y", "z", "w"): 4,
        ("a", 1, "b", 1): 7, ("a", 1, "b", 1, "q r"): 8, ("c", "d", "e"): 10, ("nothing",): 1,
    }  # fmt: skip
    assert {path: lines.of(path) for path in asked} == asked
