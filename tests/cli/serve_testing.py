"""What the tests of `tercet serve` share: a server that runs, and a page that talks to it."""

import base64
import hashlib
import http.client
import json
import os
import random
import re
import signal
import socket
import struct
import subprocess
import time

from cli_testing import SECONDS, CliTest


class WebSocket:
    """As much of RFC 6455 as a page needs. `status` is 101 if it was opened."""

    def __init__(self, port, **headers):
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        key = base64.b64encode(os.urandom(16))
        head = {"Host": f"localhost:{port}", "Upgrade": "websocket", "Connection": "Upgrade",
                "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key.decode(), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        self.socket.sendall(f"GET /api/session HTTP/1.1\r\n{lines}\r\n".encode())
        self.stream = self.socket.makefile("rb")
        self.status = int(self.stream.readline().split()[1])
        answer = http.client.parse_headers(self.stream)
        if self.status == 101:
            digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
            assert answer["Sec-WebSocket-Accept"] == base64.b64encode(digest).decode()

    def send(self, **message):
        self.send_frame(1, json.dumps(message, ensure_ascii=False).encode())

    def send_frame(self, kind, data):
        short = len(data) < 126
        head = bytes([0x80 | kind, 0x80 | (len(data) if short else 126)])
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        self.socket.sendall(head + (b"" if short else struct.pack(">H", len(data))) + mask + masked)

    def announce(self, size):
        """The head of a text message of so many bytes, and nothing of it."""
        self.socket.sendall(b"\x81\xff" + struct.pack(">Q", size) + os.urandom(4))

    def closing(self):
        """The code with which the server closes."""
        kind, reason = self.receive_frame()
        return int.from_bytes(reason[:2], "big") if kind == 8 else None

    def receive(self):
        """The next message; None when the server has gone. Its farewell is answered."""
        try:
            kind, data = self.receive_frame()
            if kind == 8:
                self.send_frame(8, data)
                self.close()
        except (OSError, struct.error):
            return None
        return json.loads(data) if kind == 1 else None

    def receive_frame(self):
        first, size = struct.unpack("BB", self.stream.read(2))
        if size == 126:
            (size,) = struct.unpack(">H", self.stream.read(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self.stream.read(8))
        (data,) = struct.unpack(f"{size}s", self.stream.read(size))
        return first & 15, data

    def hear(self, kind):
        """The next message of this type; others are passed over."""
        while (message := self.receive()) is not None:
            if message["type"] == kind:
                return message
        raise AssertionError(f"no message of type {kind}")

    def ask(self, answer="offers", **message):
        self.send(**message)
        return self.hear(answer)

    def write(self, text):
        """Key by key."""
        for key in text:
            self.send(type="edit", insert=key)

    def close(self):
        self.stream.close()
        self.socket.close()


class Server:
    """The binary, answering. Its log is in the test's folder."""

    def __init__(self, test, *arguments, environment=()):
        self.log_path = test.folder / f"log{random.getrandbits(64):x}"
        command = [test.binary, "serve", *map(str, arguments)]
        if not any(str(argument).startswith("--port") for argument in arguments):
            command += ["--port", "0"]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, cwd=test.folder,
                                            env=test.environment(environment))
        self.clean = test.addCleanup
        self.clean(self.kill)
        self.port = int(self.wait_for(r"http://[0-9.]+:(\d+)/ answers"))

    def log(self):
        return self.log_path.read_text(encoding="utf-8")

    def wait_for(self, pattern, count=1):
        """Until its log says this so often; what its first group says then."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            found = re.findall(pattern, self.log())
            if len(found) >= count:
                return found[-1]
            time.sleep(0.005)
        raise AssertionError(f"no {pattern} in the log:\n{self.log()}")

    def ask(self, method, path, body=None, **headers):
        """Status and answer, read as JSON if it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        if isinstance(body, dict):
            body = json.dumps(body)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read().decode()
        connection.close()
        if response.getheader("Content-Type") == "application/json" and content:
            content = json.loads(content)
        return response.status, content

    def sign_in(self, key):
        """The cookie that a browser sends back from then on."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request("POST", "/api/sign-in", json.dumps({"key": key}))
        header = connection.getresponse().getheader("Set-Cookie")
        connection.close()
        return header.partition(";")[0]

    def suggest(self, before):
        status, answer = self.ask("POST", "/api/suggest", {"before": before})
        return status, [word["text"] for word in answer.get("words", [])]

    def session(self, **headers):
        page = WebSocket(self.port, **headers)
        self.clean(page.close)
        return page

    def stop(self):
        """Its exit status after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)

    def kill(self):
        self.process.kill()
        self.process.wait()


class ServeTest(CliTest):
    def environment(self, changes=()):
        """Without what the machine says about tercet, and with a home of its own."""
        inherited = {name: value for name, value in os.environ.items()
                     if not name.startswith(("TERCET_", "XDG_"))}
        return {**inherited, "HOME": str(self.folder), **dict(changes)}

    def serve(self, *arguments, **more):
        return Server(self, self.english, *arguments, **more)

    def refused(self, status, pattern, *arguments, environment=()):
        """It says why it does not begin."""
        result = subprocess.run(
            [self.binary, "serve", *map(str, arguments)], capture_output=True, text=True,
            cwd=self.folder, env=self.environment(environment), timeout=SECONDS, check=False)
        self.assertEqual(status, result.returncode, result.stderr)
        self.assertRegex(result.stderr, pattern)
        self.assertEqual("", result.stdout)

    def assert_error(self, answer, param=None):
        self.assertEqual({"message", "type", "param", "code"}, set(answer["error"]), answer)
        self.assertEqual(param, answer["error"]["param"], answer)
        self.assertGreater(len(answer["error"]["message"]), 5)

    def learnt(self, store):
        rows = self.succeed("ledger", store, "list", "--json", "--count", "100000")
        return {row["text"]: row["count"] for row in json.loads(rows)}
