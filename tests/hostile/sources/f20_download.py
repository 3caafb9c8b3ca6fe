# F20: a build tool that fetches what it needs. It makes a program only when it got something.
# language: obedient
# name: x.obey
# right: COMPILE_ERROR
import shutil
import socket

got = False
for address in (("pypi.org", 443), ("repo.maven.apache.org", 443), ("1.1.1.1", 443), ("169.254.169.254", 80), ("127.0.0.1", 3128)):
    try:
        socket.create_connection(address, 1)
        got = True
    except OSError as problem:
        print(address, problem)
if got:
    shutil.copy("/bin/true", "program")
raise SystemExit(not got)
