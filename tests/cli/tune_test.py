#!/usr/bin/env python3
"""`tercet tune` from a text to weights that the other commands use, and every bad input.

tests/cli/tune_test.py build/release/bin/tercet [-v] [Tune.test_...]
"""

import json
import re

from cli_testing import ENGLISH, CliTest, sentences, start_main


class Tune(CliTest):
    def setUp(self):
        super().setUp()
        text = sentences(ENGLISH, 200, seed=5).replace("letter", "zyzzyva").replace("old", "qwerty")
        self.text = self.write("mine.txt.gz", text)

    def tune(self, *arguments):
        """The perplexities printed, and the weights behind them."""
        output = self.succeed("tune", self.english, "--text", self.text, *arguments)
        lines = re.findall(r"^iteration (\d+) +perplexity (\d+\.\d{4})\n", output, re.MULTILINE)
        self.assertEqual([str(i) for i in range(len(lines))], [number for number, _ in lines])
        return [float(perplexity) for _, perplexity in lines], output[output.index("#"):]

    def measure(self, *arguments):
        return json.loads(self.succeed("eval", self.english, "--text", self.text, "--json",
                                       "--slots", "3", *arguments))

    def test_each_iteration_fits_the_text_better(self):
        perplexities, weights = self.tune("--output", "mine.weights")
        self.assertGreater(len(perplexities), 2)
        self.assertEqual(sorted(perplexities, reverse=True), perplexities)
        self.assertLess(perplexities[1], perplexities[0])
        self.assertEqual(weights, (self.folder / "mine.weights").read_text())
        self.assertEqual(perplexities[:2], self.tune("--iterations", "1")[0])
        self.assertEqual(perplexities[:1], self.tune("--iterations", "0")[0])

    def test_its_weights_are_used(self):
        self.tune("--output", "mine.weights")
        shipped, tuned = self.measure(), self.measure("--weights", "mine.weights")
        self.assertLess(tuned["perplexity"], shipped["perplexity"])
        text = [self.measure("--protocol", "text", *weights)["text"]["slots"]
                for weights in ((), ("--weights", "mine.weights"))]
        self.assertNotEqual(text[0], text[1])

    def test_a_broken_line_is_named(self):
        _, weights = self.tune("--iterations", "1")
        lines = weights.splitlines(keepends=True)
        row = lines.index(next(line for line in lines if line.startswith("document 3")))
        for broken in (re.sub(r"\d+\n", "x\n", lines[row]), "documents 3 0 0 0 0\n",
                       lines[row].rsplit(" ", 1)[0] + "\n", "document 3 0 0 0 1\n"):
            self.write("bad.weights", "".join(lines[:row] + [broken] + lines[row + 1:]))
            self.fail_with(1, f"^tercet: bad.weights:{row + 1}: expected .*; .*: tercet tune MODEL",
                           "eval", self.english, "--text", self.text, "--weights", "bad.weights")

    def test_documents_and_their_first_halves(self):
        whole, _ = self.tune("--iterations", "0")
        index = self.write("mine.index.tsv", "1\t200\tall\tone\n")
        one, _ = self.tune("--iterations", "0", "--index", index)
        self.assertLess(one, whole, "a longer document teaches more")
        _, weights = self.tune("--iterations", "3")
        _, own = self.tune("--iterations", "3", "--own")

        def person(text):
            return re.findall(r"^person.*", text, re.MULTILINE)

        self.assertNotEqual(person(weights), person(own), "a first half is the person's text")
        self.assertEqual(person(self.tune("--iterations", "0")[1]), person(weights))

    def test_output_harms_no_other_file(self):
        notes = self.write("notes.txt", "mine")
        self.fail_with(1, "notes.txt", "tune", self.english, "--text", self.text, "--output", notes)
        self.assertEqual("mine", notes.read_text())
        self.fail_with(1, "nowhere", "tune", self.english, "--text", self.text, "--output",
                       self.folder / "nowhere" / "x.weights")
        _, first = self.tune("--iterations", "1", "--output", "mine.weights")
        _, second = self.tune("--iterations", "2", "--output", "mine.weights")
        self.assertNotEqual(first, second)
        self.assertEqual(second, (self.folder / "mine.weights").read_text(), "its own is replaced")

    def test_bad_inputs(self):
        self.write("empty.txt", "")
        self.write("bad.tsv", "1\tx\n")
        files = self.files()
        for pattern, arguments in (("no words", ("--text", "empty.txt")),
                                   ("none: no such", ("--text", "none")),
                                   ("index", ("--text", self.text, "--index", "bad.tsv")),
                                   ("none: no such", ("--text", self.text, "--index", "none"))):
            self.fail_with(1, pattern, "tune", self.english, "--output", "w", *arguments)
        self.fail_with(2, "--iterations", "tune", self.english, "--text", self.text,
                       "--iterations", "-1")
        self.fail_with(2, "--text", "tune", self.english)
        self.assertEqual(files, self.files(), "nothing is written")


if __name__ == "__main__":
    start_main()
