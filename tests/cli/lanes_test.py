#!/usr/bin/env python3
"""The lanes on the command line: of suggestions, of whole texts. Run by ctest, or by hand:

tests/cli/lanes_test.py build/release/bin/tercet [-v]
"""

import json
import random
import re
import subprocess

from cli_testing import SECONDS, CliTest, start_main

TOPICS = ("piano orchestra violin melody chorus trumpet rhythm concert".split(),
          "anchor harbour sailor deck storm lighthouse cargo reef".split(),
          "oven flour butter pepper kettle onion recipe spoon".split())
FILLERS = [a + b + c for a in ("ba", "do", "fi", "gu", "ke", "la", "mo", "ni", "po", "ru")
           for b in ("ta", "vo", "ri", "nu", "se") for c in ("ga", "do", "mi", "pu", "le")][:230]
COLUMNS = re.compile(r"^ *\d+  \S.*? bits  U [01]\.\d{3}  D +-?\d+\.\d  V [01]\.\d\d")


def lines(topic, count, random_):
    """Each filler goes on in few ways; behind some, seldom, stands a word of the topic."""
    out = []
    for _ in range(count):
        at, words = random_.randrange(len(FILLERS)), []
        for _ in range(24):
            words.append(FILLERS[at])
            if at % 5 == 0 and random_.random() < 1 / 8:
                other = random_.random() < 1 / 9
                words.append(random_.choice(random_.choice(TOPICS) if other else TOPICS[topic]))
            at = (7 * at + random_.randrange(4)) % len(FILLERS)
        out.append(" ".join(words) + " .\n")
    return out


class Lanes(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        random_ = random.Random(1)
        text = cls.english.parent / "topics.txt"
        text.write_text("".join("".join(lines(i % 3, 60, random_)) for i in range(90)))
        cls.model = text.with_suffix(".tct")
        command = [cls.binary, "train", "--quiet", "--lanes", "--prune", "0"]
        subprocess.run([*command, "--output", cls.model, text], check=True, timeout=SECONDS)

    def places(self):
        """Texts that end where a word of the topic may follow."""
        random_ = random.Random(2)
        for i in range(40):
            before = "".join(lines(i % 3, 15, random_))
            last = lines(i % 3, 1, random_)[0].split()
            doors = [at for at, word in enumerate(last) if word in FILLERS[::5]]
            if doors:
                yield " ".join(before.split() + last[: doors[-1] + 1]) + " "

    def offers(self, lane, text):
        answer = self.succeed("suggest", "--json", "--count=4", f"--lane={lane}", self.model, text)
        return json.loads(answer)

    def test_suggest(self):
        found = {"rare": 0, "genius": 0}
        for text in self.places():
            answer = self.offers("all", text)
            self.assertEqual(["typed", "words", "phrases", "rare", "genius", "microseconds"],
                             list(answer))
            for lane in found:
                found[lane] += len(answer[lane])
                for offer in answer[lane]:
                    self.assertEqual(lane, offer["lane"])
                    self.assertGreater(offer["unusual"], 0.9)
                    self.assertGreater(offer["attested"]["times"], 0)
                    self.assertEqual(text.split()[-1], offer["attested"]["after"])
                    self.assertLessEqual(set(offer["because"]), set(text.split()))
        self.assertGreater(min(found.values()), 5, found)

    def test_suggest_in_words(self):
        for text in self.places():
            genius = self.offers("all", text)["genius"]
            if not genius:
                continue
            arguments = ("suggest", "--count=4", self.model, text)
            title, first, *_ = self.succeed(*arguments, "--lane", "genius").splitlines()
            self.assertEqual("genius", title)
            self.assertRegex(first, COLUMNS)
            because = ", ".join(genius[0]["because"])
            self.assertRegex(first, rf"^ 1  {genius[0]['text']} .*  seen \d+ times? after "
                                    rf"'{text.split()[-1]}'; your text has {because}$")
            output = self.succeed(*arguments, "--lane", "all")
            titles = [line.split(":")[0] for line in output.splitlines() if not line.startswith(" ")]
            self.assertEqual(["typical", "rare", "genius"], titles)
            strict = self.succeed(*arguments, "--lane", "genius", "--gate", "1")
            bold = self.succeed(*arguments, "--lane", "genius", "--gate", "0")
            self.assertLess(len(strict), len(bold))
            return
        self.fail("no text has a genius word")

    def test_prompt(self):
        for text in self.places():
            offers = self.offers("all", text)
            if offers["rare"] and offers["genius"]:
                break
        prompt = ("prompt", "--incognito", self.model)
        plain = self.succeed(*prompt, text=text)
        self.assertNotIn("genius", plain)
        laned = self.succeed(*prompt, "--lanes=4", text=text)
        self.assertTrue(laned.startswith(plain.split("    ")[0]))
        rare, genius = re.search(r"^rare\n((?: .*\n)+)genius\n((?: .*\n)+)", laned, re.M).groups()
        for lane, rows in (("rare", rare), ("genius", genius)):
            self.assertEqual([offer["text"] for offer in offers[lane]],
                             re.findall(r"^ \d  (\S+) .*seen ", rows, re.M))

    def test_lines(self):
        output = self.succeed("suggest", "--lane=typical", "--count=2", self.model, text="a\nb\n")
        self.assertEqual(2, output.count("typical"))
        output = self.succeed("suggest", "--lane=all", "--json", self.model, text="ba\n\n")
        self.assertEqual(["ba", ""], [json.loads(line)["typed"] for line in output.splitlines()])

    def test_profile(self):
        text = self.write("t.txt", "".join(lines(0, 60, random.Random(3))))
        report = json.loads(self.succeed("lanes", "--json", self.model, text))
        self.assertEqual(["language", "profile", "references"], list(report))
        profile = report["profile"]
        self.assertEqual(len(re.findall(r"\w+", text.read_text())), profile["words"])
        self.assertAlmostEqual(1, profile["typical"] + profile["rare"] + profile["genius"])
        self.assertGreater(profile["rare_words"], 10)
        names = [each["name"] for each in report["references"]]
        self.assertEqual("human sentences_shuffled words_shuffled random_words sampled".split(),
                         names)
        output = self.succeed("lanes", self.model, text)
        self.assertRegex(output, rf"\nrare words +{profile['rare_words']}\n")
        self.assertRegex(output, rf"\nthis text +{100 * profile['supported']:.1f} % +"
                                 rf"{profile['mean_fit']:.3f}\nhuman +")

    def test_words(self):
        text = self.write("t.txt.zst", "".join(lines(1, 30, random.Random(4))))
        report = json.loads(self.succeed("lanes", "--json", "--words", self.model, text))
        rows = self.succeed("lanes", "--words", self.model, text).split("\n\n")[0].splitlines()
        self.assertEqual(report["profile"]["words"], len(report["words"]))
        self.assertEqual(len(report["words"]), len(rows))
        for word, row in zip(report["words"], rows):
            fields = row.split("\t")
            self.assertEqual(6, len(fields))
            self.assertEqual(word["lane"], fields[1])
            self.assertEqual(word["end"] - word["begin"], len(fields[0]))
        self.assertLess({"typical", "genius"}, {word["lane"] for word in report["words"]})
        strict = json.loads(self.succeed("lanes", "--json", "--words", "--gate=1", self.model, text))
        genius = [sum(word["lane"] == "genius" for word in each["words"])
                  for each in (report, strict)]
        self.assertGreater(*genius)

    def test_documents(self):
        random_ = random.Random(5)
        text = self.write("t.txt", "".join(lines(0, 20, random_) + lines(2, 30, random_)))
        index = self.write("t.index.tsv", "1\t20\tmusic\ta\n21\t30\tkitchen\tb\n")
        arguments = ("lanes", self.model, text, "--index", index)
        report = json.loads(self.succeed(*arguments, "--json"))
        self.assertEqual(["music", "kitchen"], [each["genre"] for each in report["documents"]])
        words = [each["profile"]["words"] for each in report["documents"]]
        self.assertEqual(report["profile"]["words"], sum(words))
        self.assertRegex(self.succeed(*arguments), rf"\n1 music +{words[0]} .*\n2 kitchen +")
        wrong = self.write("wrong.tsv", "1\t99\tmusic\ta\n")
        self.fail_with(1, "index", "lanes", self.model, text, "--index", wrong)

    def test_models_without_lanes(self):
        for arguments in (("lanes", self.english, "-"), ("suggest", "--lane=all", self.english)):
            self.fail_with(1, "tercet train --lanes", *arguments, text="I want to\n")
        self.assertIs(False, json.loads(self.succeed("inspect", "--json", self.english))["lanes"])
        self.assertIs(True, json.loads(self.succeed("inspect", "--json", self.model))["lanes"])
        self.assertRegex(self.succeed("inspect", self.english), r"\nlanes +no: .*--lanes\n")
        self.assertRegex(self.succeed("inspect", self.model), r"\nlanes +yes\n")

    def test_bad_inputs(self):
        for option in ("--lane=best", "--gate=2", "--gate=x"):
            self.fail_with(2, option.split("=")[0], "suggest", option, self.model, "a")
        for other in ("--words=2", "--punctuation"):
            self.fail_with(2, "--lane", "suggest", "--lane=rare", other, self.model, "a")
        self.fail_with(2, "--gate", "lanes", "--gate=-1", self.model, "-")
        self.fail_with(1, "no such file", "lanes", self.model, "missing.txt")
        for text in ("", "\n", b"\xff\xfe\x00", "... !"):
            report = json.loads(self.succeed("lanes", "--json", self.model, "-", text=text))
            self.assertEqual(0, report["profile"]["words"])
        self.succeed("lanes", self.model, "-")
        report = json.loads(self.succeed("lanes", "--json", "--words", self.model, "-",
                                         text=b"\xef\xbb\xbfcafe\xcc\x81 \xff x\x1b[2Jy"))
        self.assertEqual([3, 9], [report["words"][0]["begin"], report["words"][0]["end"]])


if __name__ == "__main__":
    start_main()
