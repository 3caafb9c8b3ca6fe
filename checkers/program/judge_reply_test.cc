#include "checkers/program/judge_reply.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::program {
namespace {

std::string reason(const Result<JudgeSaid>& said) {
  if (said.ok()) return "no error";
  EXPECT_EQ(said.failure().code(), "OT565");
  EXPECT_FALSE(said.failure().retryable);
  EXPECT_EQ(said.failure().message.args.size(), 2u);
  EXPECT_EQ(std::get<std::string>(said.failure().message.args.at(0)), "");
  return std::get<std::string>(said.failure().message.args.at(1));
}

struct Reply {
  int exit_code;
  std::string text;
  Verdict verdict;
  Ratio credit;
  std::string message;
};

void expect(const Result<JudgeSaid>& said, const Reply& row) {
  ASSERT_TRUE(said.ok()) << row.exit_code << " " << row.text;
  EXPECT_EQ(said->verdict, row.verdict) << row.exit_code << " " << row.text;
  EXPECT_EQ(said->credit, row.credit) << row.exit_code << " " << row.text;
  EXPECT_EQ(said->message, row.message) << row.exit_code << " " << row.text;
}

TEST(Testlib, SaysItWithTheExitCode) {
  const Reply rows[] = {
      {0, "ok 3 tokens\n", Verdict::kGraded, 1, "3 tokens"},
      {0, "ok \n", Verdict::kGraded, 1, ""},
      {0, "", Verdict::kGraded, 1, ""},
      {0, "okay then", Verdict::kGraded, 1, "okay then"},
      {1, "wrong answer 1st words differ - expected: '5', found: '4'\n", Verdict::kWrongAnswer, 0,
       "1st words differ - expected: '5', found: '4'"},
      {1, "", Verdict::kWrongAnswer, 0, ""},
      {2, "wrong output format Extra information in the output file\n", Verdict::kWrongAnswer, 0, "Extra information in the output file"},
      {4, "", Verdict::kWrongAnswer, 0, ""},
      {8, "unexpected eof Unexpected end of file\n", Verdict::kWrongAnswer, 0, "Unexpected end of file"},
  };
  for (const Reply& row : rows) expect(read_testlib(row.exit_code, row.text), row);
}

TEST(Testlib, GivesPoints) {
  const Reply rows[] = {
      {7, "points 0.5 half of it\n", Verdict::kGraded, Ratio(1, 2), "half of it"},
      {7, "points 1\n", Verdict::kGraded, 1, ""},
      {7, "points 0.3333333333 third", Verdict::kGraded, Ratio(333'333, 1'000'000), "third"},
      {7, "points 0.0 nothing", Verdict::kWrongAnswer, 0, "nothing"},
      {7, "points 0.1 printed:\npoints 1 all\npoints 1", Verdict::kGraded, Ratio(1, 10), "printed:\npoints 1 all\npoints 1"},
      {7, "what it read\npoints 0.25 a\nb\n", Verdict::kGraded, Ratio(1, 4), "a\nb"},
  };
  for (const Reply& row : rows) expect(read_testlib(row.exit_code, row.text), row);
}

TEST(Testlib, PointsThatAreNoShareAreTheJudgesFault) {
  const std::pair<std::string, std::string> rows[] = {
      {"", "exit 7"},
      {"0.5", "exit 7: 0.5"},
      {"points", "exit 7: points"},
      {"points x", "exit 7: points x"},
      {"points 50 of 100", "exit 7: points 50 of 100"},
      {"points -1", "exit 7: points -1"},
      {"points nan", "exit 7: points nan"},
      {"points_info=0.5", "exit 7: points_info=0.5"},
      {"points points_info=0.5", "exit 7: points points_info=0.5"},
      {"read:\npoints 1\npoints 0.1", "exit 7: read:\npoints 1\npoints 0.1"},  // the learner's program may have printed either
  };
  for (const auto& [text, what] : rows) EXPECT_EQ(reason(read_testlib(7, text)), what);
}

TEST(Testlib, CountsPartlyCorrectInTwoHundredths) {
  const Reply rows[] = {
      {100, "partially correct (100) half", Verdict::kGraded, Ratio(1, 2), "half"},    // as testlib.h is
      {150, "partially correct (100) half", Verdict::kGraded, Ratio(1, 2), "half"},    // compiled with TESTSYS
      {116, "partially correct (100) half", Verdict::kGraded, Ratio(1, 2), "half"},
      {200, "partially correct (200)\n", Verdict::kGraded, 1, ""},
      {50, "partially correct (0) no", Verdict::kWrongAnswer, 0, "no"},
      {0, "partially correct (0) no", Verdict::kWrongAnswer, 0, "no"},                 // and not "ok"
      {1, "partially correct (1) little", Verdict::kGraded, Ratio(1, 200), "little"},  // and not "wrong answer"
      {7, "partially correct (7)", Verdict::kGraded, Ratio(7, 200), ""},
      {40, "partially correct (40) printed:\npartially correct (200)", Verdict::kGraded, Ratio(1, 5),
       "printed:\npartially correct (200)"},
      {40, "what it read\npartially correct (40) x", Verdict::kGraded, Ratio(1, 5), "x"},
  };
  for (const Reply& row : rows) expect(read_testlib(row.exit_code, row.text), row);
}

TEST(Testlib, WordsThatDoNotFitTheCodeAreTheJudgesFault) {
  EXPECT_EQ(reason(read_testlib(100, "partially correct (99)")), "exit 100: partially correct (99)");
  EXPECT_EQ(reason(read_testlib(201, "partially correct (201)")), "exit 201: partially correct (201)");
  EXPECT_EQ(reason(read_testlib(40, "partially correct (40")), "exit 40: partially correct (40");
  EXPECT_EQ(reason(read_testlib(20, "partially correct (-30)")), "exit 20: partially correct (-30)");
  EXPECT_EQ(reason(read_testlib(40, "partially correct (30) printed:\npartially correct (40)")),
            "exit 40: partially correct (30) printed:\npartially correct (40)");
  // A message cannot turn a named outcome into another.
  expect(read_testlib(1, "wrong answer printed:\npartially correct (1)"),
         {1, "", Verdict::kWrongAnswer, 0, "printed:\npartially correct (1)"});
  expect(read_testlib(0, "ok printed:\npartially correct (0)"), {0, "", Verdict::kGraded, 1, "printed:\npartially correct (0)"});
}

TEST(Testlib, AnythingElseIsTheJudgesFault) {
  EXPECT_EQ(reason(read_testlib(3, "FAIL jury has no answer\n")), "exit 3: jury has no answer");
  for (const int code : {5, 6, 9, 16, 42, 50, 66, 127, 216, 255}) EXPECT_EQ(reason(read_testlib(code, "")), "exit " + std::to_string(code));
  EXPECT_EQ(reason(read_testlib(127, "sh: no such file\x1b[0m")), "exit 127: sh: no such file␛[0m");
}

TEST(Testlib, MessagesAreKeptShort) {
  const auto said = read_testlib(1, "wrong answer " + std::string(100'000, 'x'));
  EXPECT_EQ(said->message, std::string(kMostJudgeMessageBytes, 'x'));
  EXPECT_LT(reason(read_testlib(3, std::string(100'000, '\x01'))).size(), kMostJudgeMessageBytes + 20);
}

TEST(Kattis, SaysItWithTheExitCode) {
  expect(read_kattis(42, "fine\n", "", false), {42, "", Verdict::kGraded, 1, "fine"});
  expect(read_kattis(43, "Wrong answer on line 1\n", "", false), {43, "", Verdict::kWrongAnswer, 0, "Wrong answer on line 1"});
  for (const int code : {0, 1, 2, 41, 44, 255}) {
    EXPECT_EQ(reason(read_kattis(code, "words", "1", true)), "exit " + std::to_string(code) + ": words");
  }
}

TEST(Kattis, GivesAScoreOrAMultiplier) {
  const struct {
    int exit_code;
    bool scoring;
    std::string score_text, multiplier_text;
    std::optional<double> score;
    Ratio credit;
  } rows[] = {
      {42, true, "", "", std::nullopt, 1},
      {42, true, "12.5\n", "", 12.5, 1},
      {42, true, "1e-05", "", 1e-5, 1},
      {42, true, "0", "", 0.0, 1},
      {42, true, "", "0.25\n", std::nullopt, Ratio(1, 4)},
      {42, true, "", "0", std::nullopt, 0},
      {42, false, "12.5", "0.5", std::nullopt, 1},
      {43, true, "12.5", "0.5", std::nullopt, 0},
      {43, true, "x", "y", std::nullopt, 0},
  };
  for (const auto& row : rows) {
    const auto said = read_kattis(row.exit_code, "", row.score_text, row.scoring, row.multiplier_text);
    ASSERT_TRUE(said.ok()) << row.score_text << row.multiplier_text;
    EXPECT_EQ(said->verdict, row.exit_code == 42 ? Verdict::kGraded : Verdict::kWrongAnswer);
    EXPECT_EQ(said->score, row.score);
    EXPECT_EQ(said->credit, row.credit);
  }
}

TEST(Kattis, AScoreThatCannotBeReadIsTheJudgesFault) {
  EXPECT_EQ(reason(read_kattis(42, "", "much", true)), "exit 42: score.txt: much");
  EXPECT_EQ(reason(read_kattis(42, "", "1 2", true)), "exit 42: score.txt: 1 2");
  EXPECT_EQ(reason(read_kattis(42, "", "\n", true)), "exit 42: score.txt:");
  EXPECT_EQ(reason(read_kattis(42, "", "inf", true)), "exit 42: score.txt: inf");
  EXPECT_EQ(reason(read_kattis(42, "", "", true, "1.5")), "exit 42: score_multiplier.txt: 1.5");
  EXPECT_EQ(reason(read_kattis(42, "", "1", true, "1")), "exit 42: score.txt + score_multiplier.txt");
}

}  // namespace
}  // namespace otmetka::checkers::program
