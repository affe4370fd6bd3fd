#!/usr/bin/env python3
"""The commands that ask a model: output, exit status, bad input. Run by ctest, or by hand:

tests/cli/cli_test.py build/release/bin/tercet [-v] [Suggest.test_...]
"""

import json
import math
import subprocess
import unittest
from pathlib import Path

from cli_testing import ENGLISH, RUSSIAN, CliTest, sentences, start_main


class Suggest(CliTest):
    def suggestions(self, *arguments, text=""):
        lines = self.succeed("suggest", "--json", *arguments, text=text).splitlines()
        return [json.loads(line) for line in lines]

    def test_json(self):
        (answer,) = self.suggestions("--count", "3", self.english, "They want ")
        self.assertEqual({"prefix", "suggestions", "microseconds"}, set(answer))
        self.assertEqual("", answer["prefix"])
        self.assertGreater(answer["microseconds"], 0)
        first = answer["suggestions"][0]
        self.assertEqual({"text", "log10_probability", "surprise_bits", "order"}, set(first))
        self.assertEqual("to", first["text"])
        bits = -first["log10_probability"] / math.log10(2)
        self.assertAlmostEqual(bits, first["surprise_bits"], 4)
        self.assertIn(first["order"], range(1, 6))

    def test_completion(self):
        for model, text, prefix, word in (
            (self.english, "I want to re", "re", "read"),
            (self.english, "th", "th", "They"),
            (self.russian, "Я хочу чи", "чи", "читать"),
        ):
            (answer,) = self.suggestions(model, text)
            self.assertEqual(prefix, answer["prefix"])
            self.assertEqual(word, answer["suggestions"][0]["text"])

    def test_phrases_and_punctuation(self):
        (answer,) = self.suggestions("--words", "3", self.russian, "Я хочу ")
        self.assertTrue(any(" " in each["text"] for each in answer["suggestions"]))
        (answer,) = self.suggestions("--punctuation", "--count", "50", self.english, "I go again")
        self.assertGreater(len(answer["suggestions"]), 0)

    def test_lines(self):
        answers = self.suggestions(self.english, text="I want \r\n\nThey have \nlast re")
        self.assertEqual(["", "", "", "re"], [answer["prefix"] for answer in answers])
        self.assertEqual([], self.suggestions(self.english, text=""))

    def test_plain_output(self):
        output = self.succeed("suggest", "--count", "2", self.english, "I ")
        self.assertRegex(output, r"^ 1  \S.* bits  order \d\n 2  \S.* bits  order \d\n$")
        output = self.succeed("suggest", "--count", "1", self.english, text="I \nWe \n")
        self.assertRegex(output, r"^ 1 .*\n\n 1 .*\n$")

    def test_any_bytes(self):
        answers = self.suggestions(self.english, text=b"\xff\xfe \x00\x1b[2J \xd0\n\xf0\x9f\x98")
        self.assertEqual(2, len(answers))
        self.assertEqual(1, len(self.suggestions(self.english, "")))
        self.assertEqual(1, len(self.suggestions(self.english, "train")))
        self.assertEqual(1, len(self.suggestions(self.english, "--", "--help")))


class Measure(CliTest):
    def test_score_and_perplexity_agree(self):
        text = self.write("t.txt.zst", sentences(ENGLISH, 50, seed=2) + "Zyzzyva qwerty.\n")
        rows = [row.split("\t") for row in self.succeed("score", self.english, text).splitlines()]
        self.assertEqual({3}, {len(row) for row in rows})
        self.assertEqual(51, sum(row[0] == "</s>" for row in rows))
        self.assertTrue(all(1 <= int(row[2]) <= 5 for row in rows))
        report = json.loads(self.succeed("perplexity", "--json", self.english, text))
        self.assertEqual(len(rows), report["tokens"])
        self.assertEqual(2, report["oov"])
        self.assertEqual(51, report["sentences"])
        logs = [float(row[1]) for row in rows]
        self.assertAlmostEqual(10 ** (-sum(logs) / len(logs)), report["perplexity"], 4)
        known = [float(row[1]) for row in rows if row[0] not in ("Zyzzyva", "qwerty")]
        self.assertAlmostEqual(10 ** (-sum(known) / len(known)), report["perplexity_known"], 4)

    def test_plain_output(self):
        output = self.succeed("perplexity", self.english, "-", text="They want to go home.\n")
        for line in (
            r"tokens +7 \(6 words and signs, 1 sentence",
            r"oov +0 ",
            r"perplexity +\d.* over 7 tokens",
            r"perplexity_known +\d.* over 7 tokens",
        ):
            self.assertRegex(output, line)

    def test_tokens_flag_must_agree_with_the_model(self):
        text = self.write("t.txt", "a b c\na b d\n" * 50)
        self.succeed("train", "--tokens", "--prune", "0", "--output", "m.tct", text)
        for command in ("score", "perplexity"):
            self.fail_with(2, "--tokens: .*running text", command, "--tokens", self.english, text)
            expected = self.succeed(command, "m.tct", text)
            self.assertEqual(expected, self.succeed(command, "--tokens", "m.tct", text))

    def test_impossible_tokens_are_counted_apart(self):
        self.write("m.arpa", "\\data\\\nngram 1=5\n\n\\1-grams:\n-1\t<unk>\n-99\t<s>\n-0.3\t</s>\n"
                   "-0.4\ta\n-99\tnever\n\n\\end\\\n")
        self.succeed("convert", "m.arpa", "m.tct")
        report = json.loads(self.succeed("perplexity", "--json", "m.tct", "-", text="a b never\n"))
        self.assertEqual((4, 1, 1), (report["tokens"], report["oov"], report["impossible"]))
        self.assertAlmostEqual(10 ** ((0.4 + 1 + 0.3) / 3), report["perplexity"], 2)
        self.assertIn("never\t-inf\t1\n",
                      self.succeed("score", "m.tct", "-", text="a b never\n"))

    def test_stupid_backoff_is_called_no_perplexity(self):
        text = self.write("t.txt", sentences(ENGLISH, 100))
        self.succeed("train", "--smoothing", "stupid-backoff", "--output", "m.tct", text)
        result = self.run_tercet("perplexity", "--json", "m.tct", text)
        self.assertFalse(json.loads(result.stdout)["normalised"])
        self.assertIn("do not add up to one", result.stderr)

    def test_bad_inputs(self):
        self.write("empty.txt", b"")
        self.fail_with(1, "no words", "perplexity", self.english, "empty.txt")
        self.assertEqual("", self.succeed("score", self.english, "empty.txt"))
        for command in ("score", "perplexity"):
            self.fail_with(1, "no such file", command, self.english, "missing.txt")
            self.fail_with(1, "is a directory", command, self.english, self.folder)


class Inspect(CliTest):
    def test_json(self):
        report = json.loads(self.succeed("inspect", "--json", self.russian))
        self.assertEqual(5, report["order"])
        self.assertEqual(5, len(report["ngrams"]))
        self.assertEqual("ru", report["language"])
        self.assertEqual("modified-kneser-ney", report["smoothing"])
        self.assertEqual(["ru.txt"], report["sources"])
        self.assertEqual(self.russian.stat().st_size, report["file_bytes"])
        self.assertIsInstance(report["bytes_per_ngram"], float)
        self.assertEqual({"name", "order", "bytes"}, set(report["sections"][0]))
        total = sum(each["bytes"] for each in report["sections"])
        self.assertLessEqual(total, report["file_bytes"])
        self.assertIs(False, report["plain_tokens"])
        for values in report["discounts"].values():
            self.assertTrue(all(isinstance(value, float | int) for value in values))

    def test_plain_output(self):
        output = self.succeed("inspect", self.english)
        for word in ("order", "n-grams", "smoothing", "modified-kneser-ney", "en.txt", "section"):
            self.assertIn(word, output)


class Verify(CliTest):
    def test_good_models(self):
        report = json.loads(self.succeed("verify", "--json", "--queries", "500", self.english))
        self.assertIs(True, report["ok"])
        self.assertEqual((500, 0), (report["queries"], report["mismatches"]))
        self.assertGreater(report["prefixed_queries"], 0)
        text = self.write("t.txt.gz", sentences(RUSSIAN, 50, seed=3))
        output = self.succeed("verify", "--queries", "100", "--text", text, self.russian)
        self.assertRegex(output, r"checksums +correct")
        self.assertRegex(output, r"top 10 +100 queries.* 0 differ")

    def test_lists_after_learning(self):
        text = self.write("t.txt", sentences(ENGLISH, 50, seed=3).replace("letter", "zyzzyva"))
        verify = ("verify", "--queries", "200", "--learning-queries", "300")
        report = json.loads(self.succeed(*verify, "--json", "--text", text, self.english))
        learning = report.pop("learning")
        self.assertEqual(set(report), set(learning))
        self.assertIs(True, learning["ok"])
        self.assertEqual((200, 300), (report["queries"], learning["queries"]))
        self.assertTrue(0 < learning["prefixed_queries"] < 300)
        self.assertEqual((0, 0, []), (learning["mismatches"], learning["sums_out_of_tolerance"],
                                      learning["examples"]))
        self.assertGreater(learning["sums"], 0)
        self.assertLess(learning["greatest_deviation"], 1e-3)
        output = self.succeed(*verify, "--text", text, self.english)
        before, after = output.split("after learning:\n")
        self.assertRegex(before, r"top 10 +200 queries, \d+ with a typed prefix: 0 differ")
        self.assertRegex(after, r"^sums +\d+ contexts: 0 do not add up to one")
        self.assertRegex(after, r"top 10 +300 queries, \d+ with a typed prefix: 0 differ")
        self.assertNotIn("learning", json.loads(self.succeed(*verify, "--json", self.english)))
        self.assertNotIn("after learning", self.succeed(*verify, self.english))

    def test_models_that_do_not_add_up(self):
        self.write("m.arpa", "\\data\\\nngram 1=5\n\n\\1-grams:\n-1\t<unk>\n-99\t<s>\n-0.3\t</s>\n"
                   "-0.1\ta\n-0.2\tb\n\n\\end\\\n")
        self.succeed("convert", "m.arpa", "m.tct")
        verify = ("verify", "--text", self.write("t.txt", "a b a c\nb a\n"), "m.tct",
                  "--queries", "50", "--learning-queries", "50")
        result = self.run_tercet(*verify, "--json")
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stderr, "^tercet: m.tct: does not do what it claims; train or")
        report = json.loads(result.stdout)
        for part in (report, report["learning"]):
            self.assertIs(False, part["ok"])
            self.assertEqual(part["sums"], part["sums_out_of_tolerance"])
            self.assertEqual(0, part["mismatches"])
            self.assertIn("sum to 1", part["examples"][0])
        result = self.run_tercet(*verify)
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stdout, r"after learning:\nsums +(\d+) contexts: \1 do not add up")
        self.assertRegex(result.stdout, r"\n  probabilities of model and learnt text sum to 1 with")

    def test_bad_texts(self):
        self.write("empty.txt", "")
        self.fail_with(1, "no words", "verify", "--text", "empty.txt", self.english)
        self.fail_with(1, "none: no such file", "verify", "--text", "none", self.english)
        self.fail_with(2, "--learning-queries", "verify", "--learning-queries", "-1", self.english)

    def test_damaged_models(self):
        data = self.english.read_bytes()
        for place in (0, 10, 60, len(data) // 3, len(data) // 2, len(data) - 100):
            damaged = bytearray(data)
            damaged[place] ^= 0x40
            self.fail_with(1, "bad.tct", "verify", self.write("bad.tct", bytes(damaged)))
        for size in (0, 1, 47, 1000, len(data) - 1):
            self.fail_with(1, "bad.tct", "inspect", self.write("bad.tct", data[:size]))

    def test_not_a_model(self):
        self.write("a.txt", sentences(ENGLISH, 10))
        for command in ("inspect", "verify", "suggest", "prompt"):
            self.fail_with(1, "a.txt: not a tercet model", command, "a.txt")
            self.fail_with(1, "missing.tct: no such file", command, "missing.tct")
            self.fail_with(1, "is a directory", command, self.folder)


class Convert(CliTest):
    def test_there_and_back(self):
        text = self.write("t.txt", sentences(ENGLISH, 100))
        self.succeed("train", "--tokens", "--output", "m.tct", text)
        expected = self.succeed("score", "m.tct", text)
        for name in ("m.arpa", "m.arpa.gz", "m.arpa.zst"):
            self.succeed("convert", "m.tct", name)
            self.succeed("convert", "m.tct", name)  # Its own output may be replaced.
            self.succeed("convert", name, "back.tct")
            self.assertEqual(expected, self.succeed("score", "back.tct", text))
        self.assertTrue((self.folder / "m.arpa").read_bytes().count(b"-grams:") == 5)
        self.assertTrue((self.folder / "m.arpa.gz").read_bytes().startswith(b"\x1f\x8b"))

    def test_replaces_no_text(self):
        self.write("poem.txt", "a text of mine\n")
        self.fail_with(1, "poem.txt: exists", "convert", self.english, "poem.txt")
        self.assertEqual("a text of mine\n", (self.folder / "poem.txt").read_text())

    def test_kenlm_binaries_are_recognised(self):
        magic = b"mmap lm http://kheafield.com/code format version 5\n\0"
        self.write("k.binary", magic + bytes(999))
        self.fail_with(1, "KenLM binary.*tercet convert model.arpa", "convert", "k.binary", "m.tct")
        self.assertEqual(["k.binary"], self.files())

    def test_bad_inputs(self):
        self.write("bad.arpa", "\\data\\\nngram 1=x\n")
        self.write("empty.arpa", b"")
        before = self.files()
        for name in ("bad.arpa", "empty.arpa", "missing.arpa"):
            self.fail_with(1, name, "convert", name, "m.tct")
        self.fail_with(2, "already", "convert", self.english, "m.tct")
        self.fail_with(2, "end in .tct", "convert", "bad.arpa", "other.arpa")
        self.fail_with(2, "same file", "convert", "bad.arpa", "./bad.arpa")
        self.fail_with(2, "standard input", "convert", "-", "m.tct")
        self.assertEqual(before, self.files())


class Output(CliTest):
    @unittest.skipUnless(Path("/dev/full").exists(), "no /dev/full here")
    def test_a_full_disk_is_no_success(self):
        for arguments in (["inspect", str(self.english)], ["suggest", str(self.english), "I "]):
            with open("/dev/full", "wb") as full:
                result = subprocess.run(
                    [self.binary, *arguments], stdout=full, stderr=subprocess.PIPE, check=False
                )
            self.assertEqual(1, result.returncode)
            self.assertIn(b"cannot write to standard output", result.stderr)


if __name__ == "__main__":
    start_main()
