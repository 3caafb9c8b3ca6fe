#include "tests/contract/gradebook_contract.h"

#include <atomic>
#include <thread>

#include "gradebook/rules.h"
#include "proto/spec.pb.h"

namespace otmetka::gradebook {

std::string describe(const ScoredResult& r) {
  const std::string time = r.submitted_at ? to_rfc3339(*r.submitted_at) : "-";
  return r.result_id + " " + std::to_string(static_cast<int>(r.progress)) + " " + r.learner.value + "#" +
         std::to_string(r.attempt_no) + " " + r.assignment.value + " " + time + " " + r.raw.to_string() + "/" +
         r.maximum.to_string() + " " + r.content_sha256;
}

std::string contents(Store& store, const Filter& filter) {
  std::string out;
  std::vector<RowKey> rows;
  const auto visited = store.visit(filter, [&](const Standing& standing) {
    for (const ScoredResult& row : standing.attempts) {
      out += describe(row) + "\n";
      rows.push_back({row.tenant, row.assignment, row.learner, row.attempt_no});
    }
    out += "= " + standing.mark.value.to_string() + " shown " + std::to_string(standing.shown) + "\n";
    return true;
  });
  EXPECT_TRUE(visited.ok());
  for (const RowKey& row : rows) {
    const auto history = store.history(row);
    EXPECT_TRUE(history.ok());
    for (const HistoryRow& old : *history) out += "~ " + describe(old.result) + (old.notice ? " " + old.notice->id : "") + "\n";
  }
  return out;
}

Applied GradebookContract::apply(const std::vector<ScoredResult>& results) {
  const std::int64_t position = *store().position();
  const auto applied = apply_results(store(), results, position, position + static_cast<std::int64_t>(results.size()));
  EXPECT_TRUE(applied.ok()) << applied.failure().code();
  return applied.ok() ? *applied : Applied{};
}

std::vector<Standing> GradebookContract::standings(const Filter& filter) {
  std::vector<Standing> out;
  EXPECT_TRUE(store().visit(filter, [&](const Standing& standing) {
    out.push_back(standing);
    return true;
  }).ok());
  return out;
}

Standing GradebookContract::only_standing() {
  auto all = standings();
  EXPECT_EQ(all.size(), 1u);
  return all.empty() ? Standing{} : std::move(all.front());
}

v1::AssessmentSpec spec_using(v1::Attempts::Use use) {
  v1::AssessmentSpec spec;
  spec.set_id("a-1");
  spec.mutable_rubric()->mutable_attempts()->set_use(use);
  return spec;
}

TEST_P(GradebookContract, AResultMakesARowAndAMark) {
  const Applied applied = apply({ResultMaker().finished()});
  EXPECT_EQ(applied.stored, 1u);
  const Standing standing = only_standing();
  ASSERT_EQ(standing.attempts.size(), 1u);
  EXPECT_EQ(describe(standing.attempts[0]), describe(ResultMaker().finished()));
  EXPECT_EQ(standing.mark.value, Ratio(1));
  EXPECT_EQ(standing.shown, 0u);
}

TEST_P(GradebookContract, AllOfAResultComesBackAsItWas) {
  ScoredResult full = ResultMaker().raw(Ratio(2, 3)).finished();
  full.due_at = *full.submitted_at + std::chrono::hours(1);
  full.graded_at = *full.submitted_at + std::chrono::microseconds(1);
  full.notices = {{"OT370", {std::string("лишнее")}}};
  full.parts.push_back({.part = PartId("сумма.a"), .credit = Ratio(1, 3), .points = Ratio(2, 3), .points_max = 2,
                        .status = Verdict::kWrongAnswer, .rule_id = "answer", .tag = "sign", .feedback = {{"say", {}}},
                        .trace = {}, .answer_key = "9.8", .tests = {}, .cpu = {}, .wall = {}, .peak_bytes = 0});
  apply({full});
  const ScoredResult back = only_standing().attempts.at(0);
  EXPECT_EQ(back.due_at, full.due_at);
  EXPECT_EQ(back.graded_at, full.graded_at);
  EXPECT_EQ(back.notices, full.notices);
  ASSERT_EQ(back.parts.size(), 1u);
  EXPECT_EQ(back.parts[0].credit, Ratio(1, 3));
  EXPECT_EQ(back.parts[0].part, PartId("сумма.a"));
  EXPECT_EQ(back.parts[0].status, Verdict::kWrongAnswer);
}

TEST_P(GradebookContract, AScoreOfZeroIsAScore) {
  apply({ResultMaker().raw(0).finished(), ResultMaker().learner("p-2").submission("s-2").raw(0).finished()});
  const auto all = standings();
  ASSERT_EQ(all.size(), 2u);
  for (const Standing& standing : all) {
    EXPECT_EQ(standing.attempts.at(0).raw, Ratio(0));
    EXPECT_EQ(standing.mark.counting, std::optional<std::size_t>(0));
  }
}

TEST_P(GradebookContract, TheSameResultAgainChangesNothing) {
  apply({ResultMaker().finished()});
  const std::string before = contents(store());
  const Applied again = apply({ResultMaker().finished(), ResultMaker().finished()});
  EXPECT_EQ(again.duplicates, 2u);
  EXPECT_EQ(again.stored + again.history + again.conflicts, 0u);
  EXPECT_EQ(contents(store()), before);
}

TEST_P(GradebookContract, ARegradeCanLowerAMark) {
  apply({ResultMaker().raw(2).finished()});
  apply({ResultMaker().raw(Ratio(1, 2)).version(1, 0).finished()});
  EXPECT_EQ(only_standing().mark.value, Ratio(1, 2));
}

TEST_P(GradebookContract, AnOlderVersionThatComesLateGoesToHistory) {
  apply({ResultMaker().raw(1).version(2, 0).finished()});
  const Applied late = apply({ResultMaker().raw(2).version(1, 9).finished(), ResultMaker().raw(2).finished()});
  EXPECT_EQ(late.history, 2u);
  EXPECT_EQ(only_standing().mark.value, Ratio(1));
  const auto history = store().history({TenantId("t"), AssignmentId("a-1"), LearnerId("p-1"), 1});
  ASSERT_EQ(history->size(), 2u);
  EXPECT_EQ(history->front().result.grade_epoch, 1);
  EXPECT_FALSE(history->front().notice.has_value()) << "an earlier version of the same work is no news";
}

TEST_P(GradebookContract, AFailureNeverOverwritesAGradeWhateverItsVersion) {
  apply({ResultMaker().raw(2).finished()});
  apply({ResultMaker().failed().version(7, 7).finished()});
  EXPECT_EQ(only_standing().mark.value, Ratio(2));
  EXPECT_EQ(only_standing().attempts.at(0).progress, Progress::kFinal);
}

TEST_P(GradebookContract, AGradeReplacesAFailureWhateverItsVersion) {
  const Applied applied = apply({ResultMaker().failed().version(7, 7).finished(), ResultMaker().raw(2).finished()});
  EXPECT_EQ(applied.stored, 2u);
  EXPECT_EQ(applied.conflicts, 0u);
  EXPECT_EQ(only_standing().mark.value, Ratio(2));
}

TEST_P(GradebookContract, AFailureAloneIsShownAndCountsForNothing) {
  apply({ResultMaker().failed().finished()});
  const Standing standing = only_standing();
  EXPECT_EQ(standing.attempts.at(0).progress, Progress::kFailed);
  EXPECT_FALSE(standing.mark.counting.has_value());
  EXPECT_EQ(standing.shown, 0u);
}

TEST_P(GradebookContract, ASecondSubmissionForAnAttemptGoesToHistoryWithANotice) {
  const ScoredResult first = ResultMaker().submission("s-9").at(0).raw(1).finished();
  const ScoredResult second = ResultMaker().submission("s-1").at(5).raw(2).version(3, 0).finished();
  for (const bool first_comes_first : {true, false}) {
    world_ = GetParam()();
    apply(first_comes_first ? std::vector{first, second} : std::vector{second, first});
    EXPECT_EQ(only_standing().attempts.at(0).submission, SubmissionId("s-9")) << "the earlier one counts";
    const auto history = store().history({TenantId("t"), AssignmentId("a-1"), LearnerId("p-1"), 1});
    ASSERT_EQ(history->size(), 1u);
    ASSERT_TRUE(history->front().notice.has_value());
    EXPECT_EQ(history->front().notice->id, "OT430");
  }
}

TEST_P(GradebookContract, TheSameVersionWithOtherContentIsCountedAsAConflict) {
  const ScoredResult one = ResultMaker().raw(1).finished();
  const ScoredResult other = ResultMaker().raw(2).finished();
  for (const bool one_comes_first : {true, false}) {
    world_ = GetParam()();
    const Applied applied = apply(one_comes_first ? std::vector{one, other, one} : std::vector{other, one, other});
    EXPECT_EQ(applied.conflicts, 1u);
    EXPECT_EQ(applied.duplicates, 1u);
    EXPECT_EQ(*store().conflicts(), 1);
    EXPECT_EQ(only_standing().attempts.at(0).content_sha256, "content 1") << "the smaller content holds the row";
  }
}

TEST_P(GradebookContract, AttemptsAreRowsOfTheirOwnInOrder) {
  apply({ResultMaker().submission("s-3").attempt(10).raw(0).finished(), ResultMaker().submission("s-1").attempt(1).raw(1).finished(),
         ResultMaker().submission("s-2").attempt(2).raw(2).finished()});
  const Standing standing = only_standing();
  ASSERT_EQ(standing.attempts.size(), 3u);
  EXPECT_EQ(standing.attempts[2].attempt_no, 10);
  EXPECT_EQ(standing.shown, 1u) << "without rules the best attempt counts";
  EXPECT_EQ(standing.mark.value, Ratio(2));
}

TEST_P(GradebookContract, WhereTheMeanCountsTheLastAttemptOfItIsShown) {
  v1::AssessmentSpec spec = spec_using(v1::Attempts::USE_MEAN);
  spec.mutable_rubric()->mutable_attempts()->set_max(2);
  EXPECT_TRUE(store().put_spec({"mean", "a-1", spec.SerializeAsString()}).ok());
  std::vector<ScoredResult> results;
  for (int attempt = 1; attempt <= 4; ++attempt) {
    results.push_back(ResultMaker().submission("s-" + std::to_string(attempt)).attempt(attempt).raw(attempt % 2).spec("mean").finished());
  }
  apply(results);
  const Standing standing = only_standing();
  EXPECT_EQ(standing.mark.value, Ratio(1, 2)) << "attempts 3 and 4 are past the limit";
  EXPECT_EQ(standing.attempts[standing.shown].attempt_no, 2);
}

TEST_P(GradebookContract, TheMarkFollowsTheRubricOfTheNewestVersionsSpec) {
  const auto put = [&](const std::string& hash, v1::Attempts::Use use) {
    EXPECT_TRUE(store().put_spec({hash, "a-1", spec_using(use).SerializeAsString()}).ok());
  };
  put("best", v1::Attempts::USE_BEST);
  put("last", v1::Attempts::USE_LAST);
  apply({ResultMaker().submission("s-1").attempt(1).raw(2).spec("best").finished(),
         ResultMaker().submission("s-2").attempt(2).raw(1).spec("best").at(9).finished()});
  EXPECT_EQ(only_standing().mark.value, Ratio(2));
  apply({ResultMaker().submission("s-1").attempt(1).raw(2).spec("last").version(1, 0).finished()});
  EXPECT_EQ(only_standing().mark.value, Ratio(1));
  apply({ResultMaker().submission("s-1").attempt(1).raw(2).spec("nobody has this one").version(2, 0).finished()});
  EXPECT_EQ(only_standing().mark.value, Ratio(2)) << "the newest whose spec is known: attempt 2's";
}

TEST_P(GradebookContract, SpecsAreKeptByteForByteUnderTheirHash) {
  const std::string bytes("\x00\xFFspec", 6);
  ASSERT_TRUE(store().put_spec({"abc", "a-1", bytes}).ok());
  ASSERT_TRUE(store().put_spec({"abc", "a-1", bytes}).ok());
  world_->reopen();
  const auto found = store().spec("abc");
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->bytes, bytes);
  EXPECT_EQ((*found)->spec_id, "a-1");
  EXPECT_FALSE(store().spec("abd")->has_value());
}

TEST_P(GradebookContract, StandingsComeInOrderAndByFilter) {
  std::vector<ScoredResult> results;
  int n = 0;
  for (const char* assignment : {"b", "a", "c"}) {
    for (const char* learner : {"p-2", "p-10", "ё"}) {
      for (const char* tenant : {"t2", "t1"}) {
        results.push_back(ResultMaker().tenant(tenant).assignment(assignment).learner(learner).submission(std::to_string(++n)).finished());
      }
    }
  }
  apply(results);
  const auto names = [&](const Filter& filter) {
    std::string out;
    for (const Standing& s : standings(filter)) {
      const ScoredResult& row = s.attempts.front();
      out += row.assignment.value + "/" + row.learner.value + "/" + row.tenant.value + " ";
    }
    return out;
  };
  EXPECT_EQ(names({"t1", "", ""}), "a/p-10/t1 a/p-2/t1 a/ё/t1 b/p-10/t1 b/p-2/t1 b/ё/t1 c/p-10/t1 c/p-2/t1 c/ё/t1 ");
  EXPECT_EQ(names({"", "b", "p-2"}), "b/p-2/t1 b/p-2/t2 ");
  EXPECT_EQ(names({"t2", "", "ё"}), "a/ё/t2 b/ё/t2 c/ё/t2 ");
  EXPECT_EQ(names({"t2", "c", ""}), "c/p-10/t2 c/p-2/t2 c/ё/t2 ");
  EXPECT_EQ(names({"", "", "nobody"}), "");
  EXPECT_EQ(names({"' OR 1=1 --", "", ""}), "");
  EXPECT_EQ(standings().size(), 18u);
}

TEST_P(GradebookContract, AVisitorMayStopAndMayAskTheStore) {
  apply({ResultMaker().finished(), ResultMaker().learner("p-2").submission("s-2").finished()});
  for (const Filter& filter : {Filter{}, Filter{"", "", "p-1"}}) {
    int seen = 0;
    EXPECT_TRUE(store().visit(filter, [&](const Standing&) {
      EXPECT_EQ(*store().outcome("t", "s-1"), Outcome::kGraded);
      apply({ResultMaker().learner("p-3").submission("s-3").finished()});
      return ++seen < 1;
    }).ok());
    EXPECT_EQ(seen, 1);
  }
}

TEST_P(GradebookContract, TheOutcomeOfASubmissionIsWhatWasAppliedAndGradedIsOverFailed) {
  EXPECT_EQ(*store().outcome("t", "s-1"), Outcome::kNone);
  apply({ResultMaker().failed().finished()});
  EXPECT_EQ(*store().outcome("t", "s-1"), Outcome::kFailed);
  apply({ResultMaker().finished()});
  EXPECT_EQ(*store().outcome("t", "s-1"), Outcome::kGraded);
  EXPECT_EQ(*store().outcome("t", "s-2"), Outcome::kNone);
  EXPECT_EQ(*store().outcome("other", "s-1"), Outcome::kNone);
}

TEST_P(GradebookContract, TheSameWorkByAnEditedSpecIsNoConflictAndTheHistorySaysSo) {
  const Applied applied = apply({ResultMaker().raw(1).spec("before").finished(), ResultMaker().raw(2).spec("after").finished(),
                                 ResultMaker().raw(1).spec("after").finished()});
  EXPECT_EQ(applied.conflicts, 1u) << "two contents by one spec, that is one";
  const auto history = store().history({TenantId("t"), AssignmentId("a-1"), LearnerId("p-1"), 1});
  ASSERT_EQ(history->size(), 2u);
  int said = 0;
  for (const HistoryRow& row : *history) {
    const bool other = row.result.spec_sha256 != only_standing().attempts.at(0).spec_sha256;
    EXPECT_EQ(row.notice.has_value(), other);
    said += row.notice && row.notice->id == "OT431" ? 1 : 0;
  }
  EXPECT_GE(said, 1);
}

TEST_P(GradebookContract, RowsAndPositionMoveTogetherOrNotAtAll) {
  EXPECT_EQ(*store().position(), 0);
  apply({ResultMaker().finished()});
  EXPECT_EQ(*store().position(), 1);
  for (const std::int64_t wrong : {0, 2}) {
    const auto refused = apply_results(store(), {ResultMaker().learner("p-2").submission("s-2").finished()}, wrong, 9);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.failure().code(), "OT420");
    EXPECT_FALSE(refused.failure().retryable);
  }
  world_->reopen();
  EXPECT_EQ(*store().position(), 1);
  EXPECT_EQ(standings().size(), 1u);
  EXPECT_TRUE(apply_results(store(), {}, 1, 5).ok()) << "records that gave no result still move the position";
  EXPECT_EQ(*store().position(), 5);
}

TEST_P(GradebookContract, EachPartitionHasItsOwnPositionAndTheyMoveTogetherOrNotAtAll) {
  const std::vector<Move> both{{.partition = 7, .expected = 0, .next = 70}, {.partition = 3, .expected = 0, .next = 30}};
  ASSERT_TRUE(store().apply({}, both).ok());
  EXPECT_EQ(*store().position(7), 70);
  EXPECT_EQ(*store().position(3), 30);
  EXPECT_EQ(*store().position(), 0) << "nobody has read partition 0";
  const std::vector<Move> half_wrong{{.partition = 3, .expected = 30, .next = 31}, {.partition = 7, .expected = 69, .next = 71}};
  const auto refused = store().apply({}, half_wrong);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code(), "OT420");
  world_->reopen();
  EXPECT_EQ(*store().position(3), 30);
  const std::vector<Move> onwards{{.partition = 3, .expected = 30, .next = 31}};
  EXPECT_TRUE(world_->another()->apply({}, onwards).ok());
  EXPECT_EQ(*store().position(3), 31);
}

TEST_P(GradebookContract, OfTwoConsumersAtThePositionOneIsRefused) {
  const auto other = world_->another();
  ASSERT_TRUE(apply_results(*other, {ResultMaker().finished()}, 0, 1).ok());
  EXPECT_FALSE(apply_results(store(), {ResultMaker().raw(2).finished()}, 0, 1).ok());
  EXPECT_EQ(only_standing().mark.value, Ratio(1));
  EXPECT_EQ(*store().conflicts(), 0);
}

TEST_P(GradebookContract, AnEarlierTimeOnACopyIsTakenWhicheverComesFirst) {
  const ScoredResult early = ResultMaker().at(0).finished();
  const ScoredResult late = ResultMaker().at(60).finished();
  std::string first;
  for (const bool early_first : {true, false}) {
    world_ = GetParam()();
    const Applied applied = apply(early_first ? std::vector{early, late} : std::vector{late, early});
    EXPECT_EQ(applied.duplicates, 1u);
    EXPECT_EQ(only_standing().attempts.at(0).submitted_at, early.submitted_at);
    first = first.empty() ? contents(store()) : first;
    EXPECT_EQ(contents(store()), first);
  }
}

TEST_P(GradebookContract, ReadersSeeWholeBatchesWhileTheWriterWrites) {
  const auto reader = world_->another();
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int batch = 0; batch < 40; ++batch) {
      std::vector<ScoredResult> results;
      for (int i = 0; i < 50; ++i) {
        const std::string id = std::to_string(batch * 50 + i);
        results.push_back(ResultMaker().learner(id).submission(id).finished());
      }
      apply(results);
    }
    done = true;
  });
  std::size_t last = 0;
  bool finished = false;
  do {
    finished = done;
    std::size_t rows = 0;
    const auto visited = reader->visit({}, [&](const Standing&) {
      ++rows;
      return true;
    });
    EXPECT_TRUE(visited.ok());
    EXPECT_EQ(rows % 50, 0u);
    EXPECT_GE(rows, last);
    last = rows;
  } while (!finished);
  writer.join();
  EXPECT_EQ(last, 2'000u);
}

}  // namespace otmetka::gradebook
