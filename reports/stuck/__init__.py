"""Where people get stuck: how far they came in a lesson, what a step took, which goal of a practice needed help.

Read from the rollups (`reports.models`), small numbers hidden (`reports.suppression`), written down as tables that the
screen, the CSV, the XLSX and the PDF share (`reports.stuck.tables`).
"""
