#include <fcntl.h>
#include <unistd.h>

#include "engine/answers/answers_test_support.h"
#include "engine/answers/json_lines.h"

namespace otmetka::engine::answers {
namespace {

using Rows = std::vector<std::string>;

TEST(OpenAnswers, TheExtensionTellsTheFormatElseTheFirstByte) {
  const TestFolder folder;
  const std::string json = R"({"learner_id":"a","responses":{"v":"1"}})";
  const std::string table = "learner_id,v\na,1\n";
  const std::string pair[] = {"1 a: v=1", "2 a: v=1"};
  for (const char* name : {"a.jsonl", "a.ndjson", "a.JSON", "a", "a.answers"}) {
    EXPECT_EQ(read_all(folder.write(name, json)), Rows{pair[0]}) << name;
  }
  for (const char* name : {"b.csv", "b.TSV", "b.txt", "b", "b.answers"}) {
    EXPECT_EQ(read_all(folder.write(name, table)), Rows{pair[1]}) << name;
  }
  EXPECT_EQ(read_all(folder.write("c", " \n\t" + json)), Rows{"2 a: v=1"});
  EXPECT_EQ(read_all(folder.write("d", "")), Rows{});
}

TEST(OpenAnswers, WhatCannotBeReadHasACode) {
  const TestFolder folder;
  EXPECT_EQ(read_all(folder.path("none.jsonl")), Rows{"OT360"});
  EXPECT_EQ(read_all(folder.write("file", "x,y\n") + "/inside"), Rows{"OT360"});
  EXPECT_EQ(read_all(folder.write("w.csv", "\xFF\xFE" "a\0,")), Rows{"OT351"});
  EXPECT_EQ(read_all(folder.write("w.jsonl", "\xFE\xFF")), Rows{"OT351"});
  const auto utf16 = [](std::u16string_view text, bool big) {
    std::string out;
    for (const char16_t c : text) {
      const char bytes[] = {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
      out += {bytes[big ? 0 : 1], bytes[big ? 1 : 0]};
    }
    return out;
  };
  for (const bool big : {false, true}) {
    EXPECT_EQ(read_all(folder.write("n.csv", utf16(u"learner_id,v\np-1,72\n", big))), Rows{"OT351"});
    EXPECT_EQ(read_all(folder.write("r.csv", utf16(u"ученик;столица\nАда;Москва\n", big))), Rows{"OT351"});
    EXPECT_EQ(read_all(folder.write("n.jsonl", utf16(u"{\"responses\": {\"v\": \"1\"}}\n", big))), Rows{"OT351"});
  }
  EXPECT_EQ(read_all(folder.write("nul.csv", std::string("v\na\0b\n", 6))),
            (Rows{std::string("2 : v=a\0b", 9)})) << "a NUL alone is that row's matter";
  EXPECT_EQ(read_all(folder.write("l.json", " [{}]")), Rows{"OT352"});
  EXPECT_EQ(read_all(folder.write("l", "[{}]")), Rows{"OT352"});
  EXPECT_EQ(read_all(folder.write("bin", std::string("\x7F" "ELF\0\0", 6))), Rows{"OT366"});
  if (::geteuid() != 0) {
    const std::string locked = folder.write("locked.csv", "v\n");
    std::filesystem::permissions(locked, std::filesystem::perms::none);
    EXPECT_EQ(read_all(locked), Rows{"OT374"});
  }
  std::filesystem::create_symlink("loop", folder.path("loop"));
  EXPECT_EQ(read_all(folder.path("loop")), Rows{"OT363"});
}

TEST(OpenAnswers, ADashIsStandardInput) {
  const TestFolder folder;
  const std::string file = folder.write("in", R"({"learner_id":"a","responses":{"v":{"path":"in"}}})");
  const int saved = ::dup(STDIN_FILENO);
  const int fd = ::open(file.c_str(), O_RDONLY);
  ASSERT_GE(::dup2(fd, STDIN_FILENO), 0);
  EXPECT_EQ(read_all("-"), Rows{"1 a: v=!OT324"});  // a path has no folder there
  ::close(fd);
  if (saved >= 0) ::dup2(saved, STDIN_FILENO);
  ::close(saved);
}

}  // namespace
}  // namespace otmetka::engine::answers
