// The programs of a load: sums in each language, right ones and others. They are run by the engine, in its sandbox, and nowhere else.
#include <map>

#include "load/workload.h"

namespace otmetka::load {
namespace {

using OfLanguage = std::map<Intent, std::vector<Program>>;

Program program(std::string source, Verdict verdict) { return {std::move(source), verdict, verdict == Verdict::kGraded ? 1 : 0}; }

OfLanguage python() {
  using enum Verdict;
  const std::string read = "a, b = map(int, input().split())\n";
  return {{Intent::kRight, {program(read + "print(a + b)\n", kGraded)}},
          {Intent::kWrong,
           {program(read + "print(a - b)\n", kWrongAnswer), program(read + "print(a +\n", kCompileError),
            program(read + "print([][a])\n", kRuntimeError)}},
          {Intent::kHostile,
           {program("while True:\n    pass\n", kTimeLimit), program("while True:\n    print('x' * 65536)\n", kOutputLimit),
            program("kept = []\nwhile True:\n    kept.append(bytearray(b'x') * 4194304)\n", kMemoryLimit)}}};
}

// The same in C and C++, but for the head.
OfLanguage c_family(const std::string& head) {
  using enum Verdict;
  const auto body = [&](const std::string& statements) {
    return head + "int main(void) {\n  long long a = 0, b = 0;\n  if (scanf(\"%lld %lld\", &a, &b) != 2) return 1;\n" + statements +
           "  return 0;\n}\n";
  };
  const std::string print = "  printf(\"%lld\\n\", ";
  return {{Intent::kRight, {program(body(print + "a + b);\n"), kGraded)}},
          {Intent::kWrong,
           {program(body(print + "a - b);\n"), kWrongAnswer), program(body(print + "a + c);\n"), kCompileError),
            program(body("  abort();\n"), kRuntimeError)}},
          {Intent::kHostile,
           {program(body("  for (volatile long long i = 0;; ++i) a += i;\n"), kTimeLimit),
            program(body("  for (;;) puts(\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\");\n"), kOutputLimit),
            program(body("  for (;;) { char *more = (char *)malloc(1 << 22); if (more) memset(more, 1, 1 << 22); }\n"), kMemoryLimit)}}};
}

const std::map<std::string, OfLanguage, std::less<>>& all() {
  static const std::map<std::string, OfLanguage, std::less<>> kAll{
      {"python3", python()},
      {"c", c_family("#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n")},
      {"cpp", c_family("#include <cstdio>\n#include <cstdlib>\n#include <cstring>\nusing namespace std;\n")}};
  return kAll;
}

}  // namespace

const std::vector<Program>& programs_in(std::string_view language, Intent intent) { return all().find(language)->second.at(intent); }

SubmittedFile source_file(std::string_view language, const Program& program, const std::string& mark) {
  if (language == "python3") return {.name = "sum.py", .bytes = "# " + mark + "\n" + program.source, .blob_sha256 = {}};
  return {.name = language == "cpp" ? "sum.cpp" : "sum.c", .bytes = "/* " + mark + " */\n" + program.source, .blob_sha256 = {}};
}

// No test has a 0 to add: the difference is never the sum.
std::string program_item_yaml(const std::vector<std::string>& languages, int tests) {
  std::string out = "- id: sum\n  code:\n    languages: [";
  for (const std::string& language : languages) out += (out.ends_with('[') ? "" : ", ") + language;
  out += "]\n    limits: {cpu: 500ms, wall: 5s, memory: 64 MiB, output: 64 KiB}\n    scoring: all_or_nothing\n    tests:\n";
  for (int test = 1; test <= tests; ++test) {
    out += "    - {in: \"" + std::to_string(test * 1'000) + " " + std::to_string(test) + "\\n\", out: \"" + std::to_string(test * 1'001) +
           "\\n\"}\n";
  }
  return out;
}

}  // namespace otmetka::load
