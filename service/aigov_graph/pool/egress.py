"""The one process that may reach listed SPARQL endpoints for the query processes, and nothing else.

It listens on a Unix socket. A request for `/N` goes to the endpoint listed as number N: its host is resolved once, the
address is checked and then used, redirects are followed within the list only, size and time are bounded.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import json
import os
import socket
import socketserver
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urljoin, urlsplit

_REDIRECTS = 3
_PIECE_BYTES = 64 * 1024
_LONGEST_REQUEST_BYTES = 1024**2
_PASSED_ON = ("Content-Type", "Accept")
_REDIRECTING = {301, 302, 303, 307, 308}


class Refused(Exception):
    """The endpoint may not be reached, or answered more than is taken."""


class Egress(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Listens on a Unix socket for the query processes.

    Args:
        path: where the socket is made.
        endpoints: the addresses that may be asked.
        limit: largest answer in bytes.
        seconds: longest time for one request.
    """

    daemon_threads = True

    def __init__(self, path: str, endpoints: list[str], limit: int, seconds: float) -> None:
        self.endpoints, self.limit, self.seconds = endpoints, limit, seconds
        super().__init__(path, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Egress
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Pass a query on."""
        self.close_connection = True
        number = self.path.strip("/")
        length = self.headers.get("Content-Length", "")
        listed = self.server.endpoints
        if not number.isdigit() or int(number) >= len(listed):
            self.send_error(404)
        elif not length.isdigit() or int(length) > _LONGEST_REQUEST_BYTES:
            self.send_error(413)
        else:
            self._pass_on(listed[int(number)], self.rfile.read(int(length)))

    def _pass_on(self, url: str, body: bytes) -> None:
        headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
        try:
            pieces = fetch(url, body, headers, self.server.endpoints, self.server.limit, self.server.seconds)
            media_type = next(pieces).decode("latin-1")
        except (Refused, OSError, http.client.HTTPException) as error:
            self.send_error(502, explain=str(error))
            return
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for piece in pieces:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        except (Refused, OSError, http.client.HTTPException):
            # No closing chunk: the answer must not look whole.
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: queries may say more than a log should keep."""


def fetch(
    url: str, body: bytes, headers: dict[str, str], listed: list[str], limit: int, seconds: float
) -> Iterator[bytes]:
    """Ask an endpoint: first its media type, then its answer in pieces.

    Raises:
        Refused: the address may not be reached, a redirect leads off the list, or the answer is too large or slow.
        OSError: it cannot be reached.
    """
    deadline = time.monotonic() + seconds
    for _ in range(_REDIRECTS + 1):
        if url not in listed:
            raise Refused("a redirect leads off the list")
        connection, alarm = _connect(url, deadline)
        try:
            parts = urlsplit(url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", target, body, headers)
            response = connection.getresponse()
            if response.status in _REDIRECTING:
                url = urljoin(url, response.getheader("Location", ""))
                continue
            if response.status != 200:
                raise Refused(f"the endpoint answered {response.status}")
            yield response.getheader("Content-Type", "application/octet-stream").encode("latin-1", "replace")
            taken = 0
            while piece := response.read1(_PIECE_BYTES):
                taken += len(piece)
                if taken > limit:
                    raise Refused("the answer is too large")
                yield piece
            if time.monotonic() > deadline:
                raise Refused("the answer is too slow")
            if response.length:
                raise Refused("the answer broke off")
            return
        finally:
            alarm.cancel()
            connection.close()
    raise Refused("there are too many redirects")


def checked_address(url: str) -> tuple[str, int]:
    """The address behind a URL, resolved once.

    Raises:
        Refused: it is not one of the public internet, and the URL does not name it literally.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme not in {"http", "https"} or not host:
        raise Refused("only http and https are reached")
    try:
        return str(ipaddress.ip_address(host)), port
    except ValueError:
        address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or found
    if not inner.is_global or inner.is_multicast:
        raise Refused("the name leads to an address that is not of the public internet")
    return address, port


def _connect(url: str, deadline: float) -> tuple[http.client.HTTPConnection, threading.Timer]:
    """A connection, and what cuts it off at the deadline: a limit for each piece would let them trickle for ever."""
    address, port = checked_address(url)
    parts = urlsplit(url)
    left = max(deadline - time.monotonic(), 0.001)
    raw = socket.create_connection((address, port), timeout=left)
    if parts.scheme == "https":
        raw = ssl.create_default_context().wrap_socket(
            raw, server_hostname=parts.hostname, do_handshake_on_connect=False
        )
    alarm = threading.Timer(max(deadline - time.monotonic(), 0), _cut, (raw,))
    alarm.daemon = True
    alarm.start()
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or port, timeout=left)
    connection.sock = raw
    try:
        if isinstance(raw, ssl.SSLSocket):
            raw.do_handshake()
    except OSError:
        alarm.cancel()
        raw.close()
        raise
    return connection, alarm


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def main(arguments: list[str]) -> None:
    """Serve until the master closes standard input."""
    options = json.loads(arguments[0])
    server = Egress(options["path"], options["endpoints"], options["limit"], options["seconds"])
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        os.write(1, b"ready\n")
        while os.read(0, 1):
            pass


if __name__ == "__main__":
    main(sys.argv[1:])
