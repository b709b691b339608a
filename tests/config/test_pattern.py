"""Patterns that people write: `re` syntax, bounded, meaning the same to the engine that runs them."""

import re
import warnings

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from retryrun.config import pattern


@pytest.mark.parametrize(
    "text",
    [
        "warming up",
        "(?i:" * 50 + "a" + "|b)*?" * 50,
        "(" * 10 + "a" + ")+" * 10,
        r"^E\d{3,5}: .*$",
        "(?i)timed? out",
        "(?P<name>a|b)+?",
        "(?:a|b){2,}c{,3}",
        "[^]\\]a-z]+",
        "(a+)+$",  # slow, but matching has a clock
        "^(.*a){20}$",
        "(?>ab)++c*+",
        r"\x41\u00e9\N{DIGIT ONE}\012\123[\1]\0",
        "a(?#look-ahead is written (?=x)",
        "(?x) a # (?=this) is a comment ( \n b",
        "(?s-i:a)(?x: b )",
        '{"error": 5}',
        "a{b}c{1,2",
        "[(?=a)]",
    ],
)
def test_what_is_accepted(text):
    assert pattern.check(text) > 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty pattern fits every line"),
        ("x" * 2001, "longer than 2000 characters"),
        ("a(?=b)", r"look-ahead \(\?=\.\.\.\) is not accepted \(at character 2 of the pattern\)"),
        ("a(?!b)", "look-ahead"),
        ("ab(?<=b)", "look-behind .* character 3 "),
        ("(?<!b)a", "look-behind .* character 1 "),
        (r"(a)\1", "a back-reference .* character 4 "),
        (r"(a)\12", "a back-reference"),
        (r"(a)\9", "a back-reference"),
        ("(?P<n>a)(?P=n)", r"a back-reference \(\?P="),
        ("(a)(?(1)b|c)", "a conditional group"),
        ("#(?=a)", "look-ahead"),
        ("(", "missing \\), unterminated subpattern .* character 1 "),
        ("a)", "unbalanced parenthesis .* character 2 "),
        ("[a", "unterminated character set"),
        ("*a", "nothing to repeat"),
        ("a**", "multiple repeat"),
        ("[z-a]", "bad character range"),
        (r"\q", "bad escape"),
        ("\\", "bad escape"),
        ("(?#open", "missing \\)"),
        ("(?<n>a)", "unknown extension"),
        (r"\p{L}", "bad escape"),
        ("a{99999999999}", "more than 10000 steps"),
        ("(a{101}){100}", "more than 10000 steps"),
        ("((a{99}){99}){99}", "more than 10000 steps"),
        ("(?:a{200}|b){60}", "more than 10000 steps"),
        ("(" * 20 + "a" + ")+" * 20, "more than 10000 steps"),
        ("(?:" * 9 + "a" + "){2}?" * 9, "more than 10000 steps"),
        ("a{2,20000}", "more than 10000 steps"),
        ("(?:" * 150 + "a" + ")" * 150, "nested more than 50 deep"),
        ("(a{1000}" * 20, "more than 10000 steps"),
        ("x{e<=1}", "write \\\\{ for a brace .* character 2 "),
        ("x{d}", "write \\\\{ for a brace"),
        ("[[:alpha:]]", r"write \[A-Za-z\] .* character 2 "),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        pattern.check(text)


def test_a_warning_of_the_compiler_is_not_the_users_business():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pattern.check("[[a]") > 0


@pytest.mark.parametrize("group", ["seconds", "minutes", "date"])
def test_a_pattern_for_a_wait_names_its_unit(group):
    assert pattern.check_wait(f"in (?P<{group}>.*)") > 0


@pytest.mark.parametrize("text", ["in 5 s", "(?P<secs>x)", r"(\d+)"])
def test_a_pattern_for_a_wait_without_a_unit(text):
    with pytest.raises(ValueError, match="it needs a group"):
        pattern.check_wait(text)


PIECES = st.sampled_from(
    r"""a b . * + ? ( ) (?: (?P<n> (?i) (?x) (?s-i: [ ] [^ - \d \w \b \Z \1 \x41 \012 { } {2} {1,3} {,2} {2,}
    {500} | ^ $ # (?#c) (?= (?! (?<= (?> (?P=n) (?(1)a|b) é ß {e} {e<=1} {id} {d:x} [[:alpha:]] [a--b] && \ , 1
    *+ ?+ \0 [\1] []a] (?a) (?L) (?m) x{3}{4} \p{L} \R \K \X \L<a> (*FAIL) (?| (?R) (?1) (?&n) (?e) (?V1)""".split()
)


@settings(max_examples=400)
@given(
    st.lists(PIECES, max_size=8).map("".join),
    st.sampled_from(["aaab", "ab1 e{id} é ß#", "[:alpha:]a--b&& 1", "SSß"]),
)
def test_what_is_accepted_means_the_same_to_both_engines(text, line):
    try:
        pattern.check(text)
    except ValueError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ours, theirs = (
            re.compile(text).search(line),
            regex.compile(text, regex.V0).search(line, timeout=5),
        )
    assert (ours and ours.span()) == (theirs and theirs.span())


@given(st.text())
def test_any_text_is_a_pattern_or_a_complaint(text):
    try:
        pattern.check(text)
    except ValueError as error:
        assert str(error)
