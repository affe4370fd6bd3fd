#!/usr/bin/env python3
"""The prompt: through a pseudo-terminal as a person meets it, and through pipes.

tests/cli/prompt_test.py build/release/bin/tercet [-v]
"""

import fcntl
import json
import os
import pty
import re
import resource
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata

from cli_testing import ENGLISH, NO_WEIGHTS, SECONDS, CliTest, sentences, start_main

ESCAPES = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])")
CTRL = {letter: chr(ord(letter) & 0x1F) for letter in "CDNPUVW"}
BACKSPACE, ENTER, LEFT = "\x7f", "\r", "\x1b[D"


class Screen:
    """As much of a terminal as the prompt uses: text, line ends, caret moves, clearing."""

    def __init__(self, columns):
        self.columns = columns
        self.rows = [""]
        self.row = self.column = 0

    def feed(self, text):
        while text:
            escape = ESCAPES.match(text)
            if escape:
                self.escape(*escape.groups())
                text = text[escape.end() :]
            else:
                self.put(text[0])
                text = text[1:]

    def escape(self, parameter, final):
        if final == "A":
            self.row = max(0, self.row - int(parameter))
        elif final == "C":
            self.column += int(parameter)
        elif final == "J":
            self.rows = self.rows[: self.row + 1]
            self.rows[self.row] = self.rows[self.row][: self.column]

    def put(self, c):
        if c == "\r":
            self.column = 0
        elif c == "\n":
            self.row += 1
            while len(self.rows) <= self.row:
                self.rows.append("")
        else:
            self.rows[self.row] = self.rows[self.row].ljust(self.column)[: self.column] + c
            self.column += 1

    def width(self):
        def columns(c):
            return 2 if unicodedata.east_asian_width(c) in "WF" else 1

        return max(sum(map(columns, row)) for row in self.rows)


class Person:
    """Starts the prompt in a terminal of its own, types, and looks at the screen."""

    def __init__(self, binary, arguments, columns=80, rows=24, before=None, **environment):
        self.master, self.slave = pty.openpty()
        self.resize(columns, rows)
        self.mode = termios.tcgetattr(self.slave)
        self.screen = Screen(columns)
        self.received = ""
        self.process = subprocess.Popen(
            [binary, "prompt", *arguments],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env={**os.environ, "TERM": "xterm", "LC_ALL": "C", **environment},
            start_new_session=True,
            preexec_fn=before,
        )

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """What comes within this time, as soon as something comes."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        text = os.read(self.master, 65536).decode()
        self.received += text
        self.screen.feed(text)
        return True

    def wait_for(self, *patterns):
        """Until the lines (rows that begin with the mark) match these patterns, one each."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            lines = [row[2:] for row in self.screen.rows if row.startswith("> ")]
            drawn = self.received.endswith("\x1b[?25h")  # Showing the caret ends a drawing.
            if drawn and len(lines) == len(patterns) and all(map(re.fullmatch, patterns, lines)):
                return
            self.read(0.2)
        raise AssertionError(f"no lines like {patterns!r}: {self.screen.rows}")

    def type(self, text):
        os.write(self.master, text.encode())

    def wait(self):
        """Reads on until the process ends; returns its exit status."""
        deadline = time.monotonic() + SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(0.05)
        while self.read(0.05):
            pass
        return self.process.wait(1)


class PromptTest(CliTest):
    def person(self, *arguments, **options):
        """Who learns under this test's directory, if at all."""
        options.setdefault("XDG_DATA_HOME", str(self.folder / "data"))
        person = Person(self.binary, [str(argument) for argument in arguments], **options)
        self.addCleanup(person.close)
        person.wait_for("")
        return person

    def choices(self, person):
        rows = person.screen.rows
        found = (re.fullmatch(r" (\d) (\S+) +[\d.]+ bits", row) for row in rows)
        return [match.group(2) for match in found if match]

    def phrase(self, person):
        rows = person.screen.rows
        found = [re.fullmatch(r"\^P (.+?) +[\d.]+ bits", row) for row in rows]
        return next((match.group(1) for match in found if match), None)


class Prompt(PromptTest):
    def person(self, *models, **options):
        return super().person("--incognito", *models, **options)

    def assert_restored(self, person):
        self.assertEqual(person.mode, termios.tcgetattr(person.slave))
        self.assertTrue(person.received.rstrip().endswith("\x1b[?2004l"), person.received[-50:])

    def test_typing_shows_choices_with_surprise(self):
        person = self.person(self.english)
        self.assertIn("µs", person.screen.rows[-1])
        person.type("They want ")
        person.wait_for("They want ")
        self.assertEqual("to", self.choices(person)[0])
        self.assertEqual(12, person.screen.column)

    def test_digits_pick(self):
        person = self.person(self.english)
        person.type("I want to re")
        person.wait_for("I want to re")
        self.assertEqual("read", self.choices(person)[0])
        person.type("1")
        person.wait_for("I want to read ")
        person.type(",")
        person.wait_for("I want to read, ")
        person.type("tom\t")
        person.wait_for("I want to read, tomorrow ")

    def test_a_pick_behind_a_sign_gets_its_space(self):
        person = self.person(self.english)
        person.type("I think.")
        person.wait_for("I think.")
        first = self.choices(person)[0]
        person.type("1")
        person.wait_for(f"I think. {first} ")

    def test_literal_digits_and_paste(self):
        person = self.person(self.english)
        person.type(CTRL["V"] + "2026 ")
        person.wait_for("2026 ")
        person.type("\x1b[200~1 2\n3\x1b[201~")
        person.wait_for("2026 1 2 3")

    def test_editing_is_by_characters(self):
        person = self.person(self.russian)
        person.type("Я ёж字" + BACKSPACE * 2)
        person.wait_for("Я ё")
        person.type(LEFT + "х")
        person.wait_for("Я хё")
        self.assertEqual(5, person.screen.column)
        person.type(CTRL["W"])
        person.wait_for("Я ё")
        person.type(CTRL["U"])
        person.wait_for("")

    def test_enter_keeps_the_line_and_starts_another(self):
        person = self.person(self.english)
        person.type("hello" + ENTER)
        person.wait_for("hello", "")
        person.type("again" + ENTER)
        person.wait_for("hello", "again", "")
        person.type(CTRL["D"])
        self.assertEqual(0, person.wait())

    def test_quitting_restores_the_terminal(self):
        for key in (CTRL["D"], CTRL["C"]):
            person = self.person(self.english)
            self.assertNotEqual(person.mode, termios.tcgetattr(person.slave))
            person.type("a word" + key)
            self.assertEqual(0, person.wait())
            self.assert_restored(person)
            self.assertEqual("> a word", person.screen.rows[0])

    def test_signals_restore_the_terminal(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            person = self.person(self.english)
            person.process.send_signal(number)
            self.assertEqual(128 + number, person.wait())
            self.assert_restored(person)

    def test_languages_mix(self):
        person = self.person(self.english, self.russian)
        person.type("Я хочу ")
        person.wait_for("Я хочу ")
        self.assertEqual("читать", self.choices(person)[0])
        person.type("w")
        person.wait_for("Я хочу w")
        self.assertEqual("want", self.choices(person)[0])

    def test_a_phrase_is_taken_whole_or_word_by_word(self):
        person = self.person(self.english)
        person.type("They wo")
        person.wait_for("They wo")
        self.assertEqual("would like to", self.phrase(person))
        person.type(CTRL["N"])
        person.wait_for("They would ")
        person.type(BACKSPACE * 6 + "d")
        person.wait_for("They d")
        person.type(CTRL["W"] + "wo" + CTRL["P"])
        person.wait_for("They would like to ")
        person.type(CTRL["U"] + "xyz" + CTRL["P"] + CTRL["N"])
        person.wait_for("xyz")

    def test_initials_stand_for_a_phrase(self):
        person = self.person(self.english)
        person.type("They wlt")
        person.wait_for("They wlt")
        self.assertEqual("would like to", self.phrase(person))
        person.type(CTRL["P"])
        person.wait_for("They would like to ")

    def test_any_size(self):
        for columns, rows in ((8, 4), (20, 5), (200, 50)):
            person = self.person(self.english, columns=columns, rows=rows)
            if columns == 200:
                person.type("字" * 150)
                person.wait_for(".*字")
            self.assertLess(person.screen.width(), columns)
            person.type(CTRL["D"])
            self.assertEqual(0, person.wait())

    def test_resizing_redraws(self):
        person = self.person(self.english)
        person.type("They want ")
        person.wait_for("They want ")
        before = len(person.received)
        person.resize(60, 20)
        person.process.send_signal(signal.SIGWINCH)  # As the kernel does for its session.
        deadline = time.monotonic() + SECONDS
        while len(person.received) == before and time.monotonic() < deadline:
            person.read(0.1)
        person.type("t")
        person.wait_for("They want t")
        self.assertLess(person.screen.width(), 60)

    def test_rubbish_is_survived(self):
        person = self.person(self.english)
        person.type("\x1b[99;99~\x1bOP\x1b[A\x00\x1a\x1c")
        os.write(person.master, b"\xff\xfe\xc3(")
        person.type(CTRL["U"] + "ok")
        person.wait_for("ok")


class Learning(PromptTest):
    def ledger(self, store="data/tercet/person.db"):
        rows = json.loads(self.succeed("ledger", store, "list", "--json"))
        return {row["text"]: row["count"] for row in rows}

    def leave(self, person):
        person.type(CTRL["D"])
        self.assertEqual(0, person.wait())

    def test_what_is_written_twice_is_offered_another_day(self):
        person = self.person(self.english)
        first = person.screen.rows[0]
        self.assertIn("data/tercet/person.db", first)
        self.assertIn("tercet ledger", first)
        person.type("They see Gandalf" + ENTER)
        person.wait_for("They see Gandalf", "")
        self.leave(person)
        self.assertEqual({"they": 1, "see": 1, "gandalf": 1}, self.ledger())
        person = self.person(self.english)
        person.type("They see Ga")
        person.wait_for("They see Ga")
        self.assertNotIn("Gandalf", self.choices(person))
        person.type("ndalf" + ENTER)
        person.wait_for("They see Gandalf", "")
        self.leave(person)
        person = self.person(self.english)
        person.type("They see Ga")
        person.wait_for("They see Ga")
        self.assertEqual("Gandalf", self.choices(person)[0])
        self.leave(person)
        self.succeed("ledger", "data/tercet/person.db", "forget", "gandalf")
        person = self.person(self.english)
        person.type("They see Ga")
        person.wait_for("They see Ga")
        self.assertNotIn("Gandalf", self.choices(person))

    def test_only_what_stays_is_learnt(self):
        person = self.person(self.english, "--store", self.folder / "my.store")
        person.type("I wrote teh" + BACKSPACE * 2 + "he letter.")
        person.wait_for("I wrote the letter.")
        person.type("\x1b[200~ A long secret was pasted here \x1b[201~again" + ENTER)
        person.wait_for("I wrote the letter. A long secret was pasted here again", "")
        self.leave(person)
        self.assertEqual(["my.store"], self.files())
        expected = {word: 1 for word in ("i", "wrote", "the", "letter", ".", "again")}
        self.assertEqual(expected, self.ledger("my.store"))

    def test_incognito_leaves_no_file(self):
        person = self.person(self.english, "--incognito")
        person.type("Gandalf saw Gandalf" + ENTER + "Gan")
        person.wait_for("Gandalf saw Gandalf", "Gan")
        self.assertEqual("Gandalf", self.choices(person)[0])
        self.leave(person)
        self.assertEqual([], self.files())

    def test_weights(self):
        weights = self.write("nothing.weights", NO_WEIGHTS)
        for arguments, offered in (((), True), (("--weights", weights), False)):
            person = self.person(self.english, "--incognito", *arguments)
            person.type("Gandalf saw Gandalf" + ENTER + "Gan")
            person.wait_for("Gandalf saw Gandalf", "Gan")
            self.assertEqual(offered, any("1 Gandalf" in row for row in person.screen.rows))
            self.leave(person)

    def test_suggestions_go_on_without_a_store(self):
        person = self.person(self.english, "--store", "/proc/my.store")
        self.assertIn("tercet: /proc/my.store: ", person.screen.rows[0])
        self.assertIn("nothing is learnt", person.screen.rows[0])
        person.type("They want ")
        person.wait_for("They want ")
        self.assertEqual("to", self.choices(person)[0])

    def test_a_full_disk_is_told_once(self):
        store = self.folder / "my.store"
        self.succeed("learn", store, self.write("a.txt", sentences(ENGLISH, 1000)))
        size = store.stat().st_size

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))

        person = self.person(self.english, "--store", store, before=limit)
        person.type("They see Gandalf. " * 20 + ENTER)
        person.wait_for("They .*", "")
        person.type("They want ")
        person.wait_for("They .*", "They want ")
        self.assertEqual("to", self.choices(person)[0])
        complaints = [row for row in person.screen.rows if row.startswith("tercet: ")]
        self.assertEqual(2, len(complaints), complaints)
        self.assertIn("my.store: ", complaints[0])
        self.assertIn("suggestions go on", complaints[1])
        self.assertLess(self.ledger(store).get("gandalf", 0), 20)
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(person.process.pid, resource.RLIMIT_FSIZE, unlimited)
        self.leave(person)
        self.assertEqual(20, self.ledger(store)["gandalf"])

    def test_a_store_that_is_no_store_is_left_alone(self):
        self.write("my.store", "a text\n")
        person = self.person(self.english, "--store", self.folder / "my.store")
        self.assertIn("not a ", person.screen.rows[0])
        person.type("They want" + ENTER)
        person.wait_for("They want", "")
        self.leave(person)
        self.assertEqual("a text\n", (self.folder / "my.store").read_text())


class Pipes(CliTest):
    def test_lines_are_answered_with_numbered_lists(self):
        output = self.succeed("prompt", self.english, self.russian, text="I want \nЯ хочу \n")
        first, second = output.split("\n\n")
        self.assertRegex(first, r"^ 1  to +[\d.]+ bits  order \d")
        self.assertIn("читать", second)
        self.assertLessEqual(len(second.splitlines()), 9)

    def test_what_a_writer_meant_is_understood(self):
        lines = "They wlt\nЯ хочу xbn\n"
        initials, layout = self.succeed(
            "prompt", self.english, self.russian, text=lines
        ).split("\n\n")
        self.assertEqual("    would like to", initials.splitlines()[-1])
        self.assertRegex(layout, "^ 1  читать ")

    def test_a_store_is_used_only_if_it_is_named(self):
        text = "They see Gandalf\nPeople saw Gandalf\nthey saw gan\n"
        self.assertNotIn("Gandalf", self.succeed("prompt", self.english, text=text))
        self.assertEqual([], self.files())
        learning = self.succeed("prompt", self.english, "--store", "my.store", text=text)
        self.assertRegex(learning, r"\n 1  Gandalf +[\d.]+ bits  order 2\n$")
        again = self.succeed("prompt", "--store", "my.store", self.english, text="we see gan\n")
        self.assertRegex(again, r"^ 1  Gandalf ")
        self.fail_with(1, "no such|not", "prompt", "--store", "/proc/my.store", self.english)
        self.fail_with(2, "excludes", "prompt", "--store", "a", "--incognito", self.english)

    def test_weights(self):
        self.write("nothing.weights", NO_WEIGHTS)
        self.write("bad.weights", "# mine\nrepeat 1\n")
        text = "They see Gandalf\nPeople saw Gandalf\nthey saw gan\n"
        prompt = ("prompt", self.english, "--store", "my.store", "--weights")
        self.assertNotIn("Gandalf", self.succeed(*prompt, "nothing.weights", text=text))
        self.assertIn("Gandalf", self.succeed(*prompt[:-1], text="they saw gan\n"))
        self.fail_with(1, "bad.weights:2: .*tercet tune", *prompt, "bad.weights")
        self.fail_with(1, "none: no such file.*tercet tune", *prompt, "none")

    def test_the_end_of_input_ends_it(self):
        self.assertEqual("", self.succeed("prompt", self.english, text=""))

    def test_a_bad_model_is_an_error(self):
        self.fail_with(1, "missing.tct", "prompt", self.english, "missing.tct")
        self.fail_with(2, "required", "prompt")


if __name__ == "__main__":
    start_main()
