"""What was looked at and not used is told to the learner with its reason, and what is told is so."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from textwrap import indent

import pytest

from winnow.grading import bench
from winnow.grading.job import Job
from winnow.grading.syntax import cause
from winnow.record import ExerciseResult
from winnow.submission import Submission, read_submission
from winnow.worker.layers.probe import available

from ..support.small_course import FILES, RIGHT, make
from ..support.submission_course import notebook

STUB = FILES["exercises/m01/double.py"].replace("\n        ", "\n")
DOUBLE, HALF = RIGHT[: RIGHT.index("def half")], RIGHT[RIGHT.index("def half") :]
STUB_OF_HALF = STUB[STUB.index("def half") :]
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
TOGETHER = "put all functions into one file"
TEXT = {"cell_type": "markdown", "metadata": {}, "source": RIGHT}

# What is handed in, what the learner reads of it in any place, and what it earns.
CASES: dict[str, tuple[dict[str, str], str, float]] = {
    "a document": ({"word.docx": "PK"}, "word.docx was not read: hand in the code itself, as .py or .ipynb", 0),
    "a document called as the exercise": ({"double.docx": "PK"}, "found double.docx: hand in the code itself, as", 0),
    "a report beside the answer": ({"double.py": RIGHT, "report.pdf": "%PDF"}, "report.pdf was not read", 10),
    "a text": ({"double.txt": RIGHT}, "found double.txt: name the file double.py", 0),
    "a text beside the stub": ({"double.py": STUB, "double.txt": RIGHT}, "double.txt was not read", 0),
    "Jupyter's copy alone": (
        {".ipynb_checkpoints/hw-checkpoint.ipynb": notebook(RIGHT)},
        ".ipynb_checkpoints was not read, being a program's own: hand in the code itself, as .py or .ipynb",
        0,
    ),
    "a file that is no answer": (
        {"loss.py": "def error(x): ...", "utils.py": "import os\nx = 1\n", "empty.py": ""},
        "loss.py, utils.py have no function that is asked for here: not used",
        0,
    ),
    "a notebook that is no answer": (
        {"hw.ipynb": notebook("def error(x): ...")},
        "hw.ipynb has no function that is asked for here: not used",
        0,
    ),
    "a file that is in the cloud": (
        {".double.py.icloud": "bplist00"},
        ".double.py.icloud stands for a file that is in iCloud only: download it",
        0,
    ),
    "bytecode": ({"hw.cpython-311.pyc": ""}, "hw.cpython-311.pyc was not read: hand in the code itself", 0),
    "a picture of it": ({"a.png": "", "b.HEIC": ""}, "a.png, b.HEIC were not read: hand in the code itself", 0),
    "a link to it": ({"link.txt": "https://colab.example/drive/1\n"}, "link.txt was not read: hand in the code", 0),
    "a test alone": (
        {"test_double_mine.py": RIGHT},
        "test_double_mine.py was not read, being called as tests are: give another name",
        0,
    ),
    "a test beside another file": (
        {"test_1.py": RIGHT, "test_double.py": "import double\n", "utils.py": "x = 1\n"},
        "test_1.py was not read, being called as tests are: give another name",
        0,
    ),
    "many documents": (
        {f"{name}.doc": "" for name in "abcde"},
        "a.doc, b.doc, c.doc and 2 more were not read",
        0,
    ),
    "a second copy": ({"double.py": RIGHT, "double (1).py": "\n" + RIGHT}, "double is also in double (1).py;", 10),
    "a copy": ({"double.py": RIGHT, "double (1).py": RIGHT}, "double (1).py: the same as double.py, which is", 10),
    "a part of it again": ({"double.py": RIGHT, "a.py": HALF}, "half is also in a.py; double.py is graded", 10),
    "the rest elsewhere": ({"double.py": DOUBLE, "a.py": HALF}, f"half is graded as defined in a.py: {TOGETHER}", 10),
    "two halves": ({"a.py": DOUBLE, "b (1).py": HALF}, f"half is graded as defined in b (1).py: {TOGETHER}", 10),
    "two halves, and the stub": (
        {"double.py": STUB, "a.py": DOUBLE + STUB_OF_HALF, "b.py": HALF},
        f"half is graded as defined in b.py: {TOGETHER}",
        10,
    ),
    "two halves, each in all of the stub": (
        {"a.py": f"{DOUBLE}{STUB}", "b.py": f"{HALF}{STUB}"},
        f"half is graded as defined in b.py: {TOGETHER}",
        10,
    ),
    "two notebooks": (
        {"a.ipynb": notebook(DOUBLE), "b.ipynb": notebook("1 +", HALF)},
        f"half is graded as defined in b.ipynb: {TOGETHER}",
        10,
    ),
    "the rest in two others": (
        {"double.py": DOUBLE, "a.py": HALF, "b.py": f"{HALF}x = 1\n", "c.py": STUB_OF_HALF},
        "half is in a.py and b.py, so none of these is graded: hand in one",
        8,
    ),
    "the rest ends the process": (
        {"double.py": DOUBLE, "a.py": f"import os\nos._exit(0)\n{HALF}while True: pass\n"},
        f"half is graded as defined in a.py: {TOGETHER}",
        10,
    ),
    "what it uses is in a block": (
        {"double.py": f"{DOUBLE.replace('x + x', 'FACTOR * x')}{HALF}if __name__ == '__main__':\n    FACTOR = 2\n"},
        "FACTOR is taken from a block that is not run (double.py, line 6): define it at the top",
        10,
    ),
    "what it uses is in a block that stops": (
        {
            "double.py": f"try:\n    open('x')\n    FACTOR = 2\nexcept OSError:\n    pass\n"
            f"{DOUBLE.replace('x + x', 'FACTOR * x')}{HALF}"
        },
        "FACTOR is taken from a block that did not run to its end (double.py, line 1): define it at the top",
        10,
    ),
    "a merge conflict": (
        {"double.py": f"<<<<<<< HEAD\n{RIGHT}=======\n{RIGHT}>>>>>>> theirs\n"},
        "line 1 is the mark of a merge conflict: keep one of the two versions, and take the marks out",
        0,
    ),
    "a merge conflict within a function": (
        {"double.py": "def double(x):\n    x = x\n<<<<<<< HEAD\n    return x\n=======\n    return x\n>>>>>>> b\n"},
        "line 3 is the mark of a merge conflict",
        0,
    ),
    "a web page": ({"double.py": "\n<!DOCTYPE html><title>Sign of x"}, "double.py is a web page, not code", 0),
    "a login page": ({"double.py": "\n<!DOCTYPE html><title>Log in"}, "double.py is the web page of a login, not", 0),
    "a login page without a head": (
        {"double.py": "\ufeff<!-- v2 -->\n<form><input type='password'>"},
        "double.py is the web page of a login, not",
        0,
    ),
    "a part of a web page": ({"double.py": "<div>expired</div>"}, "double.py is a web page, not code", 0),
    "a server's refusal": (
        {"double.py": '{"error": "not_authorized"}\n'},
        'double.py is a server\'s refusal ({"error": "not_authorized"}), not code: download the file itself',
        0,
    ),
    "a server's refusal of a notebook": (
        {"hw.ipynb": '{"message": "Not Found", "status": "404"}'},
        "hw.ipynb is a server's refusal",
        0,
    ),
    "a server's refusal in words": ({"double.py": "404: Not Found"}, "is a server's refusal (404: Not Found)", 0),
    "a text that was typed": (
        {"text.html": "<p>I could not upload it</p>"},
        "text.html, which was typed, holds no function: hand in the code itself, as .py or .ipynb",
        0,
    ),
    "a login page in XHTML": ({"double.py": "<?xml version='1.0'?><html>"}, "double.py is a web page, not code", 0),
    "a link to a notebook": ({"double.py": "https://colab.example/drive/1\n"}, "hand in the file that it leads to", 0),
    "a console": ({"double.py": f"{RIGHT}>>> double(2)\n4\n"}, "this is the prompt of a console", 0),
    "a text with code in Markdown": (
        {"double.py": f"Here's what you asked for:\n\n```python\n{RIGHT}```\n"},
        "line 3 is Markdown around the code: take out all that is no code",
        0,
    ),
    "Markdown with tildes around it": ({"double.py": f"~~~\n{RIGHT}~~~\n"}, "this is Markdown around the code", 0),
    "a comparison": (
        {"double.py": "@@ -0,0 +1 @@\n" + "".join(f"+{line}\n" for line in RIGHT.splitlines())},
        "double.py, line 1: SyntaxError: invalid syntax; this is a comparison of two files: hand in the file itself",
        0,
    ),
    "numbers of lines": (
        {"double.py": "".join(f"{number:3} {line}\n" for number, line in enumerate(RIGHT.splitlines(), 1))},
        "this is the number of a line, pasted with the code: take out all of them",
        0,
    ),
    "blanks out of a web page": (
        {"double.py": RIGHT.replace("    ", "\u00a0" * 4)},
        "U+00A0; it was pasted, or typed with another keyboard: delete it, and type what is meant there",
        0,
    ),
    "curly quotes": (
        {"double.py": f"{RIGHT}print(\u201ddone\u201d)\n"},
        "(U+201D); it was pasted, or typed with another keyboard: delete it, and type what is meant there",
        0,
    ),
    "Markdown around it": ({"double.py": f"```python\n{RIGHT}```\n"}, "this is Markdown around the code", 0),
    "capitals": ({"double.py": RIGHT.replace("double", "DOUBLE")}, "found DOUBLE: rename it", 2),
    "all of it in a string": (
        {"double.py": f'"""My answer.\n\n{RIGHT}"""\n'},
        "double.py, line 3, has double in a string, which is not run: take the quotes away",
        0,
    ),
    "the answer under another name beside the stub": (
        {"double.py": DOUBLE.replace("double", "double_v2") + STUB},
        "double.py is not started; found double_v2: rename it",
        0,
    ),
    "the answer in a comment": (
        {"double.py": STUB + "".join(f"#{line}\n" for line in RIGHT.splitlines())},
        "double.py is not started; double.py, line ",
        0,
    ),
    "a method of two classes": (
        {
            "double.py": f"class A:\n    @staticmethod\n{indent(DOUBLE, ' ' * 4)}"
            f"class B:\n    @staticmethod\n{indent(DOUBLE, ' ' * 4)}{HALF}"
        },
        "double.py, line 3, has double inside something else: define it at the top",
        2,
    ),
    "a decorator that keeps the function": (
        {"double.py": f"kept = []\n@kept.append\n{RIGHT}"},
        "double.py, line 3: what the decorator above it gives is no function",
        2,
    ),
    "a letter of another alphabet": (
        {"double.py": RIGHT.replace("double", "d\u043euble")},
        "in which \u043e is cyrillic small letter o: type the name anew",
        2,
    ),
    "a name in full": (
        {"double.py": RIGHT.replace("double", "draw_one_umbrella_below_lime_elms")},
        "found draw_one_umbrella_below_lime_elms: rename it",
        2,
    ),
    "the name is used anew": ({"double.py": f"{RIGHT}double = double(2)\n"}, "the name is used anew below", 10),
    "the name is used anew for what Jupyter gives": (
        {"hw.ipynb": notebook(RIGHT, "double = %timeit -o double(2)")},
        "double is graded as defined in cell 1, line 1: the name is used anew below",
        10,
    ),
    "a library's name for something else": (
        {"hw.ipynb": notebook("import math", RIGHT.replace("return", "math.floor(2); return"), "math = 3")},
        "double uses math, which is something else since cell 3, line 1: use another name there",
        0,
    ),
    "a helper's name for something else, below": (
        {"double.py": f"def help_(): pass\n{RIGHT.replace('return', 'help_(); return')}for help_ in 'ab': pass\n"},
        "double uses help_, which is something else since double.py, line ",
        0,
    ),
    "a library that is deleted": (
        {"double.py": f"import math\n{RIGHT.replace('return', 'math.floor(2); return')}del math\n"},
        "double uses math, which double.py, line 7, deletes: leave that out",
        0,
    ),
    "a library's names for Python's": (
        {
            "double.py": f"from helper import *\n{RIGHT.replace('x / 2', 'float(x / 2)')}",
            "helper.py": "float = 'f32'\n",
        },
        "half uses float, which is something else since double.py, line 1: use another name there",
        8,
    ),
    "a helper that was not handed in": (
        {"double.py": f"from helper import mul\n{RIGHT}"},
        "No module named 'helper', neither handed in nor installed where this is graded",
        10,
    ),
    "Markdown in place of code": (
        {"hw.ipynb": notebook("x = 1", TEXT)},
        "hw.ipynb, cell 2 is Markdown, so its double is not run: make it a code cell",
        0,
    ),
    "Markdown with fences in place of code": (
        {"hw.ipynb": notebook("x = 1", {**TEXT, "source": f"```python\n{RIGHT}```"})},
        "hw.ipynb, cell 2 is Markdown, so its double is not run: make it a code cell",
        0,
    ),
    "a stub before the notebook": (
        {"double.py": STUB, "hw.ipynb": notebook(RIGHT)},
        "double.py is not started; hw.ipynb is graded",
        10,
    ),
    "no Python before the notebook": (
        {"double.py": "def double(x:\n", "hw.ipynb": notebook(RIGHT)},
        "double.py, line 1: SyntaxError: '(' was never closed; hw.ipynb is graded",
        10,
    ),
    "another function before the notebook": (
        {"double.py": "print('see hw.ipynb')\n", "hw.ipynb": notebook(RIGHT)},
        "there is no function double in double.py; hw.ipynb is graded",
        10,
    ),
    "a function of another system": (
        {"double.py": f"import sys\n{HALF}match sys.platform:\n    case 'win32':\n{indent(DOUBLE, ' ' * 8)}"},
        "double is graded though it stands in a block that is not run (double.py, line 4)",
        10,
    ),
    "a helper with the name of a library": (
        {"double.py": f"from statistics import mul\n{RIGHT}", "statistics.py": "def mul(x):\n    return x + x\n"},
        "statistics.py has the name of a library, which is imported in its place: give the file another name",
        10,
    ),
    "a name of a later Python": (
        {"double.py": f"from itertools import batch_of_3\n{RIGHT}"},
        f"; the grader runs Python {PYTHON}",
        10,
    ),
    "a name of a later Python, in the function": (
        {"double.py": f"import math\n{RIGHT.replace('return x + x', 'return math.double(x)')}"},
        f" (line 3 of double.py). The grader runs Python {PYTHON}.",
        2,
    ),
    "a name that a library has no more": (
        {"double.py": f"import numpy as np\nx = np.no_such_name\n{RIGHT}"},
        f"; the grader has numpy {version('numpy')}",
        10,
    ),
    "a library that is asked to raise": (
        {"double.py": "import numpy as np\nnp.seterr(all='raise')\n" + RIGHT.replace("x + x", "np.float64(x) / 0")},
        "np.seterr or np.errstate asks numpy to raise this",
        2,
    ),
    "the end of its own process": (
        {"double.py": f"import os\nos.kill(os.getpid(), 9)\n{RIGHT}"},
        "double.py, line 2: it was killed: by itself (os.kill), or because there was no memory left",
        10,
    ),
    "a default that a later cell defines": (
        {"hw.ipynb": notebook(f"def double(x, n=TWO):\n    return n * x\n{HALF}", "class A(B): pass", "TWO = 2")},
        "cell 1, line 1: double was defined once more at the end, for TWO is defined below it: put that above it",
        10,
    ),
    "a default that nothing defines": (
        {"hw.ipynb": notebook(f"def double(x, n=TWO):\n    return x + x\n{HALF}")},
        "cell 1, line 1: double was taken without its decorators, annotations and defaults (None instead)",
        10,
    ),
    "an exception whose name is none": (
        {"double.py": f"raise NameError('mine', name=[])\n{RIGHT}"},
        "double.py, line 1: NameError: mine",
        10,
    ),
    "a default that ends the process below": (
        {
            "hw.ipynb": notebook(
                f"def double(x, n=end()):\n    return x + x\n{HALF}", "import os\ndef end(): os._exit(0)"
            )
        },
        "cell 1, line 1: it ended the process (sys.exit or os._exit)",
        10,
    ),
    "a default that does not come back": (
        {"double.py": f"import time\ndef double(x, n=time.sleep(600)):\n    return x + x\n{HALF}"},
        "double.py, line 2: double was taken without its decorators, annotations and defaults (None instead)",
        10,
    ),
    "a second version below the default": (
        {"hw.ipynb": notebook(f"def double(x, n=TWO):\n    return 3 * x\n{HALF}", DOUBLE, "TWO = 2")},
        "cell 1, line 1: double was taken without its decorators, annotations and defaults (None instead)",
        10,
    ),
    "raw text beside the stub": (
        {"hw.ipynb": notebook({**TEXT, "cell_type": "raw"}, STUB)},
        "hw.ipynb, cell 1 is raw text, so its double is not run: make it a code cell",
        0,
    ),
}

# Later syntax, and since when it is Python.
LATER = {
    "def double[T](x: T) -> T:\n    return x + x\n": "3.12",
    "class Stack[T]:\n    pass\n": "3.12",
    "type Number = int | float\n": "3.12",
    "name = t'{1}'\n": "3.14",
    "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n": "3.14",
}

# What a learner did not do: a library did, while it was imported or asked what machine this is.
QUIET = {
    "a library that starts a program": "import antigravity, pytest",
    "the machine's name": "import platform\nplatform.platform(), platform.processor()",
    "the machine's number": "import uuid\nuuid.uuid1(), uuid.getnode()",
    "a question for a password": "import getpass\ntry:\n    getpass.getpass()\nexcept EOFError:\n    pass",
}


# What only a notebook's own names and modules let run.
QUIET_CELLS = {
    "what was printed": (f"%%capture --no-stderr out\n{RIGHT}", "print(out.stdout)\nout.show()"),
    "how long it took": (RIGHT, "took = %timeit -o double(2)\nprint(took.best)"),
    "a module read anew": (
        f"%%writefile helper.py\n{RIGHT}", "import importlib, helper\nimportlib.reload(helper).double(2)"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Submission, ExerciseResult]]:
    """All cases, graded as one class with every layer that works here."""
    course = make(tmp_path_factory.mktemp("course"))
    top = tmp_path_factory.mktemp("class")
    files = {name: files for name, (files, _, _) in CASES.items()}
    files |= {code: {"double.py": code} for code in LATER}
    files |= {name: {"double.py": f"{code}\n{RIGHT}"} for name, code in QUIET.items()}
    files |= {name: {"hw.ipynb": notebook(*cells)} for name, cells in QUIET_CELLS.items()}
    files["its own process"] = {"double.py": f"import os\nos.system('ls')\n{RIGHT}"}
    handed_in = []
    for number, (name, content) in enumerate(files.items()):
        (top / str(number)).mkdir()
        for file, text in content.items():
            (top / str(number) / file).parent.mkdir(exist_ok=True)
            (top / str(number) / file).write_text(text, encoding="utf-8")
        handed_in.append(read_submission(name, top / str(number), course.exercises))
    found: list[ExerciseResult] = []
    jobs = iter([Job(one, ("double",)) for one in handed_in])
    layers = [layer for layer, why in available().items() if not why]
    bench.run(course, jobs, lambda job, results: found.extend(results), layers, b"s")
    return {one.student: (one, result) for one, result in zip(handed_in, found, strict=True)}


def told(submission: Submission, result: ExerciseResult) -> list[str]:
    """All that the learner reads."""
    return [*submission.notes, *result.notes, result.message, *(check.why for check in result.checks)]


@pytest.mark.parametrize("name", CASES)
def test_what_was_not_used_is_named_with_the_reason(
    graded: dict[str, tuple[Submission, ExerciseResult]], name: str
) -> None:
    said = told(*graded[name])
    assert [sentence for sentence in said if CASES[name][1] in sentence], said
    assert graded[name][1].score == CASES[name][2]


@pytest.mark.parametrize("code", LATER)
def test_syntax_of_a_later_python_is_told_with_the_version_that_grades(
    graded: dict[str, tuple[Submission, ExerciseResult]], code: str
) -> None:
    if sys.version_info >= tuple(map(int, LATER[code].split("."))):
        pytest.skip("this Python reads it")
    runs = f"this is written for Python {LATER[code]}, and the grader runs Python 3.{sys.version_info.minor}"
    assert runs in graded[code][1].message


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it")
@pytest.mark.parametrize("part", [r'"\n".join(names)', '"1st"', 'row["0x"]', '", ".join(names)', r'"\d"', '1:{"}"}'])
def test_an_f_string_with_its_own_quotes_in_it_is_told_to_be_of_a_later_python(part: str) -> None:
    line = f'print(f"loss {{x}} {{{part}}}")'
    with pytest.raises(SyntaxError) as refused:
        compile(line, "hw.py", "exec")
    assert cause(line, 1, str(refused.value.msg)).startswith("some f-strings are Python since 3.12 only, and")
    assert not cause('print(f"{x} {y:.2f}" $)', 1, "invalid syntax")


@pytest.mark.parametrize("name", QUIET)
def test_a_library_is_not_taken_for_its_learner(
    graded: dict[str, tuple[Submission, ExerciseResult]], name: str
) -> None:
    assert (graded[name][1].score, graded[name][1].notes) == (10, ())


@pytest.mark.parametrize("name", QUIET_CELLS)
def test_what_jupyter_knows_is_no_remark(graded: dict[str, tuple[Submission, ExerciseResult]], name: str) -> None:
    assert (graded[name][1].score, graded[name][1].notes) == (10, ())


def test_what_a_learner_starts_is_told(graded: dict[str, tuple[Submission, ExerciseResult]]) -> None:
    assert graded["its own process"][1].notes == ("it started another process: not available here",)


def test_a_notebook_with_its_answer_in_markdown_is_remarked_on_once(
    graded: dict[str, tuple[Submission, ExerciseResult]],
) -> None:
    assert len(graded["Markdown in place of code"][0].notes) == 1


def test_a_file_that_an_answer_imports_is_used(tmp_path: Path) -> None:
    course = make(tmp_path / "course")
    course.exercises[0].path("exercises", "double_picture.py").write_text("", encoding="utf-8")
    files = {
        "hw.py": "from helper import two\nfrom tools import *\n", "helper.py": "two = 2\n", "other.py": "x = 1\n",
        "tools.ipynb": notebook("y = 1"),
    }  # fmt: skip
    (tmp_path / "kim").mkdir()
    for name, text in files.items():
        (tmp_path / "kim" / name).write_text(text, encoding="utf-8")
    read = read_submission("kim", tmp_path / "kim", course.exercises)
    assert read.notes == ("helper.py, hw.py, other.py and 1 more have no function that is asked for here: not used",)
    (tmp_path / "kim" / "hw.py").write_text(f"{files['hw.py']}{DOUBLE}", encoding="utf-8")
    more = replace(course.exercises[0], id="triple", functions=("triple",))
    # Learners have these from the course.
    for name in ("m01.ipynb", "double_picture.py"):
        (tmp_path / "kim" / name).write_text(notebook("z = 1") if "ipynb" in name else "z = 1\n", encoding="utf-8")
    read = read_submission("kim", tmp_path / "kim", [course.exercises[0], more])
    assert read.notes == ("other.py has no function that is asked for here: not used",)


def test_what_is_nobodys_answer_is_not_remarked_on(tmp_path: Path) -> None:
    course = make(tmp_path / "course")
    course.exercises[0].path("exercises", "double.md").write_text("2x")
    (tmp_path / "kim").mkdir()
    for name in (
        "double.py",
        "double.md",
        "README.md",
        "requirements.txt",
        "a.png",
        "a.txt",
        "Makefile",
        "data.csv",
        "~$a.docx",
    ):
        (tmp_path / "kim" / name).write_text(RIGHT, encoding="utf-8")
    assert read_submission("kim", tmp_path / "kim", course.exercises).notes == ()
