// Submissions whose results are known beforehand, made by one who knows how the specs grade: they are its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "load/mix.h"
#include "load/schedule.h"
#include "model/ratio.h"
#include "model/submission.h"
#include "model/verdict.h"
#include "queue/record.h"

namespace otmetka::load {

struct ExpectedPart {
  std::string part;  // `item` or `item.part`
  Verdict verdict = Verdict::kGraded;
  Ratio credit;
};

enum class Fate {
  kGraded,       // a result with these parts
  kParked,       // a FAILED result and a dead letter: nobody has its spec
  kUndecodable,  // a dead letter alone
};

struct Expectation {
  Fate fate = Fate::kGraded;
  bool program = false;
  std::vector<ExpectedPart> parts;  // all of them, where it is graded
  std::string learner = {};
  std::string assignment = {};
  std::int32_t attempt_no = 1;
};

// What an item is answered with, and what that must get.
struct Variant {
  std::vector<Response> responses;
  std::vector<ExpectedPart> expected;
};

struct Item {
  std::string id;
  std::string yaml;  // of the item, in lines that begin with "- " or two spaces
  std::vector<Variant> right = {};
  std::vector<Variant> wrong = {};
  std::vector<Variant> hostile = {};
};

struct Assignment {
  std::string id;
  std::vector<Item> items;

  std::string spec() const;  // as a file
};

// An item of one of kKinds; `text_chars` as Mix::answer_chars.
Item make_item(std::string_view kind, const std::string& id, int text_chars, Random& random);

// A `code` item: reads two numbers, prints their sum. Its variants are those of one language; `mark` stands in every source, so that
// sources with different marks are compiled each for itself.
struct Program {
  std::string source;
  Verdict verdict = Verdict::kGraded;
  Ratio credit;
};
enum class Intent { kRight, kWrong, kHostile };
std::string program_item_yaml(const std::vector<std::string>& languages, int tests);
const std::vector<Program>& programs_in(std::string_view language, Intent intent);
SubmittedFile source_file(std::string_view language, const Program& program, const std::string& mark);

// The n-th submission is the same for a mix and its seed, whichever were made before. Const use is thread-safe.
class Workload {
 public:
  // `run` tells this run's submissions from others' in one queue: their ids begin with it. Letters, digits and hyphens.
  Workload(Mix mix, std::string run);
  ~Workload();
  Workload(const Workload&) = delete;
  Workload& operator=(const Workload&) = delete;

  std::vector<std::pair<std::string, std::string>> specs() const;  // id and text

  queue::Outgoing submission(std::uint64_t number) const;
  Expectation expectation(std::uint64_t number) const;
  std::string answers_of(std::uint64_t number, const std::string& part) const;  // for an example, at most 200 bytes; empty: none

  // Of a submission_id; nullopt: it is not of this run.
  std::optional<std::uint64_t> number_of(std::string_view submission_id) const;

  const Mix& mix() const { return mix_; }

 private:
  struct Plan;
  Plan plan(std::uint64_t number) const;
  Submission make(std::uint64_t number, const Plan& plan) const;
  static std::string assignment_id(const Plan& plan);
  std::size_t learner(double share) const;

  Mix mix_;
  std::string run_;
  std::vector<Assignment> assignments_;
  std::vector<double> learners_;  // cumulated shares
};

}  // namespace otmetka::load
