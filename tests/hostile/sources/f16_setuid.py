# F16: what it made is to have its owner's rights. Its mode does not travel, and the walls know no such bit.
# language: obedient
# name: x.obey
# right: EXITED 0
import os
import shutil

shutil.copy("/bin/true", "program")
for mode in (0o4755, 0o2755, 0o6755):
    try:
        os.chmod("program", mode)
    except OSError:
        pass
