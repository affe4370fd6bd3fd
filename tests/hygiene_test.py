#!/usr/bin/env python3
"""Checks of what is not C++ semantics: format, shell scripts, the shipped text and its sources.

Run it by ctest, or by hand from anywhere: tests/hygiene_test.py [Format|Shell|Data].
"""

import re
import shutil
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_FOLDERS = ["include", "src", "apps", "tests", "bench", "fuzz"]
DATA = ROOT / "data"
LANGUAGES = {"en": "English", "ru": "Russian"}
PARTS = ["seed", "dev.free", "test.free"]
MOST_DATA_BYTES = 50_000_000


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


class Format(unittest.TestCase):
    def test_clang_format(self):
        files = [
            path.relative_to(ROOT).as_posix()
            for folder in SOURCE_FOLDERS
            for path in sorted((ROOT / folder).rglob("*"))
            if path.suffix in (".h", ".cc")
        ]
        result = run("clang-format-19", "--dry-run", "--Werror", *files)
        wrong = sorted(set(re.findall(r"^(\S+?):\d+:", result.stderr.decode(), re.MULTILINE)))
        self.assertEqual(0, result.returncode, "mend with: clang-format-19 -i " + " ".join(wrong))


def is_shell(path):
    if not path.is_file() or path.suffix in (".py", ".md"):
        return False
    with path.open("rb") as file:
        line = file.readline(100)
    return re.match(rb"#!.*\b(ba|da)?sh\b|# shellcheck shell=", line) is not None


class Shell(unittest.TestCase):
    def scripts(self):
        candidates = [ROOT / name for name in ("run", "test", ".ci/run")]
        for folder in ["scripts", "tests", "bench", "apps"]:
            candidates += sorted((ROOT / folder).rglob("*"))
        return [path for path in candidates if is_shell(path)]

    def test_shellcheck(self):
        scripts = [path.relative_to(ROOT).as_posix() for path in self.scripts()]
        self.assertLessEqual({"run", "test", ".ci/run", "scripts/install-packages"}, set(scripts))
        result = run("shellcheck", "-x", *scripts)
        self.assertEqual(0, result.returncode, result.stdout.decode())

    def test_commands_are_executable(self):
        for name in ["run", "test", ".ci/run", "scripts/install-packages"]:
            self.assertTrue(shutil.which(ROOT / name), name)


def unpacked(path):
    if path.suffix != ".zst":
        return path.read_bytes()
    return subprocess.run(["zstd", "-dcq", path], capture_output=True, check=True).stdout


def index_rows(language, part):
    """(first line, lines, source) of each row."""
    packed = DATA / f"{language}.{part}.index.tsv.zst"
    path = packed if packed.exists() else packed.with_suffix("")
    for line in unpacked(path).decode("utf-8").splitlines():
        first, count, source, _document = line.split("\t")
        yield int(first), int(count), source


def attributed(language):
    """Source -> its row's cells, from ATTRIBUTION.md."""
    text = (DATA / "ATTRIBUTION.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {LANGUAGES[language]}: ")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return {row[0].strip(): [cell.strip() for cell in row] for row in rows[2:]}


class Data(unittest.TestCase):
    def test_every_source_has_a_row_and_every_row_a_source(self):
        for language in LANGUAGES:
            rows = attributed(language)
            used = {source for part in PARTS for _, _, source in index_rows(language, part)}
            self.assertEqual(set(), used - set(rows), f"{language}: sources without attribution")
            # The seed's blocks named `train` hold every source of the larger corpus.
            mixed = {name for name, row in rows.items() if row[4].endswith("in train")}
            self.assertEqual(set(), set(rows) - used - mixed, f"{language}: rows without text")
            for row in rows.values():
                self.assertEqual(7, len(row), row)
                self.assertTrue(all(row[:4]), row)

    def test_the_index_covers_every_line_and_the_bytes_are_as_stated(self):
        for language in LANGUAGES:
            rows = attributed(language)
            for column, part in enumerate(PARTS, start=4):
                lines = unpacked(DATA / f"{language}.{part}.txt.zst").split(b"\n")
                self.assertEqual(b"", lines.pop(), "the last line has no end")
                expected_first = 1
                found = {}
                for first, count, source in index_rows(language, part):
                    self.assertEqual(expected_first, first)
                    expected_first += count
                    text = lines[first - 1 : first - 1 + count]
                    found[source] = found.get(source, 0) + sum(map(len, text)) + count
                self.assertEqual(len(lines), expected_first - 1)
                stated = {
                    name: int(row[column].split()[0])
                    for name, row in rows.items()
                    if re.match("[0-9]", row[column])
                }
                self.assertEqual(stated, found, f"{language} {part}")

    def test_a_clone_stays_small(self):
        total = sum(path.stat().st_size for path in DATA.iterdir())
        self.assertLess(total, MOST_DATA_BYTES)


if __name__ == "__main__":
    unittest.main()
