"""Run good, wrong and hostile snippets, in the sandbox and without.

The framework is a stub, and nothing needs a network. The tests of the sandbox itself are skipped
where bubblewrap does not work.
"""

from __future__ import annotations

import os
import socket
import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from fep_tools.cli.render.runs import exit_status
from fep_tools.notes import harness
from fep_tools.notes.frameworks import Frameworks
from fep_tools.notes.jobs import Job, JobOutcome, update_results
from fep_tools.notes.results import CheckRecord, ResultsFile, ResultState, SnippetResult
from fep_tools.notes.runner import evaluate, Execution, run_snippet
from fep_tools.notes.store import NoteStore
from fep_tools.sandbox.environments import Environment
from fep_tools.sandbox.isolation import Bubblewrap, Isolation, Unsandboxed
from fep_tools.sandbox.releases import PYTHON_RELEASES
from fep_tools.sandbox.runner import RunLimits, RunResult
from fep_tools.sandbox.seccomp import system_call_filter
from fep_tools.sandbox.toolchain import EnvironmentUnavailable, find_python

from ..sandbox.stub import environment as stub
from .examples import FRAMEWORKS, LOCK, result, snippet, TODAY

LIMITS = RunLimits(
    seconds=60,
    cpu_seconds=2,
    memory=512 * 1024**2,
    file_size=1024**2,
    processes=8,
    stdout=64 * 1024,
)

TIME_FOR_MEMORY = replace(LIMITS, cpu_seconds=30)
"""For programs that fill memory, which takes a busy machine much processor time."""
SHORT = RunLimits(seconds=1)

FORGED = "it wrote to the pipe that is reserved for the results of its checks"

SNIPPET = """\
from stub import App

app = App()

@app.route("/")
def index():
    return "hello"

app.get("/")   #> 'hello'
"""
"""A typical snippet."""


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return stub(tmp_path_factory.mktemp("stub") / "environment")


@pytest.fixture(scope="session")
def sandbox() -> Bubblewrap:
    """Bubblewrap, if it works here."""
    bubblewrap = Bubblewrap()
    if problem := bubblewrap.probe():
        pytest.skip(problem)
    return bubblewrap


@pytest.fixture(scope="session", params=["none", "bubblewrap"])
def isolation(request: pytest.FixtureRequest) -> Isolation:
    """Each way to run a snippet, if it works here."""
    isolation: Isolation = (
        Unsandboxed() if request.param == "none" else request.getfixturevalue("sandbox")
    )
    return isolation


GOOD = {
    "framework": SNIPPET,
    "dictionary": "x = {'a': [1, 2]}\nx   #> {'a': [1, ...]}",
    "exception": "int('x')   #> raises ValueError: invalid literal...",
    "coroutine": "import asyncio\nasync def main():\n    7   #> 7\nasyncio.run(main())",
    "address": "object()   #> <object object at 0x...>",
    "lines": "[1,\n 2]\n#> [1,\n#>  2]",
    "loop": "for n in range(3):\n    n < 3   #> True",
    "thread": "import threading as t\na = t.Thread(target=print)\na.start()\na.join()   #> None",
    "standard output": "import sys\nfor n in range(100):\n    print('{\"end\": true}')\n1   #> 1",
    "source": "import inspect\ndef f(): ...\ninspect.getsource(f)   #> 'def f(): ...\\n'",
    "network of its own": SNIPPET.replace("app.get", "app.get_over_network"),
    "file of its own": "from pathlib import Path\np = Path.home() / 'x'\np.write_text('a')   #> 1",
    "same everywhere": (
        "import os, sys, time\n(hash('a'), time.tzname, sys.flags.utf8_mode, sys.path[0][-4:])\n"
        "#> (..., ('UTC', 'UTC'), 1, '.zip')"
    ),
}


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD.keys())
def test_a_true_snippet_passes(source: str, environment: Environment, isolation: Isolation) -> None:
    execution = run_snippet(source, environment, isolation, LIMITS)
    assert execution.reason is None, execution.stdout
    assert execution.checks
    assert all(check.ok for check in execution.checks)


@pytest.mark.parametrize("version", PYTHON_RELEASES)
def test_the_harness_runs_on_every_python(version: str) -> None:
    try:
        python = find_python(version)
    except EnvironmentUnavailable as problem:
        pytest.skip(str(problem))
    source = """\
import sys
f"{sys.version_info.major}"   #> '3'
[n for n in (1, 2)]
#> [1,
#>  ...]
int("x")   #> raises ValueError: invalid ...
async def main():
    sys.version_info[:2]   #> (3, ...)
import asyncio
asyncio.run(main())
"""
    execution = run_snippet(source, Environment(python, (), python), Unsandboxed(), LIMITS)
    assert execution.reason is None, execution.stdout
    assert [check.line for check in execution.checks] == [2, 3, 6, 8]


BAD = {
    "wrong": ("1 + 1   #> 3", "line 1: expected 3, got 2"),
    "type": ("True   #> 1", "line 1: expected 1, got True"),
    "none": ("print('hi')", "it has no checks"),
    "empty": ("", "it has no checks"),
    "assignment": ("x = 1  #> 1", "line 1: #> marks nothing that can be checked"),
    "comment": ("1  #> 1\n# 2  #> 3", "line 2: #> marks nothing that can be checked"),
    "string": ("1  #> 1\n'''\n2  #> 3\n'''", "line 2: #> marks nothing that can be checked"),
    "anything": ("1  #> ...", "line 1: #> marks nothing that can be checked"),
    "no exception": ("int('1')   #> raises ValueError", "raises ValueError, got raises nothing"),
    "late crash": ("1   #> 1\nraise SystemExit(3)\n2   #> 2", "line 2: raised SystemExit: 3"),
    "early exit": ("1   #> 1\nraise SystemExit", "line 2: raised SystemExit"),
    "early end": ("1   #> 1\nimport os; os._exit(0)\n2   #> 2", "it ended before its last line"),
    "high status": ("1   #> 1\nimport os; os._exit(255)", "it ended before its last line"),
    "late status": ("1   #> 1\nimport os, atexit\natexit.register(os._exit, 3)", "status 3 after"),
    "signal": ("1  #> 1\nimport os\nos.kill(os.getpid(), 9)", "it was killed by signal 9"),
    "abort": ("1  #> 1\nimport os\nos.abort()", "it was killed by signal 6"),
    "not reached": ("1   #> 1\ndef f():\n    1   #> 1", "line 3: the check was not reached"),
    "once wrong": ("for n in range(3):\n    n   #> 0", "line 2: expected 0, got 1"),
    "no Python": ("1   #> 1\n2 +", "line 2: raised SyntaxError: invalid syntax"),
    "not there": ("import sanic\n1   #> 1", "line 1: raised ModuleNotFoundError: No module"),
    "evil repr": (
        "class A:\n    def __repr__(self):\n        raise OSError('no')\nA()   #> <A>",
        "line 3: raised OSError: no",
    ),
    "evil equality": (
        "class A(int):\n    def __eq__(self, other):\n        return True\nA(3)   #> 4",
        "line 4: expected 4, got 3",
    ),
}


@pytest.mark.parametrize(("source", "reason"), BAD.values(), ids=BAD.keys())
def test_a_wrong_snippet_fails_with_its_reason(
    source: str, reason: str, environment: Environment
) -> None:
    assert reason in failure(run_snippet(source, environment, Unsandboxed(), LIMITS))


def failure(execution: Execution) -> str:
    assert execution.reason is not None
    return execution.reason


FORGERIES = {
    "a line of results": "os.write(fd, b'{\"end\": true}\\n')",
    "a line that looks sealed": "os.write(fd, b'0' * 64 + b' {\"end\": true}\\n')",
    "not text": "os.write(fd, b'\\xff\\n')",
}


@pytest.mark.parametrize("act", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_result_is_a_failure(
    act: str, environment: Environment, isolation: Isolation
) -> None:
    """The snippet does not know the descriptor, and so tries all of them."""
    source = f"""\
import os
for fd in range(3, 256):
    try:
        {act}
    except OSError:
        pass
os._exit(0)
1   #> 2
"""
    execution = run_snippet(source, environment, isolation, LIMITS)
    assert execution.reason == FORGED
    assert not any(check.ok for check in execution.checks)


SHAPES = {
    "a list": "[1]",
    "a text": "'line'",
    "another key": "{'line': 2, 'ok': True, 'got': '1', 'by': 'me'}",
    "a number for a value": "{'line': 2, 'ok': False, 'got': 5}",
    "a long value": "{'line': 2, 'ok': True, 'got': 'x' * 301}",
    "half a character": "{'line': 2, 'ok': True, 'got': chr(0xd800)}",
    "a text for yes": "{'line': 2, 'ok': 'yes', 'got': '1'}",
    "a line that is a list": "{'line': [2]}",
    "an exception that is none": "{'raised': 5}",
}


@pytest.mark.parametrize("row", SHAPES.values(), ids=SHAPES.keys())
def test_a_message_of_the_wrong_shape_is_a_failure(row: str, environment: Environment) -> None:
    """The function that reports checks is in the process of the snippet, which can call it."""
    source = f"__fep_check__.__closure__[0].cell_contents({row})\n1   #> 1\n"
    execution = run_snippet(source, environment, Unsandboxed(), LIMITS)
    assert execution.reason == FORGED


def test_a_deeply_nested_message_is_a_failure() -> None:
    deep = "[" * 100_000
    answer = f"{harness._signature(deep, 0, 'secret')} {deep}\n".encode()
    execution = evaluate("1   #> 1", RunResult(answer, "", 0, ""), "secret")
    assert execution.reason == FORGED


def test_a_snippet_cannot_read_the_secret(environment: Environment, isolation: Isolation) -> None:
    """It is not in the arguments, the environment or the rest of standard input."""
    source = """\
import os, sys
'"secret": "' in open("/proc/self/cmdline").read() + sys.stdin.read()   #> False
sorted(os.environ)
#> ['HOME', 'LC_ALL', 'MALLOC_ARENA_MAX', 'PATH', 'PWD', 'PYTHONHASHSEED', 'TMPDIR', 'TZ']
"""
    assert run_snippet(source, environment, isolation, LIMITS).reason is None


def test_child_processes_cannot_report_results(
    environment: Environment, isolation: Isolation
) -> None:
    source = """\
import os, subprocess, sys
child = os.fork()
if not child:
    1   #> 1
    os._exit(0)
os.waitpid(child, 0)[1]   #> 0
code = "import os; print([n for n in os.listdir('/proc/self/fd') if int(n) > 3])"
subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout   #> '[]\\n'
"""
    assert (
        failure(run_snippet(source, environment, isolation, LIMITS))
        == "line 4: the check was not reached"
    )


def test_the_name_of_a_process_does_not_hide_its_memory(
    environment: Environment, isolation: Isolation
) -> None:
    source = """\
import ctypes, mmap, os, time
ctypes.CDLL(None).prctl(15, b"\\xff\\nRssAnon: 0")
os.fork()
x = b"x" * (300 << 20)
time.sleep(60)
"""
    reason = failure(run_snippet(source, environment, isolation, TIME_FOR_MEMORY))
    assert reason == "it used more than 512 MiB of memory"


SHARED_MEMORY = """\
import mmap, os
os.fork()
shared = mmap.mmap(-1, 400 << 20)
while shared.write(bytes(4096)):
    shared.tell() < 400 << 20 or shared.seek(0)
"""

MEMORY_BEHIND_A_ZOMBIE = """\
import ctypes, os, threading, time
def use():
    time.sleep(0.5)
    x = b"x" * (200 << 20)
    time.sleep(60)
for n in range(3):
    if not os.fork():
        threading.Thread(target=use).start()
        ctypes.CDLL(None).pthread_exit(None)
time.sleep(60)
"""

DISTANT_PAGES = """\
import ctypes, os, time
libc = ctypes.CDLL(None)
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] + [ctypes.c_long]
libc.mmap.restype = ctypes.c_void_p
for fork in range(2):
    os.fork()
for n in range(60000):
    place = (1 << 40) + (n << 30)
    libc.mmap(place, 4096, 1, 0x100022, -1, 0)
    ctypes.c_char.from_address(place).value
time.sleep(60)
"""

GREEDY = {
    "endless loop": ("1   #> 1\nwhile True: pass", "too much processor time"),
    "6 GiB": ("x = bytearray(6 << 30)\nlen(x)   #> 1", "line 1: raised MemoryError"),
    "output flood": ("while True: print('x' * 1000)", "it printed more than 64 KiB"),
    "flood of results": ("while True:\n    1   #> 1", "its results are longer than 256 KiB"),
    "large file": (
        "with open('x', 'wb') as f:\n    f.write(b'x' * 2 ** 21)   #> 1",
        "line 2: raised OSError: [Errno 27] File too large",
    ),
    "many processes": (
        "import os, time\nfor n in range(20):\n    os.fork() or time.sleep(60)\ntime.sleep(60)",
        "it started more than 8 processes",
    ),
    "memory that is shared": (SHARED_MEMORY, "it used more than 512 MiB of memory"),
    "memory of threads": (MEMORY_BEHIND_A_ZOMBIE, "it used more than 512 MiB of memory"),
    "tables of the kernel": (DISTANT_PAGES, "it used more than 512 MiB of memory"),
    "memory of many": (
        "import os, time\n[os.fork() for n in range(2)]\nx = b'x' * (200 << 20)\ntime.sleep(60)",
        "it used more than 512 MiB of memory",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("source", "reason"), GREEDY.values(), ids=GREEDY.keys())
def test_a_greedy_snippet_hits_its_limit(
    source: str, reason: str, environment: Environment, isolation: Isolation
) -> None:
    limits = TIME_FOR_MEMORY if "memory" in reason else LIMITS
    assert reason in failure(run_snippet(source, environment, isolation, limits))


def test_no_socket_keeps_pages_that_a_snippet_gives_back(
    environment: Environment, sandbox: Isolation
) -> None:
    source = """\
import socket
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
client.setsockopt(socket.SOL_SOCKET, 60, 1)  # SO_ZEROCOPY
client.send(b"x", 0x4000000)   #> raises OSError: [Errno 105]...
"""
    assert run_snippet(source, environment, sandbox, LIMITS).reason is None


@pytest.mark.parametrize(
    "source", ["import time\ntime.sleep(60)", "import threading\n1  #> 1\nthreading.Event().wait()"]
)
def test_an_endless_snippet_is_stopped(
    source: str, environment: Environment, isolation: Isolation
) -> None:
    assert (
        failure(run_snippet(source, environment, isolation, SHORT))
        == "it took longer than 1 seconds"
    )


def test_a_fork_bomb_is_stopped(environment: Environment, sandbox: Isolation) -> None:
    source = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n"
    limits = RunLimits(seconds=60, processes=50, threads=100)
    assert "it started more than 50 processes" in failure(
        run_snippet(source, environment, sandbox, limits)
    )
    assert run_snippet("1   #> 1", environment, sandbox, LIMITS).reason is None


def test_a_daemon_does_not_outlive_the_run(
    environment: Environment, sandbox: Isolation, tmp_path: Path
) -> None:
    """It would write its name into its own command line, which the whole machine can see."""
    name = f"daemon-{os.urandom(8).hex()}"
    source = f"""\
import os, sys
if not os.fork():
    os.setsid()
    if not os.fork():
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)", {name!r}])
    os._exit(0)
os.wait()[1]   #> 0
"""
    assert run_snippet(source, environment, sandbox, LIMITS).reason is None
    deadline = time.monotonic() + 10
    while _is_running(name) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(name)


def _is_running(name: str) -> bool:
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if name.encode() in file.read_bytes():
                return True
        except OSError:
            pass
    return False


def test_a_sandbox_hides_and_protects_the_machine(
    environment: Environment, sandbox: Isolation, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("s", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        source = f"""\
import os, pathlib, socket, sys
open({str(tmp_path / "secret")!r})   #> raises FileNotFoundError
open("/etc/shadow")   #> raises FileNotFoundError
os.path.exists("/etc/passwd") or os.path.exists("/home")   #> False
socket.create_connection(("127.0.0.1", {port}), 2)   #> raises ConnectionRefusedError
socket.create_connection(("192.0.2.1", 80), 2)   #> raises OSError: [Errno 101] ...
socket.getaddrinfo("example.org", 80)   #> raises gaierror
[name for _index, name in socket.if_nameindex()]   #> ['lo']
import stub
for path in (stub.__file__, sys.executable, "/usr/x", "/etc/x", "/x", os.__file__):
    try:
        open(path, "ab").close()
    except OSError:
        continue
    raise SystemExit(path)
[os.statvfs(path).f_flag & os.ST_RDONLY for path in ("/", "/dev", "/proc")]   #> [1, 1, 1]
os.open("/tmp/x", os.O_CREAT) > 2   #> True
len([name for name in os.listdir("/proc") if name.isdigit()]) <= 3   #> True
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status"))
(status["CapEff"], status["CapPrm"], status["NoNewPrivs"])
#> ('0000000000000000\\n', '0000000000000000\\n', '1\\n')
"""
        execution = run_snippet(source, environment, sandbox, LIMITS)
    assert execution.reason is None, execution.stdout


def test_code_that_packages_run_at_the_start_is_limited_and_not_root(
    tmp_path: Path, sandbox: Isolation
) -> None:
    """Python runs such code before any program; root could change settings of the machine."""
    environment = stub(tmp_path / "environment")
    (packages,) = tmp_path.glob("environment/lib/*/site-packages")
    tmp_path.chmod(0o755)
    (packages / "evil.pth").write_text("import evil\n", "utf-8")
    (packages / "evil.py").write_text(
        "import os, resource\n"
        "writable = [d for d, _s, files in os.walk('/proc/sys') for f in files\n"
        "            if os.access(os.path.join(d, f), os.W_OK)]\n"
        "limit = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "status = open('/proc/self/status').read()\n"
        "user = os.getuid()\n",
        "utf-8",
    )
    source = f"""\
import evil
(evil.writable, evil.limit, evil.user)   #> ([], {LIMITS.file_size}, ...)
evil.user == 0   #> False
"CapEff:\\t0000000000000000" in evil.status   #> True
"""
    execution = run_snippet(source, environment, sandbox, LIMITS)
    assert execution.reason is None, (execution, execution.stdout)


def test_a_standard_library_that_a_package_brings_is_not_used_as_root(
    tmp_path: Path, sandbox: Isolation
) -> None:
    """A wheel may install ``pyvenv.cfg`` beside ``bin``, which names another home of Python."""
    environment = stub(tmp_path / "environment")
    tmp_path.chmod(0o755)
    directory, real = tmp_path / "environment", Path(os.__file__).parent
    library = directory / "home" / "lib" / real.name
    (library / "json").mkdir(parents=True)
    for path in (*real.iterdir(), *(real / "json").iterdir()):
        link = library / path.relative_to(real)
        if not link.exists():
            link.symlink_to(path)
    (library / "json" / "__init__.py").unlink()
    text = (real / "json" / "__init__.py").read_text("utf-8")
    text += "\nimport os\nwith open('/tmp/users', 'a') as file: print(os.getuid(), file=file)\n"
    (library / "json" / "__init__.py").write_text(text, "utf-8")
    (directory / "pyvenv.cfg").write_text(f"home = {directory}/home/bin\n", "utf-8")
    source = """\
users = open("/tmp/users").read().split()
(len(users) > 0, "0" in users)   #> (True, False)
"""
    execution = run_snippet(source, environment, sandbox, LIMITS)
    assert execution.reason is None, (execution, execution.stdout)


def test_a_nested_namespace_does_not_help_to_escape(
    environment: Environment, sandbox: Isolation
) -> None:
    """Inside it, a snippet has every capability, but over nothing that existed before."""
    source = """\
import ctypes, os
library = ctypes.CDLL(None)
new_user, new_mounts, remount_bind, detach = 0x10000000, 0x20000, 32 | 4096, 2
library.unshare(new_user | new_mounts) in (0, -1)   #> True
library.mount(None, b"/usr", None, remount_bind, None)   #> -1
library.umount2(b"/tmp", detach)   #> -1
library.umount2(b"/", detach)   #> -1
os.path.exists("/home")   #> False
"""
    assert run_snippet(source, environment, sandbox, LIMITS).reason is None


@pytest.mark.skipif(not system_call_filter(), reason="no filter for this processor")
def test_a_sandbox_does_not_have_the_calls_that_snippets_do_not_need(
    environment: Environment, sandbox: Isolation
) -> None:
    source = """\
import ctypes, errno, os, socket
library = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    if getattr(library, name)(*arguments) == -1:
        return errno.errorcode[ctypes.get_errno()]
call("unshare", 0x10000000)   #> 'ENOSYS'
call("ptrace", 0, 0, 0, 0)   #> 'ENOSYS'
call("mount", None, b"/usr", None, 0, None)   #> 'ENOSYS'
os.memfd_create("x")   #> raises OSError: [Errno 38] ...
socket.socket(40, socket.SOCK_STREAM)   #> raises OSError: [Errno 38] ...
socket.socket(38, socket.SOCK_SEQPACKET)   #> raises OSError: [Errno 38] ...
call("shmget", 0, 4096, 0o1600)   #> 'ENOSYS'
call("msgget", 0, 0o1600)   #> 'ENOSYS'
io_setup = 206 if os.uname().machine == "x86_64" else 0
call("syscall", io_setup, 1, ctypes.byref(ctypes.c_ulong()))   #> 'ENOSYS'
socket.socketpair()[0].close()   #> None
socket.socket(socket.AF_UNIX).close()   #> None
import subprocess, sys
subprocess.run([sys.executable, "-c", "import threading"]).returncode   #> 0
"""
    assert run_snippet(source, environment, sandbox, LIMITS).reason is None


def test_an_interrupted_snippet_stops_at_once(
    environment: Environment, isolation: Isolation
) -> None:
    interrupted = Event()
    interrupted.set()
    execution = run_snippet(
        "import time\ntime.sleep(60)   #> None", environment, isolation, interrupted=interrupted
    )
    assert execution.reason == "it was interrupted"


# Comparison with the saved result, and files of results --------------------------------------

PASSED = result()
FAILED = result(
    state="failed",
    reason="line 4: expected 'pages', got 'page'",
    checks=(CheckRecord(line=4, expected="'pages'", got="'page'", ok=False),),
)
UNAVAILABLE = result(state="unavailable", reason="Python 3.11 is not installed", checks=())


def job(recorded: SnippetResult | None, state: ResultState) -> Job:
    framework = Frameworks.parse(FRAMEWORKS).by_key["sanic"]
    return Job(7, "proposals/fep-0007.rst", snippet(), framework, TODAY, LOCK, recorded, state)


def value(got: str, expected: str, ok: bool) -> SnippetResult:
    record = CheckRecord(line=4, expected=expected, got=got, ok=ok)
    return result(state="verified" if ok else "failed", checks=(record,))


@pytest.mark.parametrize(
    ("recorded", "state", "current", "comparison"),
    [
        (None, ResultState.NOT_RUN, PASSED, "new"),
        (PASSED, ResultState.STALE, PASSED, "new"),
        (PASSED, ResultState.STALE, FAILED, "new"),
        (PASSED, ResultState.VERIFIED, PASSED, "same"),
        (PASSED, ResultState.VERIFIED, FAILED, "changed"),
        (FAILED, ResultState.FAILED, FAILED, "same"),
        (FAILED, ResultState.FAILED, PASSED, "changed"),
        (UNAVAILABLE, ResultState.UNAVAILABLE, UNAVAILABLE, "same"),
        (UNAVAILABLE, ResultState.UNAVAILABLE, PASSED, "changed"),
        # What "..." stands for may differ from run to run, and so may a wrong value.
        (
            value("'a1'", "'a...'", True),
            ResultState.VERIFIED,
            value("'a2'", "'a...'", True),
            "same",
        ),
        (value("1", "3", False), ResultState.FAILED, value("2", "3", False), "same"),
    ],
)
def test_comparison_with_the_saved_result(
    recorded: SnippetResult | None, state: ResultState, current: SnippetResult, comparison: str
) -> None:
    assert JobOutcome(job(recorded, state), current).comparison == comparison


@pytest.mark.parametrize(
    ("recorded", "state", "current", "written"),
    [
        (None, ResultState.NOT_RUN, PASSED, PASSED),
        (None, ResultState.NOT_RUN, UNAVAILABLE, UNAVAILABLE),
        (PASSED, ResultState.STALE, UNAVAILABLE, UNAVAILABLE),
        (PASSED, ResultState.VERIFIED, UNAVAILABLE, PASSED),
        (FAILED, ResultState.FAILED, UNAVAILABLE, FAILED),
        (PASSED, ResultState.VERIFIED, FAILED, FAILED),
    ],
)
def test_a_missing_environment_does_not_replace_a_current_result(
    recorded: SnippetResult | None,
    state: ResultState,
    current: SnippetResult,
    written: SnippetResult,
) -> None:
    one = job(recorded, state)
    ((path, data),) = update_results([one], [JobOutcome(one, current)], NoteStore())
    assert path == "proposals/fep-0007.notes.json"
    assert data is not None
    assert ResultsFile.parse(data).snippets == {"sanic-name": written}


@pytest.mark.parametrize(
    ("state", "is_due"),
    [
        (ResultState.NOT_RUN, True),
        (ResultState.STALE, True),
        (ResultState.UNAVAILABLE, True),
        (ResultState.VERIFIED, False),
        (ResultState.FAILED, False),
    ],
)
def test_snippets_without_a_current_result_are_due(state: ResultState, is_due: bool) -> None:
    assert job(None, state).is_due is is_due


@pytest.mark.parametrize(
    ("current", "state", "updated", "status"),
    [
        ([], ResultState.VERIFIED, False, 0),
        ([PASSED], ResultState.VERIFIED, False, 0),
        ([PASSED], ResultState.STALE, False, 1),
        ([PASSED], ResultState.STALE, True, 0),
        ([FAILED], ResultState.STALE, True, 1),
        ([UNAVAILABLE], ResultState.STALE, False, 2),
        ([UNAVAILABLE], ResultState.STALE, True, 2),
        ([PASSED, UNAVAILABLE], ResultState.VERIFIED, False, 2),
        ([FAILED, UNAVAILABLE], ResultState.STALE, True, 1),
    ],
)
def test_exit_status(
    current: list[SnippetResult], state: ResultState, updated: bool, status: int
) -> None:
    outcomes = [JobOutcome(job(PASSED, state), one) for one in current]
    assert exit_status(outcomes, updated=updated) == status
