// Bad answers down the whole road: submit → serve → results. Each is a status in its own row; its other answers, the rows
// before and after it, and the dead letters know nothing of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// How the item `n` ("4" is right) of a work is answered, and what becomes of it; `t` beside it is always right.
struct Bad {
  const char* learner;
  std::string responses;
  const char* status;  // of n
};

std::vector<Bad> bad_answers() {
  return {{"b-digits", "\"n\": \"" + std::string(10'000, '7') + "\"", "INVALID_INPUT"},
          {"b-item", "\"nn\": \"4\"", "NOT_ATTEMPTED"},
          {"b-mebibyte", "\"n\": \"" + std::string(1 << 20, '4') + "\"", "INVALID_INPUT"},
          {"b-mebibyte-and-more", "\"n\": \"" + std::string((1 << 20) + 1, '4') + "\"", "INVALID_INPUT"},
          {"b-nul", "\"n\": \"4\\u0000\"", "INVALID_INPUT"},
          {"b-shape-list", "\"n\": [\"4\"]", "INVALID_INPUT"},
          {"b-shape-map", "\"n\": {\"x\": {\"y\": [\"4\"]}}", "INVALID_INPUT"},
          {"b-surrogate", "\"n\": \"4\\ud800\"", "INVALID_INPUT"},
          {"b-utf8", "\"n\": \"4\xFF\"", "INVALID_INPUT"}};
}

std::string line_of(const std::string& learner, const std::string& responses) {
  return "{\"assignment_id\": \"small\", \"learner_id\": \"" + learner + "\", \"responses\": {" + responses + ", \"t\": \"Москва\"}}\n";
}

// The status of an item's part in a row of `results --format jsonl`.
std::string status_of(const std::string& row, const std::string& item) {
  const std::size_t part = row.find("\"part_id\":\"" + item + "\"");
  const std::string key = "\"status\":\"";
  const std::size_t at = part == std::string::npos ? part : row.find(key, part);
  if (at == std::string::npos) return "no such part";
  return row.substr(at + key.size(), row.find('"', at + key.size()) - at - key.size());
}

class BadInputRoad : public testing::Test {
 protected:
  Ran program(std::vector<std::string> words) const { return run(folder, otmetka(std::move(words))); }

  void grade(const std::string& lines) const {
    folder.write("specs/small.yaml", kSmallSpec);
    folder.write("in.jsonl", lines);
    const Ran sent = program({"submit", "--queue", "embedded:q", "in.jsonl"});
    ASSERT_EQ(sent.exit_code, 0) << sent.err;
    const Ran served = program({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:b.db", "--specs", "specs", "--until-empty"});
    ASSERT_EQ(served.exit_code, 0) << served.err;
    EXPECT_THAT(served.err, Not(HasSubstr("4444"))) << "an answer in the log";
  }
  std::vector<std::string> rows(const std::string& format) const {
    return lines_of(program({"results", "--gradebook", "sqlite:b.db", "--format", format}).out);
  }

  Scratch folder;
};

TEST_F(BadInputRoad, EachIsAStatusInItsRowAndNothingElseIsTouched) {
  std::string lines = line_of("a-first", "\"n\": \"4\"");
  for (const Bad& bad : bad_answers()) lines += line_of(bad.learner, bad.responses);
  grade(lines + line_of("z-last", "\"n\": \"4\""));

  const auto table = rows("csv");
  const auto results = rows("jsonl");
  ASSERT_EQ(table.size(), bad_answers().size() + 3);  // the head, the first and the last
  ASSERT_EQ(results.size(), bad_answers().size() + 2);
  EXPECT_EQ(table[1], "small,a-first,1,1,2,5,2,FINAL,");
  EXPECT_EQ(table.back(), "small,z-last,1,1,2,5,2,FINAL,");
  for (std::size_t i = 0; i < bad_answers().size(); ++i) {
    const Bad bad = bad_answers()[i];
    EXPECT_THAT(table[i + 2], StartsWith(std::string("small,") + bad.learner + ",1,1,1,5,1,FINAL,"));
    EXPECT_EQ(status_of(results[i + 1], "n"), bad.status) << bad.learner;
    EXPECT_EQ(status_of(results[i + 1], "t"), "GRADED") << bad.learner;
  }
  const Ran letters = program({"dlq", "list", "--queue", "embedded:q", "--format", "jsonl"});
  EXPECT_EQ(letters.out, "");
}

TEST_F(BadInputRoad, AnItemThatTheSpecDoesNotHaveIsNamedInTheNotices) {
  grade(line_of("a", "\"nn\": \"4\""));
  EXPECT_THAT(rows("jsonl"), ElementsAre(testing::ContainsRegex("\"notices\":\\[\\{\"id\":\"OT3.*nn")));
}

}  // namespace
}  // namespace otmetka::e2e
