"""The trusted side of worker/: start a nursery, have it fork workers, talk to them, end them.

`sandbox` chooses the layers of a run; each layer is put on in worker/, whose `confine` lists them. `stem` starts the
process that all others are forked from. `nurseries` keeps nurseries warm, `line` orders workers of a nursery, and
`worker` talks to a worker. Imported by grading, learner, notebooks and commands.
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
