#!/usr/bin/env python3
"""`tercet learn` and `tercet ledger`: what was learnt is seen, forgotten, undone, moved, never lost.

tests/cli/store_test.py build/release/bin/tercet [-v] [Kill]
TERCET_KILLS=500 makes the test of kill -9 as long as that.
"""

import json
import os
import random
import resource
import signal
import subprocess
import time

from cli_testing import ENGLISH, SECONDS, CliTest, sentences, start_main

KILLS = int(os.environ.get("TERCET_KILLS", "20"))


class Store(CliTest):
    """Without the models that other tests need."""

    @classmethod
    def setUpClass(cls):
        pass

    def ledger(self, *arguments, text=""):
        return self.succeed("ledger", "my.store", *arguments, text=text)

    def counts(self, *arguments):
        rows = json.loads(self.ledger("list", "--json", *arguments))
        return {row["text"]: row["count"] for row in rows}

    def learn(self, name, text, *arguments):
        self.write(name, text)
        return self.succeed("learn", "my.store", name, *arguments)


class Ledger(Store):
    def test_learning_is_seen(self):
        output = self.learn("a.txt", "I want to go. I want it.\n")
        self.assertEqual("a.txt: learnt 9 words in 2 sentences\n", output)
        self.learn("b.txt.gz", "You want it\n", "--source", "chat")
        counts = self.counts()
        self.assertEqual(3, counts["want"])
        self.assertEqual(2, counts["i"])
        self.assertEqual({"i want": 2}, self.counts("--order", "2", "--count", "1"))
        self.assertEqual({"you want": 1, "want it": 1, "you want it": 1},
                         self.counts("--ngrams", "--source", "chat"))
        self.assertEqual({"it": 2}, self.counts("--word", "It"))
        self.assertEqual({}, self.counts("--until", "1h"))
        self.assertEqual(counts, self.counts("--since", "1h"))
        row = json.loads(self.ledger("list", "--json", "--word", "want"))[0]
        self.assertEqual(["a.txt", "chat"], row["sources"])
        self.assertLess(abs(row["last"] / 1000 - time.time()), SECONDS)
        self.assertRegex(self.ledger("list"), r"^ +3  20\d\d-.*  want  \[a.txt, chat\]\n")
        self.assertRegex(self.ledger("sources"), r"9 words in +2 sentences .* a.txt\n.* chat\n$")

    def test_forget_and_undo(self):
        self.learn("a.txt", "My password is Hunter2!\n")
        self.learn("b.txt", "More of it\n")
        before = self.counts("--ngrams")
        self.assertIn("1 words forgotten; ", self.ledger("forget", "HUNTER2"))
        self.assertNotIn("hunter2", self.counts())
        self.assertNotIn("is !", self.counts("--order", "2"))
        self.assertEqual('undone: forgetting the word "hunter2"\n', self.ledger("undo"))
        self.assertEqual(before, self.counts("--ngrams"))
        self.assertIn("3 words forgotten", self.ledger("forget", "--source", "b.txt"))
        self.assertIn("5 words forgotten", self.ledger("forget", "--since", "1h"))
        self.assertEqual({}, self.counts())
        for _ in range(2):
            self.ledger("undo")
        self.assertEqual(before, self.counts("--ngrams"))
        self.assertEqual('undone: learning "More of it" from b.txt\n', self.ledger("undo"))
        self.assertIn("undone: learning", self.ledger("undo"))
        self.assertEqual("there is nothing to undo\n", self.ledger("undo"))

    def test_purge_leaves_no_byte(self):
        self.learn("a.txt", "My password is Hunter2! And xyzzyx.\n")
        self.assertIn("for good", self.ledger("forget", "hunter2", "--for-good"))
        self.ledger("forget", "xyzzyx")
        self.ledger("purge")
        for path in self.folder.glob("my.store*"):
            for secret in (b"hunter2", b"Hunter2", b"xyzzyx"):
                self.assertNotIn(secret, path.read_bytes(), path)
        self.assertIn("password", self.counts())

    def test_export_import_merge(self):
        self.learn("a.txt", sentences(ENGLISH, 50))
        self.ledger("forget", "home")
        self.ledger("block", "Damn")
        self.ledger("block", "hell", "--meaning", "complete", "--language", "en")
        text = self.ledger("export", "-")
        self.assertTrue(text.startswith("tercet-store\t1\n"))
        self.ledger("export", "x.zst")
        self.succeed("ledger", "other.store", "import", "x.zst")
        self.assertEqual(text, self.succeed("ledger", "other.store", "export", "-"))
        self.succeed("learn", "third.store", self.write("c.txt", "New words here\n"))
        self.succeed("ledger", "other.store", "merge", "third.store")
        self.ledger("merge", "other.store")
        merged = self.ledger("export", "-")
        self.assertEqual(merged, self.succeed("ledger", "other.store", "export", "-"))
        self.assertEqual(1, self.counts()["words"])
        self.assertEqual("suggest        damn\ncomplete  en   hell\n", self.ledger("blocks"))
        self.ledger("block", "damn", "--meaning", "allow")
        self.assertRegex(self.ledger("blocks"), "allow +damn")
        broken = text.replace("want", "went", 1) if "want" in text else text[:-40]
        self.fail_with(1, r"standard input|-: line \d+", "ledger", "my.store", "import", "-",
                       text=broken)
        self.assertEqual(merged.splitlines()[1:5], self.ledger("export", "-").splitlines()[1:5])

    def test_exports_replace_exports_only(self):
        self.learn("a.txt", "A word\n")
        letter = self.write("letter.txt", "Dear Anna,\n")
        self.write("letter.txt.zst", "Dear Anna,\n")
        self.write("short.txt", "t")
        for name in ("letter.txt", "letter.txt.zst", "short.txt", "my.store"):
            before = (self.folder / name).read_bytes()
            self.fail_with(1, f"{name}: exists and is not what", "ledger", "my.store", "export",
                           name)
            self.assertEqual(before, (self.folder / name).read_bytes())
        letter.write_text("")
        for name in ("letter.txt", "x.zst", "x.gz", "y.txt"):
            self.ledger("export", name)
            self.learn("b.txt", f"Another word {name}\n")
            self.ledger("export", name)
            self.succeed("ledger", f"{name}.store", "import", name)
            self.assertEqual(self.ledger("export", "-"),
                             self.succeed("ledger", f"{name}.store", "export", "-"))

    def test_wrong_usage(self):
        self.learn("a.txt", "A word\n")
        self.fail_with(2, "required|subcommand", "ledger", "my.store")
        self.fail_with(2, "one thing at a time", "ledger", "my.store", "forget")
        self.fail_with(2, "one thing", "ledger", "my.store", "forget", "a", "--source", "b")
        self.fail_with(2, "is not a time", "ledger", "my.store", "list", "--since", "soon")
        self.fail_with(2, "must be suggest", "ledger", "my.store", "block", "a", "--meaning", "no")
        self.fail_with(1, "not one word", "ledger", "my.store", "forget", "two words")
        self.fail_with(1, "there is no such store.*tercet learn", "ledger", "none", "list")
        self.fail_with(1, "not a tercet store", "ledger", "a.txt", "list")
        self.fail_with(1, "not a tercet store", "learn", "a.txt", "a.txt")
        self.fail_with(1, "No such|no such", "learn", "no/my.store", "a.txt")
        self.fail_with(1, "no such", "learn", "my.store", "missing.txt")

    def test_full_disk(self):
        self.learn("a.txt", "A first text\n")
        self.write("b.txt", sentences(ENGLISH, 50_000))
        before = self.ledger("export", "-")

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

        result = self.run_tercet("learn", "my.store", "b.txt", before=limit)
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stderr, "what was being written is not in the store")
        self.assertEqual(before, self.ledger("export", "-"))

    def test_interrupted_learning_learns_nothing(self):
        os.mkfifo(self.folder / "pipe")
        process = subprocess.Popen(
            [self.binary, "learn", "my.store", "pipe"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
        )
        with (self.folder / "pipe").open("wb") as pipe:
            pipe.write(sentences(ENGLISH, 1000).encode())
            pipe.flush()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=SECONDS)
        self.assertEqual(128 + signal.SIGINT, process.returncode)
        self.assertIn(b"tercet: interrupted; ", errors)
        self.assertEqual({}, self.counts())


class Kill(Store):
    def learn_until_killed(self, first, seconds):
        """Gives lines to a child that is killed after some seconds; how many it acknowledged."""
        process = subprocess.Popen(
            [self.binary, "learn", "my.store", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.folder,
        )
        lines = "".join(f"line number{number}\n" for number in range(first, first + 300))
        process.stdin.write(lines.encode())
        process.stdin.flush()
        time.sleep(seconds)
        process.kill()
        output, _ = process.communicate(timeout=SECONDS)
        # A number without its line's end was not fully told.
        return output.count(b"\n")

    def test_nothing_acknowledged_is_lost(self):
        random_ = random.Random(os.environ.get("TERCET_SEED", "1"))
        acknowledged = set()
        total = first = 0
        for _ in range(KILLS):
            count = self.learn_until_killed(first, random_.uniform(0, 0.3))
            acknowledged |= {f"number{number}" for number in range(first, first + count)}
            total += count
            first += 300
            if count == 0 and not (self.folder / "my.store").exists():
                continue  # Killed before there was a store.
            # Opens for writing, as the next to type would.
            self.assertEqual("", self.succeed("learn", "my.store", "-"))
            learnt = set(self.counts())
            self.assertEqual(set(), acknowledged - learnt)
            # At most one line was on the disk and not told yet.
            self.assertLessEqual(len(learnt - {"line"} - acknowledged), 1)
            acknowledged |= learnt - {"line"}
        print(f"{KILLS} kills, {total} acknowledged lines, none lost")


if __name__ == "__main__":
    start_main()
