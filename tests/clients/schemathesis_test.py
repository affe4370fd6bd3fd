#!/usr/bin/env python3
"""Schemathesis makes up requests from the server's own OpenAPI document, right and wrong ones, and
holds each answer against it.

tests/clients/run schemathesis_test build/release/bin/tercet [-v]
TERCET_EXAMPLES=500 makes up that many for each operation, other ones each time.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from openapi_spec_validator import validate

from clients_testing import ClientsTest, start_main

EXAMPLES = os.environ.get("TERCET_EXAMPLES")
COMMAND = [Path(sys.executable).parent / "schemathesis", "run", "--no-color", "--warnings", "off",
           # A schema cannot say all that a request must be: a text that is an export, say.
           "--exclude-checks", "positive_data_acceptance",
           # For a hundred choices at once, on a machine that is busy.
           "--request-timeout", "60"]
CHANCE = (["--max-examples", EXAMPLES] if EXAMPLES else
          ["--max-examples", "5", "--generation-deterministic"])


class Schemathesis(ClientsTest):
    def test_answers_are_as_described(self):
        document = self.server.ask("GET", "/openapi.json")[1]
        validate(document)
        # It passes over the document's own.
        operations = sum(map(len, document["paths"].values())) - 1
        folder = self.server.log_path.parent
        run = subprocess.run(
            [*COMMAND, *CHANCE, self.url + "/openapi.json"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, cwd=folder, check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"})
        self.assertEqual(0, run.returncode, run.stdout)
        self.assertIn(f"Tested: {operations}\n", run.stdout)
        made = int(re.search(r"(\d+) generated, \1 passed", run.stdout)[1])
        self.assertGreater(made, 20 * operations)
        self.assertEqual(200, self.server.suggest("We")[0])
        self.assertEqual(0, self.server.stop(), self.server.log())


if __name__ == "__main__":
    start_main()
