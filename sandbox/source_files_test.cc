#include "sandbox/source_files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace otmetka::sandbox {
namespace {

const Language& named(const std::string& id) {
  const auto& all = built_in_languages();
  return *std::find_if(all.begin(), all.end(), [&](const Language& one) { return one.id == id; });
}

TEST(SourceFiles, AnEndingIsTakenWhateverItsCaseWhereItFitsNoneExactly) {
  const std::pair<const char*, const char*> rows[] = {
      {"A.PAS", "A.pas"},   {"A.CPP", "A.cpp"}, {"A.PY", "A.py"}, {"Main.Java", "Main.java"}, {"A.JS", "A.js"}, {"A.C", "A.C"},
      {"a.c", "a.c"},       {"A.Cc", "A.cc"},   {"A.H", "A.H"},   {"NOTES.TXT", "NOTES.TXT"}, {".PY", ".PY"},   {"PY", "PY"},
      {"A.PY.BAK", "A.PY.BAK"}};
  for (const auto& [name, usual] : rows) {
    std::vector<SourceFile> files = {{name, ""}};
    use_usual_endings(files, built_in_languages());
    EXPECT_EQ(files[0].name, usual);
  }
  std::vector<SourceFile> both = {{"a.PY", "1"}, {"a.py", "2"}};
  use_usual_endings(both, built_in_languages());
  EXPECT_EQ(both[0].name, "a.PY") << "another file has the name";
}

TEST(SourceFiles, TheEntryIsCalledAsTheLanguageSaysOrSaysMain) {
  const SourceFile named_main{"main.py", "import a"}, says{"run.py", "if __name__ == '__main__': pass"}, other{"a.py", "x = 1"};
  const Language& python = named("python3");
  EXPECT_EQ(entry_of(python, std::vector{&other, &says, &named_main}), &named_main);
  EXPECT_EQ(entry_of(python, std::vector{&other, &says}), &says);
  EXPECT_EQ(entry_of(python, std::vector{&other}), nullptr);
}

TEST(SourceFiles, AByteOrderMarkIsNotPartOfTheText) {
  EXPECT_EQ(without_byte_order_mark("\xEF\xBB\xBF" "x"), "x");
  EXPECT_EQ(without_byte_order_mark("x\xEF\xBB\xBF"), "x\xEF\xBB\xBF");
  EXPECT_EQ(without_byte_order_mark(""), "");
}

}  // namespace
}  // namespace otmetka::sandbox
