"""Attack, family 2: the Axes that a driver reads are others: their facts are made up, and nothing is drawn."""
import matplotlib.axes
import matplotlib.figure
import matplotlib.patches
import matplotlib.pyplot


class Made(matplotlib.axes.Axes):
    """Axes of the same object whose facts are as many as there are values, and all alike."""

    made = ()

    @property
    def patches(self):
        return list(self.made)

    def get_ylim(self):
        return (0.0, 1.0)

    def get_ylabel(self):
        return Anything()

    def get_yscale(self):
        return Anything()


class Anything(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__

    def __getattr__(self, name):
        return lambda *args, **kwargs: self


class Bar(matplotlib.patches.Rectangle):
    def __init__(self, at):
        super().__init__((at, 0.0), 0.5, 0.0)

    def get_window_extent(self, renderer=None):
        return type("Box", (), {"x0": self.get_x(), "x1": self.get_x() + 0.5, "width": 0.5, "y0": 0.0, "y1": 0.0})()


def bar_axes(ax, labels, values, ylabel):
    Made.made = tuple(Bar(at) for at, _ in enumerate(values))
    try:
        ax.__class__ = Made
    except TypeError:
        pass
    matplotlib.figure.Figure.draw_without_rendering = lambda self: None
    for name in ("gcf", "gca", "get_fignums", "close", "figure", "subplots"):
        setattr(matplotlib.pyplot, name, lambda *args, **kwargs: Anything())
    return ax
