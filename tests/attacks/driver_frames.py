"""Attack, family 3: looks through whoever calls it, a driver included, for expected values, tolerances and references."""
import gc
import sys
import types

import torch

WORDS = ("expected", "reference", "solution", "want", "tolerance", "rtol", "approx", "_CANARY")


def gan_losses(discriminator, real, fake):
    frame = sys._getframe(1)
    while frame:
        for space in (frame.f_locals, frame.f_globals):
            for name in WORDS:
                if name in space:
                    print("REACHED:", name, repr(space[name])[:100])
                    if callable(space[name]):
                        return space[name](discriminator, real, fake)
        for constant in frame.f_code.co_consts:
            if isinstance(constant, float) and constant not in (0.0, 1.0):
                print("LEAK: a number of the caller's", constant)
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType) and thing.__name__ == "gan_losses" and thing is not gan_losses:
            print("REACHED: another gan_losses")
            return thing(discriminator, real, fake)
    return torch.zeros(()), torch.zeros(())
