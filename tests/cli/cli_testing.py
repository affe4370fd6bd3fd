"""What the tests of the command line share: texts to train on, a directory, running the binary."""

import gzip
import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SECONDS = 60  # Generous: the machine may be busy, and the build may be a sanitizer's.

ENGLISH = (
    ("I", "We", "They", "You"),
    ("want to", "have to", "would like to", "used to"),
    ("go", "read", "see", "write"),
    ("home", "the letter", "the old house", "a good book"),
    ("today.", "tomorrow, I think.", "again!", "very soon."),
)
RUSSIAN = (
    ("Я", "Мы", "Они", "Вы"),
    ("хочу", "будем", "могли", "должны"),
    ("читать", "видеть", "писать", "искать"),
    ("письмо", "старый дом", "хорошую книгу", "ответ"),
    ("сегодня.", "завтра, кажется.", "снова!", "скоро."),
)

# A weights file that leaves nothing to what is learnt.
NO_WEIGHTS = "repeat 0 0 0 0\n" + "".join(
    f"{part} {length} 0 0 0 0\n" for part in ("person", "document", "recent") for length in range(5)
)


def sentences(parts, count, seed=1):
    """`count` lines of text, the same for the same arguments."""
    random_ = random.Random(seed)
    return "".join(" ".join(map(random_.choice, parts)) + "\n" for _ in range(count))


def zstd(data):
    return subprocess.run(["zstd", "-qc"], input=data, capture_output=True, check=True).stdout


def start_main():
    """unittest.main(), after taking the binary's path from the command line."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PATH-OF-TERCET [unittest options]")
    CliTest.binary = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()


class CliTest(unittest.TestCase):
    """A temporary directory per test, and two small models per class."""

    binary = ""

    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory(prefix="tercet-cli-test.")
        cls.addClassCleanup(cls.shared.cleanup)
        folder = Path(cls.shared.name)
        cls.english, cls.russian = folder / "en.tct", folder / "ru.tct"
        for path, parts in ((cls.english, ENGLISH), (cls.russian, RUSSIAN)):
            text = folder / (path.stem + ".txt")
            text.write_text(sentences(parts, 2000), encoding="utf-8")
            command = [cls.binary, "train", "--quiet", "--language", path.stem]
            subprocess.run([*command, "--output", path, text], check=True, timeout=SECONDS)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tercet-cli-test.")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, content):
        """A file in the test's directory; packed if its name says so."""
        data = content.encode() if isinstance(content, str) else content
        if name.endswith(".gz"):
            data = gzip.compress(data)
        elif name.endswith(".zst"):
            data = zstd(data)
        path = self.folder / name
        path.write_bytes(data)
        return path

    def files(self):
        return sorted(os.listdir(self.folder))

    def run_tercet(self, *arguments, text="", before=None):
        """Runs the binary to its end, after `before` in its process. Output is decoded strictly: it
        must be valid UTF-8."""
        data = text.encode() if isinstance(text, str) else text
        result = subprocess.run(
            [self.binary, *map(str, arguments)],
            input=data,
            capture_output=True,
            cwd=self.folder,
            timeout=SECONDS,
            check=False,
            preexec_fn=before,
        )
        result.stdout = result.stdout.decode()
        result.stderr = result.stderr.decode()
        return result

    def succeed(self, *arguments, text=""):
        result = self.run_tercet(*arguments, text=text)
        self.assertEqual(0, result.returncode, result.stderr)
        return result.stdout

    def fail_with(self, status, pattern, *arguments, text=""):
        """Asserts the exit status, one message on stderr that matches, and an empty stdout."""
        result = self.run_tercet(*arguments, text=text)
        self.assertEqual(status, result.returncode, result.stdout + result.stderr)
        self.assertRegex(result.stderr, "^tercet: ")
        self.assertRegex(result.stderr, pattern)
        self.assertEqual("", result.stdout)
        return result
