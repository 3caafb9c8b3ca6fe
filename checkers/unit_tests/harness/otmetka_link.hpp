// The tests' side of a bridge in C++: what the functions that stand in for the learner's are made of.
#pragma once

#include "otmetka_values.hpp"

namespace otmetka {

// How a reply begins.
constexpr char kReturned = 0, kRaised = 1, kAbsent = 2;

// One call over there and its reply, from its first byte. Does not return where there is none.
std::string exchange(std::uint32_t function, const std::string& arguments);

// The test cannot pass any more, whatever becomes of it: tells so and ends the process, under any number of catch (...).
[[noreturn]] void leave(const char* word, const std::string& detail);

// As the library's exception of that name, or std::runtime_error for one of no name that is known here.
[[noreturn]] void raise(const std::string& name, const std::string& what);

template <class T>
void put_argument(Writer& out, const T& argument) {
  put<T>(out, argument);
}

template <class T>
void take_back(Reader&, const T&) {}

template <class T>
void take_back(Reader& in, T& argument) {
  argument = take<T>(in);
}

// `arguments` are const where the function cannot change them.
template <class R, class... Args>
R call(std::uint32_t function, const char* signature, Args&... arguments) {
  Writer question;
  (put_argument(question, arguments), ...);
  const std::string reply = exchange(function, question.bytes());
  try {
    Reader in(reply.data(), reply.size());
    const char how = *in.raw(1);
    const auto end = [&] {
      (take_back(in, arguments), ...);
      if (in.left() != 0) throw Malformed{"too long"};
    };
    if (how == kRaised) {
      const std::string name = in.text(), what = in.text();
      end();
      raise(name, what);
    }
    if (how == kReturned) {
      if constexpr (std::is_void_v<R>) {
        return end();
      } else {
        R value = take<R>(in);
        end();
        return value;
      }
    }
    if (how == kAbsent) leave("absent", signature);
    throw Malformed{"no reply"};
  } catch (const Malformed& unfit) {
    leave("nonsense", unfit.about);
  }
}

}  // namespace otmetka
