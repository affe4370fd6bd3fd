#!/usr/bin/env python3
"""Checks the #include lines of the tree against the arrows between its folders, and a few limits.

docs/ARCHITECTURE.md explains the arrows; this table is what holds. A folder may include itself and
what is listed. Run it by ctest, or by hand from anywhere: tests/includes_test.py [-v].
"""

import re
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Folder -> folders of src/ that it may include. The public headers (tercet/...) are open to all.
ARROWS = {
    "include/tercet": set(),
    "src/core": set(),
    "src/text": {"core"},
    "src/json": {"core", "text"},
    "src/format": {"core"},
    "src/model": {"core", "format"},
    "src/lanes": {"core", "format", "model"},
    "src/predict": {"core", "format", "lanes", "model", "text"},
    "src/session": {"core", "format", "lanes", "model", "predict", "text"},
    "src/os": {"core"},
    "src/train": {"core", "format", "lanes", "model", "os", "text"},
    "src/interop": {"core", "format", "model", "os"},
    "src/measure": {"core", "text"},
    "src/store": {"core", "os", "text"},
    "src/api": {"core", "format", "interop", "lanes", "measure", "model", "os", "predict", "session",
                "text", "train"},
    "src/http": {"core", "json", "text"},
    "src/page": set(),
    "src/serve": {"core", "http", "json", "model", "page", "text"},
    "apps/cli": {"core", "format", "http", "json", "os", "serve", "text"},
}

# Libraries that are not the standard's, by the first part of the header's path.
LIBRARIES = {
    "include/tercet": set(),
    "src/core": {"xxhash.h"},
    "src/text": {"libstemmer.h", "utf8proc.h", "fmt"},
    "src/http": {"boost", "fmt"},
    "src/json": {"fmt", "simdjson.h"},
    "src/os": {"fmt", "zlib.h", "zstd.h"},
    "src/store": {"blake2.h", "fmt", "sqlite3.h"},
    "apps/cli": {"CLI", "fmt", "spdlog", "toml++"},
}
DEFAULT_LIBRARIES = {"fmt"}
TEST_LIBRARIES = {"benchmark", "fmt", "gmock", "gtest", "rapidcheck", "rapidcheck.h", "unicode"}

# These folders take bytes and give bytes: no files, no threads, no printing.
PURE = {
    "src/core",
    "src/text",
    "src/json",
    "src/format",
    "src/model",
    "src/lanes",
    "src/predict",
    "src/session",
    "src/measure",
}
IMPURE_HEADERS = {"filesystem", "fstream", "iostream", "thread"}
# The folders with system calls.
SYSTEM = {"src/os", "apps/cli"}

SOURCE_FOLDERS = ["include", "src", "apps", "tests", "bench", "fuzz"]
SOURCE_SUFFIXES = {".h", ".cc", ".py"}
MOST_LINES = 500
MOST_PUBLIC_HEADER_LINES = 200
MOST_PUBLIC_LINES = 1500
# Written apart, or this file would break its own rule.
UNFINISHED = re.compile("TO" + "DO|FIX" + "ME")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def sources(root):
    """All files with source text below the source folders."""
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SOURCE_SUFFIXES and path.is_file():
                yield path


def is_test(path):
    return path.stem.endswith("_test") or path.stem.endswith("testing")


def folder_of(name):
    """The row of ARROWS for a path relative to the root, or None (tests, bench, fuzz: all goes)."""
    return next((folder for folder in ARROWS if name.startswith(folder + "/")), None)


def problem_with_own(folder, path, header):
    """What is wrong with #include "header" in a file of `folder`; None if nothing."""
    first = header.split("/")[0]
    if first == "tercet" or (path.parent / header).is_file():
        return None
    if folder.split("/")[-1] == first or first in ARROWS[folder]:
        return None
    if "src/" + first in ARROWS:
        return f"{folder} may not include {first}"
    return "not a header of this tree, or not by its path from src/"


def problem_with_foreign(folder, path, header):
    """What is wrong with #include <header> in a file of `folder`; None if nothing."""
    first = header.split("/")[0]
    allowed = LIBRARIES.get(folder, DEFAULT_LIBRARIES) | (TEST_LIBRARIES if is_test(path) else set())
    if first in allowed:
        return None
    is_standard = re.fullmatch("[a-z0-9_]+", header) is not None
    if not is_standard:
        return None if folder in SYSTEM or is_test(path) else f"{folder} may not include this library"
    if folder in PURE and header in IMPURE_HEADERS and not is_test(path):
        return f"{folder} knows no files, threads or printing"
    return None


def include_problems(root):
    problems = []
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        folder = folder_of(name)
        if folder is None:
            continue
        text = path.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            bracket, header = match.groups()
            check = problem_with_own if bracket == '"' else problem_with_foreign
            problem = check(folder, path, header)
            if problem is not None:
                line = text.count("\n", 0, match.start(2)) + 1
                problems.append(f"{name}:{line}: {header}: {problem}")
    return problems


def limit_problems(root):
    problems = []
    public = 0
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        is_public = name.startswith("include/")
        public += lines if is_public else 0
        most = MOST_PUBLIC_HEADER_LINES if is_public else MOST_LINES
        if lines > most:
            problems.append(f"{name}: {lines} lines, more than {most}")
        for match in UNFINISHED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{name}:{line}: {match.group()}: finish it, or write down the limit")
    if public >= MOST_PUBLIC_LINES:
        problems.append(f"include/: {public} lines, not fewer than {MOST_PUBLIC_LINES}")
    return problems


class Tree(unittest.TestCase):
    def test_includes(self):
        self.assertEqual([], include_problems(ROOT))

    def test_limits(self):
        self.assertEqual([], limit_problems(ROOT))

    def test_every_folder_has_a_row(self):
        folders = {"src/" + path.name for path in (ROOT / "src").iterdir() if path.is_dir()}
        self.assertLessEqual(folders, set(ARROWS))


class SelfCheck(unittest.TestCase):
    """The checks catch what they are for."""

    def problems(self, check, files):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            return check(root)

    def assert_include(self, path, line, expected):
        problems = self.problems(include_problems, {path: "// x\n" + line + "\n"})
        if expected is None:
            self.assertEqual([], problems)
        else:
            self.assertEqual(1, len(problems), (path, line))
            self.assertTrue(problems[0].startswith(path + ":2: "), problems[0])
            self.assertIn(expected, problems[0])

    def test_forbidden_arrows(self):
        self.assert_include("src/core/a.h", '#include "text/b.h"', "src/core may not include text")
        self.assert_include("src/model/a.cc", '#include "os/b.h"', "src/model may not include os")
        self.assert_include("src/train/a.cc", '#  include "predict/b.h"', "may not include predict")
        self.assert_include("src/predict/a_test.cc", '#include "os/b.h"', "may not include os")
        self.assert_include("include/tercet/a.h", '#include "core/b.h"', "may not include core")
        self.assert_include("src/core/a.h", '#include "elsewhere/b.h"', "not a header of this tree")

    def test_forbidden_headers(self):
        for header in ["iostream", "filesystem", "thread", "fstream"]:
            self.assert_include("src/predict/a.cc", f"#include <{header}>", "knows no files")
        for header in ["unistd.h", "sys/socket.h", "boost/asio.hpp", "zstd.h"]:
            self.assert_include("src/format/a.h", f"#include <{header}>", "this library")
        self.assert_include("src/train/a.cc", "#include <sys/mman.h>", "this library")
        self.assert_include("include/tercet/a.h", "#include <fmt/format.h>", "this library")

    def test_allowed(self):
        self.assert_include("src/core/a.cc", "#include <xxhash.h>", None)
        self.assert_include("src/os/a.cc", "#include <sys/mman.h>", None)
        self.assert_include("src/train/a.cc", "#include <filesystem>", None)
        self.assert_include("src/train/a.cc", '#include "os/b.h"', None)
        self.assert_include("src/model/a_test.cc", "#include <thread>", None)
        self.assert_include("src/model/a_test.cc", "#include <gtest/gtest.h>", None)
        self.assert_include("include/tercet/model.h", "#include <filesystem>", None)
        self.assert_include("tests/a.cc", '#include "os/b.h"', None)

    def test_limits(self):
        def problems(files):
            return self.problems(limit_problems, files)

        self.assertEqual([], problems({"src/core/a.cc": "\n" * MOST_LINES}))
        self.assertEqual(1, len(problems({"src/core/a.cc": "\n" * (MOST_LINES + 1)})))
        self.assertEqual(1, len(problems({"include/tercet/a.h": "\n" * 201})))
        self.assertEqual(1, len(problems({f"include/tercet/{i}.h": "\n" * 200 for i in range(8)})))
        self.assertEqual(1, len(problems({"src/core/a.cc": "// TO" + "DO: finish\n"})))


if __name__ == "__main__":
    unittest.main()
