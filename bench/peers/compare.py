#!/usr/bin/env python3
"""Keystrokes that tercet and its peers save one simulated person (docs/METRIC.md, protocol words).

The text holds one sentence per line. Every peer gets the same words: lower-cased, without signs;
the context is the sentence so far. Nothing is learnt from the text that is measured.

  bench/peers/compare.py --peer presage --sentences 150 phrases.txt
  bench/peers/compare.py --peer onboard --model /usr/share/onboard/models/ru_RU.lm ru.test.txt.zst
  bench/peers/compare.py --peer tercet --train corpus.txt.zst --sentences 150 phrases.txt --json
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SLOTS = (1, 3, 5, 10)
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
SHIPPED = {
    "presage": "/usr/share/presage/database_en.db",
    "onboard": "/usr/share/onboard/models/en_US.lm",
    "tercet": ROOT / "models" / "en.tct",
}


def sentences(path, most=None):
    """The words of each line that has any."""
    command = ["zstd", "-dcq", path] if path.suffix == ".zst" else ["cat", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        found = 0
        for line in process.stdout:
            words = WORD.findall(line.lower().replace("\u2019", "'"))
            if words:
                yield words
                found += 1
            if found == most:
                process.terminate()
                return
    if process.returncode != 0:
        sys.exit(f"cannot read {path}")


def write_words(path, texts):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(" ".join(words) + "\n" for words in texts)
    return path


class Driver:
    """A peer's process that answers requests for lists, one line each."""

    def __init__(self, command, folder):
        # HOME: without what its user has taught the peer. Presage offers parts of UTF-8 characters.
        self.process = subprocess.Popen(
            command, env={**os.environ, "HOME": str(folder)}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, encoding="utf-8", errors="replace")

    def ask(self, context, prefix, count):
        """(words, microseconds of processor time)"""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(f"{context}\t{prefix}\t{count}\n")
            self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{self.process.args[0]} ended, exit status {self.process.wait()}")
        nanoseconds, *words = answer.rstrip("\n").split("\t")
        return words, int(nanoseconds) / 1000

    def close(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()


def type_word(driver, context, word, slots):
    """(keys, keys with re-offers, microseconds of each list) of one word."""
    passed, times = set(), []
    keys = None
    for typed in range(len(word)):
        listed, time = driver.ask(context, word[:typed], slots + len(passed))
        times.append(time)
        new = [other for other in listed if other not in passed][:slots]
        # Peers may list "War"; case is not typed.
        if keys is None and word in map(str.lower, new):
            keys = typed + 1
        if word in map(str.lower, listed[:slots]):
            return keys, typed + 1, times
        passed.update(new)
    return keys or len(word) + 1, len(word) + 1, times


def measure(driver, texts, slots):
    words = hits = keys = keys_reoffer = keys_most = 0
    times = []
    for text in texts:
        for position, word in enumerate(text):
            saved, reoffered, spent = type_word(driver, " ".join(text[:position]), word, slots)
            words += 1
            hits += saved == 1
            keys += saved
            keys_reoffer += reoffered
            keys_most += len(word) + 1
            times += spent
    times.sort()
    return {
        "words": words,
        "hit": 100 * hits / words,
        "ksr": 100 - 100 * keys / keys_most,
        "ksr_reoffer": 100 - 100 * keys_reoffer / keys_most,
        "median": statistics.median(times),
        "p99": times[len(times) * 99 // 100],
    }


def presage(arguments, folder):
    """Builds the driver; a text is counted by Presage's own tool, order by order."""
    program = folder / "presage_driver"
    subprocess.run(["g++", "-std=c++20", "-O2", "-o", program, HERE / "presage_driver.cc",
                    "-lpresage"], check=True)
    model = arguments.model
    if arguments.train:
        model = folder / "trained.db"
        text = write_words(folder / "train.txt", sentences(arguments.train))
        for order in "123":
            subprocess.run(["text2ngram", "-n", order, "-a", "-f", "sqlite", "-o", model, text],
                           stdout=subprocess.DEVNULL, check=True)
    (folder / ".presage").mkdir()
    return Driver([program, model], folder)


def onboard(arguments, folder):
    program = [sys.executable, HERE / "pypredict_driver.py"]
    if arguments.train:
        text = write_words(folder / "train.txt", sentences(arguments.train))
        return Driver([*program, "--train", text], folder)
    return Driver([*program, arguments.model], folder)


def measure_peer(start, arguments, texts, folder):
    with contextlib.closing(start(arguments, folder)) as driver:
        return {slots: measure(driver, texts, slots) for slots in SLOTS}


def measure_tercet(arguments, texts, folder):
    """By tercet's own eval, on the same words; its times are of the wall, on one thread."""
    model = arguments.model
    if arguments.train:
        model = folder / "trained.tct"
        text = write_words(folder / "train.txt", sentences(arguments.train))
        subprocess.run([arguments.tercet, "train", "--language", arguments.language, "--quiet",
                        "--output", model, text], check=True)
    # As text once more: its own rules part a word of ten thousand, in Thai for one, otherwise.
    text = write_words(folder / "test.txt", texts)
    figures = {}
    for slots in SLOTS:
        result = subprocess.run([arguments.tercet, "eval", model, "--text", text, "--json",
                                 "--background-only", "--threads", "1", "--slots", str(slots)],
                                stdout=subprocess.PIPE, check=True)
        found = json.loads(result.stdout)
        figures[slots] = {"words": found["words"], **found["microseconds"],
                          **{key: found[key][str(slots)] for key in ("hit", "ksr", "ksr_reoffer")}}
    return figures


def report(arguments, count, figures):
    if arguments.json:
        print(json.dumps({"peer": arguments.peer, "sentences": count, "slots": figures}))
        return
    source = f"trained on {arguments.train}" if arguments.train else arguments.model
    print(f"{arguments.peer}, {source}: {count} sentences, {figures[SLOTS[0]]['words']} words")
    print("slots      KSR   with re-offers      hit   us per list: median        p99")
    for slots, row in figures.items():
        print(f"{slots:5} {row['ksr']:8.2f} {row['ksr_reoffer']:16.2f} {row['hit']:8.2f} "
              f"{row['median']:21.1f} {row['p99']:10.1f}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=pathlib.Path, help="what to type (.txt or .zst)")
    parser.add_argument("--peer", required=True, choices=SHIPPED)
    parser.add_argument("--sentences", type=int, metavar="N", help="type the first N [all]")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--model", type=pathlib.Path, help="[the English one as shipped]")
    source.add_argument("--train", type=pathlib.Path, metavar="TEXT",
                        help="train the peer on this text (.txt or .zst) instead")
    parser.add_argument("--language", default="en", help="of --train, for tercet [en]")
    parser.add_argument("--tercet", default=ROOT / "build/release/bin/tercet", help="the program")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    arguments.model = arguments.model or SHIPPED[arguments.peer]
    for path in filter(None, (arguments.text, arguments.train)):
        if not path.exists():
            parser.error(f"there is no {path}")
    if arguments.sentences is not None and arguments.sentences < 1:
        parser.error("--sentences must be at least 1")
    if not arguments.train and not os.path.exists(arguments.model):
        parser.error(f"there is no {arguments.model}")
    return arguments


def main():
    arguments = parse()
    texts = list(sentences(arguments.text, arguments.sentences))
    if not texts:
        sys.exit(f"{arguments.text} holds no words")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if arguments.peer == "tercet":
            figures = measure_tercet(arguments, texts, folder)
        else:
            start = {"presage": presage, "onboard": onboard}[arguments.peer]
            figures = measure_peer(start, arguments, texts, folder)
    report(arguments, len(texts), figures)


if __name__ == "__main__":
    try:
        main()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"{error}; bench/peers/README.md says what to install")
