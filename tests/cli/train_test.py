#!/usr/bin/env python3
"""The command line's usage, and `tercet train`: reports, options, every bad input.

tests/cli/train_test.py build/release/bin/tercet [-v] [Train.test_...]
"""

import json
import os
import random
import re
import resource
import subprocess
import unittest

from cli_testing import ENGLISH, RUSSIAN, CliTest, sentences, start_main

COMMANDS = {
    "train": "language tokens order smoothing delta prune prune-entropy vocabulary-limit lanes "
    "lane-least memory threads temporary output json quiet",
    "suggest": "count words punctuation lane gate json",
    "lanes": "index gate words json",
    "score": "tokens",
    "perplexity": "tokens json",
    "inspect": "json",
    "tune": "text index own iterations output",
    "verify": "text queries learning-queries json",
    "eval": "text index slots words threads background-only own compare details key-seconds "
    "scan-seconds plot tokens json protocol initials store weights lanes seed positions lane-strength "
    "lane-smoothing lane-decay",
    "convert": "",
    "prompt": "lanes gate store weights incognito",
    "learn": "language source lines",
    "ledger": "",
    "help": "",
}
SMOOTHINGS = (
    "modified-kneser-ney kneser-ney absolute-discounting witten-bell jelinek-mercer katz additive "
    "stupid-backoff"
).split()


class Help(CliTest):
    def test_every_command_explains_itself(self):
        overview = self.succeed("--help")
        for command, options in COMMANDS.items():
            self.assertIn("\n  " + command, overview)
            text = self.succeed(command, "--help")
            for option in options.split():
                self.assertIn("--" + option, text)
            documented = set(re.findall(r"^ +(?:-\w,)?--([a-z-]+)", text, re.MULTILINE))
            self.assertEqual(set(options.split()) | {"help"}, documented | {"help"})
            self.assertRegex(text, r"Examples:\n  .*tercet " + command)
            self.assertEqual(text.split("\n")[0], self.succeed("help", command).split("\n")[0])

    def test_help_and_version(self):
        self.assertEqual(self.succeed("--help").split("\n")[0], self.succeed("help").split("\n")[0])
        self.assertRegex(self.succeed("--version"), r"^tercet \d+\.\d+\.\d+\n$")

    def test_smoothings_are_listed(self):
        text = self.succeed("train", "--help")
        for name in SMOOTHINGS:
            self.assertIn(name, text)


class Usage(CliTest):
    def test_wrong_commands(self):
        self.fail_with(2, "a command is needed")
        self.fail_with(2, "no command or option 'nonsense'", "nonsense")
        self.fail_with(2, "no command 'nonsense'", "help", "nonsense")
        self.fail_with(2, "required", "suggest")
        self.fail_with(2, "--nonsense", "inspect", "--nonsense", self.english)
        self.fail_with(2, "required", "train", "text.txt")
        self.fail_with(2, "required", "train", "--output", "x.tct")

    def test_wrong_values(self):
        values = {
            "--order": ["0", "9", "-1", "1.5", "x", ""],
            "--memory": ["2X", "", "-1G", "2 G", "1e9"],
            "--prune": ["", "1,0", "a", "0,,1", "-1"],
            "--prune-entropy": ["nan", "inf", "-1", "2", "x"],
            "--delta": ["nan", "0", "-1", "inf"],
            "--threads": ["-1", "99999", "two"],
            "--vocabulary-limit": ["-1", "x", "99999999999"],
            "--smoothing": ["", "good-turing"],
        }
        text = self.write("a.txt", sentences(ENGLISH, 10))
        for option, wrong in values.items():
            for value in wrong:
                with self.subTest(option=option, value=value):
                    arguments = (f"{option}={value}", "--output", "x.tct", text)
                    self.fail_with(2, option, "train", *arguments)
        for value in ("0", "256", "-1", "x", ""):
            arguments = ("--lanes", f"--lane-least={value}", "--output", "x.tct", text)
            self.fail_with(2, "--lane-least", "train", *arguments)
        self.fail_with(2, "--lanes", "train", "--lane-least", "3", "--output", "x.tct", text)
        for option in ("--count=0", "--count=x", "--words=0", "--words=17"):
            self.fail_with(2, option.split("=")[0], "suggest", option, self.english, "a")
        self.assertEqual(["a.txt"], self.files())

    def test_unknown_smoothing_lists_the_names(self):
        arguments = ("--smoothing", "x", "--output", "x", "y")
        error = self.fail_with(2, "none of", "train", *arguments).stderr
        for name in SMOOTHINGS:
            self.assertIn(name, error)

    def test_lanes_and_tokens_exclude_each_other(self):
        arguments = ("--lanes", "--tokens", "--output", "x", "y")
        self.fail_with(2, "--lanes.*--tokens|--tokens.*--lanes", "train", *arguments)

    def test_language_and_tokens_exclude_each_other(self):
        arguments = ("--language", "en", "--tokens", "--output", "x", "y")
        self.fail_with(2, "--language.*--tokens|--tokens.*--language", "train", *arguments)


class Train(CliTest):
    def train(self, *arguments, text=""):
        return self.succeed("train", "--output", "m.tct", *arguments, text=text)

    def test_report(self):
        report = self.train(self.write("a.txt", sentences(ENGLISH, 500)))
        for line in (
            r"text +\d+ tokens in 500 sentences",
            r"n-grams +1: \d+  2: \d+  3: \d+  4: \d+  5: \d+",
            r"time +\d+\.\d+ s: ",
            r"memory +[\d.]+ [KMG]iB",
            r"model +m.tct, [\d.]+ [KM]iB",
        ):
            self.assertRegex(report, line)
        self.assertEqual(["a.txt", "m.tct"], self.files())

    def test_json(self):
        text = self.write("a.txt", sentences(RUSSIAN, 500))
        options = ("--language", "ru", "--order", "3", "--threads", "2", "--memory", "64M")
        report = json.loads(self.train("--json", *options, text))
        types = {
            "output": str,
            "language": str,
            "order": int,
            "smoothing": str,
            "tokens": int,
            "sentences": int,
            "vocabulary": int,
            "ngrams": list,
            "lanes": type(None),
            "warnings": list,
            "invalid_utf8": int,
            "first_invalid_utf8": str,
            "seconds": dict,
            "total_seconds": float,
            "peak_memory_bytes": int,
            "file_bytes": int,
        }
        self.assertEqual(set(types), set(report))
        for key, type_ in types.items():
            self.assertIsInstance(report[key], type_, key)
        self.assertEqual(3, len(report["ngrams"]))
        self.assertEqual(500, report["sentences"])
        self.assertEqual((self.folder / "m.tct").stat().st_size, report["file_bytes"])

    def test_lanes(self):
        letters = random.Random(1)
        words = ["".join(letters.choices("bdgklmnp", k=4)) for _ in range(600)]
        lines = (" ".join(letters.choices(words, k=10)) + ".\n" for _ in range(20_000))
        text = self.write("a.txt", "".join(lines))
        plain = self.train("--order", "3", text)
        self.assertNotIn("lanes", plain)
        report = self.train("--order", "3", "--lanes", text)
        self.assertRegex(report, r"lanes +\d+ pairs of \d+ classes.* 334 documents by number of li")
        self.write("a.index.tsv", "".join(f"{10 * i + 1}\t10\tx\ty\n" for i in range(2_000)))
        report = self.train("--order", "3", "--lanes", text)
        self.assertRegex(report, r" 2000 documents by a\.index\.tsv\n")
        counts = []
        for least in ("1", "40", "60"):
            options = ("--json", "--order", "3", "--lanes", "--lane-least", least)
            lanes = json.loads(self.train(*options, text))["lanes"]
            self.assertEqual((2000, ["a.index.tsv"]), (lanes["documents"], lanes["indexes"]))
            self.assertGreater(lanes["classes"], 100)
            counts.append((lanes["pairs"], lanes["bytes"]))
        self.assertEqual(sorted(counts, reverse=True), counts)
        self.assertEqual(3, len(set(counts)))
        notes = self.succeed("inspect", "m.tct")
        self.assertRegex(notes, r"\ndocuments +2000\nindex +a\.index\.tsv\n")
        for section in ("lane rows", "lane null", "lane attested counts"):
            self.assertIn(section, notes)
        self.succeed("verify", "--queries", "100", "m.tct")

    def test_an_index_that_is_wrong_leaves_nothing(self):
        text = self.write("a.txt", sentences(ENGLISH, 100))
        wrong = {"1\t5\tx\ty\n5\t9\tx\ty\n": 2, "1\t50\tx\ty\n\n": 2, "90\t99\tx\ty\n": 1}
        for index, line in wrong.items():
            self.write("a.index.tsv", index)
            place = rf"line {line} of .*a\.index\.tsv "
            self.fail_with(1, place, "train", "--lanes", "--output", "m.tct", text)
            self.assertEqual(["a.index.tsv", "a.txt"], self.files())
        self.train(text)  # Nothing else reads it.

    def test_quiet(self):
        result = self.run_tercet(
            "train", "--quiet", "--output", "m.tct", self.write("a.txt", sentences(ENGLISH, 100))
        )
        self.assertEqual((0, "", ""), (result.returncode, result.stdout, result.stderr))

    def test_all_kinds_of_input_give_the_same_model(self):
        text = sentences(ENGLISH, 300)
        models = []
        for name in ("a.txt", "a.txt.gz", "a.txt.zst"):
            os.link(self.write(name, text), self.folder / "source")
            self.train("source")
            (self.folder / "source").unlink()
            models.append((self.folder / "m.tct").read_bytes())
        self.assertEqual(1, len(set(models)))
        report = json.loads(self.train("--json", "-", text=text))
        self.assertEqual(300, report["sentences"])
        report = json.loads(self.train("--json", "a.txt", "a.txt.gz", "-", text=text))
        self.assertEqual(900, report["sentences"])

    def test_every_smoothing(self):
        text = self.write("a.txt", sentences(ENGLISH, 1000))
        for name in SMOOTHINGS:
            with self.subTest(name):
                self.train("--smoothing", name, "--prune", "0", text)
                report = json.loads(self.succeed("inspect", "--json", "m.tct"))
                self.assertEqual(name, report["smoothing"])
                self.succeed("verify", "--queries", "200", "m.tct")

    def test_other_options(self):
        text = self.write("a.txt", sentences(ENGLISH, 1000))
        (self.folder / "scratch").mkdir()
        options = ["--prune", "0,1,2", "--vocabulary-limit", "20", "--delta", "0.5"]
        options += ["--prune-entropy", "1e-8", "--temporary", "scratch"]
        report = json.loads(self.train("--json", *options, text))
        self.assertLessEqual(report["vocabulary"], 23)
        self.assertEqual([], os.listdir(self.folder / "scratch"))

    def test_invalid_utf8_is_reported_with_its_place(self):
        text = self.write("a.txt", sentences(ENGLISH, 100).encode() + b"bad \xff byte\n")
        result = self.run_tercet("train", "--output", "m.tct", text)
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertRegex(result.stderr, r"tercet: warning: 1 invalid UTF-8.*a\.txt")
        report = json.loads(self.train("--json", text))
        self.assertEqual(1, report["invalid_utf8"])
        self.assertIn("a.txt", report["first_invalid_utf8"])

    def test_poor_texts_still_give_a_model(self):
        poor = {
            "one word": b"word\n",
            "no line end": b"word",
            "one sentence": b"A short sentence.\n",
            "all lines identical": b"The same line again.\n" * 1000,
            "binary": bytes(range(256)) * 200,
            "one long line": b"word " * 100_000,
        }
        for name, data in poor.items():
            with self.subTest(name):
                self.train(self.write("a.txt", data))
                self.succeed("suggest", "m.tct", "w")
                self.succeed("verify", "--queries", "100", "m.tct")

    def test_bad_inputs_leave_nothing(self):
        self.write("empty.txt", b"")
        self.write("blank.txt", b" \n\t\n\n")
        self.write("cut.gz", sentences(ENGLISH, 1000))
        (self.folder / "cut.gz").write_bytes((self.folder / "cut.gz").read_bytes()[:-9])
        self.write("damaged", b"\x28\xb5\x2f\xfd" + bytes(100))  # Begins as zstd does.
        (self.folder / "directory").mkdir()
        before = self.files()
        for name in ("empty.txt", "blank.txt", "cut.gz", "damaged", "directory", "missing.txt"):
            with self.subTest(name):
                self.fail_with(1, name, "train", "--output", "m.tct", name)
        self.fail_with(1, "standard input|no words", "train", "--output", "m.tct", "-")
        self.assertEqual(before, self.files())

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_unreadable(self):
        self.write("a.txt", "text\n").chmod(0)
        self.fail_with(1, "a.txt: permission denied", "train", "--output", "m.tct", "a.txt")

    def test_bad_outputs(self):
        text = self.write("a.txt", sentences(ENGLISH, 100))
        os.link(text, self.folder / "b.txt")
        before = text.read_bytes()
        for output in ("a.txt", "./a.txt", "b.txt"):
            self.fail_with(1, "one of the inputs", "train", "--output", output, "a.txt")
        self.assertEqual(before, text.read_bytes())
        self.fail_with(1, "is a directory", "train", "--output", self.folder, text)
        self.fail_with(1, "mkdir", "train", "--output", "missing/m.tct", text)
        self.fail_with(1, "regular file", "train", "--output", "/dev/null", text)
        self.fail_with(1, "missing", "train", "--temporary", "missing", "--output", "m.tct", text)
        self.assertEqual(["a.txt", "b.txt"], self.files())

    def test_output_that_is_standard_input(self):
        text = self.write("a.txt", sentences(ENGLISH, 100))
        with open(text, "rb") as standard_input:
            result = subprocess.run(
                [self.binary, "train", "--output", text, "-"],
                stdin=standard_input,
                capture_output=True,
                check=False,
            )
        self.assertEqual(1, result.returncode)
        self.assertIn(b"one of the inputs", result.stderr)
        self.assertEqual(sentences(ENGLISH, 100), text.read_text())

    def test_file_size_limit(self):
        text = self.write("a.txt", sentences(ENGLISH, 20_000))

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

        result = self.run_tercet("train", "--output", "m.tct", text, before=limit)
        self.assertEqual(1, result.returncode, result.stderr)
        self.assertRegex(result.stderr, "tercet: .*file too large.*free some space")
        self.assertEqual(["a.txt"], self.files())

    def test_open_file_limit(self):
        text = self.write("a.txt", sentences(ENGLISH, 5_000))
        command = ["train", "--order", "8", "--threads", "64", "--output", "m.tct", text]

        def soft():
            hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))

        def hard():
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

        result = self.run_tercet(*command, before=soft)
        self.assertEqual(0, result.returncode, result.stderr)
        result = self.run_tercet(*command, before=hard)
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stderr, "too many open files; raise the limit with: ulimit -n")


if __name__ == "__main__":
    start_main()
