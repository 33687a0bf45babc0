"""A published list as a file: a workbook, a table, a printed document."""
