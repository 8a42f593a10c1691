"""``python -m spilrooster`` is ``spilrooster``."""

from spilrooster.cli import main

if __name__ == "__main__":
    main()
