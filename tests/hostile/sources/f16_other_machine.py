# F16: what it made is for a machine of another kind.
# language: obedient
# name: x.obey
# right: NOT_STARTED
image = bytearray(open("/bin/true", "rb").read())
image[18:20] = (183).to_bytes(2, "little")
open("program", "wb").write(image)
