// The tests' side of a bridge in C++: runs one GoogleTest test, named by the argument. The standard streams lead to the
// learner's side; how the test went is written to a file, which nobody there can reach.
#include "otmetka_gtest.hpp"
#include "otmetka_link.hpp"

#include <algorithm>
#include <csignal>
#include <mutex>
#include <new>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace {

int from_answer = -1, to_answer = -1;
std::mutex one_at_a_time;
std::uint32_t asked = 0;

// Before the constructors of the teacher's file, which may call the learner's functions.
__attribute__((constructor(101))) void take_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  from_answer = fcntl(0, F_DUPFD_CLOEXEC, 3);
  to_answer = fcntl(1, F_DUPFD_CLOEXEC, 3);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, 0);
  dup2(nothing, 1);
  close(nothing);
}

// The first word stays: a death test's child may have had it.
void tell(const char* word, std::string detail) {
  detail.resize(std::min<std::size_t>(detail.size(), 1024));
  const int report = open("otmetka_report", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const std::string text = std::string(word) + " " + std::to_string(detail.size()) + "\n" + detail;
  for (std::size_t at = 0; report >= 0 && at < text.size();) {
    const ssize_t wrote = write(report, text.data() + at, text.size() - at);
    if (wrote <= 0) break;
    at += static_cast<std::size_t>(wrote);
  }
  if (report >= 0) close(report);
}

void send(const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t wrote = write(to_answer, bytes.data() + at, bytes.size() - at);
    if (wrote <= 0) otmetka::leave("stopped", "");
    at += static_cast<std::size_t>(wrote);
  }
}

std::string receive(std::size_t size) {
  std::string out(size, '\0');
  for (std::size_t at = 0; at < size;) {
    const ssize_t got = read(from_answer, &out[at], size - at);
    if (got <= 0) otmetka::leave("stopped", "");
    at += static_cast<std::size_t>(got);
  }
  return out;
}

std::uint32_t number(const std::string& bytes) { return otmetka::Reader(bytes.data(), bytes.size()).number(); }

struct NoException {};  // what is no std::exception

}  // namespace

std::string otmetka::exchange(std::uint32_t function, const std::string& arguments) {
  const std::lock_guard<std::mutex> lock(one_at_a_time);
  if (arguments.size() > kMostBytes) leave("argument", "longer than 8 MiB");
  Writer question;
  question.number(static_cast<std::uint32_t>(arguments.size() + 8));
  question.number(++asked);
  question.number(function);
  question.raw(arguments.data(), arguments.size());
  send(question.bytes());
  const std::uint32_t size = number(receive(4));
  if (size < 5 || size > kMostBytes) leave("nonsense", "a message of " + std::to_string(size) + " bytes");
  std::string reply = receive(size);
  if (number(reply) != asked) leave("nonsense", "the reply to another call");
  return reply.substr(4);
}

void otmetka::leave(const char* word, const std::string& detail) {
  tell(word, detail);
  _exit(70);
}

void otmetka::raise(const std::string& name, const std::string& what) {
  if (name == "std::invalid_argument") throw std::invalid_argument(what);
  if (name == "std::domain_error") throw std::domain_error(what);
  if (name == "std::length_error") throw std::length_error(what);
  if (name == "std::out_of_range") throw std::out_of_range(what);
  if (name == "std::logic_error") throw std::logic_error(what);
  if (name == "std::range_error") throw std::range_error(what);
  if (name == "std::overflow_error") throw std::overflow_error(what);
  if (name == "std::underflow_error") throw std::underflow_error(what);
  if (name == "std::bad_alloc") throw std::bad_alloc();
  if (name.empty()) throw NoException();
  throw std::runtime_error(what);
}

int main(int argc, char** argv) {
  const std::string wanted = argc > 1 ? argv[1] : "";
  argc = 1;
  const Verdict verdict = run(wanted, argc, argv);
  tell(verdict.word, verdict.detail);
  _exit(0);
}
