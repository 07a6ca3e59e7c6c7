"""The program around the commands: its root group, options, language, exit codes."""
