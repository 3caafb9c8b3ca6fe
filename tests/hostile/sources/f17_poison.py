# F17: changes what other compiles read: the compiled headers, the compiler's own files, the places it looks into first.
# language: obedient
# name: x.obey
# right: EXITED 0
import os
import shutil

found = []
for folder in ("@CACHE@", "/usr/include", "/usr/local/include", "/usr/lib/gcc", "/usr/bin", "/etc"):
    for attempt in (lambda: open(folder + "/x.h.gch", "wb"), lambda: os.mkdir(folder + "/x"), lambda: os.chmod(folder, 0o777),
                    lambda: os.symlink("/tmp", folder + "/y"), lambda: os.rename(folder, folder + ".old")):
        try:
            attempt()
            found.append(folder)
        except OSError:
            pass
for one in found:
    print("open:", one)
if os.path.isdir("@CACHE@") and not found:
    shutil.copy("/bin/true", "program")
raise SystemExit(len(found) != 0)
