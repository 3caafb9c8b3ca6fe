# F16: what it made wants a loader that is not there.
# language: obedient
# name: x.obey
# right: NOT_STARTED
image = open("/bin/true", "rb").read()
open("program", "wb").write(image.replace(b"/lib64/ld-linux", b"/lib64/no-linux"))
