"""``python -m lerdo_desk`` is the ``lerdo-desk`` command."""

import sys

from lerdo_desk.cli import main

sys.exit(main())
