"""What a query process can no longer do, tried in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

NOBODY = 65534

ATTEMPTS = """
import os, socket, subprocess, sys
from aigov_graph.pool.confine import leave_network, limit_memory
here, there = socket.socketpair()
if {user}: os.setgid({user}); os.setuid({user})
print(leave_network())
def tried(what, attempt):
    try:
        attempt(); print(what, "went")
    except OSError as error:
        print(what, "refused")
for family in ("AF_INET", "AF_INET6", "AF_UNIX"):
    tried(family, lambda: socket.socket(getattr(socket, family)))
tried("program", lambda: os.execv("/bin/true", ["true"]))
tried("kill", lambda: os.kill(os.getppid(), 0))
here.send(b"x"); print("channel", there.recv(1) == b"x")
limit_memory(1 << 30)
try:
    bytearray(2 << 30); print("memory went")
except MemoryError:
    print("memory refused")
"""


@pytest.mark.parametrize("user", [0, NOBODY])
def test_a_confined_process(user: int) -> None:
    """No socket, no program, no signal, no more memory than allowed; the channel works. As root and as nobody."""
    if user and os.getuid():
        pytest.skip("changing the user takes root; this run is an ordinary user's already")
    text = ATTEMPTS.format(user=user)
    said = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [
        "seccomp",
        "AF_INET refused",
        "AF_INET6 refused",
        "AF_UNIX refused",
        "program refused",
        "kill refused",
        "channel True",
        "memory refused",
    ]
