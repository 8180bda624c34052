"""`python -m detector.cli`."""

import sys

from detector.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
