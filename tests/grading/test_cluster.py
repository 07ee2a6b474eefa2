"""A class graded on a Dask cluster: the same record to the byte, also when a worker is lost on the way."""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

from winnow.cli import main  # noqa: E402 - only where dask is
from winnow.course import CourseError, load  # noqa: E402

from ..support.small_course import RIGHT, make, submission  # noqa: E402

pytestmark = [
    pytest.mark.cluster,
    # Dask leaves sockets to the garbage collector when a worker dies under it.
    pytest.mark.filterwarnings("default"),
]
WRONG = "def double(x):\n    return x * x\ndef half(x):\n    return x / 2\n"


@pytest.fixture
def submissions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WINNOW_COURSE", str(make(tmp_path / "course").root))
    folder = tmp_path / "class"
    for number in range(40):
        own = folder / f"s{number:02d}"
        own.mkdir(parents=True)
        (own / "double.py").write_text(f"{WRONG if number % 3 else RIGHT}\nN = {number}\n", encoding="utf-8")
    return folder


@pytest.fixture
def cluster() -> Iterator[object]:
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as started,
    ):
        yield started


def grade(submissions: Path, out: Path, *more: str) -> bytes:
    assert main(["grade", str(submissions), "--out", str(out), "--sandbox=off", "--jobs=1", "--json", *more]) == 0
    return (out / "results.json").read_bytes()


def test_a_worker_lost_in_the_middle_changes_nothing(submissions: Path, tmp_path: Path, cluster: object) -> None:
    here = grade(submissions, tmp_path / "here")
    lost: list[int] = []

    def lose_one() -> None:
        with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
            busy = threading.Event()
            while not busy.is_set():
                processing = {name: tasks for name, tasks in client.processing().items() if tasks}
                if processing:
                    (pid,) = client.run(os.getpid, workers=[next(iter(processing))]).values()
                    os.kill(pid, signal.SIGKILL)
                    lost.append(pid)
                    busy.set()

    killer = threading.Thread(target=lose_one)
    killer.start()
    there = grade(submissions, tmp_path / "there", "--scheduler", cluster.scheduler_address)
    killer.join()
    assert lost
    assert there == here


def test_no_scheduler_there_is_one_sentence(
    submissions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from winnow.grading import cluster as module

    monkeypatch.setattr(module, "PATIENCE", 1)
    words = ["grade", str(submissions), "--out", str(tmp_path / "out"), "--sandbox=off"]
    assert main([*words, "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "no Dask scheduler answers there" in capsys.readouterr().err


def test_a_corrected_check_is_asked_by_a_cluster_that_runs_already(
    submissions: Path, tmp_path: Path, cluster: object
) -> None:
    address = cluster.scheduler_address
    before = grade(submissions, tmp_path / "there", "--scheduler", address)
    solution = tmp_path / "course" / "solutions" / "m01" / "double.py"
    solution.write_text(solution.read_text().replace("return 2 * x", "return x * x"))
    public = tmp_path / "course" / "exercises" / "m01" / "test_double.py"
    public.write_text(public.read_text().replace("approx(-3.0)", "approx(2.25)"))
    after = grade(submissions, tmp_path / "there", "--scheduler", address)
    assert after != before
    assert after == grade(submissions, tmp_path / "here")


def test_a_worker_with_another_course_refuses(submissions: Path, tmp_path: Path, cluster: object) -> None:
    from winnow.grading.cluster import on_cluster
    from winnow.grading.job import Job, Settings

    course = load(tmp_path / "course")
    began_with = Settings.of(course, (), b"s")
    solution = tmp_path / "course" / "solutions" / "m01" / "double.py"
    solution.write_text(solution.read_text().replace("return 2 * x", "return x * x"))
    jobs = [Job(submission(RIGHT), ("double",))]
    with pytest.raises(CourseError, match=r"the worker at tcp://.*: the checks of double .* are not those"):
        list(on_cluster(cluster.scheduler_address)(course, jobs, began_with, 1))


@pytest.mark.parametrize("address", ["localhost", "tcp://127.0.0.1", "tcp://127.0.0.1:port"])
def test_an_address_without_a_port_is_one_sentence(
    submissions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    words = ["grade", str(submissions), "--out", str(tmp_path / "out"), "--sandbox=off", "--scheduler", address]
    assert main(words) == 2
    assert "an address is tcp://HOST:PORT" in capsys.readouterr().err
