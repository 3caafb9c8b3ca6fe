# F14: the compiler leaves processes that wait for its end, and then write into what it made and what the next run reads.
# language: obedient
# name: x.obey
# right: EXITED 0
import os
import shutil

shutil.copy("/bin/true", "program")
compiler = os.getpid()
for place in (".", "/tmp", "/dev/shm"):
    if os.fork() == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        while os.path.exists(f"/proc/{compiler}/exe"):
            pass
        while True:
            for name in ("program", "left"):
                try:
                    open(os.path.join(place, name), "wb").write(b"#!/bin/sh\necho open: daemon\n")
                except OSError:
                    pass
