#include "queue/embedded/dead_letters.h"

#include <algorithm>
#include <limits>

#include "queue/dead_letter.h"
#include "queue/embedded/letter_row.h"
#include "queue/embedded/schema.h"

namespace otmetka::queue::embedded {
namespace {

constexpr const char* kPublish =
    "INSERT INTO submissions (encoding, published_at, key, payload) VALUES (?1, ?2, ?3, ?4)";

}  // namespace

Status insert_letter(Statement& insert, const DeadLetter& letter) {
  const std::string reason = encode_reason(letter.reason);
  return insert.bind(1, letter.record.position.offset)
      .bind(2, static_cast<std::int64_t>(letter.record.encoding))
      .bind(3, letter.record.published_at.time_since_epoch().count())
      .bind(4, std::int64_t{letter.attempts})
      .bind(5, letter.parked_at.time_since_epoch().count())
      .text(6, letter.submission_id)
      .text(7, letter.assignment_id)
      .text(8, letter.learner_id)
      .blob(9, reason)
      .blob(10, letter.record.payload)
      .run();
}

DeadLetter read_letter(const Statement& row) {
  DeadLetter letter;
  letter.id = row.integer(0);
  letter.record.position.offset = row.integer(1);
  letter.record.encoding =
      row.integer(2) == static_cast<std::int64_t>(Encoding::kJson) ? Encoding::kJson : Encoding::kProtobuf;
  letter.record.published_at = Timestamp(std::chrono::microseconds(row.integer(3)));
  letter.attempts = static_cast<std::int32_t>(row.integer(4));
  letter.parked_at = Timestamp(std::chrono::microseconds(row.integer(5)));
  letter.submission_id = row.bytes(6);
  letter.assignment_id = row.bytes(7);
  letter.learner_id = row.bytes(8);
  letter.reason = decode_reason(row.bytes(9));
  letter.record.payload = row.bytes(10);
  return letter;
}

Result<std::unique_ptr<DeadLetters>> DeadLetters::open(const DatabaseOptions& options, const std::string& bell) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto opened = Bell::open(bell);
  if (!opened) return opened.failure();
  std::unique_ptr<DeadLetters> letters(new DeadLetters(std::move(*database), std::move(*opened)));
  if (auto ready = letters->prepare(); !ready) return ready.failure();
  return letters;
}

Status DeadLetters::prepare() {
  const std::pair<Statement*, const char*> statements[] = {
      {&select_, kSelectLetters}, {&select_bare_, kSelectBareLetters}, {&publish_, kPublish}, {&remove_, "DELETE FROM dead_letters WHERE id = ?1"}};
  for (const auto& [statement, sql] : statements) {
    auto prepared = database_->prepare(sql);
    if (!prepared) return prepared.failure();
    *statement = std::move(*prepared);
  }
  return ok_status();
}

Result<std::vector<DeadLetter>> DeadLetters::read(Statement& select, std::int64_t from, std::int64_t most) {
  std::vector<DeadLetter> letters;
  select.bind(1, from).bind(2, most);
  auto row = select.step();
  while (row && *row) {
    letters.push_back(read_letter(select));
    row = select.step();
  }
  select.reset();
  if (!row) return row.failure();
  return letters;
}

Result<std::vector<DeadLetter>> DeadLetters::list(std::int64_t after, std::size_t most) {
  return read(select_bare_, after + 1, static_cast<std::int64_t>(std::min<std::size_t>(most, std::numeric_limits<std::int32_t>::max())));
}

Result<DeadLetter> DeadLetters::show(std::int64_t id) {
  auto found = read(select_, id, 1);
  if (!found) return found.failure();
  if (found->empty() || found->front().id != id) return error("OT412", {id});
  return std::move(found->front());
}

Status DeadLetters::replay(std::int64_t id) {
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return transaction.failure();
  const auto letter = show(id);
  if (!letter) return letter.failure();
  if (auto published = publish(*letter); !published) return published;
  if (auto removed = remove_.bind(1, id).run(); !removed) return removed;
  if (auto done = transaction->commit(); !done) return done;
  bell_.ring();
  return ok_status();
}

Status DeadLetters::publish(const DeadLetter& letter) {
  const Outgoing out = submission_again(letter);
  return publish_.bind(1, static_cast<std::int64_t>(out.encoding))
      .bind(2, now().time_since_epoch().count())
      .text(3, out.key)
      .blob(4, out.payload)
      .run();
}

Status DeadLetters::drop(std::int64_t id) {
  if (auto removed = remove_.bind(1, id).run(); !removed) return removed;
  return database_->changes() == 1 ? ok_status() : Status(error("OT412", {id}));
}

}  // namespace otmetka::queue::embedded
