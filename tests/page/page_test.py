#!/usr/bin/env python3
"""The page in a real browser, before the real server with the default models."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "cli"))

from cli_testing import start_main
from serve_testing import Server, ServeTest

WEB = ROOT / "web"
MODELS = [ROOT / "models" / "en.tct", ROOT / "models" / "ru.tct"]
SECONDS = 1500  # All of the browser's tests; axe looks at every state in two colours.

TRAIN = "build/release/bin/tercet train --language {0} --output models/{0}.tct data/{0}.seed.txt.zst"
NEEDED = {
    **{model: TRAIN.format(model.stem) for model in MODELS},
    WEB / "node_modules" / ".bin" / "vitest": "(cd web && npm ci)",
    WEB / "dist" / "index.html": "(cd web && npm run build)",
}


class PageTest(ServeTest):
    @classmethod
    def setUpClass(cls):
        """No small models: the page is tested with those that people have."""
        for path, command in NEEDED.items():
            if not path.exists():
                raise AssertionError(f"{path.relative_to(ROOT)} is missing; to make it: {command}")

    def run_npm(self, *command, environment=()):
        result = subprocess.run(
            ["npm", *command], cwd=WEB, env={**os.environ, **dict(environment)}, timeout=SECONDS,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual(0, result.returncode, result.stdout)

    def browse(self, *files):
        """Runs these of the browser's tests before a server that knows nobody yet."""
        server = Server(self, *MODELS, "--store", "person.db")
        status, page = server.ask("GET", "/")
        built = (WEB / "dist" / "index.html").read_text(encoding="utf-8")
        self.assertEqual(
            (200, built), (status, page), "the binary holds another page than web/dist; to mend it: "
            "cmake --preset release && cmake --build --preset release")
        self.run_npm("exec", "--", "vitest", "run", "--config", "vitest.e2e.config.ts", *files,
                     environment={"TERCET_URL": f"http://127.0.0.1:{server.port}"})

    def test_check(self):
        self.run_npm("run", "check")

    def test_browser(self):
        self.browse("--exclude", "e2e/walk.test.ts")

    def test_walk(self):
        """Leaves the pictures of the user guide in TERCET_PICTURES, if that names a folder."""
        self.browse("e2e/walk.test.ts")


if __name__ == "__main__":
    start_main()
