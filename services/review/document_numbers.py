"""Document numbers: no two standing papers of a kind have the same."""

from chassis.problems import Problem
from contracts.model import Text


class DocumentNumberTaken(Problem):
    code = "document_number_taken"
    status = 409
    title = Text(zh="文号已被使用", en="The document number is taken")
