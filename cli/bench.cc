// `otmetka bench`: puts load on the grader and says how long results take, how many come, and whether they are right.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>

#include "cli/bench_options.h"
#include "cli/bench_progress.h"
#include "cli/bench_targets.h"
#include "cli/bench_text.h"
#include "cli/commands.h"
#include "cli/output_file.h"
#include "cli/signals.h"
#include "cli/table.h"
#include "engine/grade_submission.h"
#include "load/compare.h"
#include "model/time.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr double kRampResolution = 0.05;
constexpr int kMostSteps = 16;
constexpr seconds kProbe{60};          // until the first result: a worker may have to wait for its place in the group
constexpr seconds kLetters{5};         // until what cannot be decoded is parked
constexpr seconds kForeignSpecWait{35};  // a server that is not ours waits so long for a spec that nobody has

std::string new_run_id() {
  std::random_device random;
  char text[16];
  std::snprintf(text, sizeof text, "b%08x", random());
  return text;
}

// A folder for one run, which goes with it.
class WorkFolder {
 public:
  Status make(const std::string& run) {
    std::error_code problem;
    path_ = std::filesystem::temp_directory_path(problem) / ("otmetka-bench-" + run);
    if (!problem) std::filesystem::create_directory(path_, problem);
    if (!problem) std::filesystem::permissions(path_, std::filesystem::perms::owner_all, problem);
    return problem ? Status(error("OT488", {path_.string() + ": " + problem.message()})) : ok_status();
  }
  ~WorkFolder() {
    std::error_code left;
    if (!path_.empty()) std::filesystem::remove_all(path_, left);
  }
  std::string at(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

Status write_specs(const load::Workload& load, const std::string& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  for (const auto& [id, text] : load.specs()) {
    const std::string path = folder + "/" + id + ".yaml";
    std::ofstream out(path, std::ios::binary);
    out << text;
    if (!out.flush()) return error("OT488", {path});
  }
  return ok_status();
}

// One whole run of the command.
class Bench {
 public:
  Bench(const Context& context, const BenchWords& words, BenchSettings settings, const Config& config, const std::atomic<bool>& stop)
      : context_(context), words_(words), settings_(std::move(settings)), config_(config), stop_(stop), run_(new_run_id()),
        load_(settings_.mix, run_), progress_(context) {}

  Status expect_comparable() {
    if (words_.compare.empty()) return ok_status();
    const auto text = read_small_file(words_.compare, load::kMostBaselineBytes);
    if (!text) return text.failure();
    auto base = load::read_baseline(*text, words_.compare);
    if (!base) return base.failure();
    base_ = std::move(*base);
    load::Baseline here = *base_;  // what is known before the run
    here.target = settings_.target;
    here.mix = load::to_line(settings_.mix);
    here.seed = settings_.mix.seed;
    here.ramp = settings_.ramp;
    here.loop = settings_.plan.rate > 0 ? "open" : "closed";
    here.arrivals = settings_.plan.arrivals == load::Arrivals::kPoisson ? "poisson" : "constant";
    here.rate = settings_.plan.rate;
    here.p99_limit_ms = std::chrono::duration<double, std::milli>(settings_.p99).count();
    return load::same_load(*base_, here);
  }

  Status open() {
    if (Status made = work_.make(run_); !made) return made;
    if (settings_.target == "in-process") {
      auto target = open_in_process(config_, load_);
      if (!target) return target.failure();
      target_ = std::move(*target);
      return ok_status();
    }
    BenchPlace place{.kind = settings_.target,
                     .folder = work_.path(),
                     .run = run_,
                     .config = words_.config,
                     .server_pid = settings_.server_pid,
                     .specs = words_.specs.empty() ? work_.at("specs") : words_.specs,
                     .own_queue = settings_.server_pid == 0};
    if (Status written = write_specs(load_, place.specs); !written) return written;
    if (settings_.server_pid != 0) settings_.plan.patience = kForeignSpecWait;
    auto config = config_;
    const auto at = std::find_if(config.settings.begin(), config.settings.end(), [](const Setting& one) { return one.key == "queue"; });
    if (!settings_.queue.empty()) at->value = settings_.queue;
    if (settings_.queue.empty() && settings_.target == "embedded" && settings_.server_pid == 0) at->value = "embedded:" + work_.at("queue");
    auto target = open_queue_target(context_, config, place, stop_);
    if (!target) return target.failure();
    target_ = std::move(*target);
    return ok_status();
  }

  // Until one submission has gone all the way: then the server has its share of the queue, and what follows is not about its start.
  Status try_one() {
    const load::Workload probe(settings_.mix, run_ + "-probe");
    std::uint64_t number = 0;
    while (probe.expectation(number).fate != load::Fate::kGraded && number < 100'000) ++number;
    const std::vector<queue::Outgoing> one{probe.submission(number)};
    if (Status sent = target_->publish(one); !sent) return sent;
    const auto until = load::Clock::now() + kProbe;
    while (load::Clock::now() < until && !stop_) {
      if (const auto gone = target_->ended()) return *gone;
      for (std::size_t reader = 0; reader < target_->readers(); ++reader) {
        const auto arrivals = target_->read(reader, milliseconds(20));
        if (!arrivals && !arrivals.failure().retryable) return arrivals.failure();
        for (const load::Arrival& arrival : arrivals ? *arrivals : std::vector<load::Arrival>{}) {
          const auto result = queue::decode_result_head(arrival.payload);
          if (result && probe.number_of(result->submission.value) == number) return ok_status();
        }
      }
    }
    if (stop_) return ok_status();
    return retryable_error("OT488", {say(context_, "bench.not_ready.no_result", {std::int64_t{kProbe.count()}})});
  }

  load::Report measure() {
    load::Report out;
    out.version = engine::kEngineVersion;
    out.started_at = to_rfc3339(now());
    out.target = settings_.target;
    out.mix = settings_.mix;
    out.arrivals = settings_.plan.arrivals;
    out.machine = load::this_machine();
    out.command = settings_.command;
    out.server_is_this_process = target_->is_this_process();
    out.server_pid = target_->pid();
    const load::ServerPage before = target_->page();
    const load::Driven driven = settings_.ramp ? ramp(out) : step(settings_.plan.rate);
    out.measured = driven.measured;
    if (settings_.ramp && !best_.blocks.empty()) out.measured = best_;
    out.measured.verdicts = total_;
    out.server_seen = target_->use().has_value() || out.measured.after.resident_bytes > 0;
    failure_ = driven.failure;
    if (driven.failure) out.partial = driven.failure->message;
    if (stop_) out.partial = Message{"bench.interrupted", {}};
    if (out.partial) return out;  // what could tell more may be gone, and is not waited for
    out.server_stages = load::stages_between(before, target_->page());
    out.measured.verdicts.letters = letters(out.measured.verdicts.undecodable);
    return out;
  }

  int finish(load::Report& report, OutputFile& output) {
    progress_.clear();
    int code = report.verdicts_passed() ? kDone : kNo;
    if (base_ && !report.partial) {
      report.compared_with = words_.compare;
      auto changes = load::compare(*base_, load::baseline_of(report));
      if (!changes) report.compared_with.clear();
      if (!changes) code = cli::report(context_, changes.failure());
      if (changes) report.changes = std::move(*changes);
      const auto is_worse = [](const load::Change& one) { return one.worse; };
      if (code == kDone && std::any_of(report.changes.begin(), report.changes.end(), is_worse)) code = kNo;
    }
    if (Status written = write(report, output); !written) return cli::report(context_, written.failure());
    if (!report.partial && !report.measured.held() && !report.ramp) {
      warn(context_, {"OT485", {rate_text(report.measured.offered_rate()), rate_text(report.measured.achieved_rate())}});
    }
    if (!failure_) return code;
    for (const std::string& line : target_->last_words()) std::cerr << printable(line) << '\n';
    return cli::report(context_, *failure_, kTemporary);
  }

  void close() { target_->close(); }

 private:
  std::string rate_text(double rate) const { return load::number_text(rate, rate < 100 ? 1 : 0, language_name(context_)); }

  // One stretch of load. Its verdicts are counted with those of the others.
  load::Driven step(double rate) {
    load::LoadPlan plan = settings_.plan;
    plan.rate = rate;
    plan.first = next_;
    load::Driven driven = load::drive(load_, *target_, plan, stop_, [this](const load::RunProgress& now) { progress_.show(now); });
    next_ = driven.next;
    const load::VerdictCheck& one = driven.measured.verdicts;
    total_.checked += one.checked;
    total_.disagreed += one.disagreed;
    total_.repeated += one.repeated;
    total_.missing += one.missing;
    total_.parked_expected += one.parked_expected;
    total_.parked += one.parked;
    total_.undecodable += one.undecodable;
    for (const auto& [status, count] : one.by_status) total_.by_status[status] += count;
    for (const auto& example : one.examples) {
      if (total_.examples.size() < load::VerdictCheck::kMostExamples) total_.examples.push_back(example);
    }
    return driven;
  }

  // The report gets the measurement at the highest rate that was held.
  load::Driven ramp(load::Report& report) {
    load::Ramp ramp(settings_.plan.rate, kRampResolution, kMostSteps);
    load::Driven driven;
    double best_rate = 0;
    while (const auto rate = ramp.next()) {
      progress_.line(say(context_, "bench.step", {rate_text(*rate)}));
      driven = step(*rate);
      if (stop_ || driven.failure) break;
      const nanoseconds p99 = driven.measured.latencies.whole.at(0.99);
      const bool held = driven.measured.held() && driven.measured.latencies.whole.count() > 0 && p99 < settings_.p99;
      ramp.took({*rate, driven.measured.achieved_rate(), p99, held});
      const double seconds_of_p99 = std::chrono::duration<double>(p99).count();
      progress_.line(say(context_, "bench.step_done", {rate_text(*rate), load::duration_text(seconds_of_p99, language_name(context_)),
                                                       say(context_, held ? "bench.series.held" : "bench.series.not_held")}));
      if (held && *rate > best_rate) best_ = driven.measured;
      if (held) best_rate = std::max(best_rate, *rate);
    }
    report.ramp = load::RampOutcome{ramp.steps(), ramp.highest(), settings_.p99};
    return driven;
  }

  // They need no result to wait for: the commit that parks them may be a moment away.
  std::uint64_t letters(std::uint64_t expected) {
    const auto until = load::Clock::now() + kLetters;
    while (true) {
      const auto found = target_->undecodable_letters();
      if (found && *found >= expected) return *found;
      if (load::Clock::now() > until) return found ? *found : 0;
      std::this_thread::sleep_for(milliseconds(50));
    }
  }

  Status write(const load::Report& report, OutputFile& output) const {
    std::string text;
    if (words_.format == "json") {
      text = load::to_json(report);
    } else if (words_.format == "html") {
      text = load::to_html(report, words_for(context_), language_name(context_));
    } else {
      text = bench_text(context_, report, context_.colour_out && words_.output.empty());
    }
    if (Status written = output.write(text); !written) return written;
    return output.finish();
  }

  const Context& context_;
  const BenchWords& words_;
  BenchSettings settings_;
  const Config& config_;
  const std::atomic<bool>& stop_;
  const std::string run_;
  const load::Workload load_;
  BenchProgress progress_;
  WorkFolder work_;
  std::unique_ptr<BenchTarget> target_;
  std::optional<load::Baseline> base_;
  std::uint64_t next_ = 0;
  load::VerdictCheck total_;
  load::Measured best_;
  std::optional<Error> failure_;
};

int run_bench(Bench& bench, OutputFile& output, const Context& context) {
  if (Status opened = bench.open(); !opened) return report(context, opened.failure());
  if (Status tried = bench.try_one(); !tried) return report(context, tried.failure());
  load::Report measured = bench.measure();
  const int code = bench.finish(measured, output);
  bench.close();
  return code;
}

int run(const Context& context, const BenchWords& words) {
  const auto config = read_config(words.config, {{"queue", words.queue}});
  if (!config) return report(context, config.failure());
  auto settings = read_bench_words(context, words);
  if (!settings) return report(context, settings.failure());
  const auto output = OutputFile::open(words.output);
  if (!output) return report(context, output.failure());
  ::signal(SIGPIPE, SIG_IGN);  // who reads our output may go: what was started is ended all the same
  Signals signals({SIGHUP});   // a terminal that is closed leaves no folder either
  std::atomic<bool> stop{false};
  const Listening listening(signals, [&stop] { stop = true; });
  Bench bench(context, words, std::move(*settings), *config, stop);
  if (Status comparable = bench.expect_comparable(); !comparable) return report(context, comparable.failure());
  const int code = run_bench(bench, **output, context);
  return signals.received() != 0 ? 128 + signals.received() : code;
}

Option text_option(const char* name, const char* value, const char* help, std::string& text, std::vector<std::string> choices = {}) {
  return {.name = name, .value_name = value, .help_id = help, .choices = std::move(choices), .text = &text};
}

}  // namespace

Command bench_command() {
  static BenchWords words;
  return {.name = "bench",
          .summary_id = "bench.summary",
          .options = {text_option("--target", "TARGET", "bench.option.target", words.target, {"in-process", "embedded", "kafka"}),
                      text_option("--rate", "N", "bench.option.rate", words.rate),
                      {.name = "--ramp", .help_id = "bench.option.ramp", .flag = &words.ramp},
                      text_option("--p99", "TIME", "bench.option.p99", words.p99),
                      text_option("--duration", "TIME", "bench.option.duration", words.duration),
                      text_option("--warmup", "TIME", "bench.option.warmup", words.warmup),
                      text_option("--arrivals", "KIND", "bench.option.arrivals", words.arrivals, {"poisson", "constant"}),
                      text_option("--mix", "FILE", "bench.option.mix", words.mix),
                      text_option("--seed", "N", "bench.option.seed", words.seed),
                      text_option("--format", "FORMAT", "cli.option.format", words.format, {"text", "json", "html"}),
                      text_option("--output", "FILE", "bench.option.output", words.output),
                      text_option("--compare", "BASE.json", "bench.option.compare", words.compare),
                      text_option("--queue", "PLACE", "bench.option.queue", words.queue),
                      text_option("--brokers", "BROKERS", "bench.option.brokers", words.brokers),
                      text_option("--server-pid", "PID", "bench.option.server_pid", words.server_pid),
                      text_option("--specs", "DIR", "bench.option.specs", words.specs),
                      text_option("--config", "FILE", "cli.option.config", words.config)},
          .run = [](const Context& context) { return run(context, words); },
          .note_id = "bench.note"};
}

}  // namespace otmetka::cli
