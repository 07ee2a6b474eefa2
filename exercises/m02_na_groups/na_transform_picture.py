"""The picture of na_transform: values before and after, with the rows without a key marked."""

import numpy as np
import pandas as pd

COLORS = {"a": "#2f6db5", "b": "#2a8f6d", "c": "#8a9099"}
ORANGE = "#d9622b"


def draw(figure, na_transform):
    """Draw onto a matplotlib Figure, with the learner's `na_transform`."""
    figure.set_size_inches(11, 4)
    rng = np.random.default_rng(4)
    keys = np.array(["a", "b", None, "c"], dtype=object)[rng.integers(0, 4, 36)]
    level = {"a": 2.0, "b": 6.0, "c": 4.0, None: 8.0}
    df = pd.DataFrame({"key": keys, "value": [level[key] + rng.normal(0, 0.7) for key in keys]})
    df.loc[[3, 17], "value"] = np.nan
    parts = (
        ("before", df["value"]),
        ("after: rows without a key are NaN", na_transform(df, "key", "value")),
        ("after, keep_na=True", na_transform(df, "key", "value", keep_na=True)),
    )
    for ax, (title, values) in zip(figure.subplots(1, 3), parts, strict=True):
        values = values.to_numpy(dtype=float, na_value=np.nan)
        for key, color in COLORS.items():
            rows = np.flatnonzero(keys == key)
            ax.plot(rows, values[rows], "o", color=color, ms=5, label=key)
        rows = np.flatnonzero(df["key"].isna())
        ax.plot(rows, values[rows], "D", color=ORANGE, ms=6, label="no key")
        for row in rows[np.isnan(values[rows])]:
            ax.axvline(row, color=ORANGE, lw=1, alpha=0.4)
        ax.axhline(0, color="black", lw=0.6)
        ax.set_title(title, loc="left", fontsize=11)
        ax.set_xlabel("row")
        ax.spines[["top", "right"]].set_visible(False)
    figure.axes[0].legend(frameon=False, fontsize=9, ncols=2)
