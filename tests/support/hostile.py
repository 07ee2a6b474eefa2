"""Small attacks on the machine, by family. Each says REACHED when it gets through, and does no harm when it does.

`stopped_by` names the layers that each alone must stop it; `a+b` are two that stop it together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from textwrap import dedent

PRELUDE = dedent("""
    import ctypes, fcntl, mmap, os, resource, signal, socket, struct, sys, time
    libc = ctypes.CDLL(None, use_errno=True)
    ME = os.getpid()

    def raw(number, *args):
        wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
        result = libc.syscall(ctypes.c_long(number), *wide)
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result

    def attempt(action, *args):
        try:
            value = action(*args)
        except Exception as error:
            return error
        if os.getpid() != ME:
            os._exit(0)
        # At once: some attacks, when they get through, leave nothing to print with.
        os.write(OUT, f"REACHED {getattr(action, '__name__', action)} {args} {type(value).__name__}\\n".encode())

    def read(path):
        with open(path, "rb") as file:
            return file.read(100)

    def write(path):
        with open(path, "r+b") as file:
            file.write(b"")

    def child(action):
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
""")


@dataclass(frozen=True)
class Attack:
    name: str
    stopped_by: frozenset[str]
    code: str

    def is_stopped(self, layers: Collection[str]) -> bool:
        """Whether these layers must stop it."""
        return any(set(way.split("+")) <= set(layers) for way in self.stopped_by)


def _attack(name: str, stopped_by: str, code: str) -> Attack:
    return Attack(name, frozenset(stopped_by.split()), PRELUDE + dedent(code))


# COURSE is a folder with solutions/mae.py, a file of the user that grades.
ATTACKS = [
    _attack("reads the course", "namespaces bubblewrap landlock", """
        attempt(read, COURSE + "/solutions/mae.py")
        attempt(os.listdir, COURSE)
        attempt(os.listdir, "/home")
        attempt(os.listdir, "/")  if SEES_NO_ROOT else None
    """),
    _attack("reads by openat2, O_PATH and symbolic links", "namespaces bubblewrap landlock", """
        how = (ctypes.c_uint64 * 3)(0, 0, 0)
        attempt(raw, 437, -100, (COURSE + "/solutions/mae.py").encode(), ctypes.byref(how), 24)
        os.symlink(COURSE + "/solutions/mae.py", "link")
        attempt(read, "link")
        def again():
            fd = os.open(COURSE + "/solutions/mae.py", os.O_PATH)
            return os.read(os.open(f"/proc/self/fd/{fd}", os.O_RDONLY), 9)
        attempt(again)
        attempt(os.link, COURSE + "/solutions/mae.py", "hard")
        attempt(os.rename, COURSE + "/solutions", "moved")
    """),
    _attack("damages the course", "namespaces bubblewrap", """
        target = COURSE + "/solutions/mae.py"
        attempt(os.chmod, target, 0o644)
        attempt(os.truncate, target, 10)
        attempt(os.utime, target)
        attempt(os.unlink, target)
        attempt(os.open, target, os.O_WRONLY)
        attempt(os.open, target, os.O_RDONLY | os.O_TRUNC)
    """),
    _attack("changes what files are, without opening them", "seccomp", """
        import numpy
        attempt(os.chmod, numpy.__file__, 0o644)
        attempt(os.chown, numpy.__file__, os.getuid(), os.getgid())
        attempt(os.utime, numpy.__file__)
        attempt(os.setxattr, numpy.__file__, "user.x", b"1")
        attempt(os.truncate, numpy.__file__, os.stat(numpy.__file__).st_size)
        fd = os.open(numpy.__file__, os.O_RDONLY)
        attempt(os.fchmod, fd, 0o644)
        attempt(os.utime, fd)
        attempt(os.open, os.devnull, os.O_RDONLY | os.O_TRUNC)
    """),
    _attack("writes into the libraries", "namespaces bubblewrap landlock", """
        import numpy
        attempt(write, numpy.__file__)
        attempt(os.open, os.path.dirname(numpy.__file__) + "/winnow_canary", os.O_CREAT | os.O_WRONLY)
        attempt(os.open, os.path.dirname(numpy.__file__), os.O_TMPFILE | os.O_RDWR)
        attempt(os.mkdir, os.path.dirname(numpy.__file__) + "/winnow_canary")
    """),
    _attack("leaves files for others", "landlock", """
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/", os.path.dirname(os.getcwd())):
            attempt(os.open, folder + "/winnow_canary", os.O_CREAT | os.O_WRONLY)
            attempt(os.open, folder, os.O_TMPFILE | os.O_RDWR)
    """),
    _attack("leaves files for others (own mounts)", "namespaces", """
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/", os.path.dirname(os.getcwd())):
            attempt(os.open, folder + "/winnow_canary", os.O_CREAT | os.O_WRONLY)
    """),
    _attack("makes devices, pipes and sockets", "landlock seccomp", """
        attempt(os.mkfifo, "fifo")
        attempt(os.mknod, "null", 0o20666, os.makedev(1, 3))
    """),
    _attack("reads /proc", "landlock namespaces", """
        for name in ("self/mem", "self/environ", "1/cmdline", f"{os.getppid()}/mem", f"{os.getppid()}/environ",
                     "self/maps", "self/root", "sys/kernel/hostname", "kallsyms", "self/cmdline"):
            attempt(read, "/proc/" + name)
        attempt(os.listdir, "/proc/self/fd")
        attempt(os.listdir, "/sys/kernel")
        attempt(write, "/proc/sys/kernel/hostname")
        attempt(write, "/proc/self/comm")
        attempt(os.readlink, f"/proc/{os.getppid()}/cwd")
    """),
    _attack("writes kernel settings", "landlock namespaces bubblewrap", """
        for name in ("kernel/hostname", "kernel/core_pattern", "vm/overcommit_memory"):
            attempt(os.open, "/proc/sys/" + name, os.O_WRONLY)
        attempt(os.open, "/proc/sysrq-trigger", os.O_WRONLY)
    """),
    _attack("starts processes", "seccomp", """
        import subprocess
        attempt(child, None)
        attempt(os.forkpty)
        attempt(subprocess.run, ["true"])
        attempt(subprocess.run, [sys.executable, "-c", ""])
        attempt(os.posix_spawn, sys.executable, [sys.executable, "-c", ""], {})
        attempt(os.execv, sys.executable, [sys.executable, "-c", ""])
        attempt(raw, 57)
        attempt(raw, 56, 0x11, 0, 0, 0, 0)
        attempt(raw, 435, ctypes.byref((ctypes.c_uint64 * 11)()), 88)
        print("status", os.system("true"))
    """),
    _attack("runs programs from memory", "seccomp", """
        attempt(os.memfd_create, "x")
        attempt(raw, 322, 0, b"/bin/true", None, None, 0)
    """),
    _attack("runs programs", "landlock", """
        attempt(os.execv, sys.executable, [sys.executable, "-c", ""])
        attempt(os.execv, "/bin/true", ["true"])
    """),
    _attack("signals others", "seccomp", """
        for pid in (os.getppid(), 1, -1, 0, -os.getpgrp()):
            attempt(os.kill, pid, 0)
        attempt(os.killpg, 0, 0)
        attempt(raw, 200, os.getppid(), 0)
        attempt(raw, 62, (1 << 32) + os.getppid(), 0)
        attempt(raw, 129, os.getppid(), 0, ctypes.byref((ctypes.c_char * 128)()))
        attempt(os.pidfd_open, os.getppid())
        a, b = socket.socketpair()
        attempt(fcntl.fcntl, a, 8, os.getppid())
        attempt(fcntl.fcntl, a, 10, signal.SIGTERM)
        attempt(fcntl.fcntl, a, 15, struct.pack("ii", 1, os.getppid()))
        attempt(fcntl.ioctl, a, 0x8901, struct.pack("i", os.getppid()))
        attempt(fcntl.ioctl, a, 0x8902, struct.pack("i", os.getppid()))
    """),
    _attack("signals others (scoped)", "landlock", """
        attempt(os.kill, os.getppid(), 0)
    """),
    _attack("traces and reads others", "seccomp", """
        attempt(raw, 101, 0x4206, os.getppid(), 0, 0)
        attempt(raw, 101, 0, 0, 0, 0)
        attempt(raw, 310, os.getppid(), 0, 0, 0, 0, 0)
        attempt(raw, 311, os.getpid(), 0, 0, 0, 0, 0)
        attempt(raw, 312, os.getpid(), os.getppid(), 0, 0, 0)
        attempt(raw, 438, 0, 0, 0)
        attempt(raw, 298, ctypes.byref((ctypes.c_char * 128)()), 0, -1, -1, 0)
        attempt(raw, 323, 0)
    """),
    _attack("traces the parent (own namespaces, not dumpable, scoped)", "landlock namespaces privileges", """
        attempt(raw, 101, 0x4206, os.getppid(), 0, 0)
    """),
    _attack("opens sockets", "seccomp", """
        for family in ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_UNIX", "AF_ALG", "AF_CAN"):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
                attempt(socket.socket, getattr(socket, family), kind)
        attempt(socket.create_connection, ("127.0.0.1", 9))
        a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        attempt(a.connect, "\\0winnow_canary")
        attempt(a.bind, "\\0winnow_canary")
        attempt(a.sendto, b"x", "\\0winnow_canary")
        attempt(socket.send_fds, a, [b"x"], [0])
        attempt(socket.recv_fds, b, 1, 1)
        attempt(raw, 425, 1, ctypes.byref((ctypes.c_char * 120)()))
    """),
    _attack("reaches a network", "namespaces bubblewrap", """
        attempt(socket.create_connection, ("127.0.0.1", PORT), 5)
        attempt(socket.create_connection, ("\\0winnow_canary"), 5)
    """),
    _attack("connects by TCP", "landlock", """
        attempt(socket.create_connection, ("127.0.0.1", PORT), 5)
        attempt(socket.create_server, ("127.0.0.1", 0))
    """),
    _attack("shares memory and messages", "seccomp", """
        import _posixshmem
        attempt(raw, 29, 0x57494E, 4096, 0o1600)
        attempt(raw, 68, 0x57494E, 0o1600)
        attempt(raw, 64, 0x57494E, 1, 0o1600)
        attempt(raw, 240, b"winnow", 0o102, 0o600, 0)
        attempt(raw, 447, 0)
    """),
    _attack("shares named memory", "landlock namespaces", """
        import _posixshmem
        attempt(_posixshmem.shm_open, "/winnow_canary", os.O_CREAT | os.O_RDWR, 0o600)
    """),
    _attack("gains privileges", "privileges seccomp", """
        attempt(os.setuid, 0) if os.getuid() else None
        attempt(os.setresuid, 1, 1, 1)
        attempt(os.setgroups, [])
        attempt(raw, 157, 47, 2, 21, 0, 0)
        attempt(raw, 161, b".")
        attempt(raw, 165, b"none", b".", b"tmpfs", 0, 0)
        attempt(raw, 170, b"x", 1)
        attempt(raw, 304, -100, ctypes.byref((ctypes.c_char * 128)()), 0)
        attempt(time.clock_settime, time.CLOCK_REALTIME, time.time())
        attempt(os.nice, -5)
        attempt(raw, 246, 0, 0, 0, 0)
        attempt(raw, 175, 0, 0, b"")
        attempt(raw, 167, b"x", 0)
        attempt(raw, 172, 3)
    """),
    _attack("makes namespaces and mounts", "seccomp", """
        for flag in (0x10000000, 0x20000, 0x40000000, 0x8000000, 0x2000000, 0x80):
            attempt(raw, 272, flag)
            attempt(raw, 56, 0x10F00 | flag, 0, 0, 0, 0)
        for number in (165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, 308):
            attempt(raw, number, 0, 0, 0, 0, 0)
    """),
    _attack("uses rare parts of the kernel", "seccomp", """
        for number in (321, 250, 248, 249, 425, 426, 427, 434, 440, 448, 303, 179, 443, 153, 163, 135, 172, 173, 253,
                       294, 254, 300, 301, 278, 275, 276, 149, 325, 151, 162, 306, 206, 209, 216, 237, 256, 279, 251,
                       463, 466, 457, 458, 462, 449, 450, 451):
            attempt(raw, number, 0, 0, 0, 0, 0)
        fd = os.open(".", os.O_RDONLY)
        attempt(fcntl.fcntl, fd, 1024, 0)
        attempt(fcntl.fcntl, fd, 1026, 1)
        attempt(fcntl.fcntl, os.pipe()[0], 1031, 1 << 20)
        for request in (0x5412, 0x541C, 0x540E, 0x40049409, 0x6609):
            attempt(fcntl.ioctl, fd, request, b"x" * 8)
    """),
    _attack("speaks as another architecture", "seccomp", """
        for number in (0x40000000 + 39, 0x40000000 + 57, 0x40000000 + 520, 0x40000000 + 41):
            attempt(raw, number, 0, 0, 0)
    """),
    _attack("loosens its own bounds", "seccomp", """
        for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE):
            attempt(resource.setrlimit, kind, resource.getrlimit(kind))
            attempt(resource.prlimit, os.getppid(), kind)
            attempt(resource.prlimit, 0, kind, resource.getrlimit(kind))
        attempt(os.sched_setaffinity, 0, os.sched_getaffinity(0))
        attempt(os.sched_setaffinity, os.getppid(), os.sched_getaffinity(0))
        attempt(os.setpriority, os.PRIO_PROCESS, 0, 5)
        attempt(os.sched_setscheduler, 0, os.SCHED_BATCH, os.sched_param(0))
        attempt(os.setsid)
        attempt(os.setpgid, 0, os.getppid())
        for option in (1, 4, 8, 22, 23 + 1, 28, 36, 0x59616D61, 47, 59, 65):
            attempt(raw, 157, option, 1, 0, 0, 0)
    """),
    _attack("raises its hard limits", "seccomp rlimits+privileges", """
        for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE):
            attempt(resource.setrlimit, kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    """),
    _attack("takes too much memory", "rlimits", """
        attempt(bytearray, 700 << 20)
        attempt(mmap.mmap, -1, 700 << 20)
    """),
    _attack("takes too many files", "rlimits", """
        def many():
            for _ in range(2000):
                os.dup(OUT)
        error = attempt(many)
        os.closerange(OUT + 1, 4096)
    """),
    _attack("writes a large file", "rlimits", """
        def large():
            with open("large", "wb") as file:
                for _ in range(5):
                    file.write(b"x" * (1 << 20))
        attempt(large)
        attempt(os.ftruncate, os.open("hole", os.O_CREAT | os.O_RDWR), 5 << 20)
    """),
    _attack("writes many files", "namespaces", """
        def many():
            for number in range(20):
                with open(str(number), "wb") as file:
                    file.write(b"x" * (1 << 20))
        attempt(many)
    """),
    _attack("loads a library of its own", "namespaces", """
        import glob, shutil
        shutil.copyfile(glob.glob("/lib/*/libm.so.6")[0], "mine.so")
        attempt(ctypes.CDLL, "./mine.so")
    """),
    _attack("starts threads without end", "rlimits+namespaces", """
        import threading
        threading.stack_size(65536)
        gate = threading.Event()
        threads = []
        def many():
            for _ in range(3000):
                thread = threading.Thread(target=gate.wait)
                thread.start()
                threads.append(thread)
        attempt(many)
        gate.set()
        for thread in threads:
            thread.join()
    """),
    _attack("asks which pages of a library are in memory", "seccomp", """
        with open(os.__file__, "rb") as file:
            pages = mmap.mmap(file.fileno(), 4096, mmap.MAP_PRIVATE)
        told = ctypes.create_string_buffer(1)
        attempt(raw, 27, ctypes.addressof(ctypes.c_char.from_buffer(pages)), 4096, ctypes.addressof(told))
    """),
    _attack("locks memory", "seccomp rlimits+privileges", """
        buffer = mmap.mmap(-1, 1 << 20)
        attempt(raw, 149, ctypes.addressof(ctypes.c_char.from_buffer(buffer)), 1 << 20)
    """),
]  # fmt: skip
