// The learner's side of a bridge in C++: calls the learner's functions on request. It knows no test and no expected value, and
// nothing it says is believed beyond being a value. A message is its length, a number of the call, and what otmetka_link.hpp and
// otmetka_serve.hpp make of them.
#include "otmetka_entry.hpp"
#include "otmetka_serve.hpp"

#include <new>
#include <stdexcept>

namespace {

long from_tests = -1, to_tests = -1;

bool receive(char* bytes, std::size_t size) {
  while (size > 0) {
    const long got = system_call(SYS_read, from_tests, reinterpret_cast<long>(bytes), static_cast<long>(size));
    if (got <= 0) return false;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool send(const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const long wrote = system_call(SYS_write, to_tests, reinterpret_cast<long>(bytes.data() + at), static_cast<long>(bytes.size() - at));
    if (wrote <= 0) return false;
    at += static_cast<std::size_t>(wrote);
  }
  return true;
}

void put_error(otmetka::Writer& reply, const char* name, const char* what) {
  if (what == nullptr) what = "";
  reply.raw("\1", 1);
  reply.text(name, std::strlen(name));
  reply.text(what, strnlen(what, 2000));
}

bool answer(otmetka::Reader in) {
  otmetka::Writer reply;
  reply.number(in.number());
  const std::uint32_t function = in.number();
  if (function >= otmetka::kHandlerCount) return false;
  otmetka::kHandlers[function](in, reply);
  otmetka::Writer size;
  size.number(static_cast<std::uint32_t>(reply.bytes().size()));
  return send(size.bytes()) && send(reply.bytes());
}

}  // namespace

extern "C" __attribute__((used, no_stack_protector)) void otmetka_before_all() {
  from_tests = system_call(SYS_fcntl, 0, F_DUPFD_CLOEXEC, 3);
  to_tests = system_call(SYS_fcntl, 1, F_DUPFD_CLOEXEC, 3);
  nothing_at_standard_streams();
}

void otmetka::put_raised(Writer& reply) {
  try {
    throw;
  } catch (const std::invalid_argument& error) {
    put_error(reply, "std::invalid_argument", error.what());
  } catch (const std::domain_error& error) {
    put_error(reply, "std::domain_error", error.what());
  } catch (const std::length_error& error) {
    put_error(reply, "std::length_error", error.what());
  } catch (const std::out_of_range& error) {
    put_error(reply, "std::out_of_range", error.what());
  } catch (const std::logic_error& error) {
    put_error(reply, "std::logic_error", error.what());
  } catch (const std::range_error& error) {
    put_error(reply, "std::range_error", error.what());
  } catch (const std::overflow_error& error) {
    put_error(reply, "std::overflow_error", error.what());
  } catch (const std::underflow_error& error) {
    put_error(reply, "std::underflow_error", error.what());
  } catch (const std::bad_alloc&) {
    put_error(reply, "std::bad_alloc", "");
  } catch (const std::exception& error) {
    put_error(reply, "std::runtime_error", error.what());
  } catch (...) {
    put_error(reply, "", "");
  }
}

int main() {
  std::string question;
  while (true) {
    char head[4];
    if (!receive(head, sizeof(head))) return 0;
    question.resize(otmetka::Reader(head, sizeof(head)).number());
    if (!receive(question.data(), question.size())) return 0;
    try {
      if (!answer(otmetka::Reader(question.data(), question.size()))) return 0;
    } catch (const otmetka::Malformed&) {
      return 1;
    }
  }
}
