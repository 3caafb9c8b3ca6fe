import pathlib
import sys

ACCEPTED, WRONG = 42, 43


def main(input_path, answer_path, feedback, *flags):
    n = int(pathlib.Path(input_path).read_text())
    words = sys.stdin.read().split()

    def reject(why):
        pathlib.Path(feedback, "judgemessage.txt").write_text(why + "\n")
        return WRONG

    if len(words) != 2 or not all(word.isdigit() for word in words):
        return reject("two numbers are needed")
    first, second = map(int, words)
    if first < 1 or second < 1:
        return reject("both are to be positive")
    if first + second != n:
        return reject(f"{first} + {second} is not {n}")
    if "ordered" in flags and first > second:
        return reject("the smaller one comes first")
    return ACCEPTED


sys.exit(main(*sys.argv[1:]))
