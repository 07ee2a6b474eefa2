"""What a page, a terminal or a spreadsheet might run, in all that a learner's code can say."""

MARKUP = (
    "</pre></code></textarea><script>alert(0)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) "
    "\u202e evil \u2066 \x1b[2J \x1b]8;;http://evil\x07 ```\n# =cmd|' /C calc'!A0\n"
)
Error = type("<script>alert(2)</script>\u202e", (Exception,), {"__module__": MARKUP})


def mae(y_true, y_pred):
    raise Error(MARKUP)


print(MARKUP)
globals()["mae_<script>alert(3)</script>"] = lambda: 1
raise Error(MARKUP)
