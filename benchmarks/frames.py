"""One million hostile frames from the worker's side against the reader on the trusted side.

    python benchmarks/frames.py [--frames 1000000]

Frames are honest ones with bytes changed, cut, doubled or swapped, and JSON trees put together from the format's
own tags. Counted are frames that were read, frames that were refused, and anything else: an exception that is no
WireError is a crash, a frame that takes more than a second of CPU is a block. Both must be 0.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import torch

from winnow.worker import wire

TAGS = ["l", "t", "d", "b", "c", "s", "a", "o", "x", "?", "fn", "NA", "NaT", "ts", "td", "df", "ser", "idx", "one",
        "multi", "cat", "np", "ext"]  # fmt: skip
ATOMS: list[Any] = [None, True, 0, 1, -1, 2, 8, 1 << 40, 1 << 70, 0.5, float("nan"), "", "d", "f", "<M8[ns]", "float32",
                    "Int64", "object", "cpu", "meta", [], [0, 0], [0, 8], [3], [1 << 39, 2]]  # fmt: skip
HONEST: list[Any] = [
    1.5, [1, (2.0, "x")], {"a": None}, np.arange(6.0).reshape(2, 3), torch.arange(3.0), pd.NA,
    pd.DataFrame({"k": pd.Categorical(["a", "b"]), "v": [1.0, None]}), pd.Series([1, 2], dtype="Int64"),
    pd.DataFrame({"v": [1]}, index=pd.MultiIndex.from_tuples([("a", 1)])),
]  # fmt: skip


def tree(rng: random.Random, depth: int = 0) -> Any:
    """A JSON tree that looks like a value."""
    if depth > 4 or rng.random() < 0.3:
        return rng.choice(ATOMS)
    if rng.random() < 0.8:
        return [rng.choice(TAGS), *(tree(rng, depth + 1) for _ in range(rng.randrange(7)))]
    return [tree(rng, depth + 1) for _ in range(rng.randrange(4))]


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Some bytes changed, cut, doubled or swapped."""
    for _ in range(rng.randrange(1, 4)):
        at, length = rng.randrange(len(data) + 1), rng.randrange(9)
        match rng.randrange(4):
            case 0:
                data = data[:at] + rng.randbytes(length) + data[at + length :]
            case 1:
                data = data[:at]
            case 2:
                data = data[:at] + data[max(0, at - length) :]
            case _:
                data = data[at:] + data[:at]
    return data


def main() -> None:
    """Send and count."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--frames", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    honest = [wire.pack([value], {"notes": [], "output": ""})[wire.HEADER.size :] for value in HONEST]
    counts: Counter[str] = Counter()
    slowest = 0.0
    for number in range(options.frames):
        if number % 2:
            text, tail = json.dumps({"values": [tree(rng)]}).encode(), rng.randbytes(rng.randrange(17))
        else:
            frame = damaged(rng, rng.choice(honest))
            cut = rng.randrange(len(frame) + 1)
            text, tail = frame[:cut], frame[cut:]
        start = time.process_time()
        try:
            wire.unpack(text, tail)
            counts["read"] += 1
        except wire.WireError:
            counts["refused"] += 1
        except BaseException as error:
            counts[f"crash: {type(error).__name__}"] += 1
        took = time.process_time() - start
        slowest = max(slowest, took)
        counts["block"] += took > 1
    print(f"{options.frames} frames: {dict(counts)}; the slowest took {1000 * slowest:.1f} ms")


if __name__ == "__main__":
    main()
