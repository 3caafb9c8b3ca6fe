# F15: what it made is a folder.
# language: obedient
# name: x.obey
# right: COMPILE_ERROR
import os

os.mkdir("program")
