"""What learners' code does in good faith, and must go on doing when it is confined."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class Snippet:
    name: str
    code: str
    needs_torch: bool = False


SNIPPETS = [
    Snippet(name, dedent(code), torch)
    for name, torch, code in [
        ("numpy", False, """
            import numpy as np
            import numpy.fft, numpy.polynomial, numpy.random, numpy.ma, numpy.testing
            rng = np.random.default_rng()
            a = rng.normal(size=(200, 200))
            assert np.allclose(a @ np.linalg.inv(a), np.eye(200), atol=1e-6)
            np.linalg.svd(a), np.linalg.eigh(a @ a.T), np.fft.fft2(a)
            np.save("a.npy", a)
            assert np.array_equal(np.load("a.npy", mmap_mode="r"), a)
            np.savez_compressed("b.npz", a=a)
            np.savetxt("c.txt", a), np.loadtxt("c.txt")
        """),
        ("standard library", False, """
            import argparse, ast, base64, bisect, calendar, collections, concurrent.futures, contextlib, copy, csv
            import dataclasses, datetime, decimal, difflib, enum, fractions, functools, gzip, hashlib, heapq, inspect
            import io, itertools, json, locale, logging, math, operator, os, pathlib, pickle, platform, pprint, queue
            import random, re, secrets, shutil, sqlite3, statistics, string, struct, tempfile, textwrap, threading
            import time, timeit, traceback, typing, unittest, uuid, warnings, zipfile, zoneinfo
            assert datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")).tzinfo
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder, "x.txt")
                path.write_text("text")
                shutil.copyfile(path, path.with_suffix(".bak"))
                assert {p.name for p in pathlib.Path(folder).iterdir()} == {"x.txt", "x.bak"}
                path.rename(path.with_suffix(".new"))
            with tempfile.NamedTemporaryFile("w+") as file:
                file.write("x"), file.flush(), os.fsync(file.fileno())
            database = sqlite3.connect(":memory:")
            database.execute("select 1").fetchone()
            assert os.path.exists("nothing") is False and len(os.urandom(8)) == 8
            random.seed(), secrets.token_hex(), uuid.uuid4(), time.sleep(0.001), time.perf_counter()
            platform.machine(), os.getpid(), os.cpu_count(), shutil.get_terminal_size(), shutil.disk_usage(".")
            traceback.format_exc(), logging.getLogger().debug("x"), locale.getlocale(), os.path.expanduser("~")
        """),
        ("threads, timers, signals and asyncio", False, """
            import asyncio, concurrent.futures, os, signal, socket, threading
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                assert list(pool.map(abs, range(-20, 0))) == list(range(20, 0, -1))
            async def main():
                return await asyncio.gather(asyncio.sleep(0, 1), asyncio.to_thread(abs, -2))
            assert asyncio.run(main()) == [1, 2]
            seen = []
            signal.signal(signal.SIGALRM, lambda *_: seen.append(1))
            signal.setitimer(signal.ITIMER_REAL, 0.01)
            signal.pause()
            signal.signal(signal.SIGUSR1, lambda *_: seen.append(2))
            os.kill(os.getpid(), signal.SIGUSR1), signal.raise_signal(signal.SIGUSR1)
            assert seen == [1, 2, 2]
            a, b = socket.socketpair()
            a.sendall(b"x")
            assert b.recv(1) == b"x"
            threading.Timer(0.001, seen.clear).start()
        """),
        ("ctypes and mmap", False, """
            import ctypes, mmap
            assert ctypes.CDLL(None).abs(-3) == 3
            compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
            numbers = (ctypes.c_int * 3)(3, 1, 2)
            ctypes.CDLL(None).qsort(numbers, 3, 4, compare(lambda a, b: a[0] - b[0]))
            assert list(numbers) == [1, 2, 3]
            mmap.mmap(-1, 4096).close()
        """),
        ("what is refused is refused by an OSError", False, """
            import os, socket, subprocess, sys
            for action in (socket.socket, lambda: subprocess.run([sys.executable, "-c", ""]), os.getlogin):
                try:
                    action()
                except OSError as error:
                    assert isinstance(error, (PermissionError, FileNotFoundError)) or action is os.getlogin
        """),
        ("torch", True, """
            import torch
            import torch.nn.functional as F
            from torch import nn
            torch.manual_seed(0)
            model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.LazyLinear(3))
            x = torch.randn(8, 1, 12, 12)
            optimizer = torch.optim.Adam(model.parameters())
            loss = F.cross_entropy(model(x), torch.arange(8) % 3)
            loss.backward(), optimizer.step()
            assert torch.autograd.gradcheck(torch.sigmoid, torch.randn(3, dtype=torch.float64, requires_grad=True))
            torch.func.vmap(torch.func.grad(lambda t: (t * t).sum()))(x)
            torch.linalg.svd(torch.randn(50, 50)), torch.fft.fft(x), torch.einsum("bchw,bchw->b", x, x)
            torch.save(model.state_dict(), "model.pt")
            torch.load("model.pt")
            data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x), batch_size=2, shuffle=True)
            assert len(list(data)) == 4
            lstm = nn.LSTM(4, 8, batch_first=True)
            lstm(torch.randn(2, 5, 4))[0].sum().backward()
            nn.MultiheadAttention(8, 2)(*[torch.randn(5, 2, 8)] * 3)
            torch.matmul(torch.randn(64, 64).bfloat16(), torch.randn(64, 64).bfloat16())
            torch.set_num_threads(2)
            (torch.randn(800, 800) @ torch.randn(800, 800)).sum()
        """),
        ("torch.jit and testing", True, """
            import torch
            import torch._dynamo
            assert torch.jit.trace(lambda x: x * 2, torch.ones(2))(torch.ones(2)).sum() == 4
            torch.testing.assert_close(torch.ones(2), torch.ones(2))
            from torch.distributions import Normal
            Normal(0, 1).sample((3,))
        """),
        ("pandas", True, """
            import numpy as np, pandas as pd
            frame = pd.DataFrame({"g": list("aabb"), "v": [1.0, np.nan, 3, 4], "t": pd.date_range("2024", periods=4)})
            assert frame.groupby("g")["v"].mean().tolist() == [1.0, 3.5]
            frame["c"] = frame["g"].astype("category")
            frame.pivot_table(index="g", values="v"), frame.merge(frame, on="g"), frame.describe()
            frame.to_csv("f.csv"), pd.read_csv("f.csv"), frame.to_string()
            frame.t.dt.tz_localize("Europe/Berlin"), frame.query("v > 1"), frame.resample("2D", on="t")["v"].sum()
            frame.to_pickle("f.pkl"), pd.read_pickle("f.pkl")
        """),
    ]
]  # fmt: skip
