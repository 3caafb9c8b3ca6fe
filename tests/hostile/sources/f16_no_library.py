# F16: what it made wants a library that is not there.
# language: obedient
# name: x.obey
# right: EXITED 127
image = open("/bin/true", "rb").read()
open("program", "wb").write(image.replace(b"libc.so.6\0", b"libx.so.6\0"))
