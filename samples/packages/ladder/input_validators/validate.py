import sys

line = sys.stdin.readline()
good = line.endswith("\n") and line[:-1].isdigit() and line[0] != "0" and int(line) <= 10**6 and sys.stdin.read() == ""
sys.exit(42 if good else 43)
