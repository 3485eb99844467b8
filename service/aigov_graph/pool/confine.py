"""Takes from this process what a query never needs: new sockets, other programs, more memory than allowed.

Called first in a query process, while it has one thread, so that every later thread inherits it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import socket
import struct

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 4, 38, 22
_SECCOMP_MODE_FILTER = 2
_RET_ALLOW, _RET_ERRNO, _RET_KILL = 0x7FFF0000, 0x00050000, 0x80000000
_EPERM = 1
_LOAD, _JUMP_EQUAL, _JUMP_GREATER_OR_EQUAL, _RETURN = 0x20, 0x15, 0x35, 0x06
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_X32_BIT = 0x40000000
_FIRST_ARGUMENT = 16

_FORBIDDEN = {
    # audit architecture, then: socket connect bind listen accept accept4 execve execveat ptrace kill
    # process_vm_readv process_vm_writev pidfd_getfd io_uring_setup
    "x86_64": (0xC000003E, (41, 42, 49, 50, 43, 288, 59, 322, 101, 62, 310, 311, 438, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 201, 202, 242, 221, 281, 117, 129, 270, 271, 438, 425)),
}


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_void_p))


def end_with(parent: int, signal_number: int) -> None:
    """Have the kernel send this process a signal when its parent ends, however it ends; at once if it did already."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal_number)


def limit_memory(size: int) -> None:
    """Set the address space of this process, and forbid core files, which would hold other people's queries."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if size > 0:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def leave_network(*, loopback: bool = False) -> str:
    """Cut this process off the network.

    Args:
        loopback: let it open connections all the same: it was put into a network of its own before.

    Returns:
        How: ``seccomp`` or ``namespace``; or ``none: REASON`` where the kernel forbids both.
    """
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    reasons = []
    reason = _filter_calls(library, loopback=loopback)
    if loopback:
        return "namespace" if reason else "namespace and seccomp"
    if not reason and _sockets_refused():
        return "seccomp"
    reasons.append(f"seccomp {reason or 'did not take'}")
    reason = enter_namespace()
    if not reason:
        return "namespace"
    reasons.append(f"namespace {reason}")
    return f"none: {', '.join(reasons)}"


def _filter_calls(library: ctypes.CDLL, *, loopback: bool) -> str:
    machine = platform.machine()
    if machine not in _FORBIDDEN:
        return f"is not prepared for {machine}"
    architecture, forbidden = _FORBIDDEN[machine]
    calls: tuple[int, ...] = forbidden
    internet_only: list[tuple[int, int, int, int]] = []
    if loopback:
        open_socket, _, *rest = calls
        calls = tuple(rest)
        internet_only = [
            (_JUMP_EQUAL, 0, 4, open_socket),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_JUMP_EQUAL, 0, 1, socket.AF_INET),
            (_RETURN, 0, 0, _RET_ALLOW),
            (_RETURN, 0, 0, _RET_ERRNO | _EPERM),
        ]
    deny = (_RETURN, 0, 0, _RET_ERRNO | _EPERM)
    program = [
        (_LOAD, 0, 0, 4),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _RET_KILL),
        (_LOAD, 0, 0, 0),
        (_JUMP_GREATER_OR_EQUAL, 0, 1, _X32_BIT),
        deny,
        *internet_only,
        *((_JUMP_EQUAL, len(calls) - index, 0, call) for index, call in enumerate(calls)),
        (_RETURN, 0, 0, _RET_ALLOW),
        deny,
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    described = _Filter(len(program), ctypes.addressof(buffer))
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or library.prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(described), 0, 0
    ):
        return os.strerror(ctypes.get_errno())
    return ""


def enter_namespace() -> str:
    """Move this process, which must have one thread, to an empty network; "" or why the kernel forbids it."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(_CLONE_NEWNET) and library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        return os.strerror(ctypes.get_errno())
    return ""


def _sockets_refused() -> bool:
    refused = True
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        with contextlib.suppress(OSError):
            socket.socket(family, socket.SOCK_STREAM).close()
            refused = False
    return refused
