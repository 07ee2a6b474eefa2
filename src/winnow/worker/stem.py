"""A process that imports, once for all, what nurseries and graders both need, before it is either.

It is started with an empty environment, knows neither course nor solutions, and runs nobody's code. Its orders come
over one socket as lines of JSON, each with descriptors, and each is carried out by a fork:

- `more`: take orders from another socket, with further libraries imported;
- `layers`: be a nursery, confined by these sandbox layers;
- `module`: be trusted. Import this module of the grader's, and let its `begin` go on.

A fork does not act within the loop that made it: `wait` returns what it is to do, so that nothing of its ancestors,
the line of their orders among it, is beneath whatever it runs later.
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

from . import bubblewrap, huge_pages, kernel, nursery

Next = Callable[[], Any]
# From here on there is room for descriptors.
_FREE = 16


def begin(orders: int, imports: list[str]) -> Next | None:
    """Import, then carry out what comes over the socket of this number."""
    nursery.load(imports)
    return wait(socket.socket(fileno=orders))


def wait(orders: socket.socket) -> Next | None:
    """Carry out orders until the line closes. In a fork, return what it is to do."""
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
        # What is trusted ends when it has done its work, whatever becomes of the process that it was forked from.
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
            # Then bubblewrap starts it, and it imports for itself.
            os.set_inheritable(orders, True)
            os.execve(request["otherwise"][0], request["otherwise"], request["environment"])
    os.closerange(_FREE, 1 << 16)
    os.environ.update({name: request["environment"][name] for name in ("TMPDIR", "MPLCONFIGDIR")})
    tempfile.tempdir = None
    return nursery.begin(orders, None, request["layers"], written)
