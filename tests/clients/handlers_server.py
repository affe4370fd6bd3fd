"""Serves the handlers of src/serve over Python's http.server: handlers_server.py HANDLERS MODEL...

Prints its address when it answers. Stands in for `tercet serve` where only the answers matter.
"""

import http.server
import subprocess
import sys
import threading


class Handlers:
    """The program behind the pipe; one request at a time."""

    def __init__(self, command):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._lock = threading.Lock()

    def answer(self, method, path, body):
        with self._lock:
            self._process.stdin.write(f"{method} {path} {len(body)}\n".encode() + body)
            self._process.stdin.flush()
            status, length, content_type = self._process.stdout.readline().split(maxsplit=2)
            content = self._process.stdout.read(int(length))
        return int(status), content_type.decode().strip(), content


class Relay(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    handlers = None

    def relay(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, content_type, content = self.handlers.answer(self.command, self.path, body)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = relay
    do_POST = relay

    def log_message(self, *_):
        pass


def main():
    Relay.handlers = Handlers(sys.argv[1:])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
