// Parameters of a statement, in PostgreSQL's binary form.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace otmetka::gradebook::postgres {

// Of pg_type.dat: fixed for ever.
enum class Type : Oid { kBool = 16, kBytea = 17, kBigint = 20, kInteger = 23, kTid = 27 };

struct Parameter {
  Oid type;
  std::string bytes;
};

Parameter bytes_parameter(std::string_view value);
Parameter text_parameter(std::string_view value);  // for the names of PostgreSQL's own catalogues
Parameter bigint_parameter(std::int64_t value);
Parameter integer_parameter(std::int32_t value);

// An array parameter, element by element. One thread.
class Column {
 public:
  explicit Column(Type element) : element_(element) { clear(); }

  void boolean(bool value);
  void integer(std::int32_t value);
  void bigint(std::int64_t value);
  void bigint(const std::optional<std::int64_t>& value);
  void bytes(std::string_view value);  // of a bytea, or of a tid as it was read

  std::int32_t size() const { return size_; }
  Parameter take();  // and is empty again

 private:
  void clear();
  void length(std::size_t bytes);

  Type element_;
  std::int32_t size_ = 0;
  std::string data_;
};

}  // namespace otmetka::gradebook::postgres
