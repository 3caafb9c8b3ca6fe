// The submissions of queue.db: who publishes them and who takes them.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "queue/embedded/database.h"
#include "queue/embedded/doorbell.h"
#include "queue/source.h"

namespace otmetka::queue::embedded {

// Any thread; one transaction a publish(), then the bell.
class Publisher final : public SubmissionPublisher {
 public:
  static Result<std::unique_ptr<Publisher>> open(const DatabaseOptions& options, const std::string& bell);
  Status publish(std::span<const Outgoing> submissions) override;

 private:
  Publisher(std::unique_ptr<Database> database, Statement insert, Bell bell)
      : database_(std::move(database)), insert_(std::move(insert)), bell_(std::move(bell)) {}
  std::mutex mutex_;
  std::unique_ptr<Database> database_;
  Statement insert_;
  Bell bell_;
};

// Reads ranges of the primary key, from where the last commit of an earlier run stood.
class Source final : public SubmissionSource {
 public:
  static Result<std::unique_ptr<Source>> open(const DatabaseOptions& options, const std::string& bell);
  Result<std::vector<PartitionProgress>> committed() override;
  Result<std::vector<Record>> poll(std::size_t most_records, std::size_t most_bytes, std::chrono::milliseconds wait) override;
  Result<bool> at_end() override;
  Result<std::optional<std::int64_t>> unpolled() override;  // what was published and deleted counts as well
  void wake() override { bell_.wake(); }

 private:
  Source(std::unique_ptr<Database> database, BellWatch bell) : database_(std::move(database)), bell_(std::move(bell)) {}
  Status prepare();
  Result<std::vector<Record>> read(std::size_t most_records, std::size_t most_bytes);

  std::unique_ptr<Database> database_;
  Statement range_;
  Statement beyond_;
  Statement last_;
  BellWatch bell_;
  PartitionProgress committed_;  // as it was when this source was opened
  std::int64_t next_ = 0;        // to be polled
};

}  // namespace otmetka::queue::embedded
