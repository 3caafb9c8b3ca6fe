// What the walls cost: a sandboxed run against posix_spawn of the same program, in blocks that take turns, so that a machine
// that slows down slows both. `./run bench sandbox` calls it once for each program and number of slots.
//
//   sandbox_bench COMMAND SLOTS [PAUSE_MS] [--other NAME=COMMAND]… [--go-judge SERVER] [--json FILE]
//
// COMMAND: words parted by blanks; a program below /usr is started where it lies, any other is handed in as a submission is. Another
// sandbox's has the measured program's added, unless it ends in ` ;` and so starts a copy of its own; `{slot}` in it is the number of
// the slot, for those that keep a place for each.
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
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/arguments.h"
#include "bench/figures.h"
#include "bench/go_judge.h"
#include "sandbox/sandbox.h"
#include "sandbox/self_test.h"

namespace {

using namespace otmetka;
using bench::quantile;
using Clock = std::chrono::steady_clock;
using Micros = std::chrono::duration<double, std::micro>;

struct Other {
  std::string name;
  std::vector<std::string> command;
  std::shared_ptr<bench::GoJudge> server = {};  // instead of a command
};

struct Settings {
  std::vector<std::string> command;
  unsigned slots = 1;
  int pause_ms = 0;
  std::vector<Other> others;
  int rounds() const { return pause_ms > 0 ? 3 : handed_in() ? 20 : 10; }
  int runs() const { return pause_ms > 0 ? 30 : 150; }
  bool handed_in() const { return !command[0].starts_with("/usr/"); }
  std::string work() const {
    std::string out;
    for (const std::string& word : command) out += (out.empty() ? "" : " ") + word;
    if (handed_in()) out = "a static program that does nothing";
    out += ", " + std::to_string(slots) + (slots == 1 ? " slot" : " slots");
    return pause_ms > 0 ? out + ", after " + std::to_string(pause_ms) + " ms of idling" : out;
  }
};

constexpr double kOtherBlock = 250'000;                // microseconds: a sandbox that takes long is run less often
constexpr std::chrono::milliseconds kAfterOther{100};  // the kernel takes namespaces apart when their processes are long gone

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "sandbox_bench: %s\n", what);
  std::exit(1);
}

void complain(const Other& who) { give_up((who.name + ": the program could not be spawned, or failed").c_str()); }

double spawn(const Other& who, unsigned slot, char** environment) {
  std::vector<std::string> command = who.command;
  std::vector<char*> argv;
  for (std::string& word : command) {
    if (const auto at = word.find("{slot}"); at != std::string::npos) word.replace(at, 6, std::to_string(slot));
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  const auto began = Clock::now();
  pid_t pid = -1;
  int status = 0;
  if (posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), environment) != 0 || waitpid(pid, &status, 0) != pid || status != 0) {
    complain(who);
  }
  return Micros(Clock::now() - began).count();
}

double through(const Other& who, unsigned slot) {
  if (!who.server) return spawn(who, slot, environ);
  const auto began = Clock::now();
  who.server->run(slot);
  return Micros(Clock::now() - began).count();
}

double sandboxed(sandbox::Sandbox& box, const sandbox::Program& program) {
  const auto began = Clock::now();
  const auto result = box.run(program);
  const double took = Micros(Clock::now() - began).count();
  if (!result || result->ending != sandbox::Ending::kExited || result->code != 0) give_up("a sandboxed run failed");
  return took;
}

// All slots at once, each `runs` times; the times of all.
std::vector<double> block(const Settings& settings, int runs, const std::function<double(unsigned)>& once) {
  std::vector<std::vector<double>> each(settings.slots);
  std::vector<std::thread> threads;
  for (unsigned slot = 0; slot < settings.slots; ++slot) {
    threads.emplace_back([&, slot] {
      for (int i = 0; i < runs; ++i) {
        if (settings.pause_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(settings.pause_ms));
        each[slot].push_back(once(slot));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<double> all;
  for (const auto& some : each) all.insert(all.end(), some.begin(), some.end());
  return all;
}

struct Measured {
  std::vector<double> medians;  // one a block
  std::vector<double> all;
  void add(const std::vector<double>& block) {
    medians.push_back(quantile(block, 0.5));
    all.insert(all.end(), block.begin(), block.end());
  }
  double median() const { return quantile(all, 0.5); }
  double p99() const { return quantile(all, 0.99); }
  // The median of what each block took against the floor's beside it.
  double ratio(const Measured& floor) const {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < medians.size(); ++i) ratios.push_back(medians[i] / floor.medians[i]);
    return quantile(ratios, 0.5);
  }
};

void tell(bench::Figures& figures, const Settings& settings, const std::string& name, const Measured& of, const Measured& floor) {
  char rate[64];
  std::snprintf(rate, sizeof(rate), "%.0f runs/s", 1e6 * settings.slots / of.median());
  figures.row({settings.work(), name, "us a run", of.median(), of.p99(), of.all.size(), of.ratio(floor), rate});
}

// What the design asks of each configuration.
void goals(bench::Figures& figures, const Settings& settings, const Measured& ours, const Measured& floor) {
  const std::string work = settings.work();
  const double most = !settings.handed_in() ? 1.10 : settings.pause_ms > 0 ? 1.5 : settings.slots == 1 ? 1.4 : 1.25;
  figures.figure(work + ": against posix_spawn, median", ours.ratio(floor), "times", bench::Goal{most});
  if (!settings.handed_in() || settings.pause_ms > 0 || settings.slots == 1) return;
  figures.figure(work + ": p99", ours.p99(), "us", bench::Goal{1'500});
  figures.figure(work + ": runs a second", 1e6 * settings.slots / ours.median(), "/s", bench::Goal{3'500, false});
}

// Runs a second against another sandbox's, where the design has a goal for it: two slots.
void goal_against(bench::Figures& figures, const Settings& settings, const std::string& name, double times) {
  if (settings.slots == 1 || !settings.handed_in()) return;
  const double least = name == "bubblewrap" ? 10 : name == "isolate" ? 7 : name == "go-judge" ? 4 : 0;
  if (least > 0) figures.figure(settings.work() + ": runs a second against " + name + "'s", times, "times", bench::Goal{least, false});
}

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

sandbox::Program program_of(const Settings& settings) {
  sandbox::Program program;
  program.argv = settings.command;
  if (settings.handed_in()) {
    const sandbox::Descriptor file(open(settings.command[0].c_str(), O_RDONLY | O_CLOEXEC));
    auto bytes = sandbox::MemoryFile::read(file.get(), std::uint64_t{1} << 30);
    if (!bytes) give_up("cannot read the program");
    program.executable = *bytes;
  }
  program.input = *sandbox::MemoryFile::make("1 2 3\n");
  return program;
}

void measure(const Settings& settings, const std::string& json) {
  auto box = sandbox::Sandbox::open({.slots = settings.slots});
  if (!box) give_up("no sandbox");
  const sandbox::Program program = program_of(settings);
  const Other bare{"posix_spawn", settings.command};
  char* nothing[] = {nullptr};

  Measured floor, ours;
  std::vector<Measured> others(settings.others.size());
  std::vector<int> runs;
  for (const Other& other : settings.others) {
    static_cast<void>(through(other, 0));  // what only its first run does
    runs.push_back(std::clamp(static_cast<int>(kOtherBlock / through(other, 0)), 5, settings.runs()));
  }
  const auto spawn_all = [&] { floor.add(block(settings, settings.runs(), [&](unsigned slot) { return spawn(bare, slot, nothing); })); };
  const auto box_all = [&] { ours.add(block(settings, settings.runs(), [&](unsigned) { return sandboxed(**box, program); })); };
  for (int round = 0; round < settings.rounds(); ++round) {
    round % 2 == 0 ? spawn_all() : box_all();
    round % 2 == 0 ? box_all() : spawn_all();
    for (std::size_t i = 0; i < others.size(); ++i) {
      others[i].add(block(settings, runs[i], [&](unsigned slot) { return through(settings.others[i], slot); }));
      std::this_thread::sleep_for(kAfterOther);
    }
  }
  bench::Figures figures(json);
  std::printf("%s\n", settings.work().c_str());
  tell(figures, settings, bare.name, floor, floor);
  tell(figures, settings, "otmetka", ours, floor);
  for (std::size_t i = 0; i < others.size(); ++i) tell(figures, settings, settings.others[i].name, others[i], floor);
  goals(figures, settings, ours, floor);
  for (std::size_t i = 0; i < others.size(); ++i) {
    goal_against(figures, settings, settings.others[i].name, others[i].median() / ours.median());
  }
  print_walls(**box);
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

int whole_number(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value < 0) give_up("SLOTS and PAUSE_MS are whole numbers");
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string json = bench::option(argc, argv, "--json");
  const std::string go_judge = bench::option(argc, argv, "--go-judge");
  const auto others = bench::options(argc, argv, "--other");
  if (argc < 3 || argc > 4) give_up("COMMAND SLOTS [PAUSE_MS] [--other NAME=COMMAND]… [--go-judge SERVER] [--json FILE]");
  Settings settings{.command = words_of(argv[1]), .slots = static_cast<unsigned>(whole_number(argv[2])), .others = {}};
  if (settings.command.empty() || settings.slots == 0) give_up("COMMAND is empty, or there are no SLOTS");
  if (argc > 3) settings.pause_ms = whole_number(argv[3]);
  for (const std::string& other : others) {
    const auto equals = other.find('=');
    if (equals == std::string::npos) give_up("--other takes NAME=COMMAND");
    settings.others.push_back({other.substr(0, equals), words_of(other.substr(equals + 1))});
    auto& command = settings.others.back().command;
    if (command.empty()) give_up("--other takes NAME=COMMAND");
    if (command.back() == ";") {
      command.pop_back();
    } else {
      command.insert(command.end(), settings.command.begin(), settings.command.end());
    }
  }
  if (!go_judge.empty()) {
    settings.others.push_back({"go-judge", {}, std::make_shared<bench::GoJudge>(go_judge, settings.command[0], settings.slots)});
  }
  measure(settings, json);
}
