"""The trusted side of worker/: start a nursery, have it fork workers, talk to them, end them.

`sandbox` chooses the layers of a run (each is put on in worker/: `confine` lists them); `stem` is the process that all
are forked from; `nurseries` has them warm, `line` orders workers of one, `worker` talks to one. Imported by grading,
learner, notebooks and commands.
"""

from winnow.nurse.line import Ends as Ends
from winnow.nurse.line import Foreseen as Foreseen
from winnow.nurse.line import Line as Line
from winnow.nurse.nurseries import Nurseries as Nurseries
from winnow.nurse.nurseries import Nursery as Nursery
from winnow.nurse.nurseries import Prewarmed as Prewarmed
from winnow.nurse.worker import TOGETHER as TOGETHER
from winnow.nurse.worker import UNREADABLE as UNREADABLE
from winnow.nurse.worker import Frame as Frame
from winnow.nurse.worker import Stop as Stop
from winnow.nurse.worker import Worker as Worker
