"""The picture of na_two_keys: a heat map with a colour of its own for what does not occur."""

import numpy as np
import pandas as pd


def draw(figure, na_two_keys):
    """Draw onto a matplotlib Figure, with the learner's `na_two_keys`."""
    figure.set_size_inches(11, 4.5)
    rng = np.random.default_rng(1)
    towns = np.array(["Busan", "Jeju", "Seoul", None], dtype=object)[rng.integers(0, 4, 40)]
    years = np.array([2021, 2022, 2023, 2024, None], dtype=object)[rng.integers(0, 5, 40)]
    df = pd.DataFrame({"town": towns, "year": years, "rain": rng.integers(1, 9, 40).astype(float)})
    df = df[~((df["town"] == "Jeju") & (df["year"] == 2023))]
    df.loc[(df["town"] == "Seoul") & (df["year"] == 2022), "rain"] = np.nan
    titles = "rows without a key are left out", "keep_na=True: a row and a column of their own"
    for ax, title, keep_na in zip(figure.subplots(1, 2, width_ratios=[4, 5]), titles, (False, True), strict=True):
        table = na_two_keys(df, "town", "year", "rain", keep_na=keep_na)
        cells = table.to_numpy(dtype=float, na_value=np.nan)
        ax.set_facecolor("#f3d9cc")
        ax.imshow(np.ma.masked_invalid(cells), cmap="Blues", vmin=0, vmax=40)
        for (i, j), cell in np.ndenumerate(cells):
            shown = "does not\noccur" if np.isnan(cell) else f"{cell:.0f}"
            ax.text(j, i, shown, ha="center", va="center", fontsize=8 if np.isnan(cell) else 11,
                    color="white" if cell > 24 else "black")  # fmt: skip
        ax.set_xticks(range(table.shape[1]), ["missing" if pd.isna(one) else f"{one:g}" for one in table.columns])
        ax.set_yticks(range(table.shape[0]), ["missing" if pd.isna(one) else str(one) for one in table.index])
        ax.set_title(title, loc="left", fontsize=11)
