# F13: code that runs while compiling (macros, build scripts, procedural macros) looks for the host and for the network.
# language: obedient
# name: x.obey
# right: EXITED 0
import os
import shutil
import socket

found = []


def tried(name, attempt):
    try:
        attempt()
        found.append(name)
    except OSError:
        pass


for path in ("@SECRET_FILE@", "/etc/shadow", "/root/.bashrc", "/proc/1/environ", "/proc/1/mem", "/var/lib/dpkg/status", "/run/docker.sock",
             "/proc/kallsyms", "/sys/kernel/notes"):
    tried(path, lambda: open(path, "rb").read(1))
for path in ("/usr/bin/gcc", "/usr/include/stdio.h", "/lib/evil.so", "/etc/ld.so.preload", "/proc/1/comm"):
    tried(path, lambda: open(path, "ab"))
for family, kind, address in ((socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 80)), (socket.AF_INET, socket.SOCK_DGRAM, ("1.1.1.1", 53)),
                              (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 80))):
    tried(str(address), lambda: socket.socket(family, kind).connect(address))
if any("OTMETKA" in name for name in os.environ):
    found.append("environment")
for one in found:
    print("open:", one)
if not found:
    shutil.copy("/bin/true", "program")
raise SystemExit(len(found) != 0)
