"""Reading values as people write them: what is right, what is refused, and with which words."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.core import parse


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("250ms", 0.25),
        ("2s", 2),
        ("1.5m", 90),
        ("1h30m", 5400),
        ("7d", 604800),
        ("1d2h3m4s5ms", 93784.005),
        ("0", 0),
        ("0s", 0),
        ("5", 5),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e-9", 1e-9),
        (" 2s ", 2),
        ("99999999999d", 99999999999 * 86400.0),
        ("1e308", 1e308),
        (3, 3),
        (0.25, 0.25),
        (0, 0),
    ],
)
def test_durations(written, seconds):
    assert parse.duration(written) == pytest.approx(seconds, rel=1e-12)


def test_no_duration_is_minus_zero():
    assert math.copysign(1, parse.duration("-0")) == 1
    assert math.copysign(1, parse.duration(-0.0)) == 1


@pytest.mark.parametrize(
    "written",
    ["", " ", "s", "5x", "1h30", "30m1h", "1m1m", "1:30", "1_0", "2 s", "nan", "inf", "1..2s"]
    + ["infinity", "٣s", "1e", "1.s.", "2S", "one", "-", "--5s", "1d" * 1000, "-" * 5000]
    + [True, False, None, [], {}, b"1s"],
)
def test_what_is_no_duration(written):
    with pytest.raises(ValueError, match="a duration is written like 250ms, 2s, 1.5m, 1h30m or 7d"):
        parse.duration(written)


@pytest.mark.parametrize("written", ["-1", "-5s", "-1h30m", -1, -0.001])
def test_a_duration_is_not_negative(written):
    with pytest.raises(ValueError, match="cannot be negative"):
        parse.duration(written)


@pytest.mark.parametrize(
    "written",
    [math.nan, math.inf, -math.inf, "1e400", "9" * 5000, 10**400, "9" * 305 + "d", -(10**400)],
)
def test_a_duration_is_finite(written):
    with pytest.raises(ValueError, match="must be finite"):
        parse.duration(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [("0", 0), ("3", 3), (" 12 ", 12), (7, 7), ("1000000000", 10**9), (10**9, 10**9)],
)
def test_counts(written, number):
    assert parse.count(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "0abc", "-1", "3.5", "010", "1_0", "٣", "1e3", "+3", "1000000001", "9" * 5000]
    + [-1, 3.0, 3.5, math.nan, True, None, [3], 10**9 + 1, 10**400],
)
def test_what_is_no_count(written):
    with pytest.raises(ValueError, match="it must be a whole number from 0 to 1000000000"):
        parse.count(written)


@pytest.mark.parametrize(
    ("written", "number"), [("1", 1), ("2.5", 2.5), (" 2 ", 2), (1, 1), (3.5, 3.5)]
)
def test_factors(written, number):
    assert parse.factor(written) == number


@pytest.mark.parametrize(
    "written", ["", "x", "0.99", "-2", "nan", "1_0", 0, 0.5, -1, True, None, []]
)
def test_what_is_no_factor(written):
    with pytest.raises(ValueError, match="it must be a number, 1 or more"):
        parse.factor(written)


@pytest.mark.parametrize("written", [math.inf, math.nan, "1e400", 10**400])
def test_a_factor_is_finite(written):
    with pytest.raises(ValueError, match="must be finite"):
        parse.factor(written)


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        (True, "proportional"),
        (False, "none"),
        ("true", "proportional"),
        ("false", "none"),
        ("proportional", "proportional"),
        ("full", "full"),
        ("equal", "equal"),
        ("decorrelated", "decorrelated"),
        ("none", "none"),
    ],
)
def test_jitter_modes(written, mode):
    assert parse.jitter(written) == mode


def test_every_jitter_mode_can_be_written_and_no_other():
    from retryrun.core.backoff import MODES

    assert set(parse.JITTER.values()) == set(MODES)


@pytest.mark.parametrize("written", ["", "True", "on", "yes", 1, None, []])
def test_what_is_no_jitter_mode(written):
    with pytest.raises(ValueError, match="choose one of true, full, equal, decorrelated, none"):
        parse.jitter(written)


def test_a_misspelt_jitter_mode():
    with pytest.raises(ValueError, match=r"\(did you mean decorrelated\?\)"):
        parse.jitter("decorelated")


@pytest.mark.parametrize(
    ("written", "ranges"),
    [
        ("1,75,100-110", ((1, 1), (75, 75), (100, 110))),
        ("1-5,10", ((1, 5), (10, 10))),
        (" 1 , 2 - 3 ", ((1, 1), (2, 3))),
        ("0", ((0, 0),)),
        ("0-255", ((0, 255),)),
        ("7-7", ((7, 7),)),
        (75, ((75, 75),)),
        ([1, 2, "100-110"], ((1, 1), (2, 2), (100, 110))),
        ((9, 3), ((9, 9), (3, 3))),
    ],
)
def test_exit_codes(written, ranges):
    assert parse.exit_codes(written) == ranges


@pytest.mark.parametrize(
    "written",
    ["", ",", "1,", "1-", "-1", "-", "256", "1-256", "1--2", "x", "017", "1_0", "1.5", "1-2-3"]
    + ["9" * 5000, [], [256], [-1], [True], [1.5], [None], ["1,2"], True, None, 1.5, {}, 10**400],
)
def test_what_is_no_list_of_exit_codes(written):
    with pytest.raises(ValueError, match="exit codes are 0 to 255, written like 1,75,100-110"):
        parse.exit_codes(written)


def test_a_reversed_range_is_set_right():
    with pytest.raises(ValueError, match="the range 5-1 is reversed: 1-5"):
        parse.exit_codes("7,5-1")


@pytest.mark.parametrize("written", ["1,1", "1-5,3", "3,1-5", "1-5,5-9", [7, "7"]])
def test_an_exit_code_stands_in_a_list_once(written):
    with pytest.raises(ValueError, match="is there twice"):
        parse.exit_codes(written)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("network", ("network",)),
        ("network, timeout,uv.connect", ("network", "timeout", "uv.connect")),
        (["a", " b "], ("a", "b")),
        (("a",), ("a",)),
    ],
)
def test_words(written, found):
    assert parse.words(written) == found


@pytest.mark.parametrize(
    "written", ["", " ", "a,,b", "a,", [], [""], ["a", 1], [True], 1, None, {}]
)
def test_what_is_no_list_of_words(written):
    with pytest.raises(ValueError, match="it must be a list of words, none of them empty"):
        parse.words(written)


def test_switches():
    assert [parse.switch(text) for text in ("1", "true", "0", "false")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("written", ["", "yes", "on", "True", "2", " 1"])
def test_what_is_no_switch(written):
    with pytest.raises(ValueError, match="choose one of 1, 0, true, false"):
        parse.switch(written)


def test_a_choice():
    assert parse.choice("hold", ("stream", "hold")) == "hold"


@pytest.mark.parametrize("written", ["", "Hold", "xyz", None, 1, ["hold"]])
def test_what_is_not_to_be_chosen(written):
    with pytest.raises(ValueError, match="choose one of stream, hold"):
        parse.choice(written, ("stream", "hold"))


def test_a_choice_that_is_nearly_right():
    with pytest.raises(ValueError, match=r"choose one of stream, hold \(did you mean stream\?\)"):
        parse.choice("steam", iter(("stream", "hold")))


def test_the_nearest_known_word():
    known = ("max_retries", "max_delay", "base_delay")
    assert parse.nearest("max_retires", known) == "max_retries"
    assert parse.nearest("basedelay", known) == "base_delay"
    assert parse.nearest("colour", known) is None
    assert parse.nearest("x" * 10**6, known) is None


READERS = [
    parse.duration,
    parse.count,
    parse.factor,
    parse.jitter,
    parse.exit_codes,
    parse.words,
    parse.switch,
]
NUMERALS = st.text(alphabet="0123456789.eE+-dhms ,_naif")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(text=st.one_of(st.text(), NUMERALS))
def test_text_is_read_or_refused(reader, text):
    try:
        reader(text)
    except ValueError as error:
        assert str(error)


@given(text=NUMERALS)
def test_what_counts_as_a_duration_is_a_length_of_time(text):
    try:
        seconds = parse.duration(text)
    except ValueError:
        return
    assert seconds >= 0
    assert math.isfinite(seconds)


@given(st.integers(min_value=0, max_value=10**6), st.sampled_from(sorted(parse.UNITS)))
def test_a_number_with_a_unit_is_so_many_of_it(number, unit):
    assert parse.duration(f"{number}{unit}") == number * parse.UNITS[unit]


@given(st.sets(st.integers(min_value=0, max_value=255), min_size=1))
def test_exit_codes_come_back_as_they_were_written(codes):
    assert parse.exit_codes(",".join(map(str, codes))) == tuple((code, code) for code in codes)


def test_it_imports_nothing_that_is_slow():
    program = (
        "import sys; before = set(sys.modules); import retryrun.core.parse as p; p.duration('1s')"
    )
    program += "; print(sorted(name for name in set(sys.modules) - before if 'retryrun' not in name and name != '__future__'))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
