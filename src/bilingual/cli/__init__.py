"""The command line: options to one workflow function to a report; exit codes live here."""
