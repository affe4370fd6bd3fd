#!/usr/bin/env python3
"""Training that is stopped: what is left behind, what is cleared up.

tests/cli/stop_test.py build/release/bin/tercet [-v]
"""

import fcntl
import os
import pathlib
import signal
import subprocess
import sys
import termios
import time

from cli_testing import ENGLISH, SECONDS, CliTest, sentences, start_main


class Stop(CliTest):
    def setUp(self):
        super().setUp()
        self.old_model = self.english.read_bytes()
        self.write("m.tct", self.old_model)

    def start(self, *arguments):
        """A training that waits for its text, with its temporary files made."""
        process = subprocess.Popen(
            [self.binary, "train", "--output", "m.tct", *arguments, "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
        )
        self.addCleanup(self.end, process)
        process.stdin.write(sentences(ENGLISH, 1000).encode())
        process.stdin.flush()
        deadline = time.monotonic() + SECONDS
        while len(self.files()) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(3, len(self.files()), "the model, the new one and the scratch directory")
        while not self.waits(process) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertTrue(self.waits(process), "the training reads on")
        return process

    @staticmethod
    def waits(process):
        """True when the pipe is empty and every thread sleeps: all that is left to do is to read."""
        unread = fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0" * 4)
        tasks = pathlib.Path(f"/proc/{process.pid}/task").glob("*/stat")
        states = [task.read_text().rpartition(")")[2].split()[0] for task in tasks]
        return int.from_bytes(unread, sys.byteorder) == 0 and set(states) == {"S"}

    @staticmethod
    def end(process):
        process.kill()
        process.wait(SECONDS)
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()

    def assert_only_the_old_model(self):
        self.assertEqual(["m.tct"], self.files())
        self.assertEqual(self.old_model, (self.folder / "m.tct").read_bytes())

    def test_interrupted_training_leaves_the_old_model(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start()
            process.send_signal(number)
            time.sleep(0.2)  # A pipe that ended first would be a training that finished first.
            output, errors = process.communicate(sentences(ENGLISH, 50_000).encode(), SECONDS)
            self.assertEqual(128 + number, process.returncode, errors)
            self.assertEqual(b"", output)
            self.assertIn(
                b"tercet: interrupted; nothing was written, the old model is untouched", errors
            )
            self.assert_only_the_old_model()

    def test_a_training_that_waits_for_text_is_stopped(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process = self.start()
            process.send_signal(number)
            self.assertEqual(128 + number, process.wait(SECONDS))
            self.assert_only_the_old_model()

    def test_a_training_that_waits_for_a_writer_is_stopped(self):
        os.mkfifo(self.folder / "pipe")
        process = subprocess.Popen(
            [self.binary, "train", "--output", "m.tct", "pipe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
        )
        self.addCleanup(self.end, process)
        deadline = time.monotonic() + SECONDS
        while len(self.files()) < 4 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        self.assertEqual(128 + signal.SIGINT, process.wait(SECONDS))
        self.assertEqual(["m.tct", "pipe"], self.files())

    def test_closed_standard_input_is_an_error(self):
        result = subprocess.run(
            ["sh", "-c", '"$0" train --output m.tct - <&-', self.binary],
            capture_output=True,
            cwd=self.folder,
            timeout=SECONDS,
            check=False,
        )
        self.assertEqual(1, result.returncode)
        self.assertIn(b"standard input", result.stderr)
        self.assert_only_the_old_model()

    def test_the_next_training_clears_up_after_a_killed_one(self):
        process = self.start()
        process.kill()
        process.wait(SECONDS)
        self.assertEqual(3, len(self.files()))
        self.assertEqual(self.old_model, (self.folder / "m.tct").read_bytes())
        self.succeed("train", "--output", "m.tct", "-", text=sentences(ENGLISH, 100))
        self.assertEqual(["m.tct"], self.files())
        self.succeed("verify", "--queries", "100", "m.tct")

    def test_temporaries_of_a_living_training_are_left_alone(self):
        process = self.start()
        self.succeed("train", "--output", "m.tct", "-", text=sentences(ENGLISH, 100))
        self.assertEqual(3, len(self.files()))
        process.communicate(b"", SECONDS)
        self.assertEqual(0, process.returncode)
        self.assertEqual(["m.tct"], self.files())


if __name__ == "__main__":
    start_main()
