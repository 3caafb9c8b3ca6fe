#include "tests/hostile/neighbour.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "tests/support/time_factor.h"

namespace otmetka::hostile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kPiece{40};  // ten times what a piece takes on the machine that the bound was chosen on
constexpr const char* kScript = "while read x; do i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); done; echo $i; done";
constexpr const char* kAnswer = "3000\n";

std::pair<sandbox::Descriptor, sandbox::Descriptor> pipe_ends() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  return {sandbox::Descriptor(ends[0]), sandbox::Descriptor(ends[1])};
}

}  // namespace

Neighbour::Neighbour(sandbox::Sandbox& box) {
  auto [its_input, to] = pipe_ends();
  auto [from, its_output] = pipe_ends();
  to_ = std::move(to);
  from_ = std::move(from);
  sandbox::Program program;
  program.argv = {"/bin/sh", "-c", kScript};
  program.environment = {"PATH=/usr/bin:/bin"};
  program.limits.cpu = seconds(60) * time_factor();
  program.limits.wall = seconds(250) * time_factor();
  program.input_pipe = std::make_shared<sandbox::Descriptor>(std::move(its_input));
  program.output_pipe = std::make_shared<sandbox::Descriptor>(std::move(its_output));
  running_ = std::thread([this, &box, program = std::move(program)] { result_ = box.run(program); });
  begin_work();  // it has its slot before anything hostile runs
  static_cast<void>(finish_work());
}

Neighbour::~Neighbour() { static_cast<void>(end()); }

// A neighbour that is gone cannot be written to, and the signal for that would end the test.
void Neighbour::begin_work() {
  ++pieces_;
  pollfd watched{to_.get(), POLLOUT, 0};
  if (poll(&watched, 1, 0) == 1 && watched.revents == POLLOUT) static_cast<void>(!write(to_.get(), "x\n", 2));
}

std::string Neighbour::finish_work() {
  const std::string said = take_line();
  return said == kAnswer ? std::string() : "the neighbour says \"" + said + "\"";
}

std::string Neighbour::take_line() {
  std::string line;
  pollfd watched{from_.get(), POLLIN, 0};
  while (!line.ends_with('\n')) {
    char c = 0;
    if (poll(&watched, 1, 20'000 * time_factor()) != 1) return line + " (nothing within 20 s)";
    if (read(from_.get(), &c, 1) != 1) return line + " (it is gone)";
    line += c;
  }
  return line;
}

std::string Neighbour::end() {
  to_.reset();
  if (!running_.joinable()) return {};
  running_.join();
  if (!*result_) return "the neighbour's run: " + result_->failure().code();
  const sandbox::RunResult& ran = **result_;
  if (ran.ending != sandbox::Ending::kExited || ran.code != 0) {
    return "the neighbour's ending is " + std::to_string(static_cast<int>(ran.ending)) + ", " + std::to_string(ran.code);
  }
  if (ran.cpu > (milliseconds(100) + pieces_ * kPiece) * time_factor()) {
    return "the neighbour took " + std::to_string(ran.cpu / milliseconds(1)) + " ms for " + std::to_string(pieces_) + " pieces of work";
  }
  return {};
}

}  // namespace otmetka::hostile
