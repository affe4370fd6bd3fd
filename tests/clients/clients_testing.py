"""What the tests of this folder share: a server with the default models, as a person has it."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "cli"))

from serve_testing import Server, ServeTest  # noqa: E402

MODELS = [ROOT / "models" / f"{language}.tct" for language in ("en", "ru")]


def missing_model():
    """What to do about it; None if they are all there."""
    for path in MODELS:
        if not path.exists():
            text = ROOT / "data" / f"{path.stem}.seed.txt.zst"
            return (f"{path} is missing. Run: build/release/bin/tercet train "
                    f"--language {path.stem} --output {path} {text}")
    return None


def text_of(language):
    """The text that the models were not trained on."""
    path = ROOT / "data" / f"{language}.test.free.txt.zst"
    return subprocess.run(["zstd", "-dcq", path], capture_output=True, check=True).stdout.decode()


def start_main():
    """unittest.main(), after taking the binary's path from the command line."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PATH-OF-TERCET [unittest options]")
    ClientsTest.binary = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()


class Place:
    """What a Server asks of a test, for a whole class of them."""

    environment = ServeTest.environment

    def __init__(self, tests):
        folder = tempfile.TemporaryDirectory(prefix="tercet-clients-test.")
        self.addCleanup = tests.addClassCleanup
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.binary = tests.binary


class ClientsTest(unittest.TestCase):
    """`server` answers for all tests of the class, and learns into a store of its own."""

    binary = ""

    @classmethod
    def setUpClass(cls):
        missing = missing_model()
        if missing is not None:
            raise AssertionError(missing)
        cls.server = Server(Place(cls), *MODELS)
        cls.url = f"http://127.0.0.1:{cls.server.port}"
