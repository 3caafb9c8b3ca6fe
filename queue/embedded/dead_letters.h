// The dead letters of queue.db, for those who look after them.
#pragma once

#include <memory>
#include <string>

#include "queue/embedded/database.h"
#include "queue/embedded/doorbell.h"
#include "queue/source.h"

namespace otmetka::queue::embedded {

// One thread. OT412: there is no letter of that number.
class DeadLetters final : public DeadLetterStore {
 public:
  static Result<std::unique_ptr<DeadLetters>> open(const DatabaseOptions& options, const std::string& bell);
  Result<std::vector<DeadLetter>> list(std::int64_t after, std::size_t most) override;
  Result<DeadLetter> show(std::int64_t id) override;
  Status replay(std::int64_t id) override;
  Status drop(std::int64_t id) override;

 private:
  DeadLetters(std::unique_ptr<Database> database, Bell bell) : database_(std::move(database)), bell_(std::move(bell)) {}
  Status prepare();
  Status publish(const DeadLetter& letter);
  Result<std::vector<DeadLetter>> read(Statement& select, std::int64_t from, std::int64_t most);

  std::unique_ptr<Database> database_;
  Statement select_;
  Statement select_bare_;
  Statement publish_;
  Statement remove_;
  Bell bell_;
};

}  // namespace otmetka::queue::embedded
