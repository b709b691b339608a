"""What is left of output before it is judged."""

from retryrun.core.classify.lines import KEPT, LONGEST, masked, plain, read


def test_colours_titles_and_controls_go():
    assert plain(b"\x1b[1;31merror\x1b[0m: \x1b]0;title\x07x\x00\x08y") == ["error: xy"]


def test_a_carriage_return_ends_a_line():
    assert plain(b"10%\r50%\rdone\r\nnext") == ["10%", "50%", "done", "next"]


def test_frames_are_taken_off_and_wrapped_text_is_joined():
    boxed = "╷\n│ Error: a\n│ \n│ no such\n│ host, no-\n│ where\n╵\nafter"
    assert plain(boxed.encode()) == ["", "Error: a", "", "no such host, no-where", "", "after"]


def test_trees_of_causes_are_lines():
    tree = "  × installing\n  ├─▶ Failed to resolve\n  │   the tree\n  ╰─▶ GET x: 404"
    assert plain(tree.encode()) == ["  × installing", "Failed to resolve the tree", "GET x: 404"]


def test_a_branch_inside_a_frame_begins_a_line():
    assert plain("│ a\n│ ├ b".encode())[0] == "a"


def test_stamps_of_builders_go():
    assert plain(b"#8 12.5 E: x\n2024-01-01T00:00:00.123Z y\nremote: z") == ["E: x", "y", "z"]


def test_only_the_end_is_read():
    lines = plain(b"first\n" + b"x" * 99 + b"\n" * 1 + b"abc\n" * (KEPT // 4))
    assert "first" not in lines
    assert lines[-2] == "abc"
    assert len(plain(b"a" * (KEPT + 10))[0]) <= LONGEST + 3


def test_a_long_line_keeps_both_ends():
    (line,) = plain(b"head " + b"x" * 9000 + b" tail")
    assert line.startswith("head ")
    assert line.endswith(" tail")
    assert len(line) <= LONGEST + 3


def test_a_character_cut_in_two_does_no_harm():
    assert plain("é".encode()[1:] + b" ok")[0].endswith(" ok")


def test_stderr_stands_last():
    assert [(line.text, line.stream, line.number) for line in read(b"a", b"b")] == [
        ("a", "stdout", 0), ("b", "stderr", 1),
    ]  # fmt: skip


def test_names_are_no_words():
    assert masked("GET https://x.org/503/timeout failed") == "GET https://… failed"
    assert "timeout" not in masked("cannot open /var/timeout/503.log")
    assert masked("no rule 'connection_timeout' here") == "no rule '…' here"
    assert masked("cannot resolve 'deb.example.com'") == "cannot resolve 'host.name'"
    assert masked("code: 'ECONNRESET'") == "code: 'ECONNRESET'"
    assert masked('{"status": 503}') == '{"status": 503}'
