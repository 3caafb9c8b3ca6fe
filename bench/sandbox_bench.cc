// What the walls cost: a sandboxed run against posix_spawn of the same program, in blocks that take turns, so that a machine
// that slows down slows both. `./run bench sandbox` calls it once for each program and number of slots.
//
//   sandbox_bench COMMAND SLOTS [PAUSE_MS [OTHER …]]     OTHER: another sandbox's command line, which COMMAND is added to
//
// COMMAND: words parted by blanks; a program below /usr is started where it lies, any other is handed in as a submission is.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/sandbox.h"
#include "sandbox/self_test.h"

namespace {

using namespace otmetka;
using Clock = std::chrono::steady_clock;
using Micros = std::chrono::duration<double, std::micro>;

struct Settings {
  std::vector<std::string> command;
  unsigned slots = 1;
  int pause_ms = 0;
  std::vector<std::string> other;
  int rounds() const { return pause_ms > 0 ? 3 : 20; }
  int runs() const { return pause_ms > 0 ? 30 : 150; }
};

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "sandbox_bench: %s\n", what);
  std::exit(1);
}

double spawn(std::vector<std::string> command) {
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  char* envp[] = {nullptr};
  const auto began = Clock::now();
  pid_t pid = -1;
  int status = 0;
  if (posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), envp) != 0 || waitpid(pid, &status, 0) != pid || status != 0) {
    give_up("the program could not be spawned, or failed");
  }
  return Micros(Clock::now() - began).count();
}

double sandboxed(sandbox::Sandbox& box, const sandbox::Program& program) {
  const auto began = Clock::now();
  const auto result = box.run(program);
  const double took = Micros(Clock::now() - began).count();
  if (!result || result->ending != sandbox::Ending::kExited || result->code != 0) give_up("a sandboxed run failed");
  return took;
}

// All slots at once, each `runs` times; the times in ascending order.
std::vector<double> block(const Settings& settings, const std::function<double()>& once) {
  std::vector<std::vector<double>> each(settings.slots);
  std::vector<std::thread> threads;
  for (unsigned slot = 0; slot < settings.slots; ++slot) {
    threads.emplace_back([&, slot] {
      for (int i = 0; i < settings.runs(); ++i) {
        if (settings.pause_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(settings.pause_ms));
        each[slot].push_back(once());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<double> all;
  for (const auto& some : each) all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end());
  return all;
}

double at(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

struct Measured {
  std::vector<double> medians;  // one a block
  std::vector<double> all;
  void add(const std::vector<double>& block) {
    medians.push_back(at(block, 0.5));
    all.insert(all.end(), block.begin(), block.end());
  }
  void print(const char* name, const Measured& floor, unsigned slots) const {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < medians.size(); ++i) ratios.push_back(medians[i] / floor.medians[i]);
    std::printf("  %-12s median %8.0f us   p99 %8.0f us   %7.0f runs/s   ratio %5.2f\n", name, at(all, 0.5), at(all, 0.99),
                1e6 * slots / at(all, 0.5), at(ratios, 0.5));
  }
};

// The walls of the very configuration that was measured.
void print_walls(sandbox::Sandbox& box) {
  const auto findings = sandbox::self_test(box);
  if (!findings) give_up("the self-test failed");
  std::size_t enforced = 0;
  std::string others;
  for (const auto& one : *findings) {
    if (one.state == sandbox::WallState::kEnforced) {
      ++enforced;
    } else {
      others += " " + one.wall;
    }
  }
  std::printf("  walls: %zu of %zu enforced%s%s; %s\n", enforced, findings->size(), others.empty() ? "" : ", not:", others.c_str(),
              box.enforcement().cgroups.c_str());
}

void measure(const Settings& settings) {
  auto box = sandbox::Sandbox::open({.slots = settings.slots});
  if (!box) give_up("no sandbox");
  sandbox::Program program;
  program.argv = settings.command;
  if (!settings.command[0].starts_with("/usr/")) {
    const sandbox::Descriptor file(open(settings.command[0].c_str(), O_RDONLY | O_CLOEXEC));
    auto bytes = sandbox::MemoryFile::read(file.get(), std::uint64_t{1} << 30);
    if (!bytes) give_up("cannot read the program");
    program.executable = *bytes;
  }
  program.input = *sandbox::MemoryFile::make("1 2 3\n");
  std::vector<std::string> rival = settings.other;
  rival.insert(rival.end(), settings.command.begin(), settings.command.end());

  Measured floor, ours, other;
  for (int round = 0; round < settings.rounds(); ++round) {
    floor.add(block(settings, [&] { return spawn(settings.command); }));
    ours.add(block(settings, [&] { return sandboxed(**box, program); }));
    if (!settings.other.empty()) other.add(block(settings, [&] { return spawn(rival); }));
  }
  std::string name;
  for (const std::string& word : settings.command) name += (name.empty() ? "" : " ") + word;
  std::printf("%s, %u slot%s%s\n", name.c_str(), settings.slots, settings.slots == 1 ? "" : "s",
              settings.pause_ms > 0 ? (", after " + std::to_string(settings.pause_ms) + " ms of idling").c_str() : "");
  floor.print("posix_spawn", floor, settings.slots);
  ours.print("otmetka", floor, settings.slots);
  if (!settings.other.empty())
    other.print(settings.other.front().substr(settings.other.front().rfind('/') + 1).c_str(), floor, settings.slots);
  print_walls(**box);
}

}  // namespace

namespace {

int whole_number(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value < 0) give_up("SLOTS and PAUSE_MS are whole numbers");
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) give_up("COMMAND SLOTS [PAUSE_MS [OTHER …]]");
  std::istringstream words(argv[1]);
  Settings settings{.command = {std::istream_iterator<std::string>(words), {}},
                    .slots = static_cast<unsigned>(whole_number(argv[2])),
                    .other = {}};
  if (settings.command.empty()) give_up("COMMAND is empty");
  if (argc > 3) settings.pause_ms = whole_number(argv[3]);
  for (int i = 4; i < argc; ++i) settings.other.emplace_back(argv[i]);
  measure(settings);
}
