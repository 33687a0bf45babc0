"""`python -m deploy.cli`: the same as `liaison`, wherever its script may be."""

from deploy.cli import main

main()
