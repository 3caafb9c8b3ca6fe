// The results of queue.db: commits by the one server, and who reads them.
#pragma once

#include <memory>
#include <string>

#include "queue/embedded/database.h"
#include "queue/embedded/doorbell.h"
#include "queue/source.h"

namespace otmetka::queue::embedded {

// Takes the next server number on opening; from then on commits of an earlier server are refused (OT411). The serve lock
// keeps two from running at all; the number keeps right what a lock on a strange file system may not.
class Sink final : public ResultSink {
 public:
  static Result<std::unique_ptr<Sink>> open(const DatabaseOptions& options, const std::string& bell);
  Status commit(const Commit& commit) override;

 private:
  Sink(std::unique_ptr<Database> database, Bell bell) : database_(std::move(database)), bell_(std::move(bell)) {}
  Status prepare();
  Status take_over();
  Status write_results(const Commit& commit);
  Status write_dead_letters(const Commit& commit);
  Status write_progress(const PartitionProgress& progress);

  std::unique_ptr<Database> database_;
  Statement insert_result_;
  Statement insert_letter_;
  Statement move_;
  Statement mark_;
  Bell bell_;
  std::int64_t server_ = 0;
  std::int64_t next_ = 0;           // of partition 0, as committed
  std::int64_t results_below_ = 1;  // one past the last result committed
};

class Results final : public ResultSource {
 public:
  static Result<std::unique_ptr<Results>> open(const DatabaseOptions& options, const std::string& bell);
  Result<ResultRange> range() override;
  Result<std::vector<ResultRecord>> poll_results(std::int64_t from_offset, std::size_t most_records,
                                                 std::size_t most_bytes, std::chrono::milliseconds wait) override;
  void wake() override { bell_.wake(); }

 private:
  Results(std::unique_ptr<Database> database, Statement range, BellWatch bell)
      : database_(std::move(database)), range_(std::move(range)), bell_(std::move(bell)) {}
  Result<std::vector<ResultRecord>> read(std::int64_t from_offset, std::size_t most_records, std::size_t most_bytes);
  Status check_gap(std::int64_t from_offset);

  std::unique_ptr<Database> database_;
  Statement range_;
  BellWatch bell_;
};

}  // namespace otmetka::queue::embedded
