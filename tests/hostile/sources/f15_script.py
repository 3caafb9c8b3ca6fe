# F15: what it made is a script; it runs behind the same walls, or not at all.
# language: obedient
# name: x.obey
# right: EXITED 0 / NOT_STARTED
import os

with open("program", "w") as out:
    out.write("#!/bin/sh\ncat '@SECRET_FILE@' /etc/shadow 2>/dev/null && echo open: script\nexit 0\n")
os.chmod("program", 0o755)
