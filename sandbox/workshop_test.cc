#include "sandbox/workshop.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "sandbox/built_in_languages.h"
#include "sandbox/compile_cache.h"
#include "tests/contract/test_folder.h"

namespace otmetka::sandbox {
namespace {

Workshop& workshop() {
  static const std::unique_ptr<Workshop> kWorkshop = [] {
    auto opened = Workshop::open({.sandbox = {.slots = 2}, .languages = {}, .cache = {}, .allow_weak = true});
    return opened ? std::move(*opened) : nullptr;
  }();
  return *kWorkshop;
}

std::shared_ptr<const MemoryFile> file(std::string_view text) { return *MemoryFile::make(text); }

struct Row {
  std::string language;
  std::vector<SourceFile> files;
};

// Reads two numbers and prints their sum; the second is the same in two files.
const Row kSums[] = {
    {"c", {{"sum.c", "#include <stdio.h>\nint main(void) { int a, b; scanf(\"%d%d\", &a, &b); printf(\"%d\\n\", a + b); }"}}},
    {"c",
     {{"sum.c",
       "#include <stdio.h>\n#include \"add.h\"\nint main(void) { int a, b; scanf(\"%d%d\", &a, &b); printf(\"%d\\n\", add(a, b)); }"},
      {"add.h", "int add(int a, int b);"},
      {"add.c", "#include \"add.h\"\nint add(int a, int b) { return a + b; }"}}},
    {"cpp", {{"sum.cpp", "#include <bits/stdc++.h>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b << '\\n'; }"}}},
    {"python3", {{"sum.py", "print(sum(map(int, input().split())))"}}},
    {"python3",
     {{"helper.py", "def add(a, b): return a + b"}, {"main.py", "import helper\nprint(helper.add(*map(int, input().split())))"}}},
    {"java",
     {{"Sum.java",
       "import java.util.*;\npublic class Sum { record P(int a, int b) {} public static void main(String[] x) { Scanner s = new "
       "Scanner(System.in);"
       " P p = new P(s.nextInt(), s.nextInt()); System.out.println(p.a() + p.b()); } }"}}},
    {"java",
     {{"Main.java",
       "public class Main { public static void main(String[] x) { System.out.println(Add.add(new java.util.Scanner(System.in))); } }"},
      {"Add.java", "class Add { static int add(java.util.Scanner s) { return s.nextInt() + s.nextInt(); } }"}}},
    {"javascript", {{"sum.js", "const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number); console.log(a + b);"}}},
    {"pascal", {{"sum.pas", "var a, b: longint; begin read(a, b); writeln(a + b); end."}}},
};

TEST(Languages, EachReadsAndAdds) {
  for (const Row& row : kSums) {
    const LanguageState* state = workshop().language(row.language);
    ASSERT_NE(state, nullptr) << row.language;
    if (!state->installed) {
      EXPECT_EQ(std::getenv("OTMETKA_ALL_INSTALLED"), nullptr) << row.language;
      std::cout << "SKIPPED: " << row.language << " is not installed (" << state->missing << ")\n";
      continue;
    }
    const auto compiled = workshop().compile(*state->language, row.files);
    ASSERT_TRUE(compiled) << row.language << compiled.failure().code();
    ASSERT_NE(compiled->executable, nullptr) << row.language << compiled->log;
    Program program = workshop().program(*compiled->executable, {.cpu = std::chrono::seconds(5), .wall = std::chrono::seconds(20)});
    program.input = file("20 22\n");
    const auto run = workshop().sandbox().run(program);
    ASSERT_TRUE(run) << row.language;
    EXPECT_EQ(run->ending, Ending::kExited) << row.language << run->err << run->detail;
    EXPECT_EQ(run->out, "42\n") << row.language << run->err;
    EXPECT_EQ(run->err, "") << row.language;
  }
}

TEST(Languages, AFileWithAMistakeDoesNotCompileAndTheCompilersWordsAreKept) {
  const Row wrong[] = {{"c", {{"a.c", "int main(void) { return x; }"}}},       {"cpp", {{"a.cpp", "int main() { return x; }"}}},
                       {"python3", {{"a.py", "def f(:\n"}}},                    {"java", {{"Main.java", "class Main { int x = y; }"}}},
                       {"javascript", {{"a.js", "function ( {"}}},              {"pascal", {{"a.pas", "begin x := 1; end."}}}};
  for (const Row& row : wrong) {
    const LanguageState* state = workshop().language(row.language);
    if (!state->installed) continue;
    const auto compiled = workshop().compile(*state->language, row.files);
    ASSERT_TRUE(compiled) << row.language;
    EXPECT_EQ(compiled->executable, nullptr) << row.language;
    EXPECT_NE(compiled->log.find(row.files[0].name.substr(0, 1)), std::string::npos) << row.language << compiled->log;
  }
}

TEST(Languages, EveryFileReadsAndNoTwoShareAnId) {
  EXPECT_EQ(built_in_languages().size(), language_files().size());
  for (const auto& [name, text] : language_files()) {
    const auto language = read_language(std::string(text), std::string(name));
    ASSERT_TRUE(language) << name << " line " << std::get<std::int64_t>(language.failure().message.args[1]);
    EXPECT_EQ(language->id + ".yaml", name);
  }
}

TEST(Languages, AWrongFileIsToldWithItsLine) {
  const std::pair<const char*, std::int64_t> rows[] = {
      {"language: x\nendings: [.x]\nrun: [x]\nrunn: [y]\n", 4},  {"language: x\nendings: .x\nrun: [x]\n", 2},
      {"language: x\nendings: [.x]\n", 1},                       {"language: x\nlanguage: y\n", 2},
      {"language: x\nendings: [.x]\nrun: [x]\ncompile_limits: {cpu: soon}\n", 4},
      {"language: x\nendings: [.x]\nrun: [x]\nmemory_exits: [3, some]\n", 4},
      {"language: x\nendings: [.x]\nrun: [x]\nmemory_exits: [0]\n", 4}};
  for (const auto& [text, line] : rows) {
    const auto language = read_language(text, "x.yaml");
    ASSERT_FALSE(language) << text;
    EXPECT_EQ(language.failure().code(), "OT560");
    EXPECT_EQ(std::get<std::int64_t>(language.failure().message.args[1]), line) << text;
  }
}

TEST(Workshop, IdenticalSourcesAreCompiledOnceHoweverManyAsk) {
  const Language& c = *workshop().language("c")->language;
  const std::vector<SourceFile> files = {{"once.c", "int main(void) { return 7; }"}};
  std::atomic<int> fresh{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      const auto compiled = workshop().compile(c, files);
      if (compiled && compiled->executable && !compiled->cached) ++fresh;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fresh, 1);
  EXPECT_FALSE(workshop().compile(c, std::vector<SourceFile>{{"other.c", files[0].bytes}})->cached) << "another name is another program";
}

TEST(Workshop, ACompilerThatIsMadeToWorkForEverEndsAtItsLimit) {
  Language slow = *workshop().language("c")->language;
  slow.id = "python3";  // any that is installed; what is looked at is the limit
  slow.compile = {"/usr/bin/python3", "-c", "while True: pass"};
  slow.compile_limits.cpu = std::chrono::milliseconds(200);
  slow.compile_limits.processes = 4;
  const auto compiled = workshop().compile(slow, std::vector<SourceFile>{{"a.c", ""}});
  ASSERT_TRUE(compiled);
  EXPECT_EQ(compiled->executable, nullptr);
  EXPECT_EQ(compiled->run.ending, Ending::kTimeLimit);
}

TEST(Workshop, ACompilerThatBreaksIsRunOnceMoreAndOneThatRefusesIsNot) {
  struct {
    const char* script;
    int tries;
  } const rows[] = {{"kill -SEGV $$", 2}, {"exit 4", 2}, {"exit 134", 2}, {"exit 1", 1}, {"cp /bin/true program", 1}};
  for (const auto& row : rows) {
    Language breaks = *workshop().language("c")->language;
    breaks.compile = {"/bin/sh", "-c", row.script};
    const auto compiled = workshop().compile(breaks, std::vector<SourceFile>{{"a.c", row.script}});
    ASSERT_TRUE(compiled) << row.script;
    EXPECT_EQ(compiled->tries, row.tries) << row.script;
    EXPECT_EQ(compiled->executable != nullptr, *row.script == 'c') << row.script;
  }
}

TEST(Workshop, NoNameOfAFileIsAnOption) {
  const Language& c = *workshop().language("c")->language;
  for (const char* name : {"-E.c", "$(exit 7).c", "a b.c", "`x`.c", "--version.c"}) {
    const std::vector<SourceFile> files = {{name, "int main(void) { return 0; }"}, {"@y.c", "int main(void) {"}, {"y.c", "int y;"}};
    const auto compiled = workshop().compile(c, files);
    ASSERT_TRUE(compiled) << name;
    ASSERT_NE(compiled->executable, nullptr) << name << compiled->log;
    const auto run = workshop().sandbox().run(workshop().program(*compiled->executable, {}));
    ASSERT_TRUE(run) << name;
    EXPECT_EQ(run->ending, Ending::kExited) << name;
    EXPECT_EQ(run->code, 0) << name;
  }
}

TEST(Workshop, FilesThatReadTheSameOneBehindTheOtherAreNotOneProgram) {
  const Language& c = *workshop().language("c")->language;
  const std::string first = "int main(void) { return 0; }", second = "int x;";
  EXPECT_FALSE(workshop().compile(c, std::vector<SourceFile>{{"k.c", first + second}})->cached);
  EXPECT_FALSE(workshop().compile(c, std::vector<SourceFile>{{"k.c", first}, {"l.c", second}})->cached);
  EXPECT_FALSE(workshop().compile(c, std::vector<SourceFile>{{"k.c", first}, {"m.c", second}})->cached);
  const std::vector<std::string> flags = {"-g"};
  EXPECT_FALSE(workshop().compile(c, std::vector<SourceFile>{{"k.c", first + second}}, flags)->cached);
  EXPECT_TRUE(workshop().compile(c, std::vector<SourceFile>{{"k.c", first + second}}, flags)->cached);
}

TEST(Workshop, ACompileThatTheWallClockEndedIsTriedAgain) {
  Language slow = *workshop().language("c")->language;
  slow.id = "python3";
  slow.compile = {"/bin/sleep", "9"};
  slow.compile_limits.wall = std::chrono::milliseconds(100);
  for (int i = 0; i < 2; ++i) {
    const auto compiled = workshop().compile(slow, std::vector<SourceFile>{{"b.c", ""}});
    ASSERT_TRUE(compiled);
    EXPECT_EQ(compiled->run.ending, Ending::kIdleLimit);
    EXPECT_FALSE(compiled->cached);
  }
}

// A server lives longer than a compiler does.
TEST(Workshop, ANewCompilerCompilesAnew) {
  const TestFolder folder;
  const std::string part = folder / "as";
  Language c = *workshop().language("c")->language;
  c.needs.push_back(part);
  const std::vector<SourceFile> files{{"n.c", "int main(void) { return 7; }"}};
  std::ofstream(part) << "1";
  EXPECT_FALSE(workshop().compile(c, files)->cached);
  EXPECT_TRUE(workshop().compile(c, files)->cached);
  std::ofstream(part) << "22";
  EXPECT_FALSE(workshop().compile(c, files)->cached);
}

TEST(Workshop, TwoProgramsTalkWithEachOther) {
  Program asks, answers;
  asks.argv = {"/usr/bin/python3", "-I", "-S", "-c",
               "import sys\nfor n in (3, 5):\n  print(n, flush=True)\n  sys.stderr.write(input() + '\\n')\n"};
  answers.argv = {"/usr/bin/python3", "-I", "-S", "-c", "import sys\nfor line in sys.stdin:\n  print(int(line) ** 2, flush=True)\n"};
  const auto pair = workshop().sandbox().run_pair(asks, answers);
  ASSERT_TRUE(pair) << pair.failure().code();
  EXPECT_EQ(pair->program.ending, Ending::kExited);
  EXPECT_EQ(pair->program.err, "9\n25\n");
  EXPECT_EQ(pair->interactor.ending, Ending::kExited) << "it sees the end of its input when the other is gone";
  EXPECT_FALSE(pair->interactor_first);
}

// The other sees the end of its input and is gone in no time, while this one is still being put away.
TEST(Workshop, OfTwoProgramsTheOneThatEndsTheTalkHasEndedFirst) {
  Program quits, follows;
  quits.argv = {"/bin/sh", "-c", "exit 3"};
  follows.argv = {"/bin/cat"};
  for (int i = 0; i < 50; ++i) {
    const auto pair = workshop().sandbox().run_pair(quits, follows);
    ASSERT_TRUE(pair && pair->program.code == 3 && pair->interactor.ending == Ending::kExited);
    ASSERT_FALSE(pair->interactor_first) << i;
    const auto other = workshop().sandbox().run_pair(follows, quits);
    ASSERT_TRUE(other && other->interactor_first) << i;
  }
}

TEST(Workshop, AProgramSeesTheEndOfWhatTheOtherHasClosedThoughItLivesOn) {
  Program reads, closes;
  reads.argv = {"/usr/bin/python3", "-I", "-S", "-c", "import sys\nsys.stderr.write(repr(sys.stdin.read()))\n"};
  closes.argv = {"/usr/bin/python3", "-I", "-S", "-c", "import os, sys\nos.write(1, b'last')\nos.close(1)\nsys.stdin.read()\n"};
  const auto pair = workshop().sandbox().run_pair(reads, closes);
  ASSERT_TRUE(pair) << pair.failure().code();
  EXPECT_EQ(pair->program.err, "'last'");
  EXPECT_EQ(pair->program.ending, Ending::kExited);
}

TEST(Workshop, TheEntryIsRunWhereItIsNamed) {
  const Language& python = *workshop().language("python3")->language;
  const std::vector<SourceFile> files = {{"main.py", "print('main')"}, {"other.py", "print('other')"}};
  for (const auto& [entry, printed] : {std::pair{"", "main\n"}, std::pair{"other.py", "other\n"}}) {
    const auto compiled = workshop().compile(python, files, {}, entry);
    ASSERT_TRUE(compiled && compiled->executable);
    const auto run = workshop().sandbox().run(workshop().program(*compiled->executable, {}));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->out, printed);
  }
}

TEST(Workshop, AJavaProgramStartsWhereItsMainMethodIs) {
  const LanguageState& java = *workshop().language("java");
  if (!java.installed) GTEST_SKIP() << "no javac";
  const std::string hello = "public static void main(String[] args) { System.out.println(\"hello\"); } }";
  const std::string calls = "package c; public class B { public static void main(String[] s) { a.b.A.main(s); } }";
  const std::vector<SourceFile> in_packages = {{"A.java", "package a.b; public class A { " + hello}, {"B.java", calls}};
  const std::vector<SourceFile> other_name = {{"Main.java", "class Helper {} class Solution { " + hello}};
  for (const auto& [files, entry] : {std::pair{in_packages, "B.java"}, std::pair{other_name, ""}}) {
    const auto compiled = workshop().compile(*java.language, files, {}, entry);
    ASSERT_TRUE(compiled && compiled->executable) << (compiled ? compiled->log : compiled.failure().code());
    const auto run = workshop().sandbox().run(workshop().program(*compiled->executable, {.cpu = std::chrono::seconds(5)}));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->out, "hello\n") << run->err;
  }
  const auto none = workshop().compile(*java.language, std::vector<SourceFile>{{"Main.java", "public class Main {}"}});
  ASSERT_TRUE(none);
  EXPECT_EQ(none->executable, nullptr);
  EXPECT_NE(none->log.find("no class has a method public static void main"), std::string::npos) << none->log;
}

TEST(Workshop, EveryJavaScriptFileIsCheckedBeforeItIsRun) {
  const LanguageState& node = *workshop().language("javascript");
  if (!node.installed) GTEST_SKIP() << "no node";
  const auto compiled = workshop().compile(*node.language, std::vector<SourceFile>{{"main.js", "1"}, {"other.js", "let let = 1"}});
  ASSERT_TRUE(compiled);
  EXPECT_EQ(compiled->executable, nullptr);
}

TEST(Workshop, MorePairsThanSlotsTakeTurns) {
  Program quiet;
  quiet.argv = {"/bin/true"};
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto pair = workshop().sandbox().run_pair(quiet, quiet);
      if (pair && pair->program.ending == Ending::kExited && pair->interactor.ending == Ending::kExited) ++good;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 8);
}

// A unit alone makes no program; what was handed in under its name must not be taken for one.
TEST(Workshop, WhatCompilingMakesIsNotHandedIn) {
  if (!workshop().language("pascal")->installed) GTEST_SKIP() << "no fpc";
  const std::vector<SourceFile> files = {{"x.pas", "unit x; interface implementation end."}, {"program", "#!/bin/sh\n"}};
  const auto compiled = workshop().compile(*workshop().language("pascal")->language, files);
  ASSERT_TRUE(compiled);
  EXPECT_EQ(compiled->executable, nullptr);
}

TEST(Workshop, APrecompiledHeaderIsMadeOnceAndUsed) {
  const std::filesystem::path folder = std::filesystem::path(OTMETKA_BINARY_DIR) /
                                       ("precompiled_" + std::to_string(::getpid()));
  const mode_t before = umask(077);  // a service's; programs are somebody else where we are root
  const auto with = Workshop::open({.sandbox = {.slots = 1}, .languages = {}, .cache = folder.string() + "/", .allow_weak = true});
  ASSERT_TRUE(with);
  if (!(*with)->language("cpp")->installed) GTEST_SKIP() << "no g++";
  const std::vector<SourceFile> files = {{"a.cpp", "#include <bits/stdc++.h>\n#error that the log be told\n"}};
  const std::vector<std::string> tell_headers = {"-H"};
  const auto log_of = [&](Workshop& one) {
    const auto compiled = one.compile(*one.language("cpp")->language, files, tell_headers);
    return compiled ? compiled->log : compiled.failure().code();
  };
  for (int i = 0; i < 2; ++i) EXPECT_NE(log_of(**with).find("! "), std::string::npos) << "g++ marks so a precompiled header that it used";
  umask(before);
  // It is taken once, as the first that is included; after that the header itself must be found.
  for (const char* text : {"#include <bits/stdc++.h>\n#include <bits/stdc++.h>\nint main() { std::cout << 1; }\n",
                           "#include <bits/stdc++.h>\n#include <bits/extc++.h>\nint main() { std::cout << 1; }\n",
                           "#include <vector>\n#include <bits/stdc++.h>\nint main() { std::cout << 1; }\n"}) {
    const auto compiled = (*with)->compile(*(*with)->language("cpp")->language, std::vector<SourceFile>{{"a.cpp", text}});
    ASSERT_TRUE(compiled);
    EXPECT_NE(compiled->executable, nullptr) << text << compiled->log;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all);  // as an older version may have left it
  }
  EXPECT_NE(log_of(**with).find("! "), std::string::npos);
  std::size_t headers = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) headers += entry.path().extension() == ".gch" ? 1 : 0;
  EXPECT_EQ(headers, 1u);
  EXPECT_EQ(log_of(workshop()).find("! "), std::string::npos) << "a workshop without a folder to keep it in has none";
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace otmetka::sandbox
