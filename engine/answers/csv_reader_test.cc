#include "engine/answers/csv_reader.h"

#include <thread>

#include <unistd.h>

#include "engine/answers/answers_test_support.h"

namespace otmetka::engine::answers {
namespace {

using checkers::AnswerShape;
using Rows = std::vector<std::string>;

const Shapes kShapes = {{"v", AnswerShape::kText},           {"t", AnswerShape::kText},
                        {"why", AnswerShape::kText},         {"gravity", AnswerShape::kText},
                        {"primes", AnswerShape::kChoice},    {"steps", AnswerShape::kSequence},
                        {"capitals", AnswerShape::kMapping}, {"trip", AnswerShape::kParts},
                        {"trip.v", AnswerShape::kText},      {"trip.why", AnswerShape::kChoice}};

Rows rows(const std::string& bytes) {
  const TestFolder folder;
  return read_all(folder.write("a.csv", bytes), kShapes);
}

std::vector<std::string> notices(const std::string& bytes) {
  const TestFolder folder;
  auto reader = open_answers(folder.write("a.csv", bytes), kShapes);
  if (!reader) return {reader.failure().code()};
  all_rows(**reader);
  return codes((*reader)->notices());
}

TEST(CsvReader, CellsBecomeAnswersOfTheItemsShape) {
  const std::pair<std::string, std::string> cells[] = {
      {"v,9.80", "v=9.80"},
      {"v,\" 9,8 \"", "v= 9,8 "},
      {"primes,a|b", "primes=choice[a|b]"},
      {"primes, a | b |", "primes=choice[a|b]"},
      {"primes,|", "primes=choice[]"},
      {"steps,c|a|b", "steps=[c|a|b]"},
      {"capitals,Франция=Париж|Япония = Токио", "capitals={Франция:Париж,Япония:Токио}"},
      {"capitals,a=b=c", "capitals={a:b=c}"},
      {"capitals,Франция", "capitals=!OT350"},
      {"trip,v=72|t=5", "trip={v:72,t:5}"},
      {"trip.why,a|b", "trip.why=choice[a|b]"},
      {"trip.v,72 км/ч", "trip.v=72 км/ч"},
  };
  for (const auto& [pair, expected] : cells) {
    const auto comma = pair.find(',');
    const std::string bytes = "learner_id," + pair.substr(0, comma) + "\np-1," + pair.substr(comma + 1) + "\n";
    EXPECT_EQ(rows(bytes), Rows{"2 p-1: " + expected}) << bytes;
  }
}

TEST(CsvReader, AnEmptyCellIsNoAnswer) { EXPECT_EQ(rows("learner_id,v,primes\np-1,,a\n"), Rows{"2 p-1: primes=choice[a]"}); }

TEST(CsvReader, ATableWithoutASingleItemIsRefusedAndNotGradedAsZeros) {
  EXPECT_EQ(rows("p-1,9.8\np-2,9.9\n"), Rows{"OT353"}) << "no header at all";
  EXPECT_EQ(rows("learner_id,velocity\np-1,9.8\n"), Rows{"OT353"});
  EXPECT_EQ(rows("learner_id,velocity,v\np-1,9.8,1\n"), Rows{"2 p-1: v=1"});
}

TEST(CsvReader, ABrokenRowStillSaysWhoseItIsAndWhichAttempt) {
  const TestFolder folder;
  auto reader = open_answers(folder.write("a.csv", "learner_id,attempt_no,submitted_at,v\np-1,3,yesterday,1\n"), kShapes);
  ASSERT_TRUE(reader);
  const auto row = (*reader)->next();
  ASSERT_TRUE(row && !row->submission);
  EXPECT_EQ(row->learner, "p-1");
  EXPECT_EQ(row->attempt_no, 3);
}

TEST(CsvReader, EnvelopeColumnsAreReadAsInJson) {
  const TestFolder folder;
  auto reader = open_answers(
      folder.write("a.csv", "learner_id;attempt_no;submitted_at;v\np-1;2.0;2026-11-23T10:15:00+03:00;9,8\np-2;;;\n"), kShapes);
  ASSERT_TRUE(reader);
  const auto row = (*reader)->next();
  ASSERT_TRUE(row && row->submission);
  EXPECT_EQ(row->submission->attempt_no, 2);
  EXPECT_EQ(to_rfc3339(row->submission->submitted_at.value()), "2026-11-23T07:15:00Z");
  EXPECT_EQ(shown(*row), "2 p-1: v=9,8");
  EXPECT_EQ(shown(*(*reader)->next()), "3 p-2: ");
}

TEST(CsvReader, ABadRowDoesNotStopTheOthers) {
  EXPECT_EQ(rows("learner_id,v,t\na,1,2\nb,1\nc,1,2,3\nd,1,2,\ne,\"1\"x,2\nf,1,2\n"),
            (Rows{"2 a: v=1; t=2", "3 b: OT343", "4 c: OT344", "5 d: v=1; t=2", "6 e: OT346", "7 f: v=1; t=2"}));
  EXPECT_EQ(rows("learner_id,attempt_no,v\na,first,1\nb,2,1\n"), (Rows{"2 a: OT311", "3 b: v=1"}));
  EXPECT_EQ(rows("learner_id,v\na,1\nb,\"2"), (Rows{"2 a: v=1", "3 b: OT345"}));
  EXPECT_EQ(rows("learner_id,v\na,1\nb"), (Rows{"2 a: v=1", "3 b: OT343"}));
}

TEST(CsvReader, BlankLinesAreNoRowsAndRowsOfEmptyCellsAre) {
  EXPECT_EQ(rows("\n,\nlearner_id,v\n\na,1\n,\n  ,\n \n\n"), (Rows{"5 a: v=1", "6 : ", "7 : "}));
}

TEST(CsvReader, LineEndsInsideQuotesBelongToTheAnswer) {
  EXPECT_EQ(rows("learner_id,why\r\na,\"one\r\ntwo\"\r\nb,x\r\n"), (Rows{"2 a: why=one\r\ntwo", "4 b: why=x"}));
}

TEST(CsvReader, ByteOrderMarkSeparatorLineAndTabsAreTolerated) {
  const Rows expected = {"2 a: v=1,5"};
  EXPECT_EQ(rows("\xEF\xBB\xBFlearner_id;v\na;1,5\n"), expected);
  EXPECT_EQ(rows("learner_id\tv\na\t1,5\n"), expected);
  EXPECT_EQ(rows("sep=;\r\nlearner_id;v\r\na;1,5\r\n"), Rows{"3 a: v=1,5"});
  EXPECT_EQ(rows("\xEF\xBB\xBFsep=;\nlearner_id;v\na;1,5\n"), Rows{"3 a: v=1,5"});
  EXPECT_EQ(rows(" learner_id ; v \na;1,5\n"), expected);
}

TEST(CsvReader, TheHeaderIsChecked) {
  EXPECT_EQ(rows(""), Rows{"OT348"});
  EXPECT_EQ(rows("\n\n"), Rows{"OT348"});
  EXPECT_EQ(rows("v,v\n1,2\n"), Rows{"OT342"});
  EXPECT_EQ(rows("v,\"t\n1,2\n"), Rows{"OT345"});
  EXPECT_EQ(rows("learner_id,v,\na,1,\n"), Rows{"2 a: v=1"});
  EXPECT_EQ(rows("learner_id,v\n"), Rows{});
}

TEST(CsvReader, UnknownColumnsAreNamedWithTheirNeighbour) {
  EXPECT_EQ(notices("learner,gravty,zzzzzz,v\na,b,c,d\n"), (std::vector<std::string>{"OT340", "OT340", "OT341"}));
  EXPECT_EQ(rows("lerner_id,gravity\na,9.8\n"), Rows{"2 : gravity=9.8"});
}

TEST(CsvReader, WithoutASpecEveryColumnIsAnItem) {
  const TestFolder folder;
  EXPECT_EQ(read_all(folder.write("a.csv", "learner_id,x\na,p|q\n")), Rows{"2 a: x=p|q"});
}

TEST(CsvReader, Windows1251IsReadAndTold) {
  const std::string bytes = "learner_id;v\na;\xCF\xE0\xF0\xE8\xE6\nb;9,8 \xEC/\xF1\n";
  EXPECT_EQ(rows(bytes), (Rows{"2 a: v=Париж", "3 b: v=9,8 м/с"}));
  EXPECT_EQ(notices(bytes), std::vector<std::string>{"OT347"});
}

TEST(CsvReader, ABadByteInAUtf8FileStaysInItsOwnCell) {
  const std::string bytes = "learner_id;v;t\na;\xCF\xE0;5\nb;Париж;6\n";
  EXPECT_EQ(rows(bytes), (Rows{"2 a: v=\xCF\xE0; t=5", "3 b: v=Париж; t=6"}));
  EXPECT_TRUE(notices(bytes).empty());
}

// A pipe shows only its first MiB before rows are wanted.
TEST(CsvReader, APipeIsJudgedByItsBeginningAndJudgedAgain) {
  const auto piped = [](const std::string& bytes) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    std::thread writer([&] {
      for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t n = ::write(ends[1], bytes.data() + at, bytes.size() - at);
        if (n <= 0) break;
        at += static_cast<std::size_t>(n);
      }
      ::close(ends[1]);
    });
    auto reader = CsvReader::open(InputFile(ends[0], "-"), kShapes);
    Rows out;
    while (const auto row = (*reader)->next()) {
      if (row->learner != "filler") out.push_back(row->learner + ":" + shown(*row->submission));
    }
    for (const auto& code : codes((*reader)->notices())) out.push_back(code);
    writer.join();
    return out;
  };
  std::string filler;
  while (filler.size() < (2u << 20)) filler += "filler;x\n";
  EXPECT_EQ(piped("learner_id;v\na;\xCF\xE0\n"), (Rows{"a:v=Па", "OT347"}));
  EXPECT_EQ(piped("learner_id;v\n" + filler + "a;\xCF\xE0\n"), (Rows{"a:v=Па", "OT347"}));
  EXPECT_EQ(piped("learner_id;v\n" + filler + "a;Па\nb;\xCF\xE0\n"), (Rows{"a:v=Па", "b:v=\xCF\xE0"}));
  EXPECT_EQ(piped("learner_id;v\na;\xCF\xE0\n" + filler + "b;Па\n"), (Rows{"a:v=Па", "b:v=Па", "OT347", "OT349"}));
}

}  // namespace
}  // namespace otmetka::engine::answers
