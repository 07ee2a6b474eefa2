"""The stem: a process that imports, once for all, what nurseries and graders both need, before it is either.

The stem is started with an empty environment, knows neither course nor solutions, and runs nobody's code. Its orders
come over one socket as JSON, each with descriptors. A fork carries out each order, because what the stem has imported
costs the fork nothing, and what the fork does leaves the stem as it is:

- `more`: import further libraries, and take orders from another socket;
- `layers`: be a nursery, confined by these sandbox layers;
- `module`: be trusted. Import this module of the grader's, and let its `begin` go on.

A fork does not act within the loop that made it. `wait` returns what the fork is to do, so that no frame of an
ancestor, with the line of its orders, is beneath the code that the fork runs later.
"""

from __future__ import annotations

import fcntl
import functools
import importlib
import json
import os
import socket
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from . import huge_pages, kernel, nursery
from .layers import bubblewrap

Next = Callable[[], Any]
# The first number for descriptors that a fork keeps aside while it closes those below.
_FREE = 16


def begin(orders: int, imports: list[str]) -> Next | None:
    """Import the libraries, then carry out the orders that come over the socket of this number."""
    nursery.load(imports)
    return wait(socket.socket(fileno=orders))


def wait(orders: socket.socket) -> Next | None:
    """Carry out orders until the line closes. In a fork, return what the fork is to do."""
    while True:
        order, fds, _, _ = socket.recv_fds(orders, 1 << 16, 8)
        if not order:
            return None
        request = json.loads(order)
        kernel.forget_the_dead()
        if os.fork() == 0:
            orders.close()
            return functools.partial(_be, request, fds)
        for fd in fds:
            os.close(fd)


def _be(request: dict[str, Any], fds: list[int]) -> Next | None:
    if "module" in request:
        # A trusted process ends when it has done its work, whatever becomes of the process that it was forked from.
        sys.path[:] = request["path"]
        following: Next | None = importlib.import_module(request["module"]).begin(*fds)
        return following
    nursery.die_with_parent()
    if "more" in request:
        return begin(fds[0], request["more"])
    line, errors, *told = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _FREE) for fd in fds)
    os.dup2(errors, 2)
    os.closerange(3, _FREE)
    written = huge_pages.written()
    orders = request["line"]
    os.dup2(line, orders, inheritable=False)
    if told:
        try:
            bubblewrap.join(told[0])
        except OSError:
            # Where joining is refused, bubblewrap starts the nursery, which imports for itself.
            os.set_inheritable(orders, True)
            os.execve(request["otherwise"][0], request["otherwise"], request["environment"])
    os.closerange(_FREE, 1 << 16)
    os.environ.update({name: request["environment"][name] for name in ("TMPDIR", "MPLCONFIGDIR")})
    tempfile.tempdir = None
    return nursery.begin(orders, None, request["layers"], written)
