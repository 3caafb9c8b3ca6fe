// What every gradebook must do, whatever it is made of. An implementation's own test gives a factory:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, GradebookContract, testing::Values(&make_sqlite_world));
// and lists gradebook_contract.cc, gradebook_permutation.cc and result_maker.cc among its sources.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "gradebook/store.h"

namespace otmetka::gradebook {

// One gradebook that outlives those who open it.
class GradebookWorld {
 public:
  virtual ~GradebookWorld() = default;
  virtual Store& store() = 0;
  virtual void reopen() = 0;                   // as a new process would
  virtual std::unique_ptr<Store> another() = 0;  // a second one on the same gradebook
};

// nullptr: what it is made of is not installed here.
using MakeGradebookWorld = std::unique_ptr<GradebookWorld> (*)();

// A result of learner `p-1` in assignment `a-1`, graded 1 of 2 points; its result_id and content_sha256 follow from the
// rest once finished() has been called.
struct ResultMaker {
  ScoredResult result;

  ResultMaker();
  ResultMaker& learner(const std::string& id) { result.learner = LearnerId(id); return *this; }
  ResultMaker& assignment(const std::string& id) { result.assignment = AssignmentId(id); return *this; }
  ResultMaker& tenant(const std::string& id) { result.tenant = TenantId(id); return *this; }
  ResultMaker& submission(const std::string& id) { result.submission = SubmissionId(id); return *this; }
  ResultMaker& attempt(std::int32_t n) { result.attempt_no = n; return *this; }
  ResultMaker& at(int seconds);
  ResultMaker& raw(const Ratio& points) { result.raw = points; return *this; }
  ResultMaker& version(std::int64_t epoch, std::int64_t revision);
  ResultMaker& spec(const std::string& sha256) { result.spec_sha256 = sha256; return *this; }
  ResultMaker& failed();
  ScoredResult finished() const;
};

// As the feed hands them over: encoded, with the head decoded again.
Result<Applied> apply_results(Store& store, const std::vector<ScoredResult>& results, std::int64_t expected, std::int64_t next);
Result<Applied> apply_results(Store& store, const std::vector<ScoredResult>& results, const Move& move);

// All standings and all history, as text: what two gradebooks that hold the same have in common.
std::string contents(Store& store, const Filter& filter = {});

class GradebookContract : public testing::TestWithParam<MakeGradebookWorld> {
 protected:
  void SetUp() override {
    world_ = GetParam()();
    if (world_ != nullptr) return;
    if (std::getenv("OTMETKA_ALL_INSTALLED") != nullptr) FAIL() << "`./run test` has installed all";
    GTEST_SKIP() << "NOT TESTED: the database is not installed";
  }
  Store& store() { return world_->store(); }
  // Applies behind what was applied before.
  Applied apply(const std::vector<ScoredResult>& results);
  std::vector<Standing> standings(const Filter& filter = {});
  Standing only_standing();

  std::unique_ptr<GradebookWorld> world_;
};

}  // namespace otmetka::gradebook
