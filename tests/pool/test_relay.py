"""The network of a query process that may ask listed endpoints: one port that leads to one Unix socket."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

NOBODY = 65534

ATTEMPTS = """
import os, socket, sys, threading, encodings.idna
from aigov_graph.pool import confine, relay
if {user}: os.setgid({user}); os.setuid({user})
channel, other = os.pipe()
reason = relay.open_relay({path!r}, channel)
if reason: print("no namespace"); sys.exit()
print(confine.leave_network(loopback=True))
with socket.create_connection(("127.0.0.1", relay.PORT)) as through:
    through.sendall(b"hello"); print(through.recv(5).decode())
def tried(what, attempt):
    try:
        attempt(); print(what, "went")
    except OSError:
        print(what, "refused")
tried("listener outside", lambda: socket.create_connection(("127.0.0.1", {port})))
tried("another machine", lambda: socket.create_connection(("192.0.2.1", 80), timeout=1))
tried("unix", lambda: socket.socket(socket.AF_UNIX))
tried("ipv6", lambda: socket.socket(socket.AF_INET6))
"""


class _Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        """Send back what comes."""
        self.request.sendall(self.request.recv(5))


@pytest.mark.parametrize("user", [0, NOBODY])
def test_the_only_way_out(user: int) -> None:
    """The relay's port leads to its socket; listeners outside, other machines and other families are out of reach."""
    if user and os.getuid():
        pytest.skip("changing the user takes root; this run is an ordinary user's already")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "socket"
        with (
            socketserver.UnixStreamServer(str(path), _Echo) as inside,
            socketserver.TCPServer(("127.0.0.1", 0), _Echo) as outside,
        ):
            Path(folder).chmod(0o755)
            path.chmod(0o777)
            threading.Thread(target=inside.serve_forever, daemon=True).start()
            text = ATTEMPTS.format(user=user, path=str(path), port=outside.server_address[1])
            said = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout
            inside.shutdown()
    if said == "no namespace\n":
        pytest.skip("the kernel gives this user no network of its own")
    assert said.splitlines() == [
        "namespace and seccomp",
        "hello",
        "listener outside refused",
        "another machine refused",
        "unix refused",
        "ipv6 refused",
    ]
