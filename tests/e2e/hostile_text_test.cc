// Ids and values come from files that anybody may have written: none of them steers the reader's terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class HostileText : public testing::Test {
 protected:
  HostileText() { folder.write("specs/small.yaml", kSmallSpec); }

  Ran told(const std::vector<std::string>& words, const Setting& setting = {}) const {
    Ran ran = run(folder, otmetka(words), setting);
    for (const std::string& text : {ran.out, ran.err}) {
      EXPECT_THAT(text, AllOf(Not(HasSubstr("\033")), Not(HasSubstr("\nforged")))) << words[0];
    }
    return ran;
  }

  Scratch folder;
};

TEST_F(HostileText, IdsInTablesAndExplanationsAreMasked) {
  const std::string line = R"({"assignment_id": "SPEC", "learner_id": "l\u001b[2J\nforged", "responses": {"n": "\u001b[31m"}})" "\n";
  std::string lost = line;
  lost.replace(lost.find("SPEC"), 4, "gone\\u001b[1m\\nforged");
  std::string good = line;
  good.replace(good.find("SPEC"), 4, "small");
  ASSERT_EQ(told({"submit", "--queue", "embedded:queue", "-"}, {.input = lost + good}).exit_code, 0);
  told({"serve", "--queue", "embedded:queue", "--gradebook", "sqlite:book.db", "--specs", "specs", "--until-empty"});
  EXPECT_THAT(told({"results", "--gradebook", "sqlite:book.db"}).out, HasSubstr("l\uFFFD[2J⏎forged"));
  EXPECT_THAT(told({"results", "--explain", "--gradebook", "sqlite:book.db"}).out, HasSubstr("l\uFFFD[2J⏎forged"));
  EXPECT_THAT(told({"results", "--groups", "n", "--gradebook", "sqlite:book.db"}).out, HasSubstr("\uFFFD[31m"));
  EXPECT_THAT(told({"dlq", "list", "--queue", "embedded:queue"}).out, HasSubstr("gone\uFFFD[1m⏎forged"));
  told({"dlq", "show", "1", "--queue", "embedded:queue"});
}

TEST_F(HostileText, ValuesInMessagesAreMasked) {
  const std::string table = folder.write("a.csv", "learner_id,n,\"\033[2J\nforged\"\nl-1,4,x\n");
  EXPECT_THAT(told({"grade", "--spec", "specs/small.yaml", table}).err, HasSubstr("\uFFFD[2J⏎forged"));
  EXPECT_EQ(told({"submit", "--queue", "embedded:queue", "-"},
                 {.input = R"({"attempt_no": "\u001b[2J\nforged", "responses": {}})" "\n"}).exit_code, 3);
  EXPECT_EQ(told({"serve", "--config", folder.write("c.yaml", "\"\\e[2J\\nforged\": 2\n")}).exit_code, 2);
  EXPECT_EQ(told({"try", "specs/small.yaml", "\033[2J\nforged", "4"}).exit_code, 2);
  EXPECT_EQ(told({"\033[2J\nforged"}).exit_code, 2);
  EXPECT_EQ(told({"check", "\033[2J\nforged.yaml"}).exit_code, 2);
}

}  // namespace
}  // namespace otmetka::e2e
