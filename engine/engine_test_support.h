// A worker over a queue and a gradebook of its own: what the tests of the engine share.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/gradebook_feed.h"
#include "engine/spec_check.h"
#include "gradebook/sqlite/sqlite_store.h"
#include "queue/codec.h"
#include "queue/embedded/embedded_queue.h"
#include "tests/contract/test_folder.h"

namespace otmetka::engine {

inline std::shared_ptr<const CompiledSpec> capital_spec(const std::string& answer = "Москва") {
  CheckedSpec checked =
      check_spec_text("grade: v1\nid: capital\nitems:\n- {id: c, text: " + answer + "}\n- {id: n, numeric: 9.8}\n",
                      "capital.yaml", "", Depth::kCompile);
  return checked.spec;
}

inline queue::Outgoing submission(const std::string& id, const std::string& answer, const std::string& spec = "capital") {
  Submission work;
  work.submission = SubmissionId(id);
  work.assignment = AssignmentId(spec);
  work.spec = SpecId(spec);
  work.learner = LearnerId("p-" + id);
  work.responses.push_back({PartId("c"), TextAnswer{answer}});
  return {.key = id, .payload = queue::encode_submission(work), .encoding = queue::Encoding::kProtobuf};
}

// A queue and a gradebook in a folder of their own, and a worker over them.
class EngineTest : public testing::Test {
 protected:
  void SetUp() override {
    auto queue = queue::EmbeddedQueue::open({.folder = folder_ / "queue"}, queue::EmbeddedRole::kServe);
    ASSERT_TRUE(queue) << queue.failure().code();
    queue_ = std::move(*queue);
    auto store = gradebook::SqliteStore::open({.file = folder_ / "book.db", .queue_id = queue_->id()});
    ASSERT_TRUE(store) << store.failure().code();
    store_ = std::move(*store);
    options_.until_empty = true;
    options_.workers = 2;
    options_.retry = {.tries = 3, .base = std::chrono::milliseconds(1), .longest = std::chrono::milliseconds(5)};
    options_.spec_patience = std::chrono::milliseconds(20);
  }

  void use(const std::shared_ptr<const CompiledSpec>& spec) {
    ASSERT_NE(spec, nullptr);
    ASSERT_TRUE(store_->put_spec({spec->sha256, spec->message.id(), spec->bytes}));
    specs_.put(spec, true);
  }

  void publish(const std::vector<queue::Outgoing>& batch) { ASSERT_TRUE(queue_->publisher().publish(batch)); }

  Status run() {
    Engine engine(queue_->source(), queue_->sink(), specs_, options_);
    Status done = engine.run();
    GradebookFeed feed(queue_->results(), *store_, {});
    feed.stop();
    const Status fed = feed.run();
    return done.ok() ? fed : done;
  }

  std::vector<gradebook::Standing> standings() {
    std::vector<gradebook::Standing> out;
    EXPECT_TRUE(store_->visit({}, [&](const gradebook::Standing& standing) {
      out.push_back(standing);
      return true;
    }));
    return out;
  }

  std::vector<queue::DeadLetter> letters() { return *queue_->dead_letters().list(0, 1'000); }

  TestFolder folder_;
  std::unique_ptr<queue::EmbeddedQueue> queue_;
  std::unique_ptr<gradebook::Store> store_;
  SpecCache specs_;
  EngineOptions options_;
};

// A kind whose library throws.
class Throwing final : public checkers::Checker {
 public:
  checkers::Outcome check(const Answer&, const checkers::CheckContext&) const override {
    checkers::Outcome outcome;
    outcome.rule_id = std::string().substr(1);
    return outcome;
  }
};

}  // namespace otmetka::engine
