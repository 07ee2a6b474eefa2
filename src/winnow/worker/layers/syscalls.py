"""The seccomp filter: which system calls a worker may make.

A list of what is allowed, because every kernel release adds calls. What a program may try in good faith and
must not do fails with EPERM, so that Python raises PermissionError; everything else does not exist (ENOSYS),
so that the C library falls back to what it did before the call was invented.
"""

from __future__ import annotations

import errno
import functools
import os
import struct
from typing import Any

_ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range dup
    dup2 dup3 pipe pipe2 fsync fdatasync ftruncate fallocate fadvise64 sendfile copy_file_range poll
    ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd eventfd2
    timerfd_create timerfd_settime timerfd_gettime stat fstat lstat newfstatat statx access faccessat
    faccessat2 statfs fstatfs getcwd chdir fchdir umask getdents getdents64 readlink readlinkat mkdir
    mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat getxattr
    lgetxattr fgetxattr listxattr llistxattr flistxattr mmap mprotect munmap mremap madvise msync brk
    membarrier futex set_robust_list get_robust_list rseq set_tid_address arch_prctl exit
    exit_group restart_syscall sched_yield sched_getaffinity getcpu gettid getpid getppid getpgrp getpgid
    getsid getuid geteuid getgid getegid getresuid getresgid getgroups getpriority capget rt_sigaction
    rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause alarm
    setitimer getitimer timer_create timer_settime timer_gettime timer_getoverrun timer_delete nanosleep
    clock_nanosleep clock_gettime clock_getres gettimeofday time times uname sysinfo getrusage getrlimit
    getrandom wait4 waitid recvfrom shutdown getsockname getpeername getsockopt setsockopt
"""

_REFUSED = """
    fork vfork clone execve execveat ptrace process_vm_readv process_vm_writev process_madvise
    process_mrelease kcmp pidfd_open pidfd_getfd pidfd_send_signal kill tgkill tkill rt_sigqueueinfo
    rt_tgsigqueueinfo setrlimit prlimit64 setpriority sched_setaffinity sched_setscheduler sched_setparam
    sched_setattr ioprio_set setpgid setsid setuid setgid setreuid setregid setresuid setresgid setgroups
    setfsuid setfsgid capset mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick open_tree
    move_mount mount_setattr unshare setns add_key request_key keyctl bpf perf_event_open userfaultfd
    io_uring_setup io_uring_enter io_uring_register io_setup io_submit io_destroy init_module finit_module
    delete_module kexec_load kexec_file_load reboot swapon swapoff quotactl quotactl_fd acct settimeofday
    clock_settime clock_adjtime adjtimex sethostname setdomainname syslog vhangup iopl ioperm personality
    socket connect bind listen accept accept4 socketpair sendto sendmsg sendmmsg recvmsg recvmmsg shmget
    shmat shmctl msgget msgsnd msgrcv semget semop semctl mq_open mq_unlink memfd_create memfd_secret
    name_to_handle_at open_by_handle_at inotify_init inotify_init1 inotify_add_watch fanotify_init
    fanotify_mark chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat
    futimesat mincore setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr truncate creat mknod
    mknodat mlock mlock2 mlockall vmsplice splice tee sync syncfs prctl seccomp fcntl ioctl open openat
"""

CLONE_THREAD, NEW_NAMESPACES = 0x10000, 0x7E020080
AF_UNIX, O_TRUNC, O_ACCMODE = 1, 0o1000, 3
# What isatty, get_terminal_size and non-blocking files need.
IOCTLS = {"TCGETS": 0x5401, "TIOCGWINSZ": 0x5413, "FIONREAD": 0x541B, "FIONBIO": 0x5421,
          "FIONCLEX": 0x5450, "FIOCLEX": 0x5451}  # fmt: skip
# Duplicating, flags, sizes. Not F_SETOWN and F_SETSIG (they send any signal to any process of the same
# user), F_SETLEASE (it blocks others who open the file) or F_NOTIFY (it watches folders).
FCNTLS = (0, 1, 2, 3, 4, 1030, 1032, 1034)
# F_SETLK and the like: see `_partly`.
LOCKS = (6, 7, 37, 38)
PRCTLS = {"PR_GET_DUMPABLE": 3, "PR_SET_NAME": 15, "PR_GET_NAME": 16, "PR_GET_NO_NEW_PRIVS": 39,
          "PR_SET_VMA": 0x53564D41}  # fmt: skip
# Stands for the worker's own number until that is known: the program is built once, before any fork.
OWN_PID = 0x3EADBEEF
_JUMP_IF_EQUAL = 0x15


def build() -> bytes:
    """The filter as a program for the kernel, with OWN_PID in place of the worker's number."""
    import pyseccomp as seccomp

    refuse = seccomp.ERRNO(errno.EPERM)
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    # Foreign architectures (x32, 32-bit calls) would be killed otherwise, without a word to the learner.
    rules.set_attr(seccomp.Attr.ACT_BADARCH, refuse)
    partly = _partly(seccomp, refuse)
    for name in _ALLOWED.split():
        _add(seccomp, rules, seccomp.ALLOW, name)
    for name in _REFUSED.split():
        if name not in partly:
            _add(seccomp, rules, refuse, name)
    for name, ways in partly.items():
        for action, *conditions in ways:
            _add(seccomp, rules, action, name, *conditions)
    # In memory: a temporary file would fix, for all workers, which folder is theirs.
    with open(os.memfd_create("filter"), "r+b") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def for_process(program: bytes, pid: int) -> bytes:
    """The program with a worker's own number filled in."""
    done = bytearray(program)
    for offset in _places(program):
        struct.pack_into("=I", done, offset, pid)
    return bytes(done)


@functools.cache
def _places(program: bytes) -> list[int]:
    """Where in the program the worker's own number belongs."""
    steps = enumerate(struct.iter_unpack("=HBBI", program))
    return [at * 8 + 4 for at, (code, _, _, value) in steps if code == _JUMP_IF_EQUAL and value == OWN_PID]


def _add(seccomp: Any, rules: Any, action: int, name: str, *conditions: Any) -> None:
    number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    # A call that this architecture or this libseccomp does not know stays what it is: not there.
    if number >= 0:
        rules.add_rule(action, number, *conditions)


def _partly(seccomp: Any, refuse: int) -> dict[str, list[tuple[Any, ...]]]:
    """The calls whose arguments decide. What no rule matches does not exist (ENOSYS)."""
    allow, arg = seccomp.ALLOW, seccomp.Arg
    equal, other, masked = seccomp.EQ, seccomp.NE, seccomp.MASKED_EQ
    own = [(allow, arg(0, equal, OWN_PID)), (refuse, arg(0, other, OWN_PID))]
    # Landlock before Linux 6.2 lets a file that may only be read be cut to nothing by opening it.
    opening = {
        name: [
            (allow, arg(at, masked, O_TRUNC, 0)),
            (allow, arg(at, masked, O_ACCMODE, os.O_WRONLY)),
            (allow, arg(at, masked, O_ACCMODE, os.O_RDWR)),
            (refuse, arg(at, masked, O_TRUNC | O_ACCMODE, O_TRUNC)),
        ]
        for name, at in (("open", 1), ("openat", 2))
    }
    return {
        **opening,
        # Signals to itself only; -1, 0 and groups are other numbers.
        "kill": own,
        "tgkill": own,
        # Threads, but no processes: none survives, and memory limits do not add up.
        "clone": [
            (allow, arg(0, masked, CLONE_THREAD | NEW_NAMESPACES, CLONE_THREAD)),
            (refuse, arg(0, masked, CLONE_THREAD, 0)),
        ],
        # Reading its own limits; a limit that is lowered could make the grader's own calls fail.
        "prlimit64": [
            (allow, arg(0, equal, 0), arg(2, equal, 0)),
            (refuse, arg(0, other, 0)),
            (refuse, arg(2, other, 0)),
        ],
        # A pair is talk within the process (asyncio wakes itself by one) while nothing is sent elsewhere.
        "socketpair": [(allow, arg(0, equal, AF_UNIX)), (refuse, arg(0, other, AF_UNIX))],
        "sendto": [(allow, arg(4, equal, 0)), (refuse, arg(4, other, 0))],
        # Locks are told to be taken, and none is: nothing else uses a worker's own files, and on the files of libraries
        # those who run at the same time would see them.
        "flock": [(seccomp.ERRNO(0),)],
        "fcntl": [
            *((allow, arg(1, equal, command)) for command in FCNTLS),
            *((seccomp.ERRNO(0), arg(1, equal, command)) for command in LOCKS),
        ],
        "ioctl": [(allow, arg(1, equal, request)) for request in IOCTLS.values()],
        "prctl": [(allow, arg(0, equal, option)) for option in PRCTLS.values()],
    }
