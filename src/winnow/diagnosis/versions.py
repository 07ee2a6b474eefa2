"""Which version grades, for an exception that may come of it: a name that is newer, or that is gone."""

from __future__ import annotations

import re
import sys

from winnow.equipment import versions

_SAID = (
    re.compile(r"cannot import name '\w+' from '(?P<module>\w+)"),
    re.compile(r"module '(?P<module>\w+)[\w.]*' has no attribute '\w+'"),
    re.compile(r"No module named '(?P<module>\w+)\.[\w.]+'"),
    re.compile(r"\b(?:DataFrame|Series|NDFrame|Index|\w*GroupBy)\.\w+\(\) got an unexpected keyword argument"),
    # Columns are attributes, too: of these names those that methods had.
    re.compile(
        r"'(?:DataFrame|Series|\w*Index|\w*GroupBy)' object has no attribute '(?:append|applymap|as_matrix|backfill"
        r"|clip_(?:low|upp)er|convert_objects|[gs]et_value|iteritems|ix|lookup|mad|pad|slice_shift|sort|swapaxes|tshift)'"
    ),
)
_PANDAS = "pandas"


def grader_has(kind: str, text: str) -> str:
    """A clause on the library, or Python, in which an exception of this kind found no such name: `the grader has pandas
    2.3.1`. Empty for any other exception."""
    found = next((found for form in _SAID if (found := form.search(text[:1000]))), None)
    if found is None or kind not in ("ImportError", "ModuleNotFoundError", "AttributeError", "TypeError"):
        return ""
    module = found.groupdict().get("module", _PANDAS)
    if module in sys.stdlib_module_names:
        return f"the grader runs Python {'.'.join(map(str, sys.version_info[:2]))}"
    return f"the grader has {module} {versions()[module]}" if module in versions() else ""
