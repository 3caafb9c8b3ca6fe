// Of answers: the wrong example, read as answers are read, draws its code, and the same put right draws nothing.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/answers/answers_reader.h"
#include "engine/grade_submission.h"
#include "engine/spec_check.h"
#include "messages/catalogue.h"
#include "queue/codec.h"
#include "tests/explain/example_files.h"

namespace otmetka::explain {
namespace {

using checkers::AnswerShape;
using messages::Entry;
using Codes = std::set<std::string>;

// Drawn by what becomes of a work later; tests/e2e/explain_examples_test.cc has those that are commands.
const Codes kElsewhere = {
    "OT309",           // a damaged record: no example
    "OT380", "OT381",  // a queue and its server
    "OT382",           // a stored result that cannot be graded again: no example
};

// What “…” stands for where an example is too long to be shown.
const std::map<std::string, std::string, std::less<>>& written_out() {
  static const std::map<std::string, std::string, std::less<>> kWritten = [] {
    std::map<std::string, std::string, std::less<>> out;
    out["OT301"].assign(queue::kMaxSubmissionBytes, 'x');
    out["OT310"].assign(2'000, 'x');
    out["OT322"].assign(queue::kMaxAnswerBytes, 'x');
    for (int i = 0; i < 300'000; ++i) out["OT307"] += i == 0 ? "\"3\"" : ",\"3\"";
    for (int i = 0; i < 10'000; ++i) out["OT315"] += (i == 0 ? "" : ", ") + ("\"r-" + std::to_string(i)) + "\": \"a\"";
    for (int i = 0; i < 10'000; ++i) out["OT323"] += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\"";
    return out;
  }();
  return kWritten;
}

std::string whole(std::string_view code, std::string_view example) {
  std::string text(example);
  const std::string_view dots = "…";
  const auto more = written_out().find(code);
  const auto at = text.find(dots);
  return more == written_out().end() || at == std::string::npos ? text : text.replace(at, dots.size(), more->second);
}

void add(const Submission& submission, Codes& codes) {
  for (const Message& notice : submission.notices) codes.insert(notice.id);
  for (const Response& response : submission.responses) {
    if (const auto* misshapen = std::get_if<MisshapenAnswer>(&response.answer)) codes.insert(misshapen->reason.id);
  }
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// As a record of a queue: JSON, one work a line, unless a header says otherwise.
Codes of_records(std::string_view example) {
  Codes out;
  auto encoding = queue::Encoding::kJson;
  for (const std::string& line : lines_of(example)) {
    if (line.starts_with("content-type: ")) {
      encoding = line.ends_with("json") ? queue::Encoding::kJson : queue::Encoding::kProtobuf;
      continue;
    }
    const auto read = queue::decode_submission(line, encoding);
    if (read) add(*read, out);
    if (!read) out.insert(read.failure().code());
  }
  return out;
}

Codes of_path(const std::string& path) {
  static const engine::answers::Shapes kShapes = {
      {"v", AnswerShape::kText},     {"t", AnswerShape::kText},           {"why", AnswerShape::kText}, {"gravity", AnswerShape::kText},
      {"capital", AnswerShape::kText}, {"capitals", AnswerShape::kMapping}, {"fizz", AnswerShape::kFiles}};
  auto reader = engine::answers::open_answers(path, kShapes);
  if (!reader) return {reader.failure().code()};
  Codes out;
  while (const auto row = (*reader)->next()) {
    if (row->submission) add(*row->submission, out);
    if (!row->submission) out.insert(row->submission.failure().code());
  }
  for (const Message& notice : (*reader)->notices()) out.insert(notice.id);
  return out;
}

Codes of_file(const char* name, std::string_view example) {
  const ExampleFiles files;
  files.write("ada/fizz.py", "print(1)\n");
  return of_path(files.write(name, std::string(example)));
}

// One path a line, with a size where it matters.
Codes of_folder(std::string_view example) {
  const ExampleFiles files;
  for (const std::string& line : lines_of(example)) {
    const bool large = line.ends_with("# 1 MiB");
    files.write(line.substr(0, line.find(' ')), std::string(large ? 1u << 20 : 1u, '4'));
  }
  return of_path(files.at("answers"));
}

Codes of_grading(std::string_view example) {
  const auto spec = engine::check_spec_text("grade: v1\nid: s\nitems:\n- {id: gravity, text: x}\n- {id: v, text: x}\n", "s.yaml", "",
                                            engine::Depth::kCompile);
  Codes out;
  const auto submission = queue::decode_submission(example, queue::Encoding::kJson);
  if (!submission) return {submission.failure().code()};
  const auto result = engine::grade_submission(*spec.spec, *submission, {});
  if (!result) return {result.failure().code()};
  for (const Message& notice : result->notices) out.insert(notice.id);
  return out;
}

Codes drawn(const std::string& code, std::string_view shown) {
  const std::string example = whole(code, shown);
  if (example.starts_with("answers/")) return of_folder(example);
  if (code == "OT383" || code == "OT384") return of_grading(example);
  if (code == "OT352" || code == "OT361" || code == "OT363") return of_file("a.jsonl", example);
  if (example.starts_with("content-type") || code < "OT340") return of_records(example);
  return of_file("a.csv", example);
}

std::vector<const Entry*> codes_of_answers() {
  std::vector<const Entry*> out;
  for (const auto entries : {messages::input_entries(), messages::answer_file_entries(), messages::work_entries()}) {
    for (const Entry& entry : entries) {
      const bool command = entry.wrong.find("otmetka ") != std::string_view::npos;
      if (!command && !kElsewhere.contains(std::string(entry.id))) out.push_back(&entry);
    }
  }
  return out;
}

TEST(AnswerExamples, TheWrongOneDrawsItsCodeAndTheRightOneNothing) {
  for (const Entry* entry : codes_of_answers()) {
    const std::string code(entry->id);
    const Codes wrong = drawn(code, entry->wrong);
    EXPECT_TRUE(wrong.contains(code)) << code << " not by " << entry->wrong << ": " << testing::PrintToString(wrong);
    EXPECT_EQ(drawn(code, entry->right), Codes()) << code << "\n" << entry->right;
  }
}

}  // namespace
}  // namespace otmetka::explain
