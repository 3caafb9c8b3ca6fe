// Rows of a batch as the array parameters of its statements.
#pragma once

#include <cstdint>
#include <vector>

#include "gradebook/postgres/parameters.h"
#include "gradebook/rules.h"
#include "gradebook/store.h"

namespace otmetka::gradebook::postgres {

// assignment_id, learner, attempt_no.
class KeyColumns {
 public:
  void add(std::int64_t assignment, const ScoredResult& row);
  std::int32_t size() const { return assignment_.size(); }
  std::vector<Parameter> take();

 private:
  Column assignment_{Type::kBigint};
  Column learner_{Type::kBytea};
  Column attempt_no_{Type::kInteger};
};

// A key and what tells one result of its history from the others: submission_id, failed, content_sha256, result_id.
class IdentityColumns {
 public:
  void add(std::int64_t assignment, const ScoredResult& row, const RowVersion& stored);
  std::int32_t size() const { return key_.size(); }
  std::vector<Parameter> take();

 private:
  KeyColumns key_;
  Column submission_{Type::kBytea};
  Column failed_{Type::kBool};
  Column content_{Type::kBytea};
  Column result_{Type::kBytea};
};

// All columns of `attempts` and `history`, in their order.
class ResultColumns {
 public:
  void add(std::int64_t assignment, const Arrival& arrival);
  std::int32_t size() const { return key_.size(); }
  std::vector<Parameter> take();

 private:
  KeyColumns key_;
  Column submission_{Type::kBytea};
  Column failed_{Type::kBool};
  Column submitted_at_{Type::kBigint};
  Column epoch_{Type::kBigint};
  Column revision_{Type::kBigint};
  Column content_{Type::kBytea};
  Column spec_{Type::kBytea};
  Column result_{Type::kBytea};
  Column payload_{Type::kBytea};
};

}  // namespace otmetka::gradebook::postgres
