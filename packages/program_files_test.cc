#include "packages/program_files.h"

#include <gtest/gtest.h>

#include "packages/package_test_support.h"

namespace otmetka::packages {
namespace {

using sandbox::SourceFile;

Languages languages() { return sandbox::built_in_languages(); }

std::string language(const std::vector<SourceFile>& files) {
  const ProgramLanguage found = language_of(files, languages());
  return found.id.empty() ? "?" + found.foreign : found.id;
}

TEST(LanguageOf, IsThatOfMostFiles) {
  const std::pair<std::vector<SourceFile>, const char*> rows[] = {
      {{{"a.c", ""}}, "c"},
      {{{"a.c++", ""}}, "cpp"},
      {{{"a.C", ""}}, "cpp"},
      {{{"a.cc", ""}, {"b.h", ""}, {"data.txt", ""}}, "cpp"},
      {{{"a.c", ""}, {"b.cc", ""}}, "cpp"},
      {{{"a.py", ""}}, "python3"},
      {{{"a.py", "#!/usr/bin/env python2\nprint 1\n"}}, "?python2"},
      {{{"a.py", "#!/usr/bin/env python3\n"}}, "python3"},
      {{{"a.py", "n = raw_input()\n"}}, "?python2"},
      {{{"a.py", "n = 1\nprint 'one'\n"}}, "?python2"},
      {{{"a.py", "if x:\n  print \"it's # one\"\n"}}, "?python2"},
      {{{"a.py", "# print \"debug\"\nprint(1)  # old: print 'x', raw_input()\n"}}, "python3"},
      {{{"a.py", "s = 'say: print \\'x'\nt = \"\"\"\nprint 'x'\n\"\"\"\n"}}, "python3"},
      {{{"a.py", "try:\n  raw_input()\nexcept NameError:\n  input()\n"}}, "python3"},
      {{{"a.kt", ""}}, "?kotlin"},
      {{{"a.pl", ""}, {"kattio.pl", ""}}, "?prolog"},
      {{{"a.rs", ""}, {"b.rs", ""}, {"gen.py", ""}}, "?rust"},
      {{{"a.py.disabled", ""}}, "?"},
      {{{"Makefile", ""}}, "?"},
      {{{"hello.pp", ""}, {"unit.pas", ""}}, "pascal"},
      {{{"main.mjs", ""}}, "javascript"},
  };
  for (const auto& [files, expected] : rows) EXPECT_EQ(language(files), expected) << files[0].name;
}

TEST(LanguageByCode, KnowsTheFormatsAndDomjudges) {
  const std::pair<const char*, const char*> rows[] = {
      {"cpp", "cpp"}, {"py3", "python3"}, {"js", "javascript"}, {"pas", "pascal"}, {"java", "java"}, {"kotlin", ""}, {"", ""}};
  for (const auto& [code, expected] : rows) EXPECT_EQ(language_by_code(code, languages()), expected) << code;
}

const sandbox::Language& named(const std::string& id) {
  return *std::find_if(languages().begin(), languages().end(), [&](const sandbox::Language& one) { return one.id == id; });
}

TEST(NameAfterClass, FindsTheClassThatHasMain) {
  const std::pair<const char*, const char*> rows[] = {
      {"public class Hello { public static void main(String[] args) {} }", "Hello.java"},
      {"class Helper { void run() {} }\nclass Main { static void main(String... a) {} }", "Main.java"},
      {"// class Wrong { void main(\n/* class Worse */ class Right { String s = \"class X { void main(\"; public static void main(String[] "
       "a) {} }",
       "Right.java"},
      {"import java.util.*;\nfinal class A { class B { } public static void main(final String[] a) {} }\nclass C {}", "A.java"},
      {"package x; public class A { public static void main(String[] a) {} }", "t.java"},
      {"class A { }", "t.java"},
      {"", "t.java"},
      {"class A { void main(", "A.java"},
  };
  for (const auto& [source, expected] : rows) {
    std::vector<SourceFile> files = {{"t.java", source}, {"notes.txt", "class Z { void main( } }"}};
    name_after_class(files, named("java"));
    EXPECT_EQ(files[0].name, expected) << source;
  }
  std::vector<SourceFile> two = {{"a.java", "class A { void main() {} }"}, {"b.java", "class B {}"}};
  name_after_class(two, named("java"));
  EXPECT_EQ(two[0].name, "a.java");
  std::vector<SourceFile> python = {{"a.py", "class A { void main() {} }"}};
  name_after_class(python, named("python3"));
  EXPECT_EQ(python[0].name, "a.py");
}

TEST(MainFile, IsTheOneThatIsCalledSo) {
  const std::pair<std::vector<SourceFile>, const char*> rows[] = {
      {{{"a.py", ""}, {"main.py", ""}}, "main.py"},
      {{{"Main.py", ""}, {"a.py", ""}}, "Main.py"},
      {{{"__main__.py", ""}, {"__init__.py", ""}}, "__main__.py"},
      {{{"a.py", ""}, {"main.txt", ""}}, ""},
      {{{"a.py", ""}, {"b.py", ""}}, ""},
  };
  for (const auto& [files, expected] : rows) EXPECT_EQ(main_file(files, named("python3")), expected);
  const std::vector<SourceFile> pascal = {{"hello.pp", "{ a } (* b *) // c\nUNIT hello;\n"}, {"use.pas", "program use;\n"}};
  EXPECT_EQ(main_file(pascal, named("pascal")), "use.pas");
}

TEST(ChooseMainFile, ADriverThatIsPutBesideEveryProgramIsRun) {
  struct Row {
    std::vector<SourceFile> own, for_all, added;
    const char* entry;
  };
  const Row rows[] = {
      {{{"solution.py", ""}}, {}, {{"__main__.py", ""}}, "__main__.py"},
      {{{"solution.py", ""}, {"main.py", ""}}, {}, {{"__main__.py", ""}}, "__main__.py"},
      {{{"solution.py", ""}}, {{"data.txt", ""}}, {}, ""},
      {{{"solution.py", ""}}, {}, {{"helper.py", ""}}, ""},
      {{{"main.py", ""}}, {}, {{"a.py", ""}}, "main.py"},
      {{{"main.py", ""}}, {}, {}, ""},
  };
  for (const Row& row : rows) {
    checkers::program::SubmittedProgram program{.language = "python3", .files = row.own};
    checkers::program::Task task;
    task.for_all = row.for_all;
    task.added["python3"] = row.added;
    choose_main_file(program, named("python3"), task);
    EXPECT_EQ(program.entry, row.entry) << row.own[0].name;
  }
}

struct Found {
  std::string language, files, codes;
};

Found judge_in(const ScratchPackage& package) {
  const std::string folders[] = {"output_validator", "output_validators"};
  std::vector<Message> warnings;
  const auto judge = read_judge(*PackageFiles::open(package.path()), folders, languages(), {}, warnings);
  if (!judge) return {"", "", judge.failure().code()};
  if (!*judge) return {"none", "", codes_of(warnings)};
  Found out{(*judge)->language, "", codes_of(warnings)};
  for (const SourceFile& file : (*judge)->files) out.files += (out.files.empty() ? "" : " ") + file.name;
  return out;
}

TEST(ReadJudge, FindsTheProgramHoweverItLies) {
  struct Row {
    ScratchPackage::Files files;
    const char *language, *names, *codes;
  };
  const Row rows[] = {
      {{}, "none", "", ""},
      {{{"output_validator/.gitkeep", ""}}, "none", "", ""},
      {{{"output_validators/check.py", ""}}, "python3", "check.py", ""},
      {{{"output_validators/check/validate.cc", ""}, {"output_validators/check/testlib.h", ""}}, "cpp", "testlib.h validate.cc", ""},
      {{{"output_validators/validate.cpp", ""}, {"output_validators/validate.h", ""}}, "cpp", "validate.cpp validate.h", ""},
      {{{"output_validator/a.py", ""}, {"output_validator/main.py", ""}}, "python3", "main.py a.py", ""},
      {{{"output_validator/guess/validate.cc", ""}}, "cpp", "validate.cc", ""},
      {{{"output_validators/a.py", ""}, {"output_validators/b.cpp", ""}, {"output_validators/b.h", ""}}, "", "", "OT576"},
      {{{"output_validators/a/a.py", ""}, {"output_validators/b/b.py", ""}}, "", "", "OT576"},
      {{{"output_validators/a.py", ""}, {"output_validators/b/run", ""}}, "", "", "OT576"},
      {{{"output_validators/a.py", ""}, {"output_validators/lib/notes.txt", ""}}, "python3", "a.py", "OT581"},
      {{{"output_validator/build", "#!/bin/sh\n"}, {"output_validator/check.c", ""}}, "build+run", "build check.c", ""},
      {{{"output_validators/v/build", ""}, {"output_validators/v/gen.py", ""}, {"output_validators/v/v.cpp", ""}},
       "build+run",
       "build gen.py v.cpp",
       ""},
      {{{"output_validators/build", ""}, {"output_validators/gen.py", ""}, {"output_validators/v.cpp", ""}},
       "build+run",
       "build gen.py v.cpp",
       ""},
      {{{"output_validators/check.kt", ""}}, "", "", "OT577"},
      {{{"output_validator/build", "#!/bin/sh\n"}}, "build+run", "build", ""},
      {{{"output_validators/readme.md", "x"}}, "", "", "OT557"},
      {{{"output_validator/run", "#!/bin/sh\n"}, {"output_validator/check.c", ""}}, "build+run", "check.c run", ""},
      {{{"output_validators/check/c.py", ""}, {"output_validators/check/lib/l.py", ""}}, "python3", "c.py", "OT585"},
      {{{"output_validators/c/t.java", "class Check { static void main(String[] a) {} }"}}, "java", "Check.java", ""},
  };
  for (const Row& row : rows) {
    const Found found = judge_in(ScratchPackage(row.files));
    EXPECT_EQ(found.language + "|" + found.files + "|" + found.codes, std::string(row.language) + "|" + row.names + "|" + row.codes);
  }
}

TEST(ReadIncludes, ByLanguageAndForAll) {
  const ScratchPackage package(
      {{"include/cpp/runner.cpp", "r"}, {"include/default/data.txt", "d"}, {"include/kotlin/k.kt", ""}, {"include/java/deep/x.java", ""}});
  checkers::program::Task task;
  std::vector<Message> warnings;
  std::vector<std::string> incomplete;
  ASSERT_TRUE(read_includes(*PackageFiles::open(package.path()), languages(), {}, task, incomplete, warnings));
  EXPECT_EQ(incomplete, std::vector<std::string>{"java"});
  ASSERT_EQ(task.for_all.size(), 1u);
  EXPECT_EQ(task.for_all[0].name, "data.txt");
  ASSERT_EQ(task.added["cpp"].size(), 1u);
  EXPECT_EQ(task.added["cpp"][0].bytes, "r");
  EXPECT_EQ(task.added.count("kotlin"), 0u);
  EXPECT_EQ(codes_of(warnings), "OT585");
}

TEST(ReadProgram, MendsNamesThatNoSandboxTakes) {
  const ScratchPackage package(
      {{"submissions/mixed/x/a b\\c.c", ""}, {"submissions/mixed/x/.hidden", ""}, {"submissions/mixed/x/old.c~", ""}});
  std::vector<Message> warnings;
  const auto files = read_program(*PackageFiles::open(package.path()), "submissions/mixed/x", {}, warnings);
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 1u);
  EXPECT_EQ(files->front().name, "a_b_c.c");
}

}  // namespace
}  // namespace otmetka::packages
