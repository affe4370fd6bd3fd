#!/usr/bin/env python3
"""`tercet eval` as a person meets it: reports, JSON, the picture, bad options.

tests/cli/eval_test.py build/release/bin/tercet [-v] [Eval.test_...]
"""

import json
import random
import unittest
import xml.etree.ElementTree as ElementTree

from cli_testing import ENGLISH, NO_WEIGHTS, CliTest, sentences, start_main

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "a&b<c>\x1b"


class Eval(CliTest):
    def setUp(self):
        super().setUp()
        text = sentences(ENGLISH, 40, seed=7).replace("letter", "zyzzyva")
        self.text = self.write("text <&>.txt", text)
        rows = (f"{1 + 5 * i}\t5\t{('books', HOSTILE)[i % 2]}\td{i}\n" for i in range(8))
        self.index = self.write("text.index.tsv", "".join(rows))

    def run_eval(self, *arguments):
        return self.succeed("eval", self.english, "--text", self.text, *arguments)

    def measure(self, *arguments):
        return json.loads(self.run_eval("--json", "--slots", "1,3", *arguments))

    def test_json_keys(self):
        report = self.measure("--index", self.index)
        for key in "words oov characters documents perplexity perplexity_known".split():
            self.assertGreater(report[key], 0, key)
        for key in (
            "hit ksr ksr_reoffer looks late_ksr late_looks unoffered unoffered_known unoffered_oov"
        ).split():
            for figures in (report, report["intervals"], report["genres"]["books"]):
                self.assertEqual(["1", "3"], list(figures[key]), key)
            interval = report["intervals"][key]["3"]
            self.assertLessEqual(interval["low"], interval["high"])
            self.assertEqual(report[key]["3"], interval["value"])
        self.assertEqual({"median", "p99"}, set(report["microseconds"]))
        self.assertEqual([0, 100, 300, 1000, 3000], [p["words_before"] for p in report["curve"]])
        self.assertIsNone(report["curve"][-1]["ksr"]["1"]["value"], "no document is so long")
        self.assertNotIn("compared", report)

    def test_calibration(self):
        calibration = self.measure()["calibration"]
        listed = sum(each["listed"] for each in calibration["bins"])
        error = sum(each["listed"] * abs(each["stated"] - each["came_true"])
                    for each in calibration["bins"]) / listed
        self.assertAlmostEqual(error, calibration["expected_error"])
        for each in calibration["bins"]:
            self.assertLessEqual(each["from"], each["stated"])
            self.assertLessEqual(each["stated"], each["to"])

    def test_time(self):
        report = self.measure("--key-seconds", "0.5,2", "--scan-seconds", "0.25")
        every = report["time"]["every_list"]["3"]
        characters = report["characters"]
        keys = characters * (1 - report["ksr"]["3"] / 100)
        looks = report["looks"]["3"] * report["words"]
        self.assertAlmostEqual((characters - keys) / looks, every["keys_saved_per_look"])
        for key_seconds, row in zip((0.5, 2), every["by_key_seconds"]):
            with_lists = keys * key_seconds + looks * 0.25
            saved = 100 - 100 * with_lists / (characters * key_seconds)
            self.assertEqual(key_seconds, row["key_seconds"])
            self.assertAlmostEqual(saved, row["saved_percent"])
            self.assertAlmostEqual(characters * key_seconds,
                                   keys * key_seconds + looks * row["break_even_scan_seconds"])
        even = every["break_even_key_seconds"]
        self.assertAlmostEqual(characters * even, keys * even + looks * 0.25)

    def test_comparison(self):
        report = self.measure("--compare", "--index", self.index)
        names = [each["setting"] for each in report["compared"]]
        self.assertEqual(["background only", "document n-grams", "recent words", "repeats",
                          "all but learning weights", "all but restraint", "all together"], names)
        first, *_, last = report["compared"]
        self.assertNotIn("gain", first)
        self.assertEqual(report["ksr"], last["figures"]["ksr"])
        self.assertEqual(self.measure("--background-only")["ksr"], first["figures"]["ksr"])
        for each in report["compared"][1:]:
            for slots, gained in each["gain"]["ksr"].items():
                self.assertAlmostEqual(
                    gained, each["figures"]["ksr"][slots] - first["figures"]["ksr"][slots]
                )
            self.assertEqual(list(report["genres"]), list(each["genre_gains"]))

    def test_text(self):
        text = self.run_eval("--index", self.index, "--compare", "--details")
        for part in ("background only", "never listed", "calibration", "time saved", "words before",
                     "gained, points", "genres on which an addition loses"):
            self.assertIn(part, text)
        brief = self.run_eval("--index", self.index)
        self.assertIn("calibration expected error", brief)
        self.assertNotIn("words before", brief)
        self.assertNotIn("gained", brief)

    def test_plot(self):
        for name, arguments in (("two", ()), ("one", ("--background-only",))):
            plot = self.folder / f"{name}.svg"
            self.run_eval("--index", self.index, "--plot", plot, *arguments)
            root = ElementTree.parse(plot).getroot()
            self.assertEqual(SVG + "svg", root.tag)
            words = [text.text for text in root.iter(SVG + "text")]
            self.assertTrue(any("text <&>.txt" in each for each in words))
            self.assertTrue(any(each.startswith("a&b<c>\ufffd") for each in words))
            for part in ("By length of the list", "By genre, 3 slots", "background only"):
                self.assertIn(part, words)
            self.assertEqual(name == "two", "learning as it is typed" in words)
            self.assertEqual([], list(root.iter(SVG + "script")))
            self.assertNotIn("nan", plot.read_text())
        self.run_eval("--plot", plot)
        self.assertNotIn("By genre", plot.read_text(), "an SVG is replaced")

    def test_plot_harms_no_other_file(self):
        notes = self.write("notes.txt", "mine")
        self.fail_with(1, "notes.txt", "eval", self.english, "--text", self.text, "--plot", notes)
        self.assertEqual("mine", notes.read_text())
        self.fail_with(1, "nowhere", "eval", self.english, "--text", self.text, "--plot",
                       self.folder / "nowhere" / "x.svg")

    def measure_text(self, *arguments, models=()):
        output = self.succeed("eval", self.english, *models, "--text", self.text, "--json",
                              "--slots", "1,3", "--protocol", "text", *arguments)
        return json.loads(output)["text"]

    def test_text_protocol(self):
        report = self.measure_text("--index", self.index)
        text = self.text.read_text()
        self.assertEqual(len(text), report["characters"])
        self.assertEqual(40, report["documents"] * 5)
        for figures in (report, report["genres"]["books"]):
            self.assertEqual(["1", "3"], list(figures["slots"]))
            for of in figures["slots"].values():
                self.assertAlmostEqual(100, sum(of["keys"].values()))
                self.assertLessEqual(of["ksr"]["low"], of["ksr"]["value"])
                self.assertGreater(of["ksr_phrases"]["value"], 0)
        self.assertEqual({"median", "p99"}, set(report["microseconds"]["3"]))
        self.assertEqual(0, report["initials"]["2"]["tried"])
        self.assertRegex(self.run_eval("--protocol", "text", "--words", "30"), "words +30 ")

    def test_initials(self):
        plain = self.measure_text()
        report = self.measure_text("--initials")
        for words in ("2", "3", "4"):
            found = report["initials"][words]
            self.assertGreater(found["tried"], 0)
            self.assertLessEqual(found["first"]["value"], found["third"]["value"])
        self.assertEqual(plain["slots"], report["slots"], "they change nothing else")
        self.assertIn("initials", self.run_eval("--protocol", "text", "--initials"))

    def test_several_models(self):
        report = self.measure_text(models=[self.english])
        self.assertGreater(report["slots"]["3"]["ksr"]["value"], 0)
        self.fail_with(2, "--protocol text", "eval", self.english, self.english,
                       "--text", self.text)

    def test_store(self):
        store = self.folder / "mine.tcs"
        self.succeed("learn", store, self.text)
        before = store.read_bytes()
        for measure, figure in ((self.measure, lambda r: r["ksr"]["3"]),
                                (self.measure_text, lambda r: r["slots"]["3"]["ksr"]["value"])):
            self.assertGreater(figure(measure("--store", store)), figure(measure()))
        self.assertEqual(before, store.read_bytes())
        self.fail_with(1, "nowhere", "eval", self.english, "--text", self.text, "--store",
                       self.folder / "nowhere")

    def test_weights(self):
        nothing = self.write("nothing.weights", NO_WEIGHTS)
        self.assertAlmostEqual(self.measure("--background-only")["perplexity"],
                               self.measure("--weights", nothing)["perplexity"], 3)
        shipped = self.measure()
        for text in ("", "# a comment\n"):
            same = self.measure("--weights", self.write("same.weights.zst", text))
            self.assertEqual(shipped["intervals"], same["intervals"], "what is left out is shipped")
        plain = self.measure_text()["slots"]
        self.assertNotEqual(plain, self.measure_text("--weights", nothing)["slots"])
        self.assertEqual(plain, self.measure_text("--weights", "same.weights.zst")["slots"])

    def test_bad_weights(self):
        for text, pattern in (("# mine\nperson 0 1 2 3\n", ":2: expected four weights"),
                              ("repeat 0 0 0 0 0\n", ":1: more than four weights"),
                              ("person 5 0 0 0 0\n", ":1: expected .* from 0 to 4"),
                              (self.english.read_bytes(), ":1: expected"),
                              (None, ": no such file")):
            path = self.folder / "none" if text is None else self.write("bad.weights", text)
            for protocol in ("words", "text"):
                self.fail_with(1, f"{path}{pattern}.*written by: tercet tune", "eval", self.english,
                               "--text", self.text, "--weights", path, "--protocol", protocol)

    def test_lanes(self):
        # Documents that keep to one of four topics, and words that no other form shares a stem with.
        def text(documents, seed):
            random_ = random.Random(seed)
            lines, index = [], []
            for number in range(documents):
                topic = random_.randrange(4)
                word = lambda: "b" + "".join(
                    random_.choice("dfgklmn") + random_.choice("aou") for _ in range(2)
                ) + "tpzx"[topic] + "k"
                index.append(f"{20 * number + 1}\t20\t{('books', HOSTILE)[number % 2]}\td{number}\n")
                lines += [f"The {word()} and the {word()}.\n" for _ in range(20)]
            return "".join(lines), "".join(index)

        for name, (lines, index) in {"train": text(3000, 1), "test": text(40, 2)}.items():
            self.write(f"{name}.txt", lines)
            self.write(f"{name}.index.tsv", index)
        self.succeed("train", "--quiet", "--lanes", "--output", "lanes.tct", "train.txt")
        command = ("eval", "lanes.tct", "--text", "test.txt", "--index", "test.index.tsv", "--lanes")
        report = json.loads(self.succeed(*command, "--json"))["lanes"]
        self.assertEqual(1, report["seed"])
        self.assertEqual({"books", HOSTILE}, set(report["genres"]))
        self.assertEqual(report["positions"],
                         sum(each["positions"] for each in report["genres"].values()))
        self.assertEqual(["random", "p", "fit", "lift", "ppmi", "posterior"],
                         list(report["rankings"]))
        self.assertEqual({"fit", "unigram", "surprise"}, set(report["auc"]))
        self.assertEqual(["human", "sentences shuffled", "within documents", "words shuffled",
                          "replaced", "sampled"], list(report["texts"]))
        self.assertEqual(["0", "0.5", "0.8", "0.9", "0.95"], list(report["gate_recall"]))
        self.assertEqual(4, len(report["mixes"]))
        self.assertGreater(report["bits_saved"]["low"], 0)
        posterior = report["rankings"]["posterior"]["mrr"]["value"]
        for of in report["rankings"].values():
            self.assertAlmostEqual(posterior - of["mrr"]["value"],
                                   of["posterior_mrr_gain"]["value"])
        self.assertTrue(any(must["holds"] for must in report["musts"]))
        self.assertNotIn("typed", report)
        threads = json.loads(self.succeed(*command, "--json", "--threads", "3"))["lanes"]
        self.assertEqual(report, threads)
        other = json.loads(self.succeed(*command, "--json", "--seed", "9"))["lanes"]
        self.assertNotEqual(report["texts"], other["texts"])
        self.assertEqual(report["rankings"]["p"], other["rankings"]["p"])
        few = json.loads(self.succeed(*command, "--json", "--positions", "50"))["lanes"]
        self.assertEqual(50, few["positions"])
        mild = json.loads(self.succeed(*command, "--json", "--lane-strength", "1"))["lanes"]
        self.assertEqual(report["bits"], mild["bits"])
        self.assertNotEqual(report["bits_saved"], mild["bits_saved"])
        compared = self.succeed(*command, "--json", "--compare", "--slots", "3")
        typed = json.loads(compared)["lanes"]["typed"]
        self.assertGreater(typed["gain"]["ksr"]["3"]["low"], 0)
        self.assertEqual(set(report["genres"]), set(typed["genre_gains"]))
        printed = self.succeed(*command, "--compare")
        for part in ("seed         1", "posterior's R@10 less it", "control: unigram", "sentences shuffled",
                     "5 typical, 5 rare, 5 genius", "gate of V", "must hold", "gained, points"):
            self.assertIn(part, printed)
        self.assertNotIn("\x1b", printed)
        self.assertEqual(report["unusual"]["value"] < 0.12, report["seen_before"])
        self.assertEqual(report["seen_before"], "was this text trained on?" in printed)
        self.fail_with(1, "trained without lanes.*--lanes", "eval", self.english, "--text",
                       "test.txt", "--lanes")
        for options in (("--own",), ("--store", "x"), ("--protocol", "text"), ("--details",),
                        ("--plot", "x.svg"), ("--positions", "0"), ("--lane-strength", "9")):
            self.fail_with(2, options[0], *command, *options)
        self.fail_with(1, "strength", *command, "--lane-strength", "0.7")
        self.fail_with(2, "--lanes", "eval", self.english, "--text", "test.txt", "--seed", "1")

    def test_options_of_one_protocol(self):
        for options in (("--initials",), ("--protocol", "text", "--compare"),
                        ("--protocol", "text", "--background-only"),
                        ("--protocol", "text", "--details"),
                        ("--protocol", "text", "--plot", self.folder / "x.svg"),
                        ("--protocol", "letters"), ("--background-only", "--store", "x"),
                        ("--background-only", "--weights", "x")):
            self.fail_with(2, options[0], "eval", self.english, "--text", self.text, *options)

    def test_bad_options(self):
        self.fail_with(2, "nothing to compare", "eval", self.english, "--text", self.text,
                       "--compare", "--background-only")
        for options in (("--key-seconds", "0"), ("--scan-seconds", "-1"), ("--key-seconds", "x")):
            self.fail_with(2, options[0], "eval", self.english, "--text", self.text, *options)


if __name__ == "__main__":
    start_main()
