#!/usr/bin/env python3
"""`tercet serve`: its options, wherever they stand, and how it tells that it runs.

tests/cli/serve_options_test.py build/release/bin/tercet [-v] [Opened]
"""

import os
import signal
import socket
import time
from pathlib import Path

from cli_testing import SECONDS, start_main
from serve_testing import Server, ServeTest


class Configuration(ServeTest):
    def limit(self, *arguments, **more):
        server = self.serve("--incognito", *arguments, **more)
        status, info = server.ask("GET", "/api/info")
        self.assertEqual(200, status)
        server.kill()
        return info["limits"]["text_bytes"]

    def test_flag_beats_environment_beats_file(self):
        file = self.write("my.toml", "# mine\nmax-body = 2000\nallow-host = ['a', 'b']\n")
        variable = {"TERCET_MAX_BODY": "3000"}
        self.assertEqual(2000, self.limit("--config", file))
        self.assertEqual(3000, self.limit("--config", file, environment=variable))
        self.assertEqual(4000, self.limit("--config", file, "--max-body", "4000",
                                          environment=variable))
        home = self.folder / ".config" / "tercet"
        home.mkdir(parents=True)
        (home / "serve.toml").write_text("max-body = 5000\n")
        self.assertEqual(5000, self.limit())
        self.assertEqual(2000, self.limit("--config", file))
        other = self.folder / "xdg"
        (other / "tercet").mkdir(parents=True)
        (other / "tercet" / "serve.toml").write_text("max-body = 6000\n")
        self.assertEqual(6000, self.limit(environment={"XDG_CONFIG_HOME": str(other)}))

    def test_incognito_or_a_store(self):
        """The stronger one counts; of equals, neither."""
        file = self.write("my.toml", "incognito = true\n")
        info = self.serve("--config", file, "--store", "my.db").ask("GET", "/api/info")[1]
        self.assertEqual((True, "my.db"), (info["learning"], info["store"]))
        store = {"TERCET_STORE": "your.db"}
        info = self.serve("--config", file, environment=store).ask("GET", "/api/info")[1]
        self.assertEqual("your.db", info["store"])
        self.assertFalse(self.serve("--config", file).ask("GET", "/api/info")[1]["learning"])
        file.write_text("store = 'their.db'\n")
        for arguments, environment in ((("--incognito",), {}), ((), {"TERCET_INCOGNITO": "true"})):
            server = self.serve("--config", file, *arguments, environment=environment)
            self.assertFalse(server.ask("GET", "/api/info")[1]["learning"])
        file.write_text("store = 'their.db'\nincognito = true\n")
        self.refused(2, "--incognito leaves nothing", self.english, "--config", file)
        self.assertFalse((self.folder / "their.db").exists())

    def test_all_kinds_of_options(self):
        self.write("keys", "sesame\n")
        file = self.write("my.toml", "incognito = true\nport = 0\nkey-file = 'keys'\nrate = 0.5\n"
                                     "allow-host = ['a.example', 'b.example']\n")
        server = self.serve("--config", file, "--port=0")
        for host in ("a.example", "b.example"):
            self.assertEqual(401, server.ask("GET", "/api/info", Host=host)[0])
            answer = server.ask("GET", "/api/info", Host=host, X_Api_Key="sesame")
            self.assertFalse(answer[1]["learning"])
        self.assertEqual(403, server.ask("GET", "/api/info", Host="c.example")[0])

    def test_mistakes_are_named_with_their_place(self):
        for content, place, what in (("port = 1\nprot = 2\n", "2:1", "there is no option 'prot'"),
                                     ("\n\n port = 'x'\n", "3:9", "port"),
                                     ("port = 99999\n", "1:8", "port.*0 to 65535"),
                                     ("max-body = 10\n", "1:12", "1024"),
                                     ("threads = 1979-05-27\n", "1:11", "threads: must be"),
                                     ("port = \n", "1:8", ""),
                                     ("help = true\n", "1:1", "there is no option 'help'"),
                                     ("config = 'x'\n", "1:1", "there is no option 'config'"),
                                     ("[server]\nport = 1\n", "1:2", "server")):
            file = self.write("my.toml", content)
            self.refused(2, rf"my\.toml:{place}: .*{what}", self.english, "--config", file)
        self.refused(2, r"missing\.toml: [^0]", self.english, "--config", "missing.toml")

    def test_without_a_home_no_file_of_this_folder_counts(self):
        self.write("serve.toml", "prot = 1\n")
        server = self.serve("--incognito", environment={"HOME": ""})
        self.assertEqual(200, server.suggest("We")[0])

    def test_refuses_to_begin(self):
        self.refused(1, "none.tct", "none.tct", "--incognito")
        self.refused(2, "--key-file is needed", self.english, "--incognito", "--address", "0.0.0.0")
        self.refused(2, "--key-file is needed", self.english, "--address", "::")
        self.refused(2, "--incognito", self.english, "--incognito", "--store", "my.db")
        for port in ("99999", "65536", "-1"):
            self.refused(2, f"port.*'{port}'.* 0 to 65535", self.english, f"--port={port}")
        empty = self.write("keys.txt", "# nobody\n\n")
        self.refused(1, "holds no key", self.english, "--key-file", empty)
        self.refused(1, "none.txt: cannot be read", self.english, "--key-file", "none.txt")
        self.refused(1, "no: no such file or directory", self.english, "--store", "no/my.db")
        self.refused(1, f"{empty}/.local.*--store.*--incognito", self.english,
                     environment={"HOME": str(empty)})

    def test_takes_the_models_that_are_installed(self):
        own = self.folder / ".local" / "share" / "tercet" / "models"
        machine = self.folder / "usr" / "tercet" / "models"
        empty = {"XDG_DATA_DIRS": f"{self.folder}/none:relative:{self.folder}/usr"}
        self.refused(1, rf"no model: .*{own}, .*/none/tercet/models, {machine}; .*tercet train",
                     "--incognito", environment=empty)
        self.refused(1, "no model: .*HOME", "--incognito",
                     environment={"HOME": "", "XDG_DATA_DIRS": "relative"})
        self.refused(1, "/usr/local/share/tercet/models, /usr/share/tercet/models", "--incognito")

        def served(**changes):
            server = Server(self, "--incognito", environment={**empty, **changes})
            return server, [model["id"] for model in server.ask("GET", "/api/info")[1]["models"]]

        machine.mkdir(parents=True)
        (machine / "ru.tct").symlink_to(self.russian)
        self.assertEqual(["ru"], served()[1])
        own.mkdir(parents=True)
        (own / "readme.txt").write_text("not a model")
        self.assertEqual(["ru"], served()[1])
        (own / "en.tct").symlink_to(self.english)
        server, models = served()
        self.assertEqual(["en"], models)
        (own / "aa.tct").symlink_to(self.russian)
        server.process.send_signal(signal.SIGHUP)
        server.wait_for("models read again")
        models = server.ask("GET", "/api/info")[1]["models"]
        self.assertEqual(["aa", "en"], [model["id"] for model in models])
        other = self.folder / "xdg" / "tercet" / "models"
        other.mkdir(parents=True)
        (other / "my.tct").symlink_to(self.english)
        self.assertEqual(["my"], served(XDG_DATA_HOME=str(self.folder / "xdg"))[1])

    def test_localhost_needs_no_key(self):
        server = self.serve("--incognito", "--address", "localhost")
        self.assertIn(f"http://127.0.0.1:{server.port}/", server.log())
        self.assertEqual(200, server.suggest("We")[0])
        self.refused(2, "--key-file is needed", self.english, "--address", "localhost.example")

    def test_tells_the_service_manager(self):
        for name in (str(self.folder / "notify"), f"\0tercet-test-{os.getpid()}"):
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
                manager.bind(name)
                manager.settimeout(SECONDS)
                variable = {"NOTIFY_SOCKET": name.replace("\0", "@")}
                server = self.serve("--incognito", environment=variable)
                self.assertEqual(b"READY=1", manager.recv(100))
                self.assertEqual(200, server.suggest("We")[0])
                self.assertEqual(0, server.stop())
                self.assertEqual(b"STOPPING=1", manager.recv(100))
        for nobody in ("/none/such", "x" * 300):
            server = self.serve("--incognito", environment={"NOTIFY_SOCKET": nobody})
            self.assertEqual(0, server.stop())

    def test_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.refused(1, rf"{port}.*(--port|another)", self.english, "--incognito",
                         "--port", port)


class Opened(ServeTest):
    def test_the_page_is_shown_in_the_browser_of_the_desktop(self):
        """Which gets the address, nothing else that is open here, and outlives the server."""
        seen = self.folder / "seen"
        browser = self.folder / "xdg-open"
        browser.write_text(f'#!/bin/sh\necho "$1" $(ls -l /proc/$$/fd) > {seen}.new\n'
                           f"mv {seen}.new {seen}\nsleep 60\n")
        browser.chmod(0o755)
        server = self.serve("--incognito", "--open", environment={
            "DISPLAY": ":7", "PATH": f"{self.folder}:{os.environ['PATH']}"})
        server.wait_for("is open in your browser")
        end = time.monotonic() + SECONDS
        while not seen.exists() and time.monotonic() < end:
            time.sleep(0.01)
        address, files = seen.read_text(encoding="utf-8").split(maxsplit=1)
        self.assertEqual(f"http://127.0.0.1:{server.port}/", address)
        self.assertNotRegex(files, "socket:|eventpoll|[.]tct|log")
        self.assertEqual(0, server.stop())
        (process,) = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline")
                      if str(browser).encode() in path.read_bytes()]
        os.kill(process, signal.SIGTERM)

    def test_without_a_desktop_its_address_is_said(self):
        for environment in ({"DISPLAY": ""}, {"DISPLAY": ":7", "PATH": str(self.folder)}):
            server = self.serve("--incognito", "--open", environment={
                "WAYLAND_DISPLAY": "", **environment})
            address = server.wait_for(r"A place to write: (\S+)\n")
            self.assertEqual(f"http://127.0.0.1:{server.port}/", address)


if __name__ == "__main__":
    start_main()
