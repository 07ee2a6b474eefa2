"""Asks a module's questions in the terminal, one at a time, and writes every answer down at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text

from winnow.course import Course
from winnow.quiz import answers as files
from winnow.quiz import bank, scoring, variants
from winnow.quiz.kinds import KINDS
from winnow.quiz.plain import plain
from winnow.quiz.question import Answer, AnswerError, Number, Question, Quiz

COMMANDS = "Enter leaves a question for later, < goes back, Ctrl-C stops; every answer is kept at once."
PRACTICE = "For practice: each answer is told right or wrong at once, and no points hang on it."
GRADED = "Answers are noted here, and explained when they are graded."


class _Move(Enum):
    """Where to go instead of answering."""

    NEXT = 1
    BACK = -1


@dataclass
class _Sitting:
    """One run through a quiz."""

    quiz: Quiz
    learner: str
    console: Console
    input: Callable[[str], str]
    salt: str
    keys: Mapping[str, bank.Key] | None
    practice: bool

    def question(
        self, question: Question, values: Mapping[str, Number], number: int, before: Answer | None = None
    ) -> None:
        """Show one question with these numbers."""
        shown = variants.fill(question, values)
        points = "" if self.practice else f" · {question.points:g} point" + ("" if question.points == 1 else "s")
        self.console.print()
        self.console.rule(
            Text(f"{number} of {len(self.quiz.questions)} · {scoring.title(question)}{points}"),
            align="left",
        )
        self.console.print(Text(plain(shown.text)))
        if shown.code:
            code = Syntax(shown.code, "python", background_color="default", word_wrap=True)
            self.console.print(
                Padding(code if self.console.is_terminal else Text(shown.code), (1, 0, 1, 4), expand=False)
            )
        if shown.image:
            self.console.print(Text(f"Picture: {shown.image} ({shown.image_alt})"))
        self._list(shown.choices)
        if shown.matches:
            self.console.print(Text("with"))
            self._list(shown.matches)
        self.console.print(f"[dim]Answer: {escape(KINDS[question.kind].typed(question))}[/dim]")
        if before is not None:
            self.console.print(f"[dim]Your answer so far: {escape(files.typed(before))}[/dim]")

    def _list(self, texts: Mapping[str, str]) -> None:
        """Labelled texts below one another; what does not fit into a line goes on below its beginning."""
        for label, text in texts.items():
            indent = f"  {label}  "
            for line in Text(plain(text)).wrap(self.console, max(20, self.console.width - len(indent))):
                line.rstrip()
                self.console.print(Text.assemble(indent, line), soft_wrap=True)
                indent = " " * len(indent)

    def answer(self, question: Question) -> Answer | _Move:
        """The answer that is typed. One of another form is asked for again."""
        while True:
            typed = self.input("> ").strip()
            if typed in ("", "<"):
                return _Move.BACK if typed else _Move.NEXT
            try:
                return KINDS[question.kind].parse(question, typed)
            except AnswerError as error:
                self.console.print(f"[yellow]{escape(str(error)[:1].upper() + str(error)[1:])}.[/yellow]")

    def tell(self, question: Question, answer: Answer, values: Mapping[str, Number]) -> None:
        """Say what the answer is worth, where the key is at hand."""
        if self.keys is None:
            self.console.print("[dim]Noted.[/dim]")
            return
        marked = scoring.mark(question, self.keys[question.id], answer, values)
        sign, style = ("✓", "green") if marked.share == 1 else ("✗", "red")
        worth = scoring.worth(question, marked.share, self.practice)
        self.console.print(f"[{style}]{sign}[/{style}] {worth}  {escape(plain(marked.why))}")

    def practise(self, question: Question, number: int) -> None:
        """Ask the same again, with other numbers where it has any, as often as is wanted."""
        draws = variants.fresh(question, self.learner, self.salt)
        next(draws)
        other = ", with other numbers" if question.draw else ""
        while typed := self.input(f"Enter goes on, r asks this again{other} > ").strip():
            if typed.lower() != "r":
                continue
            values = next(draws)
            self.question(question, values, number)
            answer = self.answer(question)
            if not isinstance(answer, _Move):
                self.tell(question, answer, values)


def run(
    course: Course,
    module: str,
    learner: str,
    console: Console,
    input: Callable[[str], str],
    *,
    salt: str,
    again: bool = False,
) -> int:
    """Ask the questions of a module that are not answered yet (all of them, if `again`), and return how many
    of the quiz's questions are answered in the end.

    In a quiz for practice the same question comes again on demand; what is kept is the answer to the learner's own
    numbers. Ctrl-C or the end of the input stops; what was answered until then is in the file of answers, and the next
    run goes on from there.

    Raises:
        QuizError: the quiz is missing or at fault.
        AnswersError: the file of answers cannot be read; it is left as it is.
    """
    quiz = bank.quiz(course, module)
    path = files.file(course, module)
    shown = str(path.relative_to(course.root))
    before = files.load(path, quiz, shown)
    learner = before.learner or learner
    keys = bank.keys(course, quiz) if bank.has_key(course, module) else None
    practice = keys is not None and bank.for_practice(course, module)
    sitting = _Sitting(quiz, learner, console, input, salt, keys, practice)
    given = dict(before.values)
    for sentence in (*before.problems.values(), *before.notes):
        console.print(f"[yellow]{escape(sentence)}.[/yellow]")
    open_questions = [question for question in quiz.questions if again or question.id not in given]
    total = len(quiz.questions)
    if not open_questions:
        more = f"winnow quiz {module} --again asks them again" if practice else f"to change an answer, edit {shown}"
        console.print(f"All {total} questions of {module} are answered; {more}.", soft_wrap=True)
        return total
    console.print(Text(quiz.title, style="bold"))
    if practice or keys is None:
        console.print(PRACTICE if practice else GRADED, soft_wrap=True)
    console.print(COMMANDS, soft_wrap=True)
    index = 0
    try:
        while index < len(open_questions):
            question = open_questions[index]
            number, values = quiz.questions.index(question) + 1, variants.draw(question, learner, salt)
            sitting.question(question, values, number, given.get(question.id))
            answer = sitting.answer(question)
            if isinstance(answer, _Move):
                index = max(0, index + answer.value)
                continue
            files.save(path, question, answer, learner)
            given[question.id] = answer
            sitting.tell(question, answer, values)
            if practice:
                sitting.practise(question, number)
            index += 1
    except (KeyboardInterrupt, EOFError):
        console.print()
    console.print(f"\n{len(given)} of {total} questions answered, in {shown}.", soft_wrap=True)
    return len(given)
