"""A network of its own for a query process: a loopback on which one port leads to the egress process."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import struct
import threading

from aigov_graph.pool.confine import enter_namespace

PORT = 8080
_PR_SET_PDEATHSIG = 1
_SIOCSIFFLAGS, _IFF_UP, _IFF_RUNNING = 0x8914, 0x1, 0x40


def open_relay(path: str, channel: int) -> str:
    """Move this process to a network without any other machine, and start a relay there to a Unix socket.

    Must be called while the process has one thread.

    Returns:
        "" or why the kernel forbids it.
    """
    reason = enter_namespace()
    if reason:
        return reason
    try:
        with socket.socket() as control:
            flags = struct.pack("16sH14s", b"lo", _IFF_UP | _IFF_RUNNING, b"")
            fcntl.ioctl(control.fileno(), _SIOCSIFFLAGS, flags)
        listener = socket.create_server(("127.0.0.1", PORT))
    except OSError as error:
        return str(error)
    parent = os.getpid()
    if os.fork():
        listener.close()
        return ""
    try:
        # The master waits for the end of the channel to know that the query process is gone.
        os.close(channel)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent:
            _serve(listener, path)
    finally:
        os._exit(0)


def _serve(listener: socket.socket, path: str) -> None:
    while True:
        near, _ = listener.accept()
        far = socket.socket(socket.AF_UNIX)
        try:
            far.connect(path)
        except OSError:
            near.close()
            continue
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
