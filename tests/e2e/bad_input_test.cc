// Whatever comes in, a coded error or a status on that row comes out, and nothing else is touched.
#include <sqlite3.h>
#include <sys/mount.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class BadInput : public testing::Test {
 protected:
  Ran grade(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"grade", "--lang", "en", "--format", "csv", "--spec", spec};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(folder, otmetka(arguments));
  }
  // The row of the second of three lines; the first and the third are right and must stay so.
  std::string row_between(const std::string& middle) const {
    const Ran ran = grade({folder.write("a.jsonl", right_line("l-1") + middle + "\n" + right_line("l-3"))});
    const auto lines = lines_of(ran.out);
    EXPECT_THAT(lines, SizeIs(4));
    if (lines.size() != 4) return {};
    EXPECT_THAT(lines[1], HasSubstr("l-1,1,5,5,5,FINAL"));
    EXPECT_THAT(lines[3], HasSubstr("l-3,1,5,5,5,FINAL"));
    return lines[2];
  }
  static std::string answer_line(const std::string& item, const std::string& answer) {
    return "{\"learner_id\": \"l-2\", \"responses\": {\"t\": \"Москва\", \"" + item + "\": " + answer + "}}";
  }

  Scratch folder;
  std::string spec = folder.write("specs/small.yaml", kSmallSpec);
};

TEST_F(BadInput, AnswerOfOneMebibyteSpoilsThatAnswerOnly) {
  EXPECT_THAT(row_between(answer_line("n", "\"" + std::string(1 << 20, '4') + "\"")),
              HasSubstr("l-2,1,1,5,1,FINAL,0,INVALID_INPUT,1,GRADED"));
}

TEST_F(BadInput, InvalidUtf8SpoilsThatAnswerOnly) {
  EXPECT_THAT(row_between(answer_line("n", "\"4\xFF\"")), HasSubstr("l-2,1,1,5,1,FINAL,0,INVALID_INPUT,1,GRADED"));
  EXPECT_THAT(row_between(answer_line("n", "\"\\ud800\"")), HasSubstr("l-2,1,1,5,1,FINAL,0,INVALID_INPUT,1,GRADED"));
}

TEST_F(BadInput, NulBytesSpoilThatAnswerOnly) {
  EXPECT_THAT(row_between(answer_line("n", "\"4\\u0000\"")), HasSubstr("l-2,1,1,5,1,FINAL,0,INVALID_INPUT,1,GRADED"));
  const std::string table = std::string("learner_id,n,t\nl-1,4,Москва\nl-2,4") + '\0' + ",Москва\nl-3,4,Москва\n";
  const auto lines = lines_of(grade({folder.write("a.csv", table)}).out);
  ASSERT_THAT(lines, SizeIs(4));
  EXPECT_THAT(lines[2], HasSubstr("l-2,1,1,5,1,FINAL,0,INVALID_INPUT,1,GRADED"));
  EXPECT_THAT(lines[3], HasSubstr("l-3,1,2,5,2,FINAL"));
}

TEST_F(BadInput, NumberOfTenThousandDigitsIsNoNumber) {
  EXPECT_THAT(row_between(answer_line("n", "\"" + std::string(10'000, '7') + "\"")), HasSubstr("0,INVALID_INPUT,1,GRADED"));
  EXPECT_THAT(row_between(answer_line("n", std::string(10'000, '7'))), HasSubstr("0,INVALID_INPUT,1,GRADED"));
  EXPECT_THAT(row_between(answer_line("n", "\"1e999999999\"")), HasSubstr("0,INVALID_INPUT,1,GRADED"));
}

TEST_F(BadInput, WrongShapesAreInvalidInput) {
  for (const char* answer : {"[\"4\"]", "{\"x\": \"4\"}", "[[\"4\"]]", "{\"x\": {\"y\": [\"4\"]}}", "{\"files\": {\"a.py\": \"4\"}}"}) {
    EXPECT_THAT(row_between(answer_line("n", answer)), HasSubstr("0,INVALID_INPUT,1,GRADED")) << answer;
  }
  EXPECT_THAT(row_between(answer_line("n", "null")), HasSubstr("0,NOT_ATTEMPTED,1,GRADED"));
}

TEST_F(BadInput, RegexThatExplodesElsewhereAnswersAtOnce) {
  folder.write("r.yaml", "grade: v1\nid: r\nitems:\n- id: e\n  regex: '(a+)+b|(a|aa)*c|(.*)*d'\n");
  folder.write("r.jsonl", "{\"responses\": {\"e\": \"" + std::string(30'000, 'a') + "!\"}}\n");
  const auto begun = std::chrono::steady_clock::now();
  const Ran ran = run(folder, otmetka({"grade", "--format", "csv", "--spec", "r.yaml", "r.jsonl"}));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("FINAL,0,"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10)) << "others would take until the sun goes out";
}

TEST_F(BadInput, TruncatedCsvFailsItsLastRowOnly) {
  const Ran quote = grade({folder.write("a.csv", "learner_id,n,t\nl-1,4,Москва\nl-2,4,\"Моск")});
  EXPECT_EQ(quote.exit_code, 3);
  EXPECT_THAT(lines_of(quote.out), ElementsAre(testing::_, HasSubstr("l-1,1,2,5,2,FINAL"), AllOf(HasSubstr("FAILED"), HasSubstr("OT345"))));
  const Ran cells = grade({folder.write("b.csv", "learner_id,n,t\nl-1,4,Москва\nl-2")});
  EXPECT_EQ(cells.exit_code, 3);
  EXPECT_THAT(lines_of(cells.out),
              ElementsAre(testing::_, HasSubstr("l-1,1,2,5,2,FINAL"), AllOf(HasSubstr("l-2"), HasSubstr("FAILED"), HasSubstr("OT343"))));
  EXPECT_EQ(grade({folder.write("c.csv", "")}).exit_code, 2) << "a table without even a head";
}

TEST_F(BadInput, WrongKindsOfFilesAreNamed) {
  const Ran list = grade({folder.write("list.json", "[{\"responses\": {}}]")});
  EXPECT_EQ(list.exit_code, 2);
  EXPECT_THAT(list.err, HasSubstr("OT352"));
  const Ran utf16 = grade({folder.write("u.csv", std::string("\xFF\xFEl\0,\0n\0", 8))});
  EXPECT_EQ(utf16.exit_code, 2);
  EXPECT_THAT(utf16.err, HasSubstr("OT351"));
}

TEST_F(BadInput, DirectoryWhereAFileShouldBe) {
  const std::string answers = folder.write("a.jsonl", right_line("l-1"));
  std::filesystem::create_directory(folder.path() / "empty");
  const auto told = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--lang", "en"});
    const Ran ran = run(folder, otmetka(arguments));
    EXPECT_EQ(ran.exit_code, 2) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("OT")) << arguments[0];
    EXPECT_EQ(count_of(ran.err, "terminate"), 0u);
  };
  told({"grade", "--spec", "specs", "a.jsonl"});
  told({"grade", "--spec", spec, "empty"});
  told({"grade", "--spec", spec, "--output", "empty", "a.jsonl"});
  told({"serve", "--config", "empty"});
  EXPECT_THAT(run(folder, otmetka({"config", "show", "--config", "empty"})).err, HasSubstr("OT361"));
  EXPECT_THAT(run(folder, otmetka({"grade", "--spec", "specs", "a.jsonl"})).err,
              AllOf(HasSubstr("OT361"), testing::Not(HasSubstr("OT525"))));
  told({"serve", "--queue", "embedded:a.jsonl", "--gradebook", "sqlite:b.db", "--specs", "specs"});
  told({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:empty", "--specs", "specs"});
  told({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:b.db", "--specs", "a.jsonl"});
  told({"submit", "--queue", "embedded:q", "no-such.jsonl"});
  told({"results", "--gradebook", "sqlite:empty"});
  EXPECT_EQ(folder.read("a.jsonl"), right_line("l-1")) << "nothing was written over it";
}

TEST_F(BadInput, FileThatIsNoDatabaseIsLeftAsItIs) {
  folder.write("book.db", "Dear diary, this is no database at all, and it is longer than a header.\n");
  const std::string before = folder.read("book.db");
  const Ran ran = run(folder, otmetka({"results", "--gradebook", "sqlite:book.db"}));
  EXPECT_EQ(ran.exit_code, 2) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("OT4"));
  EXPECT_EQ(folder.read("book.db"), before);
}

TEST_F(BadInput, UndecodableEventIsADeadLetterOnly) {
  const std::vector<std::string> stores = {"--queue", "embedded:queue", "--gradebook", "sqlite:book.db"};
  const auto with = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), stores.begin(), stores.end());
    words.insert(words.end(), more.begin(), more.end());
    return otmetka(words);
  };
  const std::string good = R"({"assignment_id": "small", "learner_id": "l-1", "responses": {"n": "4"}})" "\n";
  ASSERT_EQ(run(folder, with({"submit"}, {"-"}), {.input = good}).exit_code, 0);
  sqlite3* queue = nullptr;  // as a publisher of another make might write
  ASSERT_EQ(sqlite3_open(folder.at("queue/queue.db").c_str(), &queue), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(queue, "INSERT INTO submissions(encoding, published_at, key, payload) "
                                "SELECT encoding, published_at, key, x'FF00FF' FROM submissions", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(queue);
  ASSERT_EQ(run(folder, with({"submit"}, {"-"}), {.input = good}).exit_code, 0);
  EXPECT_EQ(run(folder, with({"serve"}, {"--specs", "specs", "--until-empty"})).exit_code, 3);
  const Ran results = run(folder, otmetka({"results", "--gradebook", "sqlite:book.db", "--format", "csv"}));
  EXPECT_THAT(lines_of(results.out), ElementsAre(testing::_, "small,l-1,1,1,1,5,1,FINAL,"));
  const Ran letters = run(folder, otmetka({"dlq", "list", "--queue", "embedded:queue", "--format", "jsonl"}));
  EXPECT_THAT(lines_of(letters.out), ElementsAre(HasSubstr("OT308")));
}

// A file system of eight mebibytes, when this process may mount one.
class FullDisk : public BadInput {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(disk());
    if (mount("tmpfs", disk().c_str(), "tmpfs", 0, "size=8m") != 0) {
      GTEST_SKIP() << "NOT TESTED: a full disk, since mounting a tmpfs needs root (" << std::strerror(errno) << ")";
    }
    mounted_ = true;
  }
  void TearDown() override {
    if (mounted_) umount2(disk().c_str(), MNT_DETACH);
  }
  std::string disk() const { return folder.at("disk"); }

 private:
  bool mounted_ = false;
};

TEST_F(FullDisk, GradeLeavesTheEarlierFile) {
  folder.write("disk/result.csv", "earlier\n");
  folder.write("disk/ballast", std::string(7'700'000, 'x'));
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += right_line("l-" + std::to_string(i));
  const Ran ran = grade({"--output", folder.at("disk/result.csv"), folder.write("a.jsonl", lines)});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("OT532"));
  EXPECT_EQ(folder.read("disk/result.csv"), "earlier\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(disk()), {}), 2);
}

TEST_F(FullDisk, SubmitSaysSoAndTheQueueGoesOnWhenThereIsRoomAgain) {
  folder.write("disk/ballast", std::string(7'700'000, 'x'));
  const std::vector<std::string> submit = otmetka({"submit", "--lang", "en", "--queue", "embedded:disk/queue", "-"});
  const Ran full = run(folder, submit, {.input = many_submissions(5'000)});
  EXPECT_EQ(full.exit_code, 5) << full.err;
  EXPECT_THAT(full.err, HasSubstr("OT404"));
  std::filesystem::remove(disk() + "/ballast");
  const Ran room = run(folder, submit, {.input = many_submissions(100)});
  EXPECT_EQ(room.exit_code, 0) << room.err;
  const Ran served = run(
      folder, otmetka({"serve", "--queue", "embedded:disk/queue", "--gradebook", "sqlite:book.db", "--specs", "specs", "--until-empty"}));
  EXPECT_EQ(served.exit_code, 0) << served.err;
}

// Without room for SQLite's own files beside the database not even its version can be read.
TEST_F(FullDisk, SubmitSaysSoAtOnceThoughTheQueueIsThere) {
  const std::vector<std::string> submit = otmetka({"submit", "--lang", "en", "--queue", "embedded:disk/queue", "-"});
  ASSERT_EQ(run(folder, submit, {.input = many_submissions(100)}).exit_code, 0);
  for (std::size_t block = 1 << 20; block > 1'000; block /= 2) {  // to the last page
    std::ofstream ballast(disk() + "/ballast", std::ios::app);
    const std::string bytes(block, 'x');
    while (ballast.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush()) {
    }
  }
  const auto begun = std::chrono::steady_clock::now();
  const Ran full = run(folder, submit, {.input = many_submissions(100)});
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
  EXPECT_EQ(full.exit_code, 5) << full.err;
  EXPECT_THAT(full.err, HasSubstr("OT404"));
}

TEST_F(BadInput, AFullStandardOutputIsAnErrorOfEveryCommand) {
  for (const char* command : {"explain OT107", "schema spec", "--help", "try specs/small.yaml n 4"}) {
    const Ran ran = run(folder, {"/bin/sh", "-c", otmetka({}).front() + " " + command + " > /dev/full"});
    EXPECT_EQ(ran.exit_code, 2) << command << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("OT522")) << command;
  }
}

TEST_F(BadInput, AReaderThatHasSeenEnoughEndsTheProgramQuietly) {
  const Ran ran = run(folder, {"/bin/sh", "-c", otmetka({}).front() + " schema spec | head -n 1"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.err, "");
}

TEST_F(BadInput, FullOutputDeviceIsAnError) {
  const Ran ran = grade({"--output", "/dev/full", folder.write("a.jsonl", right_line("l-1"))});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("OT522"));
}

}  // namespace
}  // namespace otmetka::e2e
