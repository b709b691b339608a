"""For each key of each place: values as they are written, what they become, and what is refused.

A key of the schema without a row here fails a test. `{}` in a frame is where the entry goes.
"""

FRAMES = {
    "top": "{}",
    "policy": "policies: {p: {%s}, other: {}}\nbreakers: {pypi: {}}",
    "special": "policies: {p: {per_category: {timeout: {%s}}}}",
    "command": "commands: [{command: x, %s}]\npolicies: {p: {}}\nbreakers: {pypi: {}}",
    "task": "tasks: {t: {run: x, %s}, other: {run: y}}\npolicies: {p: {}}\nbreakers: {pypi: {}}",
    "rule": "rules: [{id: r, category: network, %s}]",
    "breaker": "breakers: {b: {%s}}",
    "state": "state: {%s}",
    "budget": "policies: {p: {budget: {share: 0.1, %s}}}",
}
# Keys that a frame has already: it is left out of the frame when the key itself is tried.
OWN = {"command": "command: x, ", "run": "run: x, ", "steps": "run: x, ", "id": "id: r, "}
OWN |= {"category": "category: network, ", "share": "share: 0.1, "}

WORDS = [("[a, b]", ["a", "b"]), ("[]", [])]
TEXT = [("some text", "some text"), ("'5'", "5")]
NO_TEXT = ["5", "true", "null", "''", "[a]", "{a: b}"]
COUNT = [("0", 0), ("3", 3), ("1000000000", 10**9)]
NO_COUNT = [
    "'3'",
    "[3]",
    "3.5",
    "true",
    "null",
    "-1",
    ".nan",
    ".inf",
    "-.inf",
    "1e400",
    "010",
    "1_0",
]
NO_COUNT += ["1" + "0" * 400, "9" * 10_000, "1000000001", "{a: 1}", "1:30", "0x10", "three"]
DURATION = [
    ("1s", 1.0),
    ("1h30m", 5400.0),
    ("0.5", 0.5),
    ("0", 0.0),
    ("'2'", 2.0),
    ("7d", 604800.0),
]
NO_DURATION = ["5x", "-1", "-1s", ".nan", ".inf", "-.inf", "1e400", "1" + "0" * 400, "9" * 10_000]
NO_DURATION += ["true", "null", "''", "[1s]", "1:30", "1_0s", "{s: 1}"]
ARGV = [("[/bin/sh, -ec]", ["/bin/sh", "-ec"]), ("[sh]", ["sh"])]
NO_ARGV = ["sh", "[]", "['']", "[sh, 5]", "[sh, [x]]", "null", "{a: b}", "[null]"]
COMMAND = [("make it", "make it"), ("[make, 'it ', '']", ["make", "it ", ""])]
NO_COMMAND = ["''", "' '", "[]", "['', x]", "5", "true", "null", "{a: b}", "[sleep, 5]", "[[a]]"]
COMMANDS = [
    ("one", ["one"]),
    ("[one two, three]", ["one two", "three"]),
    ("[[one, two], three]", [["one", "two"], "three"]),
    ("[]", []),
]
NO_COMMANDS = ["''", "5", "null", "[5]", "[[]]", "[[[a]]]", "{a: b}", "[uv, --offline]", "[true]"]
LABELS = [
    ("[network, timeout, unmatched, any]", ["network", "timeout", "unmatched", "any"]),
    ("'rate_limit, known.rule'", ["rate_limit", "known.rule"]),
    ("transient", ["transient"]),
    ("[]", []),
]
NO_LABELS = [
    "[netwrk]",
    "unknown.rule",
    "[network, 5]",
    "5",
    "null",
    "''",
    "'a,,b'",
    "{a: b}",
    "['']",
]
CODES = [
    ("1", [[1, 1]]),
    ("'1,75,100-110'", [[1, 1], [75, 75], [100, 110]]),
    ("[0, 255, '100-110']", [[0, 0], [255, 255], [100, 110]]),
]
NO_CODES = [
    "256",
    "-1",
    "[256]",
    "[-1]",
    "017",
    "[017]",
    "'1-'",
    "[5-1]",
    "[1, 1]",
    "1_0",
    "12:30:45",
]
NO_CODES += ["true", "null", "1.5", "[1.5]", "['1,2']", "{a: b}", "''", "[null]", "[[1]]"]
FACTOR = [("1", 1.0), ("2.0", 2.0), ("1.5", 1.5)]
NO_FACTOR = ["0.5", "0", "-2", ".nan", ".inf", "1e400", "'2'", "true", "null", "[2]"]
JITTER = [
    ("true", "proportional"),
    ("false", "none"),
    ("proportional", "proportional"),
    ("full", "full"),
    ("equal", "equal"),
    ("decorrelated", "decorrelated"),
    ("none", "none"),
]
NO_JITTER = ["on", "yes", "off", "no", "ful", "1", "null", "[full]", "''"]
SHARE = [("0.2", 0.2), ("1", 1.0)]
NO_SHARE = ["0", "1.1", "-0.1", ".nan", ".inf", "'0.2'", "20%", "null", "true", "[1]"]
POSITIVE = [("1", 1), ("5", 5)]
NO_POSITIVE = ["0", "-1", "1.5", "'5'", "null", "true"]
PATTERN = [
    ("warming up", "warming up"),
    (r"'^E\d{3}: (a|b)+$'", r"^E\d{3}: (a|b)+$"),
    ("null", None),
]
NO_PATTERN = ["'('", "''", "5", "[a]", "'a(?=b)'", "'(?<!a)b'", r"'(a)\1'", "'(?P<a>b)(?P=a)'"]
NO_PATTERN += ["'(a)(?(1)b)'", "'a{20000}'", "'((a{99}){99}){99}'", "'*a'", "'[z-a]'", r"'\q'"]
NEVER = [("never", "never")]
NO_NEVER = ["always", "Never", "false", "no", "null", "0"]


def choices(*words):
    return [(word, word) for word in words], [
        words[0].upper(),
        words[0][:-1],
        "5",
        "null",
        "''",
        "[a]",
    ]


BACK_OFF = {
    "max_retries": (COUNT, NO_COUNT),
    "base_delay": (DURATION, NO_DURATION),
    "max_delay": (DURATION, NO_DURATION),
    "exponential_base": (FACTOR, NO_FACTOR),
    "jitter": (JITTER, NO_JITTER),
    "before_retry": (COMMANDS, NO_COMMANDS),
}
POLICY = {
    **BACK_OFF,
    "timeout": (DURATION, NO_DURATION),
    "idle_timeout": (DURATION, NO_DURATION),
    "deadline": (DURATION, NO_DURATION),
    "kill_after": (DURATION, NO_DURATION),
    "retry_on": (LABELS, NO_LABELS),
    "never_retry_on": (LABELS, NO_LABELS),
    "fallback_on": (LABELS, NO_LABELS),
    "retry_on_exit_code": ([*CODES, ("[]", [])], NO_CODES),
    "per_category": (
        [
            (
                "{rate_limit: {max_retries: 6, jitter: full}}",
                {"rate_limit": {"max_retries": 6, "jitter": "full"}},
            ),
            ("{}", {}),
        ],
        [
            "{ratelimit: {}}",
            "{unmatched: {}}",
            "{network: {timeout: 1s}}",
            "{network: 3}",
            "[a]",
            "null",
        ],
    ),
    "fallback": (COMMANDS, NO_COMMANDS),
    "retry_command": (COMMAND, NO_COMMAND),
    "breaker": ([("pypi", "pypi")], ["pipy", "5", "null", "''", "[pypi]"]),
    "budget": (
        [
            ("0.2", {"share": 0.2, "reserve": None}),
            ("{share: 0.1, reserve: 5}", {"share": 0.1, "reserve": 5}),
        ],
        ["0", "2", "'0.2'", "{reserve: 5}", "{share: 2}", "{shares: 0.1}", "null", "[0.1]"],
    ),
    "stdin": choices("inherit", "replay", "none"),
    "stdout": choices("stream", "hold"),
    "flaky": choices("pass", "warn", "fail"),
}
# The same keys in other places: one of each will do.
SHORT_POLICY = {key: (right[:1], wrong[:1]) for key, (right, wrong) in POLICY.items()}
SHORT_BACK_OFF = {key: SHORT_POLICY[key] for key in BACK_OFF}
OVERRIDE = {
    "policy": (
        [("p", "p"), ("quick", "quick"), ("default", "default")],
        ["quik", "5", "null", "[p]"],
    ),
    "retry": (NEVER, NO_NEVER),
    "reason": (TEXT, NO_TEXT),
}
GLOB = [("uv sync *", "uv sync *"), ("'*'", "*")]

SAMPLES = {
    "top": {
        "version": ([("1", None)], ["2", "0", "'1'", "1.0", "true", "null", "[1]"]),
        "required_version": (
            [("'>=0.0.1'", None), ("'>=0, <1000'", None), ("'!=7.7'", None)],
            ["'>=1000'", "'1.0'", "1.0", "'>='", "''", "'>=1,'", "'~1.0'", "null", "'>=1.0rc1'"],
        ),
        "shell": (ARGV, NO_ARGV),
        "policies": (
            [("{a: {}, default: {max_retries: 1}}", {"a": {}, "default": {"max_retries": 1}}), ("{}", {})],
            ["[a]", "null", "a", "{a: 5}", "{a: null}", "{a: {b: 1}}", "{-a: {}}", "{'': {}}", '{"a\\u0007": {}}'],
        ),
        "rules": ([("[]", [])], ["{}", "null", "a", "[a]", "[{}]", "[{id: a}]", "[{category: network}]"]),
        "disable_rules": ([("[known.rule]", ["known.rule"]), ("[]", [])], ["[known.rul]", "known.rule", "[5]", "null", "{}"]),
        "exit_codes": (
            [
                ("{network: 75, timeout: 0, unmatched: 255, circuit_open: 3}",
                 {"network": 75, "timeout": 0, "unmatched": 255, "circuit_open": 3}),
            ],
            ["{netwrk: 75}", "{any: 1}", "{network: 256}", "{network: -1}", "{network: '75'}", "{network: true}", "[75]", "null"],
        ),
        "breakers": ([("{pypi: {}}", {"pypi": {}})], ["[pypi]", "null", "{pypi: null}", "{pypi: {treshold: 1}}"]),
        "commands": ([("[]", [])], ["{}", "null", "[x]", "[{policy: default}]", "[{command: x, run: y}]"]),
        "tasks": ([("{}", {})], ["[]", "null", "{a: b}", "{a: {}}", "{a: {run: b, command: c}}", "{-a: {run: b}}"]),
        "state": ([("{}", {})], ["off", "null", "[]", "{history: 3}"]),
        "report": (TEXT, NO_TEXT),
        "ci": choices("auto", "github", "gitlab", "none"),
    },
    "policy": POLICY,
    "special": SHORT_BACK_OFF,
    "command": {"command": (GLOB, NO_TEXT), **OVERRIDE, **SHORT_POLICY},
    "task": {
        "help": (TEXT, NO_TEXT),
        "run": (COMMAND, NO_COMMAND),
        "steps": ([("[other]", ["other"]), ("[other, other]", ["other", "other"])], ["[]", "other", "[nobody]", "[t]", "[5]", "null"]),
        "keep_going": ([("true", True), ("false", False)], ["yes", "1", "'true'", "null", "[true]"]),
        "shell": (ARGV, NO_ARGV),
        "env": (
            [
                ("{A: 1.50, B: true, C: 010, D: 'x y', E: 1e400, F: , G: -0}",
                 {"A": "1.50", "B": "true", "C": "010", "D": "x y", "E": "1e400", "F": "", "G": "-0"}),
                ("{}", {}),
            ],
            ["[A]", "null", "{A: [1]}", "{A: {b: 1}}", "{'': 1}", "{'A=B': 1}", '{A: "\\0"}'],
        ),
        "cwd": (TEXT, NO_TEXT),
        **OVERRIDE,
        **SHORT_POLICY,
    },
    "rule": {
        "id": ([("a.b-c_1", "a.b-c_1")], ["'a b'", "'a,b'", "network", "any", "5", "null", "''", "-a", "é", "[a]"]),
        "category": choices("network", "rate_limit", "resource", "transient", "permanent"),
        "severity": ([("low", "low"), ("critical", "critical"), ("null", "medium")], ["lo", "5", "''", "[low]"]),
        "command": ([*GLOB, ("null", None)], ["5", "''", "[a]", "true"]),
        "exit_code": ([*CODES, ("null", None)], [*(code for code in NO_CODES if code != "null"), "[]"]),
        "stderr": (PATTERN, NO_PATTERN),
        "stdout": (PATTERN, NO_PATTERN),
        "output": (PATTERN, NO_PATTERN),
        "retry_after": (
            [
                (r"'in (?P<seconds>\d+) s'", r"in (?P<seconds>\d+) s"),
                (r"'(?P<minutes>\d+)m'", r"(?P<minutes>\d+)m"),
                ("'until (?P<date>.*)'", "until (?P<date>.*)"),
                ("null", None),
            ],
            [*NO_PATTERN, "'in 5 s'", r"'(?P<secs>\d+)'"],
        ),
    },
    "breaker": {
        "failure_threshold": (POSITIVE, NO_POSITIVE),
        "recovery_timeout": (DURATION, NO_DURATION),
        "failure_rate": (SHARE, NO_SHARE),
        "window": (DURATION, NO_DURATION),
        "min_calls": (POSITIVE, NO_POSITIVE),
        "max_recovery_timeout": (DURATION, NO_DURATION),
    },
    "state": {"history_days": (COUNT, NO_COUNT), "history_max_mb": (COUNT, NO_COUNT)},
    "budget": {"share": (SHARE, NO_SHARE), "reserve": (COUNT, NO_COUNT)},
}  # fmt: skip


def text(place, key, value):
    """Write a file in which `key` has this value."""
    entry = f"{key}: {value}"
    if place == "top":
        return entry
    return FRAMES[place].replace(OWN.get(key, "\0"), "") % entry


def rows(good):
    """Return (place, key, value) and, for good ones, what it becomes."""
    for place, keys in SAMPLES.items():
        for key, (right, wrong) in keys.items():
            if good:
                yield from ((place, key, value, meant) for value, meant in right)
            else:
                yield from ((place, key, value) for value in wrong)
