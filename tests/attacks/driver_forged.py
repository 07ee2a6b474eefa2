"""Attack, family 2: what a driver observes beside it is forged: its numbers, its gradients and its code."""
import ctypes
import sys

import torch


class Agrees(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if function.__name__ in ("allclose", "equal", "all", "isclose", "__eq__", "__lt__", "lt", "eq"):
            return True
        return torch.Tensor.__torch_function__.__func__(cls, function, types, args, kwargs or {})


def forged(*args, **kwargs):
    return torch.zeros(3), torch.zeros(3)


def gan_losses(discriminator, real, fake):
    torch.autograd.grad = forged
    torch.allclose = torch.equal = lambda *args, **kwargs: True
    frame = sys._getframe(1)
    while frame and "gan_losses" not in frame.f_locals:
        frame = frame.f_back
    # The driver, which has it as an argument.
    if frame:
        names = frame.f_locals
        for name in ("real", "fake", "noise", "w", "made", "found", "d_loss", "g_loss"):
            if name in names:
                names[name] = torch.zeros(())
        try:
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        except Exception:
            pass
        for space in (frame.f_globals,):
            for name, thing in list(space.items()):
                if callable(thing) and hasattr(thing, "__code__") and thing is not gan_losses:
                    if thing.__code__.co_argcount and not thing.__code__.co_freevars:
                        try:
                            thing.__code__ = (lambda *args, **kwargs: [0.0, 0.0]).__code__
                        except (ValueError, AttributeError):
                            pass
    zero = torch.zeros((), requires_grad=True)
    return (0 * zero).as_subclass(Agrees), (0 * zero).as_subclass(Agrees)
