# F14: the compiler leaves processes that write wherever they can for ever. Nothing of that is there when the program runs, which is a
# shell that looks.
# language: obedient
# name: x.obey
# right: EXITED 0
# input: for left in left /tmp/left /dev/shm/left; do test ! -e $left || echo open: $left; done; exit 0
import os
import shutil

for place in (".", "/tmp", "/dev/shm"):
    if os.fork() == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        while True:
            try:
                open(os.path.join(place, "left"), "wb").write(b"open: daemon")
            except OSError:
                pass
with open("/bin/sh", "rb") as shell, open("program", "wb") as out:
    shutil.copyfileobj(shell, out)
