// How exactly limits are kept. `./run bench sandbox` calls it.
//
//   limits_bench BOMB BURN [--json FILE]     BOMB: 64 processes that spin; BURN MS: uses so much CPU time. Static programs.
#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "bench/arguments.h"
#include "bench/figures.h"
#include "sandbox/sandbox.h"

namespace {

using namespace otmetka;
using std::chrono::milliseconds;

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "limits_bench: %s\n", what);
  std::exit(1);
}

sandbox::Program program(const char* path) {
  const sandbox::Descriptor file(open(path, O_RDONLY | O_CLOEXEC));
  auto bytes = sandbox::MemoryFile::read(file.get(), std::uint64_t{1} << 30);
  if (!bytes) give_up("cannot read the program");
  sandbox::Program out;
  out.argv = {path};
  out.executable = *bytes;
  return out;
}

void bombs(bench::Figures& figures, sandbox::Sandbox& box, sandbox::Program bomb) {
  bomb.limits.cpu = std::chrono::seconds(10);
  bomb.limits.wall = milliseconds(200);
  bomb.limits.processes = 70;
  std::vector<double> late;
  for (int i = 0; i < 100; ++i) {
    const auto ran = box.run(bomb);
    if (!ran || ran->ending != sandbox::Ending::kIdleLimit || ran->leftover == 0) give_up("the bomb ended otherwise");
    late.push_back(std::chrono::duration<double, std::milli>(ran->wall - bomb.limits.wall + ran->kill).count());
  }
  const std::string what = "a bomb of 64 processes, all dead after its wall limit, of 100: ";
  figures.figure(what + "median", bench::quantile(late, 0.5), "ms");
  figures.figure(what + "p99", bench::quantile(late, 0.99), "ms", bench::Goal{10});
}

// On all slots at once, as under full load.
void burn(bench::Figures& figures, sandbox::Sandbox& box, const sandbox::Program& burner, int percent, sandbox::Ending right) {
  std::atomic<int> left{100}, good{0};
  std::vector<std::thread> threads;
  for (unsigned slot = 0; slot < std::thread::hardware_concurrency(); ++slot) {
    threads.emplace_back([&] {
      sandbox::Program mine = burner;
      mine.limits.cpu = milliseconds(500);
      mine.limits.wall = std::chrono::seconds(5);
      mine.argv.push_back(std::to_string(5 * percent));
      while (left-- > 0) {
        const auto ran = box.run(mine);
        if (ran && ran->ending == right) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  figures.figure(std::to_string(percent) + " % of the time limit, on every slot: right of 100", good, "runs", bench::Goal{100, false});
}

}  // namespace

int main(int argc, char** argv) {
  bench::Figures figures(bench::option(argc, argv, "--json"));
  if (argc != 3) give_up("BOMB BURN");
  auto box = sandbox::Sandbox::open({});
  if (!box) give_up("no sandbox");
  bombs(figures, **box, program(argv[1]));
  burn(figures, **box, program(argv[2]), 98, sandbox::Ending::kExited);
  burn(figures, **box, program(argv[2]), 105, sandbox::Ending::kTimeLimit);
}
