// `otmetka grade`: every form of input and output, one row out for one row in, and where the rows go.
#include <signal.h>
#include <sys/stat.h>

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kRight = ",1,5,5,5,FINAL,1,GRADED,1,GRADED,1,GRADED,1,GRADED,1,GRADED,";

class Grade : public testing::Test {
 protected:
  // `more` comes after `grade --spec small.yaml`; messages are English.
  Ran grade(std::vector<std::string> more, const Setting& setting = {}) const {
    std::vector<std::string> arguments = {"grade", "--lang", "en", "--spec", spec};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(folder, otmetka(arguments), setting);
  }

  // The CSV rows below the head.
  std::vector<std::string> rows_of(const std::string& file) const {
    const Ran ran = grade({"--format", "csv", file});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    std::vector<std::string> lines = lines_of(ran.out);
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  }

  Scratch folder;
  std::string spec = folder.write("small.yaml", kSmallSpec);
};

TEST_F(Grade, CsvOutHasAHeadAndARowPerAnswer) {
  const std::string file = folder.write("a.jsonl", right_line("l-1") + R"({"learner_id": "l-2", "responses": {"n": "5"}})" + "\n");
  const Ran ran = grade({"--format", "csv", file});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(
      lines_of(ran.out),
      ElementsAre("learner_id,attempt_no,raw,maximum,final,progress,n,n:status,t,t:status,c,c:status,p.x,p.x:status,p.y,p.y:status,notices",
                  std::string("l-1") + kRight,
                  "l-2,1,0,5,0,FINAL,0,GRADED,0,NOT_ATTEMPTED,0,NOT_ATTEMPTED,0,NOT_ATTEMPTED,0,NOT_ATTEMPTED,"));
}

TEST_F(Grade, JsonLinesOutIsOneWholeResultALine) {
  const std::string file = folder.write("a.jsonl", right_line("l-1"));
  const Ran ran = grade({"--format", "jsonl", file});
  ASSERT_EQ(lines_of(ran.out).size(), 1u);
  EXPECT_THAT(ran.out, AllOf(StartsWith("{"), HasSubstr("\"learner_id\":\"l-1\""), HasSubstr("\"progress\":\"FINAL\""),
                             HasSubstr("\"raw\":{\"num\":\"5\",\"den\":\"1\"}"), HasSubstr("\"part_id\":\"p.y\"")));
}

TEST_F(Grade, NothingIsOmittedForBeingZero) {
  const std::string file = folder.write("a.jsonl", R"({"responses": {"n": "5"}})" "\n");
  EXPECT_THAT(grade({"--format", "jsonl", file}).out, AllOf(HasSubstr("\"raw\":{\"num\":\"0\",\"den\":\"1\"}"),
                                                            HasSubstr("\"grade_epoch\":\"0\""), HasSubstr("\"revision\":\"0\"")));
}

TEST_F(Grade, TracesOnlyWhenAskedFor) {
  const std::string file = folder.write("a.jsonl", right_line("l-1"));
  const auto without = grade({"--format", "jsonl", file}).out;
  const auto with = grade({"--format", "jsonl", "--explain", file}).out;
  EXPECT_GT(count_of(without, "\"trace\":[]"), 0u);
  EXPECT_GT(with.size(), without.size());
}

TEST_F(Grade, TableOutIsForPeople) {
  const std::string file = folder.write("a.jsonl", right_line("l-1"));
  const Ran ran = grade({file});
  EXPECT_THAT(ran.out, AllOf(HasSubstr("l-1"), HasSubstr("FINAL"), Not(HasSubstr("\x1b["))));
  EXPECT_THAT(ran.err, HasSubstr("1 work"));
}

TEST_F(Grade, EveryRowOfATableGivesOneEvenWhenAllItsCellsAreEmpty) {
  const std::string file = folder.write("a.csv", "learner_id,n\n\nl-1,4\n,\n  \n\"\",\"\"\nl-4,4\n,\n\n");
  EXPECT_THAT(rows_of(file), ElementsAre(StartsWith("l-1,1,1,5,1,FINAL,1,GRADED"), StartsWith(",1,0,5,0,FINAL,0,NOT_ATTEMPTED"),
                                         StartsWith(",1,0,5,0,FINAL"), StartsWith("l-4,1,1,5,1,FINAL"), StartsWith(",1,0,5,0,FINAL")));
  EXPECT_THAT(rows_of(folder.write("b.csv", "n\n4\n\"\"\n \n4\n")), testing::SizeIs(3)) << "of one column";
  const std::string table = folder.write("c.csv", "assignment_id,learner_id,n\nsmall,l-1,4\n,,\n");
  const Ran sent = run(folder, otmetka({"submit", "--queue", "embedded:queue", table}));
  EXPECT_EQ(sent.exit_code, 3) << "submit says of the second that it lacks its assignment";
  EXPECT_THAT(sent.err, HasSubstr("OT381"));
}

TEST_F(Grade, AWorkThatFailedHasNoFinalMark) {
  const Ran ran = grade({"--explain", folder.write("a.jsonl", "{\n" + right_line("l-2"))});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_EQ(count_of(ran.out, "final mark"), 1u) << ran.out;
}

TEST_F(Grade, ReadsCommaSemicolonAndTab) {
  for (const char separator : {',', ';', '\t'}) {
    std::string table = "learner_id,attempt_no,n,t,c,p.x,p.y\nl-1,1,4,Москва,a|b,2,3\n";
    for (char& c : table) c = c == ',' ? separator : c;
    const std::string file = folder.write("a.csv", table);
    EXPECT_THAT(rows_of(file), ElementsAre(std::string("l-1") + kRight)) << "separator " << separator;
  }
}

TEST_F(Grade, ReadsByteOrderMarkQuotesAndWindowsLineEnds) {
  const std::string file = folder.write("a.csv", "\xEF\xBB\xBFlearner_id;n;t;c;p\r\n\"l;1\";\"4\";\"Москва\";a|b;x=2|y=3\r\n");
  EXPECT_THAT(rows_of(file), ElementsAre(std::string("l;1") + kRight));
}

TEST_F(Grade, ReadsCp1251AndSaysSo) {
  const std::string file = folder.write("a.csv", "learner_id;n;t;c;p.x;p.y\nl-1;4;\xCC\xEE\xF1\xEA\xE2\xE0;a|b;2;3\n");
  const Ran ran = grade({"--format", "csv", file});
  EXPECT_THAT(ran.out, HasSubstr(std::string("l-1") + kRight));
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT347"), HasSubstr("1251")));
}

TEST_F(Grade, BadByteInAUtf8TableSpoilsThatAnswerOnly) {
  const std::string file = folder.write("a.csv", "learner_id,n,t\nl-1,4,Моск\xFF\nl-2,4,Москва\n");
  EXPECT_THAT(rows_of(file),
              ElementsAre(HasSubstr("l-1,1,1,5,1,FINAL,1,GRADED,0,INVALID_INPUT"), HasSubstr("l-2,1,2,5,2,FINAL,1,GRADED,1,GRADED")));
}

TEST_F(Grade, ReadsAFolderWithASubfolderPerLearner) {
  folder.write("class/l-2/n.txt", "5\n");
  folder.write("class/l-1/n.txt", "4\n");
  folder.write("class/l-1/t.txt", "\xEF\xBB\xBFМосква\r\n");
  folder.write("class/l-1/c.txt", "a\nb\n");
  folder.write("class/l-1/p/x.txt", "2");
  folder.write("class/l-1/p/y.txt", "3");
  EXPECT_THAT(rows_of(folder.at("class")), ElementsAre(std::string("l-1") + kRight, HasSubstr("l-2,1,0,5")));
}

TEST_F(Grade, ReadsAFileBesideTheAnswersAndNothingOutside) {
  folder.write("in/texts/t.txt", "Москва");
  folder.write("secret.txt", "Москва");
  const std::string file = folder.write("in/a.jsonl", R"({"learner_id": "l-1", "responses": {"t": {"path": "texts/t.txt"}}})" "\n"
                                                      R"({"learner_id": "l-2", "responses": {"t": {"path": "../secret.txt"}}})" "\n");
  EXPECT_THAT(rows_of(file), ElementsAre(testing::_, HasSubstr("0,INVALID_INPUT")));
}

TEST_F(Grade, ReadsStandardInputInBothForms) {
  EXPECT_THAT(grade({"--format", "csv", "-"}, {.input = right_line("l-1")}).out, HasSubstr(std::string("l-1") + kRight));
  EXPECT_THAT(grade({"--format", "csv", "-"}, {.input = "learner_id,n,t,c,p\nl-1,4,Москва,b|a,x=2|y=3\n"}).out,
              HasSubstr(std::string("l-1") + kRight));
}

TEST_F(Grade, ReadsAFullSubmissionEventToo) {
  const std::string file = folder.write(
      "e.jsonl", R"({"tenantId": "t", "submissionId": "s", "assignmentId": "small", "learnerId": "l-9", "attemptNo": 2, "specId": "small",)"
                 R"( "responses": [{"partId": "n", "text": {"text": "4"}}, {"partId": "c", "choice": {"ticked": ["a", "b"]}},)"
                 R"( {"partId": "p.x", "text": {"text": "2"}}]})" "\n");
  EXPECT_THAT(rows_of(file), ElementsAre(StartsWith("l-9,2,3,5,3,FINAL,1,GRADED,0,NOT_ATTEMPTED,1,GRADED,1,GRADED,0,NOT_ATTEMPTED")));
}

TEST_F(Grade, OneRowOutForOneRowInInOrderWithBrokenRowsBetween) {
  const std::string file =
      folder.write("a.jsonl", right_line("l-1") + "{\"learner_id\": \"l-2\", \"responses\": {\"n\"\n" + right_line("l-3") + "[]\n" +
                                  "{\"learner_id\": \"l-5\"}\n" + "\n" + right_line("l-6") + "\xFF\xFE\n" +
                                  "{\"learner_id\": \"l-8\", \"attempt_no\": 0.5, \"responses\": {}}\n" + right_line("l-9"));
  const Ran ran = grade({"--format", "csv", file});
  EXPECT_EQ(ran.exit_code, 3);
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 10u) << ran.out;
  const bool failed[] = {false, true, false, true, true, false, true, true, false};
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(count_of(lines[i + 1], ",FAILED,"), failed[i] ? 1u : 0u) << lines[i + 1];
  for (const std::size_t i : {1, 3, 6, 9}) EXPECT_THAT(lines[i], HasSubstr(kRight)) << lines[i];
}

TEST_F(Grade, OrderIsTheInputsWithManyThreadsAndFiles) {
  std::string first, second, expected;
  for (int i = 0; i < 4'000; ++i) {
    const std::string learner = "l-" + std::to_string(i);
    (i < 3'000 ? first : second) += i % 7 == 3 ? "broken " + learner + "\n" : right_line(learner);
    expected += i % 7 == 3 ? "," : learner + ",";
  }
  const Ran ran = grade({"--format", "csv", "--jobs", "4", folder.write("1.jsonl", first), folder.write("2.jsonl", second)});
  EXPECT_EQ(ran.exit_code, 3);
  std::string learners;
  auto lines = lines_of(ran.out);
  for (std::size_t i = 1; i < lines.size(); ++i) learners += lines[i].substr(0, lines[i].find(',') + 1);
  EXPECT_EQ(lines.size(), 4'001u);
  EXPECT_EQ(learners, expected);
}

TEST_F(Grade, CsvGuardsCellsThatASpreadsheetWouldRun) {
  std::string lines;
  for (const char* learner : {"=1+1", "+1", "-1", "@SUM(A1)", "l-5"}) lines += right_line(learner);
  const auto rows = rows_of(folder.write("a.jsonl", lines));
  EXPECT_THAT(rows,
              ElementsAre(StartsWith("'=1+1,"), StartsWith("'+1,"), StartsWith("'-1,"), StartsWith("'@SUM(A1),"), StartsWith("l-5,")));
}

TEST_F(Grade, OutputReplacesTheFileOnlyWhenAllIsWritten) {
  const std::string answers = folder.write("a.jsonl", right_line("l-1"));
  const std::string output = folder.write("out/result.csv", "earlier\n");
  ASSERT_EQ(grade({"--format", "csv", "--output", output, answers}).exit_code, 0);
  EXPECT_THAT(folder.read("out/result.csv"), HasSubstr(std::string("l-1") + kRight));
  const std::string before = folder.read("out/result.csv");
  const Ran missing = grade({"--format", "csv", "--output", output, answers, folder.at("no-such.jsonl")});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(folder.read("out/result.csv"), before) << "a run that failed leaves the earlier file";
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path() / "out"), {}), 1) << "and nothing beside it";
}

TEST_F(Grade, OutputKeepsTheFilesPermissionsAndWritesDevicesInPlace) {
  const std::string answers = folder.write("a.jsonl", right_line("l-1"));
  const std::string output = folder.write("result.csv", "earlier\n");
  ASSERT_EQ(chmod(output.c_str(), 0640), 0);
  ASSERT_EQ(grade({"--format", "csv", "--output", output, answers}).exit_code, 0);
  struct stat info {};
  ASSERT_EQ(stat(output.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640u);
  EXPECT_EQ(grade({"--output", "/dev/null", answers}).exit_code, 0);
  ASSERT_EQ(stat("/dev/null", &info), 0);
  EXPECT_TRUE(S_ISCHR(info.st_mode));
  EXPECT_EQ(grade({"--output", folder.at("no/such/folder/x.csv"), answers}).exit_code, 2);
}

TEST_F(Grade, AnInterruptedRunLeavesNothingBesideTheEarlierFile) {
  const std::string output = folder.write("out/result.csv", "earlier\n");
  const auto files = [&] { return std::distance(std::filesystem::directory_iterator(folder.path() / "out"), {}); };
  ASSERT_EQ(mkfifo(folder.at("wait").c_str(), 0600), 0);  // nobody writes to it: grade waits until it is interrupted
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    Running grading(folder, otmetka({"grade", "--spec", spec, "--output", output, "wait"}), {});
    EXPECT_TRUE(holds_soon([&] { return files() == 2; })) << "the rows go to a second file";
    grading.signal(number);
    EXPECT_EQ(grading.wait().exit_code, 128 + number);
    EXPECT_EQ(files(), 1);
  }
  EXPECT_EQ(folder.read("out/result.csv"), "earlier\n");
}

TEST_F(Grade, OutputThroughASymbolicLinkReplacesWhatItLeadsTo) {
  namespace fs = std::filesystem;
  const std::string answers = folder.write("a.jsonl", right_line("l-1"));
  folder.write("real/result.csv", "earlier\n");
  fs::create_symlink("real/result.csv", folder.path() / "link");
  fs::create_symlink("real/new.csv", folder.path() / "dangling");
  fs::create_symlink("circle", folder.path() / "circle");
  for (const char* link : {"link", "dangling"}) {
    EXPECT_EQ(grade({"--format", "csv", "--output", folder.at(link), answers}).exit_code, 0);
    EXPECT_TRUE(fs::is_symlink(folder.path() / link));
    EXPECT_THAT(folder.read(link), HasSubstr(std::string("l-1") + kRight));
  }
  EXPECT_EQ(grade({"--output", folder.at("circle"), answers}).exit_code, 2);
}

TEST_F(Grade, OnlyAnOutputThatReplacesAFileSpeaksOfTheEarlierOne) {
  const std::string answers = folder.write("a.jsonl", right_line("l-1"));
  std::vector<std::string> to_full = otmetka({"grade", "--lang", "en", "--spec", spec, answers});
  to_full.insert(to_full.begin(), {"sh", "-c", "exec \"$@\" > /dev/full", "sh"});
  const Ran full = run(folder, to_full);
  EXPECT_THAT(full.err, AllOf(HasSubstr("OT522"), Not(HasSubstr("earlier"))));
  EXPECT_THAT(grade({"--output", folder.at("no/folder/x.csv"), answers}).err, AllOf(HasSubstr("OT532"), HasSubstr("earlier")));
}

TEST_F(Grade, UnknownColumnsAndItemsAreNamedAndTheRestIsGraded) {
  const Ran table = grade({"--format", "csv", folder.write("a.csv", "learner_id,n,tt\nl-1,4,Москва\n")});
  EXPECT_EQ(table.exit_code, 0);
  EXPECT_THAT(table.err, AllOf(HasSubstr("OT34"), HasSubstr("tt")));
  EXPECT_THAT(table.out, HasSubstr("l-1,1,1,5"));
  const Ran lines = grade({"--format", "csv",
                           folder.write("a.jsonl", R"({"learner_id": "l-1", "responses": {"n": "4", "zzz": "1"}})"
                                                   "\n")});
  EXPECT_EQ(lines.exit_code, 0);
  EXPECT_THAT(lines.out, AllOf(HasSubstr("l-1,1,1,5"), HasSubstr("zzz")));
}

TEST_F(Grade, ATableThatNamesNoItemIsRefusedAndNotGradedAsZeros) {
  const Ran ran = grade({folder.write("a.csv", "p-1,4\np-2,5\n")});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("OT353"));
}

TEST_F(Grade, AFailedRowKeepsWhoseItIsAndWhichAttempt) {
  const Ran ran = grade(
      {"--format", "csv", folder.write("a.jsonl", R"({"learner_id": "l-9", "attempt_no": 3, "submitted_at": "now", "responses": {}})")});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(lines_of(ran.out).at(1), StartsWith("l-9,3,"));
}

TEST_F(Grade, TheRubricsPartOfAnExplanationCanBeFollowed) {
  const std::string rubric = "rubric:\n  attempts: {factor: [1, 1/2]}\n  late: {minus: 10%, floor: 20%}\n  round: {to: 1}\n";
  folder.write("small.yaml", std::string(kSmallSpec) + rubric);
  const Ran late =
      grade({"--explain",
             folder.write("a.jsonl", R"({"learner_id": "l-1", "attempt_no": 2, "submitted_at": "2026-01-02T12:00:00Z", )"
                                     R"("due_at": "2026-01-01T00:00:00Z", "responses": {"n": "4", "t": "Москва", "c": ["a", "b"]}})")});
  EXPECT_THAT(late.out, HasSubstr("attempt 2: 3 × 0.5 − 2 late periods × 0.1 × 5 → 0.5 (not below 0.3)\n"
                                  "rounded to 1: 0.5 → 1\nfinal mark: 1 of 5\n"));
  const Ran second = grade({"--explain", folder.write("b.jsonl", R"({"attempt_no": 2, "responses": {"n": "4", "t": "Москва"}})")});
  EXPECT_THAT(second.out, HasSubstr("attempt 2: 2 × 0.5 = 1\nfinal mark: 1 of 5\n"));
}

TEST_F(Grade, TheShortFormIsMadeOfSentences) {
  const Ran ran = grade({"--explain", folder.write("a.jsonl", R"({"responses": {"n": "5", "c": [["a"]]}})")});
  EXPECT_THAT(ran.out, Not(HasSubstr("..")));
  EXPECT_THAT(ran.out, HasSubstr("n: 0 of 1 — graded. The number is wrong.\n"));
  EXPECT_EQ(count_of(ran.out, "the answer is too complex"), 1u) << ran.out;
}

TEST_F(Grade, NumbersInJsonAreTheCharactersTyped) {
  const std::string file = folder.write("a.jsonl", R"({"responses": {"n": 4}})"
                                                   "\n"
                                                   R"({"responses": {"n": 4.000}})"
                                                   "\n"
                                                   R"({"responses": {"n": 40e-1}})"
                                                   "\n");
  EXPECT_THAT(rows_of(file), testing::Each(HasSubstr(",1,1,5,1,FINAL,1,GRADED")));
}

// Of each line of the JSON form.
std::vector<std::string> result_ids(const std::string& out) {
  std::vector<std::string> ids;
  for (const std::string& line : lines_of(out)) {
    const auto at = line.find("\"result_id\":\"") + 13;
    ids.push_back(line.substr(at, line.find('"', at) - at));
  }
  return ids;
}

TEST_F(Grade, ARowWithoutSubmissionIdHasAResultIdOfItsOwnWheneverItIsGraded) {
  const std::string same = R"({"learner_id": "l-1", "responses": {"n": "4"}})" "\n";
  const std::string first = folder.write("1.jsonl", same + same + "{\n{\n");
  const std::string second = folder.write("2.csv", "learner_id,n\nl-1,4\nl-1,4\n");
  folder.write("class/l-1/n.txt", "4");
  folder.write("class/l-2/n.txt", "4");
  const auto graded = [&] { return grade({"--format", "jsonl", "--jobs", "2", first, second, folder.at("class")}).out; };
  const auto ids = result_ids(graded());
  EXPECT_EQ(ids.size(), 8u);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 8u);
  EXPECT_EQ(result_ids(graded()), ids);
}

TEST_F(Grade, ASubmissionIdAloneDecidesTheResultId) {
  const std::string named = R"({"submission_id": "s-1", "tenant_id": "north", "learner_id": "l-1", "responses": {"n": "4"}})" "\n";
  const std::string out = grade({"--format", "jsonl", folder.write("a.jsonl", right_line("l-0") + named + named)}).out;
  const auto ids = result_ids(out);
  ASSERT_EQ(ids.size(), 3u);
  EXPECT_EQ(ids[1], ids[2]);
  EXPECT_EQ(count_of(out, R"("tenant_id":"north")"), 2u);
  EXPECT_EQ(count_of(out, R"("submission_id":"s-1")"), 2u);
  EXPECT_EQ(count_of(out, R"("submission_id":"")"), 1u) << "as the row has it";
}

TEST_F(Grade, FailUnderTakesAShareAndNothingElse) {
  const std::string half = folder.write("a.jsonl", R"({"responses": {"n": "4"}})" "\n" + right_line("l-2"));  // 1/5 and 5/5
  for (const char* bad : {"60", "101", "101%", "-1", "-25%", "1.01", "most", "%"}) {
    const Ran ran = grade({"--fail-under=" + std::string(bad), half});
    EXPECT_EQ(ran.exit_code, 2) << bad;
    EXPECT_THAT(ran.err, HasSubstr("OT523")) << bad;
  }
  for (const char* met : {"0", "0.6", "60%", "3/5", "60 %"}) EXPECT_EQ(grade({"--fail-under", met, half}).exit_code, 0) << met;
  for (const char* missed : {"0.6000000001", "60.0000001%", "1", "100%"}) {
    EXPECT_EQ(grade({"--fail-under", missed, half}).exit_code, 1) << missed;
  }
}

TEST_F(Grade, RowsThatFailedCountForNothingInTheMeanShare) {
  const Ran some = grade({folder.write("a.jsonl", right_line("l-1") + "{\n")});
  EXPECT_EQ(some.exit_code, 3);
  EXPECT_THAT(some.err, HasSubstr("2 works, not graded: 1, mean share: 100 %"));
  EXPECT_THAT(grade({folder.write("a.jsonl", "{\n")}).err, HasSubstr("mean share: - %"));
}

TEST_F(Grade, AnAttemptIsCountedFromOne) {
  const std::string zero = R"({"learner_id": "l-1", "attempt_no": 0, "responses": {"n": "4"}})" "\n";
  for (const std::string& file : {folder.write("a.jsonl", zero), folder.write("a.csv", "learner_id,attempt_no,n\nl-1,0,4\n")}) {
    const Ran ran = grade({"--format", "csv", file});
    EXPECT_EQ(ran.exit_code, 3) << file;
    EXPECT_THAT(ran.out, HasSubstr("OT311")) << file;
  }
  const std::string event = R"({"submissionId": "s", "learnerId": "l-1", "attemptNo": 0, "responses": []})" "\n";
  EXPECT_THAT(rows_of(folder.write("e.jsonl", event)), ElementsAre(StartsWith("l-1,1,"))) << "protobuf's way to write nothing";
}

TEST_F(Grade, ARowThatAsksForAnotherSpecSaysSo) {
  const std::string of_this = R"({"spec_id": "small", "responses": {"n": "4"}})" "\n";
  const std::string of_other = R"({"spec_id": "large", "responses": {"n": "4"}})" "\n";
  const std::string of_version = R"({"spec_sha256": "00ff", "responses": {"n": "4"}})" "\n";
  const Ran ran = grade({"--format", "jsonl", folder.write("a.jsonl", of_this + of_other + of_version)});
  EXPECT_THAT(lines_of(ran.out),
              ElementsAre(Not(HasSubstr("OT386")), AllOf(HasSubstr("OT386"), HasSubstr("large"), HasSubstr("\"spec_id\":\"small\"")),
                          AllOf(HasSubstr("OT386"), HasSubstr("00ff"))));
}

TEST_F(Grade, HelpSaysThatEachRowIsJudgedAlone) {
  EXPECT_THAT(grade({"--help"}).out, AllOf(HasSubstr("Each row is judged alone"), HasSubstr("AMBIGUOUS")));
}

}  // namespace
}  // namespace otmetka::e2e
