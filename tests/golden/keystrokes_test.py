#!/usr/bin/env python3
"""`tercet eval` against the definition, by brute force over an ARPA file that tercet did not make.

tests/golden/keystrokes_test.py build/release/bin/tercet [-v]

Every word of the vocabulary is scored after every context by the ARPA file's own back-off rule, the
lists are sorted, and the simulated person of docs/METRIC.md types. Nothing here is shared with the
engine but the files.
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
WORDS = 200
SLOTS = (1, 3, 10)
TOLERANCE = 0.15  # Points: tercet's costs are rounded, so near ties may fall the other way.


def unpacked(name):
    data = subprocess.run(["zstd", "-dqc", FOLDER / name], capture_output=True, check=True).stdout
    return data.decode()


class Arpa:
    """Probabilities as the file has them."""

    def __init__(self, text):
        self.probability, self.backoff, self.successors = {}, {}, {}
        for line in text.splitlines():
            fields = line.split("\t")
            if len(fields) < 2:
                continue
            ngram = tuple(fields[1].split(" "))
            self.probability[ngram] = float(fields[0])
            if len(fields) > 2:
                self.backoff[ngram] = float(fields[2])
            self.successors.setdefault(ngram[:-1], []).append(ngram[-1])
        self.vocabulary = {ngram[0] for ngram in self.probability if len(ngram) == 1}

    def scores(self, context):
        """log10 p of every word after the context: longer n-grams overwrite what backing off gives."""
        scores = {word: self.probability[(word,)] for word in self.vocabulary}
        for begin in range(len(context) - 1, -1, -1):
            part = context[begin:]
            weight = self.backoff.get(part, 0.0)
            if weight != 0:
                scores = {word: score + weight for word, score in scores.items()}
            for word in self.successors.get(part, ()):
                scores[word] = self.probability[(*part, word)]
        return scores


def is_word(token):
    return token[0].isalpha() or token[0].isnumeric()


def keys_for(word, ranking, slots):
    """Keys without re-offers, with them, whether the first list had the word, and if none had."""
    fresh, again, ignored = len(word) + 1, len(word) + 1, set()
    for typed in range(len(word)):
        fitting = [other for other in ranking if other.startswith(word[:typed])]
        if again > len(word) and word in fitting[:slots]:
            again = typed + 1
        listed = [other for other in fitting if other not in ignored][:slots]
        if fresh > len(word) and word in listed:
            fresh = typed + 1
        ignored.update(listed)
    return fresh, again, fresh == 1, fresh > len(word)


class Keystrokes(unittest.TestCase):
    binary = ""

    def test_agree_with_brute_force(self):
        arpa = Arpa(unpacked("en4k.o3.arpa.zst"))
        listable = {word for word in arpa.vocabulary if word[0] != "<" and is_word(word)}
        sums = {slots: [0, 0, 0, 0] for slots in SLOTS}
        lines, words, characters, unknown = [], 0, 0, 0
        for line in unpacked("en.test.free.head.tok.zst").splitlines():
            if words >= WORDS:
                break
            lines.append(line)
            context = ("<s>",)
            for token in line.split():
                if is_word(token):
                    words += 1
                    characters += len(token) + 1
                    unknown += token not in arpa.vocabulary
                    scores = arpa.scores(context)
                    ranking = sorted(listable, key=lambda w: (-scores[w], w.encode()))
                    for slots in SLOTS:
                        for i, value in enumerate(keys_for(token, ranking, slots)):
                            sums[slots][i] += value
                known = token if token in arpa.vocabulary else "<unk>"
                context = (*context, known)[-2:]

        figures = self.measure(lines)
        self.assertEqual(words, figures["words"])
        self.assertEqual(unknown, figures["oov"])
        self.assertEqual(characters, figures["characters"])
        for slots in SLOTS:
            fresh, again, hits, never = sums[slots]
            for name, expected in (
                ("ksr", 100 - 100 * fresh / characters),
                ("ksr_reoffer", 100 - 100 * again / characters),
                ("hit", 100 * hits / words),
                ("unoffered", 100 * never / words),
                ("unoffered_known", 100 * (never - unknown) / (words - unknown)),
                ("unoffered_oov", 100),
            ):
                with self.subTest(name, slots=slots):
                    self.assertAlmostEqual(expected, figures[name][str(slots)], delta=TOLERANCE)

    def measure(self, lines):
        with tempfile.TemporaryDirectory(prefix="tercet-golden-test.") as folder:
            folder = Path(folder)
            (folder / "test.tok").write_text("\n".join(lines) + "\n", encoding="utf-8")
            (folder / "en4k.arpa").write_text(unpacked("en4k.o3.arpa.zst"), encoding="utf-8")
            self.run_tercet("convert", folder / "en4k.arpa", folder / "en4k.tct")
            return json.loads(
                self.run_tercet(
                    "eval", folder / "en4k.tct", "--text", folder / "test.tok", "--json",
                    "--background-only", "--slots", ",".join(map(str, SLOTS)),
                )
            )

    def run_tercet(self, *arguments):
        return subprocess.run(
            [self.binary, *map(str, arguments)], capture_output=True, check=True
        ).stdout


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PATH-OF-TERCET [unittest options]")
    Keystrokes.binary = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
