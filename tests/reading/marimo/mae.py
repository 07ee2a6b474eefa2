import marimo

__generated_with = "0.14.10"
app = marimo.App(width="medium")

with app.setup:
    import numpy as np


@app.cell
def _():
    import marimo as mo
    return (mo,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""# The mean absolute error""")
    return


@app.cell
def _():
    def mae(y_true, y_pred):
        a, b = _arrays(y_true, y_pred)
        if np.iscomplexobj(a) or np.iscomplexobj(b):
            raise TypeError("complex")
        if a.shape != b.shape:
            raise ValueError(f"{a.shape} and {b.shape}")
        if a.size == 0:
            raise ValueError("no element")
        with np.errstate(invalid="ignore"):
            return float(np.mean(np.abs(a.astype(float) - b.astype(float))))
    return (mae,)


@app.function
def _arrays(y_true, y_pred):
    return np.asarray(y_true), np.asarray(y_pred)


@app.cell
def _(mae, mo):
    slider = mo.ui.slider(1, 10)
    mae([1, 2], [3, slider.value])
    return


if __name__ == "__main__":
    app.run()
