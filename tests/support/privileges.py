"""Take from root, for a while, the right to read and write where a file's mode forbids it."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# https://man7.org/linux/man-pages/man2/capset.2.html
_VERSION = 0x20080522
_MAY_ALL = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH

HAS_MODES = sys.platform == "linux" or (sys.platform != "win32" and os.geteuid() != 0)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Data(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def respect_modes() -> Iterator[None]:
    """Let this thread read and write no more than its files' modes allow, as anybody but root; yield nothing.

    Another user would not do: a clone in root's home may be one that nobody else can import from.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = _Header(_VERSION, 0), (_Data * 2)()
    if libc.capget(ctypes.byref(header), data):
        raise OSError(ctypes.get_errno(), "capget")
    known = data[0].effective
    data[0].effective = known & ~_MAY_ALL
    if libc.capset(ctypes.byref(header), data):
        raise OSError(ctypes.get_errno(), "capset")
    try:
        yield
    finally:
        data[0].effective = known
        libc.capset(ctypes.byref(header), data)
