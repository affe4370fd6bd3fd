#!/usr/bin/env python3
"""`tercet serve`: what it answers over HTTP and a WebSocket, signals, kill -9.

tests/cli/serve_test.py build/release/bin/tercet [-v] [Killed]
TERCET_KILLS=500 makes the test of kill -9 as long as that.
"""

import json
import os
import random
import resource
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

    def test_a_full_disk_is_logged_and_counted(self):
        server = self.serve("--store", "my.db")
        page = server.session()
        page.ask(type="open", id=1)
        page.write("We see Gandalf ")
        page.hear("learnt")
        counter = "\ntercet_store_troubles_total "
        self.assertIn(counter + "0\n", server.ask("GET", "/metrics")[1])
        # The log must still fit.
        size = (self.folder / "my.db-wal").stat().st_size
        self.assertGreater(size, 10_000)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        page.write("and Gandalf sees")
        why = page.hear("trouble")["message"]
        self.assertIn("my.db", why)
        page.send(type="edit", insert=" ", id=2)
        while page.hear("offers").get("id") != 2:
            pass  # Now all keys have been heard.
        self.assertIn(counter + "1\n", server.ask("GET", "/metrics")[1])
        server.wait_for("cannot be stored.*my.db")
        self.assertNotIn("andalf", server.log())
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
        page.close()
        self.assertEqual(0, server.stop())  # Tries again.
        self.assertEqual(2, self.learnt(self.folder / "my.db")["gandalf"])

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


if __name__ == "__main__":
    start_main()
