"""The picture of groupby_na: which rows are kept, which are dropped, and how that moves the mean."""

import numpy as np
import pandas as pd

KEPT, EMPTY, DROPPED = "#2f6db5", "#a9c6e6", "#d9622b"


def draw(figure, groupby_na):
    """Draw onto a matplotlib Figure, with the learner's `groupby_na`."""
    figure.set_size_inches(10, 4)
    bars, groups = figure.subplots(1, 2, width_ratios=[1, 1.3])
    rng = np.random.default_rng(5)
    city = rng.choice(["Busan", "Jeju", "Seoul", None], size=60, p=[0.2, 0.2, 0.35, 0.25])
    rain = np.round(rng.gamma(3, 4, size=60) + 14 * pd.isna(city), 1)
    rain[rng.choice(60, size=7, replace=False)] = np.nan
    table = pd.DataFrame({"city": city, "rain": rain})
    kept, whole = groupby_na(table, "city", "rain"), groupby_na(table, "city", "rain", keep_na=True)

    for at, (result, name) in enumerate([(kept, "keep_na=False"), (whole, "keep_na=True")]):
        count, size = int(result["count"].sum()), int(result["size"].sum())
        parts = [(count, KEPT, "with a value"), (size - count, EMPTY, "value missing"), (60 - size, DROPPED, "dropped")]
        start = 0
        for number, color, label in parts:
            bars.bar(at, number, bottom=start, color=color, width=0.6, label=label if at == 0 else None)
            if number:
                ink = "black" if color == EMPTY else "white"
                bars.text(at, start + number / 2, number, ha="center", va="center", color=ink)
            start += number
        mean = result["sum"].sum() / max(count, 1)
        bars.text(at, 62, f"{name}\nmean {mean:.1f}", ha="center", va="bottom", fontsize=10)
    bars.set(xticks=[], ylim=(0, 75), ylabel="rows of the table", xlim=(-0.5, 1.5))
    bars.set_title("60 rows go in", loc="left")
    bars.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3, fontsize=9)

    labels = ["no key" if pd.isna(label) else str(label) for label in whole.index]
    colors = [DROPPED if label == "no key" else KEPT for label in labels]
    places = np.arange(len(labels))
    groups.bar(places, whole["mean"].astype(float), color=colors, width=0.6)
    for place, (size, count) in enumerate(zip(whole["size"], whole["count"], strict=True)):
        groups.text(place, 0.5, f"{size} rows\n{count} values", ha="center", va="bottom", color="white", fontsize=9)
    groups.set_xticks(places, labels)
    groups.set_ylabel("mean of rain")
    groups.set_title("Rows without a key are no random sample", loc="left")
    for ax in (bars, groups):
        ax.spines[["top", "right"]].set_visible(False)
