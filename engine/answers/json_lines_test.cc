#include "engine/answers/json_lines.h"

#include <thread>

#include <unistd.h>

#include "engine/answers/answers_test_support.h"
#include "queue/codec.h"

namespace otmetka::engine::answers {
namespace {

using Rows = std::vector<std::string>;

std::string line(const std::string& learner, const std::string& v) {
  return R"({"learner_id":")" + learner + R"(","responses":{"v":")" + v + R"("}})";
}

TEST(JsonLines, OneRowALineInOrder) {
  const TestFolder folder;
  struct Case {
    std::string bytes;
    Rows rows;
  };
  const Case cases[] = {
      {"", {}},
      {"\n\n", {}},
      {line("a", "1"), {"1 a: v=1"}},
      {line("a", "1") + "\n", {"1 a: v=1"}},
      {line("a", "1") + "\r\n" + line("b", "2") + "\r\n", {"1 a: v=1", "2 b: v=2"}},
      {"\xEF\xBB\xBF" + line("a", "1"), {"1 a: v=1"}},
      {line("a", "1") + "\n\n \t\r\n" + line("b", "2"), {"1 a: v=1", "4 b: v=2"}},
      {line("a", "1") + "\n{\n" + line("b", "2"), {"1 a: v=1", "2 : OT303", "3 b: v=2"}},
      {line("a", "1") + "\n{\"learner_id\":\"b\",\"respo", {"1 a: v=1", "2 : OT303"}},  // a file cut in the middle
      {std::string("\0\n", 2) + line("b", "2"), {"1 : OT302", "2 b: v=2"}},
  };
  for (const Case& c : cases) EXPECT_EQ(read_all(folder.write("a.jsonl", c.bytes)), c.rows) << c.bytes;
}

TEST(JsonLines, ALineThatIsTooLongIsSkippedAndTold) {
  const TestFolder folder;
  const std::string filler(queue::kMaxSubmissionBytes + 1, ' ');
  for (const std::string tail : {"", "x", "more and more"}) {
    const std::string bytes = line("a", "1") + "\n{" + filler + tail + "}\n" + line("b", "2") + "\n";
    EXPECT_EQ(read_all(folder.write("a.jsonl", bytes)), (Rows{"1 a: v=1", "2 : OT301", "3 b: v=2"}));
  }
  EXPECT_EQ(read_all(folder.write("a.jsonl", "{" + filler + filler)), (Rows{"1 : OT301"}));
  const std::string just = "{\"responses\":{}}";
  EXPECT_EQ(read_all(folder.write("a.jsonl", just + std::string(queue::kMaxSubmissionBytes - just.size(), ' ') + "\n")), (Rows{"1 : "}));
}

TEST(JsonLines, BlocksHoldEveryLineOnceAndWhole) {
  const TestFolder folder;
  std::string bytes;
  std::vector<std::string> lines;
  for (int i = 0; i < 40'000; ++i) {
    lines.push_back(line("p-" + std::to_string(i), std::string(static_cast<std::size_t>(i % 97), 'x')));
    bytes += lines.back() + (i % 11 == 0 ? "\n\n" : "\n");
  }
  auto input = InputFile::open(folder.write("a.jsonl", bytes));
  ASSERT_TRUE(input);
  JsonLinesReader reader(std::move(*input), nullptr);
  LineBlock block;
  std::vector<std::string> met;
  std::size_t blocks = 0;
  std::int64_t last = 0;
  for (; reader.next_block(block); ++blocks) {
    EXPECT_LE(block.bytes.size(), 2 * InputFile::kReadBytes);
    for (const auto& l : block.lines) {
      met.emplace_back(block.text(l));
      EXPECT_GT(l.number, last);
      last = l.number;
    }
  }
  EXPECT_EQ(met, lines);
  EXPECT_GT(blocks, 5u);
}

TEST(JsonLines, APipeGivesWhatHasComeWithoutWaitingForMore) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  JsonLinesReader reader(InputFile(ends[0], "-"), nullptr);
  const auto send = [&](const std::string& bytes) { ASSERT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size())); };
  send(line("a", "1") + "\n" + line("b", "2").substr(0, 10));
  EXPECT_EQ(shown(*reader.next()), "1 a: v=1");
  send(line("b", "2").substr(10) + "\n");
  EXPECT_EQ(shown(*reader.next()), "2 b: v=2");
  ::close(ends[1]);
  EXPECT_FALSE(reader.next().has_value());
}

TEST(JsonLines, AnInputThatBreaksOffGivesALastRowWithItsError) {
  JsonLinesReader reader(InputFile(-1, "gone"), nullptr);  // reading it fails with EBADF
  EXPECT_EQ(shown(*reader.next()), "1 : OT367");
  EXPECT_FALSE(reader.next().has_value());
}

TEST(JsonLines, PathsAreReadBesideTheFile) {
  const TestFolder folder;
  folder.write("in/ada/fizz.py", "print(3)");
  folder.write("secret.py", "secret");
  std::filesystem::create_symlink("../secret.py", folder.path("in/link.py"));
  const auto answer = [&](const std::string& path) {
    return read_all(folder.write("in/a.jsonl", R"({"responses":{"fizz":{"path":")" + path + R"("}}})")).at(0).substr(std::string("1 : fizz=").size());
  };
  EXPECT_EQ(answer("ada/fizz.py"), "<fizz.py:8>");
  EXPECT_EQ(answer("./ada/../ada/fizz.py"), "<fizz.py:8>");
  EXPECT_EQ(answer("ada/none.py"), "!OT360");
  EXPECT_EQ(answer("ada"), "!OT361");
  EXPECT_EQ(answer("../secret.py"), "!OT363");
  EXPECT_EQ(answer("link.py"), "!OT363");
  EXPECT_EQ(answer("/etc/passwd"), "!OT363");
  EXPECT_EQ(answer("ada/fizz.py\\u0000.txt"), "!OT360");
  EXPECT_EQ(answer(""), "!OT360");
}

TEST(JsonLines, FilesOfOneSubmissionHaveOneBound) {
  const TestFolder folder;
  folder.write("a.py", std::string(kMaxFileBytes, 'x'));
  folder.write("b.py", "1");
  folder.write("c.py", std::string(kMaxFileBytes + 1, 'x'));
  EXPECT_EQ(read_all(folder.write("a.jsonl", R"({"responses":{"a":{"path":"a.py"},"b":{"path":"b.py"}}})")),
            (Rows{"1 : a=<a.py:716800>; b=!OT365"}));
  EXPECT_EQ(read_all(folder.write("a.jsonl", R"({"responses":{"c":{"path":"c.py"},"b":{"path":"b.py"}}})")),
            (Rows{"1 : c=!OT365; b=<b.py:1>"}));
}

TEST(JsonLines, DecodingIsSafeFromSeveralThreads) {
  const TestFolder folder;
  std::string bytes;
  for (int i = 0; i < 2000; ++i) bytes += line("p", std::to_string(i)) + "\n";
  auto reader = open_answers(folder.write("a.jsonl", bytes), {});
  ASSERT_TRUE(reader);
  JsonLinesReader* lines = (*reader)->json_lines();
  ASSERT_NE(lines, nullptr);
  LineBlock block;
  ASSERT_TRUE(lines->next_block(block));
  std::vector<int> right(2, 0);
  const auto work = [&](std::size_t which) {
    for (std::size_t i = which; i < block.lines.size(); i += 2) {
      right[which] += lines->decode(block, block.lines[i]).submission.ok() ? 1 : 0;
    }
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  EXPECT_EQ(right[0] + right[1], 2000);
}

TEST(JsonLines, ALineWithOneBadFieldStillSaysWhoseItIsAndWhichAttempt) {
  const TestFolder folder;
  auto reader = open_answers(folder.write("a.jsonl", R"({"learner_id":"p-1","attempt_no":2,"submitted_at":"yesterday","responses":{}})"
                                                     "\n" R"({"learner_id":"p-2","attempt_no":"x","responses":{}})" "\n{\"learner_id\":"), {});
  ASSERT_TRUE(reader);
  for (const auto& [learner, attempt_no] : {std::pair("p-1", 2), std::pair("p-2", 1), std::pair("", 1)}) {
    const auto row = (*reader)->next();
    ASSERT_TRUE(row && !row->submission);
    EXPECT_EQ(row->learner, learner);
    EXPECT_EQ(row->attempt_no, attempt_no);
  }
}

}  // namespace
}  // namespace otmetka::engine::answers
