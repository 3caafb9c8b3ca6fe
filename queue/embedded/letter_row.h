// A dead letter as a row of queue.db.
#pragma once

#include "queue/embedded/database.h"
#include "queue/record.h"

namespace otmetka::queue::embedded {

inline constexpr const char* kInsertLetter =
    "INSERT INTO dead_letters (offset, encoding, published_at, attempts, parked_at, submission_id, assignment_id,"
    " learner_id, reason, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

// The columns that read_letter() reads, in its order.
inline constexpr const char* kSelectLetters =
    "SELECT id, offset, encoding, published_at, attempts, parked_at, submission_id, assignment_id, learner_id, reason,"
    " payload FROM dead_letters WHERE id >= ?1 ORDER BY id LIMIT ?2";

// The same without the payload, which may be large.
inline constexpr const char* kSelectBareLetters =
    "SELECT id, offset, encoding, published_at, attempts, parked_at, submission_id, assignment_id, learner_id, reason,"
    " '' FROM dead_letters WHERE id >= ?1 ORDER BY id LIMIT ?2";

Status insert_letter(Statement& insert, const DeadLetter& letter);  // of kInsertLetter
DeadLetter read_letter(const Statement& row);                       // of either

}  // namespace otmetka::queue::embedded
