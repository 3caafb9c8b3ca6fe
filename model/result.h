// Failure through no fault of the caller: a value or an Error, never an exception.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "model/message.h"

namespace otmetka {

// Our fault or the world's; a learner's mistake is a Verdict (model/verdict.h), never an Error.
// `message.id` is the stable code OTnnn, shown to users and kept in dead letters. `retryable`: doing the same again
// later can help (a busy database, a spec that is not here yet).
struct Error {
  Message message;
  bool retryable = false;

  const std::string& code() const { return message.id; }
};

inline Error error(std::string code, std::vector<Arg> args = {}) { return {{std::move(code), std::move(args)}, false}; }
inline Error retryable_error(std::string code, std::vector<Arg> args = {}) {
  return {{std::move(code), std::move(args)}, true};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor): return value;
  Result(Error failure) : state_(std::move(failure)) {}  // NOLINT(google-explicit-constructor): return error(…);

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() { assert(ok()); return *std::get_if<0>(&state_); }
  const T& value() const { assert(ok()); return *std::get_if<0>(&state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& failure() { assert(!ok()); return *std::get_if<1>(&state_); }
  const Error& failure() const { assert(!ok()); return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<std::monostate>;
inline Status ok_status() { return Status(std::monostate{}); }

}  // namespace otmetka
