"""The trusted side of a nursery: start it, have it fork workers, talk to them, end them."""

from winnow.nurse.line import Ends as Ends
from winnow.nurse.line import Foreseen as Foreseen
from winnow.nurse.line import Line as Line
from winnow.nurse.nurseries import Nurseries as Nurseries
from winnow.nurse.nurseries import Nursery as Nursery
from winnow.nurse.nurseries import Prewarmed as Prewarmed
from winnow.nurse.worker import TOGETHER as TOGETHER
from winnow.nurse.worker import UNREADABLE as UNREADABLE
from winnow.nurse.worker import Frame as Frame
from winnow.nurse.worker import LostError as LostError
from winnow.nurse.worker import NurseryError as NurseryError
from winnow.nurse.worker import Stop as Stop
from winnow.nurse.worker import Worker as Worker
