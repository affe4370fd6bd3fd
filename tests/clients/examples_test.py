#!/usr/bin/env python3
"""The examples of docs/API.md, carried out one after the other on a server with a new store.

tests/clients/run examples_test build/release/bin/tercet [-v]
TERCET_WRITE=1 puts the answers that differ into the manual: read them, and put the ellipses back.
"""

import os
import re
import subprocess
import unittest

from clients_testing import ROOT, ClientsTest, start_main
from description import Description
from examples import difference, difference_of, difference_of_lines, examples, rewritten

MANUAL = ROOT / "docs" / "API.md"
ADDRESS = "127.0.0.1:7373"
# Each command ends with a line of its own on stderr.
CURL_OPTIONS = 'silent\nwrite-out = "%{stderr}%{method} %{url} %{http_code} %{content_type}\\n"\n'


class Manual(ClientsTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.description = Description(cls.server.ask("GET", "/openapi.json")[1])
        cls.text = MANUAL.read_text(encoding="utf-8")
        cls.examples = examples(cls.text)
        (cls.server.log_path.parent / ".curlrc").write_text(CURL_OPTIONS)

    def carry_out(self, command):
        """Answer; method, path, status, content type."""
        command = command.replace(ADDRESS, self.url.removeprefix("http://"))
        environment = {"PATH": os.environ["PATH"], "CURL_HOME": self.server.log_path.parent}
        run = subprocess.run(["bash", "-c", command], capture_output=True, env=environment,
                             check=False)
        told = re.fullmatch(r"(\w+) http://[^/]+(/[^? ]*)\S* (\d+) (.*)\n", run.stderr.decode())
        self.assertIsNotNone(told, f"{command}{run.stderr.decode()}")
        return run.stdout.decode(), (told[1], told[2], int(told[3]), told[4])

    def test_answers(self):
        answers = []
        for example in self.examples:
            with self.subTest(example.command):
                answer, told = self.carry_out(example.command)
                answers.append(answer)
                self.assertEqual(example.status, told[2], answer)
                if "|" not in example.command:
                    self.assertEqual([], self.description.problems(*told, answer))
                if "TERCET_WRITE" not in os.environ:
                    self.assertIsNone(difference_of(example, answer))
        if "TERCET_WRITE" in os.environ:
            MANUAL.write_text(rewritten(self.text, answers), encoding="utf-8")

    def test_no_block_is_left_out(self):
        self.assertEqual(len(re.findall(r"^curl ", self.text, re.MULTILINE)), len(self.examples))

    def test_every_operation_has_an_example(self):
        shown = {self.operation_of(example.command) for example in self.examples}
        for path, methods in self.description.document["paths"].items():
            for method, operation in methods.items():
                if operation["operationId"].endswith("Too") or path == "/api/session":
                    continue  # The same under another name; a WebSocket.
                self.assertIn((method, path.split("{")[0]), shown)

    def operation_of(self, command):
        """Method and path; of a path with a variable, what is before that."""
        path = re.search(rf"{re.escape(ADDRESS)}(/[^?'\s]*)", command)[1]
        for template in self.description.document["paths"]:
            if "{" in template and path.startswith(template.split("{")[0]):
                path = template.split("{")[0]
        posts = re.search(r" (--json|--data\S*|-X POST) ", command) is not None
        return ("post" if posts else "get", path)


class Rule(unittest.TestCase):
    """The comparison sees what it is to see."""

    def test_differences(self):
        shown = {"a": [1, "x…z", None, True], "created": 5}
        self.assertIsNone(difference(shown, {"a": [1.0000001, "xyz", None, True], "created": 6}))
        for other in ({"a": [1, "xyz", None, True]}, {"a": [1, "xyz", None], "created": 5},
                      {"a": [1.1, "xyz", None, True], "created": 5},
                      {"a": [1, "xy", None, True], "created": 5},
                      {"a": [1, "xyz", False, True], "created": 5},
                      {"a": [True, "xyz", None, True], "created": 5},
                      {"a": [1, "xyz", None, 1], "created": 5}, [], "a"):
            self.assertIsNotNone(difference(shown, other), other)

    def test_lines(self):
        shown = 'a … c\ndata: {"created": 1, "id": "x…"}\n\n'
        self.assertIsNone(difference_of_lines(shown, 'a b c\ndata: {"created": 2, "id": "xy"}\n\n'))
        for other in ("a b c\n", shown.replace("c\n", "d\n"), shown.replace('"x', '"y')):
            self.assertIsNotNone(difference_of_lines(shown, other), other)


if __name__ == "__main__":
    start_main()
