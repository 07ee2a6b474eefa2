"""`python -m winnow`, where the command itself is not on the path."""

import sys

from winnow.cli import main

sys.exit(main())
