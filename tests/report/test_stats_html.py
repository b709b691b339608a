"""The figures as a page of HTML."""

import base64
import copy
import hashlib
import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from retryrun.core.text import seconds
from retryrun.report import stats, stats_html

VOID = {"meta", "link", "br", "hr", "img", "input"}
REFERENCES = {"href", "src", "srcset", "action", "formaction", "data", "poster", "background"}


def command(runs, first, recovered, fallback, failed, interrupted, retries, retrying):
    return {
        "runs": runs, "succeeded_first_try": first, "recovered": recovered,
        "fallback_succeeded": fallback, "failed": failed, "interrupted": interrupted,
        "fallback_used": fallback, "retries": retries, "time_spent_retrying_s": retrying,
    }  # fmt: skip


# Numbers that occur but once, so that a figure in the wrong place, or in none, is noticed.
USUAL = {
    "version": 1,
    "since": "2026-11-17T00:00:00Z",
    "until": "2026-11-24T15:07:00Z",
    **{"runs": 1234, "succeeded_first_try": 1093, "recovered": 81, "fallback_succeeded": 5},
    **{"failed": 44, "interrupted": 11, "fallback_used": 6, "retried_runs": 101, "retries": 160},
    "retry_success_rate": 0.8,
    "average_retries_per_run": 0.1297,
    "fallback_usage_rate": 0.0049,
    "breaker_state_changes": 58,
    "breakers": {"pypi": {"changes": 37, "opened": 13}, "hub": {"changes": 21, "opened": 8}},
    "time_total_s": 80000.0,
    "time_spent_retrying_s": 912.5,
    "reruns_saved": 86,
    "rerun_gap_s": 252.0,
    "time_saved_s": 21672.0,
    "by_command": {
        "uv sync": command(300, 251, 41, 2, 4, 2, 70, 400.2),
        "pytest": command(417, 390, 1, 0, 26, 0, 29, 301.0),
        "true": command(517, 517, 0, 0, 0, 0, 0, 0.0),
    },
    "by_category": {
        "network": {"failures": 97, "retries": 85, "helped": 63},
        "permanent": {"failures": 47, "retries": 12, "helped": 0},
        "unmatched": {"failures": 19, "retries": 0, "helped": 0},
    },
    "never_helped": [{"command": "pytest", "category": "permanent", "retries": 12}],
    "timeline": [
        {"start": "2026-11-17", "runs": 203, "recovered": 14, "failed": 3},
        {"start": "2026-11-18", "runs": 0, "recovered": 0, "failed": 0},
        {"start": "2026-11-19", "runs": 1031, "recovered": 67, "failed": 43},
    ],
}
HOSTILE = (
    "<script>alert(1)</script>",
    "\"' onmouseover='alert(1)",
    "</style><img src=x>",
    "&lt;b&gt; &amp;",
    "\u202egnp.exe\u2066",
    "a\nb\x1b[31m\0\ud800",
    "x" * 1_000_000,
    "שלום",
    "",
)


def made(**changes):
    return {**copy.deepcopy(USUAL), **changes}


def line(count, unit="day"):
    form = "2026-{:02}-{:02}" if unit == "day" else "2026-11-{:02} {:02}:00"
    places = (divmod(each, 28 if unit == "day" else 24) for each in range(count))
    starts = (
        form.format(*((a % 12 + 1, b + 1) if unit == "day" else (a + 1, b))) for a, b in places
    )
    return [
        {"start": start, "runs": 90 + each % 50, "recovered": each % 7, "failed": each % 3}
        for each, start in enumerate(starts)
    ]


def hostile():
    found = made(timeline=line(90))
    for name in HOSTILE:
        found["by_command"][name] = command(1234567, 1, 2, 3, 1234561, 0, 1234567, 1e7)
        found["by_category"][name] = {"failures": 1234567, "retries": 7654321, "helped": 5}
        found["breakers"][name] = {"changes": 12345678, "opened": 1234567}
        found["never_helped"].append({"command": name, "category": name, "retries": 1234567})
    return found


def one_run():
    groups = [("true", "succeeded", 490000, 1, 1, 0, 0, 0, 3.0, 0.0)]
    return stats.figures(groups, (), (), (), since=1763990000.0, until=1764000000.0)


def nothing(since=None):
    return stats.figures((), (), (), (), since=since, until=1764000000.0)


DOCUMENTS = {
    "usual": made(),
    "hostile": hostile(),
    "one run": one_run(),
    "nothing": nothing(),
    "nothing in this time": nothing(1763990000.0),
    "ninety days": made(timeline=line(90)),
    "hours": made(timeline=line(72, "hour")),
    "years": made(timeline=line(401)),
    "no runs in the timeline": made(
        timeline=[{"start": "2026-11-17", "runs": 0, "recovered": 0, "failed": 0}]
    ),
    "all lists are empty": made(
        by_command={}, by_category={}, breakers={}, never_helped=[], timeline=[]
    ),
}


class Page(HTMLParser):
    """The elements of a page, and its text as it is read."""

    def __init__(self, data):
        super().__init__()
        self.open, self.elements, self.texts = [], [], []
        self.feed(data.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"{tag} says something twice"
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.texts.append((self.open[-1], data))

    @property
    def text(self):
        return " ".join(" ".join(data for _, data in self.texts).split())

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def said(self, tag):
        return [data for where, data in self.texts if where == tag]


def shown(document, **options):
    return Page(stats_html.page(document, **options))


def plain(text):
    """Text as it is read, whatever elements it is made of."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


@pytest.fixture(params=DOCUMENTS, scope="module")
def data(request):
    return stats_html.page(DOCUMENTS[request.param])


# -- of every page


def test_names_within_the_page_are_there_and_unique(data):
    page = Page(data)  # which checks that elements are closed
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids
    for name in re.findall(r"url\((.*?)\)", data.decode()):
        assert name[0] == "#" and name[1:] in ids


def test_nothing_is_loaded_and_nothing_runs(data):
    page = Page(data)
    for tag, attributes in page.elements:
        assert tag not in ("script", "iframe", "object", "embed", "base", "form", "img", "image")
        for name, value in attributes.items():
            assert name != "style" and not name.startswith("on")
            assert name not in REFERENCES or value == "data:,"
    assert b"@import" not in data
    assert b"://" not in data


def test_the_policy_allows_but_the_one_style(data):
    (policy,) = [
        meta["content"]
        for meta in Page(data).all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = re.findall(r"<style>(.*?)</style>", data.decode(), re.DOTALL)
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts == {
        "default-src": "'none'",
        "style-src": f"'sha256-{known}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_it_is_made_for_everybody(data):
    page = Page(data)
    assert page.all("html") == [{"lang": "en"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all(
        "meta"
    )
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(head["scope"] in ("row", "col") for head in page.all("th"))
    for svg in page.all("svg"):
        assert svg.get("aria-hidden") == "true" or (svg["role"] == "img" and svg["aria-labelledby"])


def test_no_figure_is_missing_in_words_of_a_machine(data):
    assert not re.search(
        r"\b(nan|inf|none|null|None)\b", Page(data).text.replace("none retried", "")
    )


# -- figures


def numbers(value):
    """The whole numbers in a document, each as it should be read."""
    if isinstance(value, dict):
        value = [each for key, each in value.items() if key != "version"]
    if isinstance(value, list):
        return [number for each in value for number in numbers(each)]
    return [f"{value:,}"] if isinstance(value, int) else []


def test_every_count_of_the_document_is_on_the_page():
    document = made()
    del document["by_command"]["true"]  # is but counted, see below
    words = set(re.findall(r"\d[\d,]*\b", re.sub(r"\d+-\d+-\d+", "", shown(document).text)))
    wanted = numbers(document)
    assert len(wanted) > 45
    assert [each for each in wanted if each not in words] == []


def test_rates_and_times_are_written_for_people():
    text = shown(USUAL).text
    for what in ("80 %", "0.13", "0.5 %", "22h 13m", "15m 12s", "6h 1m", "6m 40s", "5m 1s"):
        assert what in text
    assert seconds(912.5) == "15m 12s"
    assert "1,234 runs, from 2026-11-17 00:00 to 2026-11-24 15:07 UTC" in text
    assert "81 of 101 runs with a retry recovered" in text
    assert "86 runs that nobody had to repeat, times 4m 12s, the median" in text


def test_what_never_helped_reads_as_a_sentence():
    assert "12 retries of pytest after permanent: 0 helped" in plain(
        stats_html.page(USUAL).decode()
    )


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (0.0001, "< 0.1 %"),
        (0.0049, "0.5 %"),
        (0.8, "80 %"),
        (0.5333, "53.3 %"),
        (0.9999, "> 99.9 %"),
        (1.0, "100 %"),
        (None, "no data yet"),
        (float("nan"), "no data yet"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share, said):
    page = shown(made(retry_success_rate=share))
    values = page.said("span") if said == "no data yet" else page.said("strong")
    assert values[0] == said


def test_figures_that_nobody_knows_yet():
    page = shown(one_run())
    assert page.said("span").count("no data yet") == 2  # the success rate, the time saved
    assert "no run was retried" in page.text
    assert "cannot be estimated yet" in page.text
    assert "1 command never needed a retry and never failed" in page.text
    assert "No attempt failed" in page.text
    assert "No circuit breaker changed its state" in page.text


def test_without_runs_it_says_what_to_do():
    text = shown(nothing()).text
    assert "No runs yet" in text
    assert "retryrun -- echo hello retryrun stats --html stats.html" in text
    assert "--since" not in text
    assert "No runs in this time" in shown(nothing(1763990000.0)).text
    assert "try a longer --since" in shown(nothing(1763990000.0)).text


def test_without_runs_breakers_that_changed_are_still_shown():
    events = [(1763999000.0, "pypi", "CLOSED", "OPEN")]
    page = shown(stats.figures((), (), events, (), since=None, until=1764000000.0))
    assert "pypi" in page.said("bdi")


# -- names


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_whatever_it_holds(name):
    document = made(
        by_command={name: command(9, 1, 8, 0, 0, 0, 8, 1.0)},
        by_category={name: {"failures": 3, "retries": 2, "helped": 1}},
        breakers={name: {"changes": 1, "opened": 1}},
        never_helped=[{"command": name, "category": name, "retries": 3}],
    )
    data = stats_html.page(document, title=name)
    page = Page(data)
    (first, *others) = page.said("bdi")
    assert len(others) == 4 and set(others) == {first}
    assert first in page.said("h1")[0]
    assert 0 < len(first) <= 120
    assert not set(first) & set("\u202e\u2066\x1b\0\ud800\n")
    if name.isprintable() and 0 < len(name) < 100:
        assert first == name
    assert len(data) < 30_000


def test_a_long_name_is_shortened_visibly():
    name = shown(made(breakers={"x" * 1_000_000: {"changes": 1, "opened": 1}})).said("bdi")[-1]
    assert name == "x" * 119 + "…"


def test_the_title_is_the_callers():
    assert shown(USUAL, title="A & B").said("h1") == ["A & B: what retries did"]
    assert shown(USUAL).said("title")[0].startswith("retryrun: ")


# -- tables


def test_commands_are_sorted_by_the_share_of_their_runs_with_trouble():
    document = made(
        by_command={
            "often run": command(1000, 900, 50, 0, 50, 0, 90, 1.0),
            "stopped": command(100, 50, 1, 0, 0, 49, 1, 1.0),
            "worst": command(2, 0, 1, 0, 1, 0, 1, 1.0),
            "fine": command(7, 5, 0, 0, 0, 2, 0, 0.0),
        },
        breakers={},
        by_category={},
        never_helped=[],
    )
    page = shown(document)
    assert page.said("bdi") == ["worst", "often run", "stopped"]
    assert [each for each in page.said("b") if "%" in each] == ["100 %", "10 %", "2 %"]


def test_the_commands_beyond_twenty_five_are_counted():
    names = [f"job {each:02}" for each in range(28)]
    one = command(10, 5, 5, 0, 0, 0, 5, 1.0)
    document = made(
        by_command=dict.fromkeys(names, one), breakers={}, by_category={}, never_helped=[]
    )
    page = shown(document)
    assert page.said("bdi") == names[:25]
    assert "Not listed: 3 more commands." in page.text


def test_long_lists_are_counted_too():
    many = range(30)
    document = made(
        breakers={f"b{each}": {"changes": 1, "opened": 0} for each in many},
        by_category={f"c{each}": {"failures": 1, "retries": 0, "helped": 0} for each in many},
        never_helped=[
            {"command": f"n{each}", "category": "network", "retries": 3} for each in many
        ],
    )
    text = shown(document).text
    for what in ("5 breakers", "5 categories", "5 such pairs"):
        assert f"Not listed: {what}." in text


# -- the chart


def rects(document, kind):
    return [
        {key: float(rect[key].rstrip("%")) for key in ("x", "y", "width", "height")}
        for rect in shown(document).all("rect")
        if rect.get("class") == kind and rect.get("y")
    ]


def test_each_bar_says_what_it_shows():
    titles = shown(USUAL).said("title")[1:]
    assert titles == [
        "2026-11-17: 203 runs: 186 first try, 14 recovered, 3 failed",
        "2026-11-18: no runs",
        "2026-11-19: 1,031 runs: 921 first try, 67 recovered, 43 failed",
    ]


@pytest.mark.parametrize("count", [1, 7, 8, 90, 120])
def test_there_is_a_bar_for_each_row_within_the_chart(count):
    document = made(timeline=line(count))
    slots = rects(document, "hit")
    assert len(slots) == count
    for kind in ("first", "again", "bad", "hit"):
        for rect in rects(document, kind):
            assert 0 <= rect["x"] and rect["x"] + rect["width"] <= 100.01
            assert 12 <= rect["y"] and rect["y"] + rect["height"] <= 182.11
            assert rect["width"] <= 12.5


def test_bars_are_as_high_as_their_numbers():
    document = made(
        timeline=[
            {"start": "2026-11-17", "runs": 100, "recovered": 20, "failed": 40},
            {"start": "2026-11-18", "runs": 50, "recovered": 10, "failed": 0},
        ]
    )
    first, again, bad = (rects(document, kind) for kind in ("first", "again", "bad"))
    unit = bad[0]["height"] / 40
    assert [each["height"] for each in again] == pytest.approx([20 * unit, 10 * unit], abs=0.1)
    assert [each["height"] for each in first] == pytest.approx([40 * unit, 40 * unit], abs=0.1)
    assert bad[0]["y"] + bad[0]["height"] == pytest.approx(182)
    assert again[0]["y"] + again[0]["height"] == pytest.approx(bad[0]["y"], abs=0.1)


def test_one_failure_among_thousands_is_seen():
    row = {"start": "2026-11-17", "runs": 9000, "recovered": 0, "failed": 1}
    assert rects(made(timeline=[row]), "bad")[0]["height"] >= 2


def test_a_low_bar_is_not_made_of_what_is_not_there():
    rows = [
        {"start": "2026-11-17", "runs": 1_000_000, "recovered": 0, "failed": 0},
        {"start": "2026-11-18", "runs": 1, "recovered": 0, "failed": 1},
        {"start": "2026-11-19", "runs": 1, "recovered": 0, "failed": 0},
    ]
    first, bad = (rects(made(timeline=rows), kind) for kind in ("first", "bad"))
    assert (len(first), len(bad)) == (2, 1)


def test_many_days_are_added_up_to_weeks():
    rows = line(401)
    document = made(timeline=rows)
    page = shown(document)
    titles = page.said("title")[1:]
    assert len(titles) == 58
    assert "Each bar stands for 7 days." in page.text
    runs = [int(re.search(r"([\d,]+) run", each)[1].replace(",", "")) for each in titles]
    assert sum(runs) == sum(row["runs"] for row in rows)
    assert titles[-1].startswith(f"{rows[-7]['start']}, 7 days: ")


def test_what_the_chart_leaves_out_or_adds_up_is_said():
    text = shown(made(timeline=USUAL["timeline"][:1])).text
    assert "Not shown: 1,031 earlier runs." in text
    assert "First tries include 5 runs saved by a fallback and 11 runs interrupted." in text


@pytest.mark.parametrize(("most", "step"), [(0, 1), (1, 1), (5, 1), (6, 2), (203, 50), (1031, 500)])
def test_the_lines_of_the_chart_stand_at_round_numbers(most, step):
    row = {"start": "2026-11-17", "runs": most, "recovered": 0, "failed": 0}
    labels = [text for text in shown(made(timeline=[row])).said("text") if text[0].isdigit()]
    marks = [int(text.replace(",", "")) for text in labels if text.replace(",", "").isdigit()]
    assert marks[:2] == [0, step]
    assert marks[-1] >= most


def test_dates_are_few():
    for rows in (line(90), line(72, "hour"), line(120), line(401)):
        page = shown(made(timeline=rows))
        labels = [a for tag, a in page.elements if tag == "text" and a.get("y") == "202"]
        assert 2 <= len(labels) <= 8


# -- in a browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Frames are as narrow as told, which windows are not; the page itself runs no script.
LOOK = """<!DOCTYPE html><meta name="color-scheme" content="light dark"><body><script>
const looks = LOOKS, found = [];
function light(color) {
  const part = color.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255)
    .map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
}
function contrast(element) {
  const style = getComputedStyle(element), svg = element.namespaceURI.endsWith("svg");
  const text = light(svg ? style.fill : style.color);
  let under = element;
  while (/, 0\\)$|transparent/.test(getComputedStyle(under).backgroundColor))
    under = under.parentElement;
  const ground = light(getComputedStyle(under).backgroundColor);
  return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
}
function look(document, at) {
  document.querySelectorAll("details").forEach(each => each.open = true);
  const root = document.documentElement;
  const written = [...document.body.querySelectorAll("*")].filter(each => each.tagName != "title"
    && [...each.childNodes].some(node => node.nodeType == 3 && node.data.trim()));
  found.push({...at, over: root.scrollWidth - root.clientWidth, texts: written.length,
    contrast: Math.min(...written.map(contrast)), padding: getComputedStyle(
      document.querySelector("header")).paddingLeft,
    dark: document.defaultView.matchMedia("(prefers-color-scheme: dark)").matches});
}
function next() {
  if (!looks.length) {
    const all = document.createElement("pre");
    all.textContent = JSON.stringify(found);
    document.body.append(all);
    return;
  }
  const {page, ...at} = looks.shift(), frame = document.createElement("iframe");
  if (at.name == "broken") console.error("from here on complaints are expected");
  frame.width = at.width; frame.height = 600;
  frame.onload = () => {
    if (at.name != "broken") look(frame.contentDocument, at);  // that one has no style
    next();
  };
  frame.srcdoc = page;
  document.body.append(frame);
}
next();
</script>"""


@pytest.fixture(scope="module")
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium is installed to look at the page with")
    return found


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_in_a_browser(browser, scheme, tmp_path):
    looks = [
        {"name": name, "width": width, "page": stats_html.page(DOCUMENTS[name]).decode()}
        for name in ("usual", "hostile", "hours", "nothing")
        for width in (360, 641, 1057, 1280)
    ]
    broken = looks[0]["page"].replace("<style>", "<style>p{}")
    looks.append({"name": "broken", "width": 360, "page": broken})
    place = tmp_path / "look.html"
    # The text of a script must not end it.
    place.write_text(LOOK.replace("LOOKS", json.dumps(looks).replace("<", "\\u003c")))
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            f"--user-data-dir={tmp_path / 'profile'}", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--blink-settings=preferredColorScheme={int(scheme == 'light')}",
            "--enable-logging=stderr", "--dump-dom", place.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    said = re.search(r"<pre>(.*?)</pre></body>", done.stdout, re.DOTALL)
    assert said, done.stderr[-2000:]
    found = json.loads(html.unescape(said[1]))
    assert len(found) == 16
    for each in found:
        assert each["dark"] == (scheme == "dark")
        assert each["padding"] != "0px", "the style is not in force"
        assert each["over"] == 0, each
        assert each["texts"] > 5 and each["contrast"] >= 4.5, each
    complaints = [each for each in done.stderr.splitlines() if "CONSOLE" in each]
    assert "from here on complaints are expected" in complaints[0]
    assert "Content Security Policy" in complaints[1]  # else we would not hear of any
