"""What confinement adds to a fork: workers with every layer that works here against workers with none, in turn.

python benchmarks/confinement.py [--rounds 60]
"""

from __future__ import annotations

import argparse
import statistics
import time

from winnow.course import Limits
from winnow.nurse import Nursery
from winnow.worker import wire
from winnow.worker.layers import probe


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=60)
    rounds = arguments.parse_args().rounds
    layers = [layer for layer, why in probe.available().items() if not why]
    print(f"layers: {', '.join(layers)}")
    for needs in (("numpy",), ("numpy", "pandas"), ("numpy", "torch")):
        bare, confined = Nursery(needs, []), Nursery(needs, layers)
        pairs = [(once(bare), once(confined)) for _ in range(rounds)]
        bare.close()
        confined.close()
        without, with_layers = (statistics.median(times) for times in zip(*pairs, strict=True))
        added = statistics.median(b - a for a, b in pairs)
        print(f"{'+'.join(needs):14} bare {without:5.1f} ms   confined {with_layers:5.1f} ms   added {added:5.1f} ms")


def once(nursery: Nursery) -> float:
    """Milliseconds from asking for a worker until it has answered, confined, and its end was ordered."""
    start = time.perf_counter()
    worker = nursery.fork(Limits())
    worker.ask(wire.pack([], {"op": "call", "requests": []}))
    worker.close()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
