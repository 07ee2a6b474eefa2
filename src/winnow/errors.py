"""The exceptions of winnow's own side: what each means, and how a command ends that meets it.

Exception
├── UsageError                       cannot be done as asked; exit status 2
│   ├── RosterError                  the roster                        (winnow.roster)
│   ├── ExportError                  the format, or the ids for it     (winnow.exports.ids)
│   └── SubmissionsError             the folder of submissions         (winnow.submission.model)
├── CourseError                      the course is at fault; exit status 2 (winnow.course)
│   └── QuizError                    a quiz of it                      (winnow.quiz.question)
├── GraderError                      the grader cannot go on; exit status 3
│   ├── StoreError                   what was graded cannot be kept    (winnow.store)
│   └── MixedUpError                 code of another submission        (winnow.grading.turn)
├── NurseryError                     no worker can be had: tried again, never a learner's fault
├── LostError                        the worker is gone, through the learner's code
├── GraderFaultError                 a check cannot ask, or has no right answers (winnow.checks.calls)
├── StoppedError                     what a check meets of LostError   (winnow.checks.subjects)
├── NotStartedError                  the function is still the stub    (winnow.checks.subjects)
├── AbsentError                      there is no such function         (winnow.checks.subjects)
├── NotRunError                      too much went wrong before        (winnow.checks.subjects)
├── LearnersOwnError                 mixed into what the learner's function raised (winnow.checks.subjects)
├── AssertionError
│   └── DisagreementError            an answer is not the reference's  (winnow.checks.agree)
├── AnswersError                     a file of answers to a quiz cannot be read (winnow.quiz.answers)
└── AnswerError                      one answer is not of the expected form (winnow.quiz.question)

The confined side has its own (`WireError` in winnow.worker.plain, `ConfinementError` in winnow.worker.layers.confine):
it imports nothing from here.
"""

ENDED = "it ended the process (sys.exit or os._exit)"
"""What is said of a process that its own code has ended."""


class UsageError(Exception):
    """What was asked for cannot be done as asked; exit status 2."""


class GraderError(Exception):
    """The grader cannot go on, through no fault of learner, course or command; exit status 3."""


class LostError(Exception):
    """The worker is gone or unusable because of the learner's code; the message says what happened, in words."""


class NurseryError(Exception):
    """The nursery itself failed: a fault of the grader, not of any learner."""
