#!/usr/bin/env python3
"""`tercet serve`: what it answers over HTTP and a WebSocket, its configuration, signals, kill -9.

tests/cli/serve_test.py build/release/bin/tercet [-v] [Killed]
TERCET_KILLS=500 makes the test of kill -9 as long as that.
"""

import json
import os
import random
import signal
import socket
import threading
import time
from pathlib import Path

from cli_testing import SECONDS, start_main
from serve_testing import Server, ServeTest

KILLS = int(os.environ.get("TERCET_KILLS", "20"))
LETTERS = "bcdfghklmnprstvz"


class Answers(ServeTest):
    def test_info_and_suggest(self):
        server = Server(self, self.english, self.russian, "--incognito")
        status, info = server.ask("GET", "/api/info")
        self.assertEqual(200, status)
        self.assertEqual(["en", "ru"], [model["id"] for model in info["models"]])
        self.assertEqual(self.english.stat().st_size, info["models"][0]["bytes"])
        self.assertFalse(info["learning"])
        status, words = server.suggest("They want t")
        self.assertEqual((200, "to"), (status, words[0]))
        self.assertIn("письмо", server.suggest("Вы хочу читать пис")[1])
        status, answer = server.ask("POST", "/api/suggest", {"before": "We w", "count": 1})
        self.assertEqual("w", answer["typed"])
        self.assertEqual(1, len(answer["words"]))
        self.assertEqual(404, server.ask("GET", "/api/ledger")[0])
        self.assertEqual((200, "ok\n"), server.ask("GET", "/livez"))
        self.assertIn('{route="/api/suggest",status="200"} 3', server.ask("GET", "/metrics")[1])
        self.assertEqual(0, server.stop())
        self.assertEqual([], list(self.folder.rglob("*.db*")))

    def test_errors(self):
        server = self.serve("--incognito", "--max-body", "5000")
        suggest = "/api/suggest"
        for status, param, method, path, body in (
                (400, None, "POST", suggest, ""),
                (400, None, "POST", suggest, "{"),
                (400, None, "POST", suggest, "[]"),
                (400, None, "POST", suggest, "[" * 4000),
                (400, None, "POST", suggest, b'{"before":"\xff"}'),
                (400, None, "POST", suggest, '{"before":"\\ud800"}'),
                (400, "before", "POST", suggest, {"before": 1}),
                (400, "count", "POST", suggest, {"count": 1000}),
                (400, "languages", "POST", suggest, {"languages": ["xx"]}),
                (413, None, "POST", suggest, {"before": "x" * 6000}),
                (404, None, "GET", "/api/nothing", None),
                (404, None, "POST", "/suggest", "{}"),
                (405, None, "GET", suggest, None),
                (405, None, "DELETE", "/api/info", None),
                (405, None, "BREW", "/api/info", None),
                (426, None, "GET", "/api/session", None)):
            got, answer = server.ask(method, path, body)
            self.assertEqual(status, got, (method, path, body, answer))
            self.assert_error(answer, param)
        for path in ("/api/../api/info", "/api/%2e%2e/api/info", "/api/info%00", "/%5c..%5cetc",
                     "/api/%ff", "/api/%zz", "//api/info", "/api%2finfo%0d", "/../../etc/passwd"):
            got, answer = server.ask("GET", path)
            self.assertIn(got, (400, 404), path)
            self.assert_error(answer)
        self.assertEqual(200, server.suggest("We")[0])

    def test_foreigners(self):
        server = self.serve("--incognito", "--allow-host", "my.example",
                            "--allow-origin", "https://page.example")
        for status, headers in ((403, {"Host": "evil.example"}),
                                (403, {"Origin": "https://evil.example"}),
                                (403, {"Origin": "null"}),
                                (200, {"Host": "my.example"}),
                                (200, {"Origin": "https://page.example"}),
                                (200, {"Origin": f"http://127.0.0.1:{server.port}"})):
            got, answer = server.ask("GET", "/api/info", **headers)
            self.assertEqual(status, got, headers)
            if status == 403:
                self.assert_error(answer)
            wanted = 101 if status == 200 else status
            if headers != {"Origin": f"http://127.0.0.1:{server.port}"}:  # Its Host is localhost.
                self.assertEqual(wanted, server.session(**headers).status, headers)

    def test_keys(self):
        keys = self.write("keys.txt", "# those who may\n\nsesame\r\nother key\n")
        server = self.serve("--incognito", "--key-file", keys, "--address", "0.0.0.0")
        for status, path, headers in ((401, "/api/info", {}),
                                      (401, "/api/info", {"X_Api_Key": "# those who may"}),
                                      (401, "/api/info", {"Authorization": "Bearer sesam"}),
                                      (200, "/api/info", {"Authorization": "Bearer sesame"}),
                                      (200, "/api/info", {"X_Api_Key": "other key"}),
                                      (200, "/livez", {}),
                                      (200, "/readyz", {})):
            got, answer = server.ask("GET", path, **headers)
            self.assertEqual(status, got, (path, headers))
            if status == 401:
                self.assert_error(answer)
        self.assertEqual(401, server.session().status)
        self.assertEqual(101, server.session(**{"X-Api-Key": "sesame"}).status)
        self.assertNotIn("sesam", server.log())

    def test_a_browser_signs_in(self):
        server = self.serve("--incognito", "--key-file", self.write("keys.txt", "sesame\n"))
        self.assertIn(server.ask("GET", "/")[0], (200, 404))  # 404: built without its page.
        self.assertEqual(401, server.ask("GET", "/api/info")[0])
        self.assertEqual(401, server.ask("POST", "/api/sign-in", {"key": "sesam"})[0])
        cookie = server.sign_in("sesame")
        self.assertNotIn("sesame", cookie)
        self.assertEqual(200, server.ask("GET", "/api/info", Cookie=cookie)[0])
        origin = f"http://localhost:{server.port}"
        page = server.session(Cookie=cookie, Origin=origin)
        self.assertEqual(101, page.status)
        self.assertEqual("want", page.ask(type="open", before="They wan")["words"][0]["text"])
        self.assertEqual(403, server.session(Cookie=cookie, Origin="http://localhost:1").status)
        self.assertEqual(401, server.session(Origin=origin).status)
        other = self.serve("--incognito", "--key-file", "keys.txt")
        self.assertEqual(401, other.ask("GET", "/api/info", Cookie=cookie)[0])
        self.assertEqual(403, other.ask("POST", "/api/sign-in", {"key": "sesame"},
                                        Origin="http://evil.example")[0])
        while (status := other.ask("POST", "/api/sign-in", {"key": "guess"})[0]) == 401:
            pass
        self.assertEqual(429, status)


class Writing(ServeTest):
    def test_session(self):
        server = self.serve("--store", "my.db")
        page = server.session()
        self.assertEqual(101, page.status)
        error = page.ask("error", type="edit", id=1)
        self.assertEqual(1, error["id"])
        offers = page.ask(type="open", id=2, before="Вы 😀😀")
        self.assertEqual(2, offers["id"])
        offers = page.ask(type="edit", id=3, erase=5, insert="They wan")
        self.assertEqual("wan", offers["typed"])
        self.assertEqual("want", offers["words"][0]["text"])
        offers = page.ask(type="pick", id=4, list="words", index=0)
        self.assertEqual({"erase": 3, "insert": "want "}, offers["edit"])
        offers = page.ask(type="type", id=5, characters=".")
        self.assertEqual(1, offers["edit"]["erase"])
        offers = page.ask(type="update", before="They want. They want hunter", id=6)
        self.assertEqual((6, "hunter"), (offers["id"], offers["typed"]))
        branches = page.ask("branches", type="branch", id=7, count=2, words=3)
        self.assertLessEqual(len(branches["branches"]), 2)
        self.assertEqual(426, server.ask("GET", "/api/session")[0])

    def test_wrong_messages(self):
        """What can be understood is answered; what is no text closes the WebSocket, and nothing
        else."""
        server = self.serve("--store", "my.db", "--max-body", "5000")
        page = server.session()
        page.ask(type="open", before="They wan")
        for text in ("", "{", "[]", "1", "[" * 4000, "{}", '{"type":7}', '{"type":"brew","id":3}',
                     '{"type":"edit","erase":-1}', '{"type":"edit","insert":["x"]}',
                     '{"type":"edit","insert":"\\ud800"}', '{"type":"open","options":7}',
                     '{"type":"open","options":{"count":1e9}}', '{"type":"pick","index":99}',
                     '{"type":"pick","list":"all"}', '{"type":"branch","words":1000}'):
            page.send_frame(1, text.encode())
            self.assertGreater(len(page.hear("error")["message"]), 5, text)
        self.assertEqual("want", page.ask(type="edit")["words"][0]["text"])
        for kind, data, code in ((1, b'{"type":"\xff"}', 1007), (1, b"\xd1", 1007),
                                 (2, b"{}", 1003), (3, b"", 1002)):
            other = server.session()
            other.send_frame(kind, data)
            self.assertEqual(code, other.closing(), data)
        other = server.session()
        other.announce(10_000_000)
        self.assertEqual(1009, other.closing())
        self.assertEqual("want", page.ask(type="edit")["words"][0]["text"])

    def test_learns_and_forgets(self):
        server = self.serve()
        page = server.session()
        page.ask(type="open", options={"reoffer": True})
        page.write("They see Gandalf. They see Gandalf. They see Ga")
        while page.hear("learnt")["words"] < 10:
            pass
        status, ledger = server.ask("GET", "/api/ledger?search=Gan&sort=recent")
        self.assertEqual(1, ledger["total"])
        self.assertEqual(("gandalf", 2, ["page"]), tuple(
            ledger["words"][0][name] for name in ("word", "count", "sources")))
        self.assertIn("\tpage\n", server.ask("GET", "/api/ledger/export")[1])
        offers = page.ask(type="edit", id=1, insert="n")
        while offers["id"] != 1:
            offers = page.hear("offers")
        self.assertIn("Gandalf", [word["text"] for word in offers["words"]])
        self.assertEqual((200, {"words": 2}),
                         server.ask("POST", "/api/ledger/forget", {"word": "GANDALF"}))
        self.assertNotIn("Gandalf", self.offered_anew(page))
        status, undone = server.ask("POST", "/api/ledger/undo")
        self.assertIn("gandalf", undone["undone"])
        self.assertIn("Gandalf", self.offered_anew(page))
        page.close()
        self.assertEqual(0, server.stop())
        store = self.folder / ".local" / "share" / "tercet" / "person.db"
        self.assertEqual(0o600, store.stat().st_mode & 0o777)
        self.assertEqual(2, self.learnt(store)["gandalf"])

    def offered_anew(self, page):
        """In a text that does not hold the word itself, after the server has said that all has
        changed."""
        page.send(type="open", id=2, before="They see Gand")
        page.hear("renewed")
        offers = page.hear("offers")
        self.assertEqual(2, offers["id"])
        return [word["text"] for word in offers["words"]]

    def test_logs_hold_nothing_that_was_written(self):
        server = self.serve("--store", "my.db")
        secret = "xyzzyqwerty"
        page = server.session()
        page.ask(type="open", before=f"{secret} ", id=1)
        page.write(f"and {secret} ")
        page.ask("error", type=secret)
        page.hear("learnt")
        server.suggest(secret)
        server.ask("POST", "/api/suggest", f'{{"before": "{secret}"')
        server.ask("GET", f"/api/{secret}?search={secret}")
        server.ask("GET", f"/api/ledger?search={secret}&sort={secret}")
        server.ask("POST", "/api/ledger/import", f"tercet-store\t1\n{secret}\n")
        server.ask("GET", "/api/info", Host=secret, Authorization=f"Bearer {secret}")
        self.assertNotIn(secret, server.ask("GET", "/metrics")[1])
        page.close()
        self.assertEqual(0, server.stop())
        self.assertIn("answers", server.log())
        self.assertNotIn(secret, server.log())
        for line in server.log().splitlines():
            self.assertEqual({"time", "level", "message"}, set(json.loads(line)))


class Signals(ServeTest):
    def test_hang_up_reads_the_models_again(self):
        model = self.folder / "my.tct"
        model.write_bytes(self.english.read_bytes())
        server = Server(self, model, "--incognito")
        over = threading.Event()
        statuses = []

        def ask_on():
            while not over.is_set():
                statuses.append(server.suggest("They want t")[0])

        threads = [threading.Thread(target=ask_on) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for count in range(1, 6):
                server.process.send_signal(signal.SIGHUP)
                server.wait_for("models read again", count)
            self.replace(model, self.russian.read_bytes())
            server.process.send_signal(signal.SIGHUP)
            server.wait_for("models read again", 6)
            self.assertEqual("ru", server.ask("GET", "/api/info")[1]["models"][0]["language"])
            self.replace(model, b"no model")
            server.process.send_signal(signal.SIGHUP)
            server.wait_for("the models stay as they were")
        finally:
            over.set()
            for thread in threads:
                thread.join()
        self.assertEqual("ru", server.ask("GET", "/api/info")[1]["models"][0]["language"])
        self.assertGreater(len(statuses), 10)
        self.assertEqual({200}, set(statuses))

    def replace(self, path, content):
        """As those do who publish a model: a new file takes the name of the old."""
        self.write("new", content).rename(path)

    def test_ends_when_told(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = self.serve("--store", "my.db")
            page = server.session()
            page.ask(type="open")
            page.write(f"They see {number.name.lower()} ")
            while page.hear("learnt")["words"] < 3:
                pass
            server.process.send_signal(number)
            while page.receive() is not None:
                pass
            self.assertEqual(0, server.process.wait(SECONDS))
            self.assertIn(number.name.lower(), self.learnt("my.db"))
            self.assertIn("ended", server.log())

    def test_does_not_wait_for_a_page_that_sleeps(self):
        """It does not answer the farewell, nor read what it was sent."""
        server = self.serve("--store", "my.db")
        page = server.session()
        page.ask(type="open")
        page.write("They see gandalf ")
        while page.hear("learnt")["words"] < 3:
            pass
        begin = time.monotonic()
        self.assertEqual(0, server.stop())
        self.assertLess(time.monotonic() - begin, 6, "10 s is its patience with requests")
        self.assertEqual(1, self.learnt("my.db")["gandalf"])


class Killed(ServeTest):
    def test_keeps_every_word_that_it_acknowledged(self):
        random_ = random.Random(7)
        acknowledged = set()
        for _ in range(KILLS):
            words = ["".join(random_.choices(LETTERS, k=9)) for _ in range(40)]
            server = self.serve("--store", "my.db")
            learnt = [0]
            page = server.session()
            page.ask(type="open")

            def listen():
                while (message := page.receive()) is not None:
                    if message["type"] == "learnt":
                        learnt[0] = message["words"]

            def write():
                try:
                    page.write(" ".join(words) + " ")
                except OSError:
                    pass  # The server was killed: that is the test.

            threads = [threading.Thread(target=each) for each in (listen, write)]
            for thread in threads:
                thread.start()
            wanted = random_.randrange(len(words))
            while learnt[0] < wanted and threads[0].is_alive():
                time.sleep(0.0005)
            server.kill()
            for thread in threads:
                thread.join()
            self.assertGreaterEqual(learnt[0], wanted, server.log())
            acknowledged.update(words[:learnt[0]])
        self.assertGreater(len(acknowledged), KILLS)
        self.assertLessEqual(acknowledged, set(self.learnt("my.db")))


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
                                     ("port = 70000\n", "1:8", "port"),
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
