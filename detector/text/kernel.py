"""How the kernels are compiled: kept on disk, free of the interpreter's lock, without reference counts.

numba counts the references to every array that a function is handed or looks up in a tuple, by atomic
steps of some 5 ns; a kernel that hands ten arrays to another for each symbol spends most of its time so.
Compiled without the runtime that counts, verifying the candidates of a name took 0.8 us instead of 5.
A kernel cannot make arrays therefore: its scratch space is given to it. Kernels carry `no-untyped-def`, since
their types are numba's to infer, and loops that a generator would say shorter, since they know none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}


def kernel(function: Callable[..., object]) -> Callable[..., Any]:
    """Compile a function over arrays; numba infers the types of each call."""
    compiled: Callable[..., Any] = njit(**_OPTIONS)(function)
    return compiled


def inlined(function: Callable[..., object]) -> Callable[..., Any]:
    """The same for a few lines that are written out where they are called."""
    compiled: Callable[..., Any] = njit(**_OPTIONS, inline="always")(function)
    return compiled
