#include "load/summary.h"

#include <cmath>

namespace otmetka::load {
namespace {

using Mood = Sentence::Mood;
using std::chrono::nanoseconds;

// Everything here is said to one reader.
class Teller {
 public:
  Teller(const Report& report, const Say& say, std::string_view language) : report_(report), say_(say), language_(language) {}

  std::string word(const std::string& id, const std::vector<Arg>& args = {}) const { return say_(id, args); }
  std::string time(nanoseconds value) const { return duration_text(static_cast<double>(value.count()) / 1e9, language_); }
  std::string time(double seconds) const { return duration_text(seconds, language_); }
  std::string count(std::uint64_t value) const { return number_text(static_cast<double>(value), 0, language_); }
  std::string rate(double value) const { return number_text(value, value < 100 ? 1 : 0, language_); }
  std::string mebibytes(std::int64_t bytes) const {
    return number_text(static_cast<double>(bytes) / (1 << 20), 1, language_) + " " + word("bench.mebibytes");
  }
  std::string decimals(double value, int places) const { return number_text(value, places, language_); }

  Sentence partial() const { return {Mood::kBad, word("bench.sum.partial", {word(report_.partial->id, report_.partial->args)})}; }

  Sentence speed() const {
    const Measured& of = report_.measured;
    const Histogram& whole = of.latencies.whole;
    if (report_.ramp && report_.ramp->highest) {
      return {Mood::kGood, word("bench.sum.ramp", {rate(*report_.ramp->highest), time(report_.ramp->p99_limit)})};
    }
    if (report_.ramp) return {Mood::kBad, word("bench.sum.ramp_none", {time(report_.ramp->p99_limit)})};
    if (whole.count() == of.waiting) return {Mood::kBad, word("bench.sum.nothing")};
    if (report_.partial) return {Mood::kPlain, word("bench.sum.until_then", {rate(of.achieved_rate())})};
    if (of.rate <= 0) return {Mood::kPlain, word("bench.sum.closed", {rate(of.achieved_rate())})};
    if (!of.held()) return {Mood::kBad, word("bench.sum.not_held", {rate(of.offered_rate()), rate(of.achieved_rate())})};
    return {Mood::kGood, word("bench.sum.held", {rate(of.offered_rate()), time(whole.at(0.99)), time(whole.at(0.5)), time(whole.most())})};
  }

  Sentence verdicts() const {
    const VerdictCheck& of = report_.measured.verdicts;
    if (report_.verdicts_passed()) return {Mood::kGood, word("bench.sum.verdicts_right", {static_cast<std::int64_t>(of.checked)})};
    std::string text;
    const auto add = [&](const char* id, std::vector<Arg> args) { text += (text.empty() ? "" : " ") + word(id, std::move(args)); };
    if (of.disagreed > 0) add("bench.sum.verdicts_wrong", {count(of.disagreed), count(of.checked)});
    if (of.missing > 0) add("bench.sum.missing", {static_cast<std::int64_t>(of.missing)});
    if (of.checked + of.letters == 0) add("bench.sum.nothing", {});
    if (of.letters != of.undecodable) add("bench.sum.letters", {count(of.undecodable), count(of.letters)});
    return {Mood::kBad, text};
  }

  // What got slower; nullopt text: nothing was compared.
  Sentence changes() const {
    std::string worse;
    for (const Change& one : report_.changes) {
      if (one.worse) worse += (worse.empty() ? "" : ", ") + word("bench.figure." + one.figure);
    }
    if (worse.empty()) return {Mood::kGood, word("bench.sum.no_slower", {report_.compared_with})};
    return {Mood::kBad, word("bench.sum.slower", {report_.compared_with, worse})};
  }

  std::vector<std::string> latency_row(const std::string& id, const Histogram& of) const {
    std::vector<std::string> out{word(id), count(of.count())};
    for (const double share : {0.5, 0.9, 0.99, 0.999, 0.9999}) out.push_back(time(of.at(share)));
    out.push_back(time(of.most()));
    return out;
  }
  std::vector<std::string> latency_heads(const std::string& first) const {
    return {word(first), word("bench.head.count"), "p50", "p90", "p99", "p99.9", "p99.99", word("bench.head.max")};
  }

  std::string figure(const Change& of, double value) const {
    if (of.figure == "throughput" || of.figure == "highest_rate") return rate(value) + " " + word("bench.per_second");
    return time(value / 1e3);
  }

  const Report& report() const { return report_; }

 private:
  const Report& report_;
  const Say& say_;
  std::string_view language_;
};

std::string arrivals_name(const Teller& to) {
  if (to.report().measured.rate <= 0) return to.word("bench.run.closed");
  return to.word(to.report().arrivals == Arrivals::kPoisson ? "bench.run.poisson" : "bench.run.constant");
}

}  // namespace

std::vector<Sentence> summary(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  std::vector<Sentence> out;
  if (report.partial) out.push_back(to.partial());
  out.push_back(to.speed());
  out.push_back(to.verdicts());
  if (!report.compared_with.empty()) out.push_back(to.changes());
  return out;
}

Rows latency_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  const Latencies& of = report.measured.latencies;
  Rows out{to.latency_heads("bench.head.until_result"), {to.latency_row("bench.row.all", of.whole)}};
  if (of.programs.count() == 0) return out;
  if (of.answers.count() > 0) out.rows.push_back(to.latency_row("bench.row.answers", of.answers));
  out.rows.push_back(to.latency_row("bench.row.programs", of.programs));
  return out;
}

Rows stage_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  const Latencies& of = report.measured.latencies;
  return {to.latency_heads("bench.head.stage"),
          {to.latency_row("bench.stage.publish", of.publishing), to.latency_row("bench.stage.wait", of.waiting),
           to.latency_row("bench.stage.finish", of.finishing)}};
}

Rows server_stage_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  Rows out{{to.word("bench.head.server_stage"), to.word("bench.head.count"), to.word("bench.head.mean"), to.word("bench.head.p50_at_most"),
            to.word("bench.head.p99_at_most")},
           {}};
  for (const ServerStage& stage : report.server_stages) {
    out.rows.push_back({stage.name, to.decimals(stage.count, 0), to.time(stage.mean_seconds), to.time(stage.p50_seconds),
                        to.time(stage.p99_seconds)});
  }
  return out;
}

Rows server_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  const ProcessUse& from = report.measured.before;
  const ProcessUse& now = report.measured.after;
  Rows out{{to.word(report.server_is_this_process ? "bench.head.both" : "bench.head.server"), ""}, {}};
  if (!report.server_seen) return out;
  const double cpu = now.cpu_seconds - from.cpu_seconds;
  const double results = static_cast<double>(report.measured.came);
  out.rows.push_back({to.word("bench.use.cpu"), to.decimals(cpu / std::max(report.measured.seconds(), 1e-9), 2)});
  out.rows.push_back({to.word("bench.use.cpu_a_result"), results > 0 ? to.time(cpu / results) : "–"});
  if (report.mix.runs_programs()) {
    out.rows.push_back({to.word("bench.use.programs_cpu"), to.time(std::chrono::duration<double>(report.measured.programs_cpu).count())});
  }
  out.rows.push_back({to.word("bench.use.resident"), to.mebibytes(now.resident_bytes)});
  out.rows.push_back({to.word("bench.use.peak"), to.mebibytes(now.peak_bytes)});
  const auto grown = [](std::uint64_t before, std::uint64_t after) { return after > before ? after - before : 0; };
  out.rows.push_back({to.word("bench.use.voluntary"), to.count(grown(from.voluntary_switches, now.voluntary_switches))});
  out.rows.push_back({to.word("bench.use.involuntary"), to.count(grown(from.involuntary_switches, now.involuntary_switches))});
  return out;
}

Rows verdict_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  const VerdictCheck& of = report.measured.verdicts;
  Rows out{{to.word("bench.head.verdicts"), to.word("bench.head.count")}, {}};
  out.rows.push_back({to.word("bench.verdict.checked"), to.count(of.checked)});
  out.rows.push_back({to.word("bench.verdict.disagreed"), to.count(of.disagreed)});
  out.rows.push_back({to.word("bench.verdict.missing"), to.count(of.missing)});
  if (of.repeated > 0) out.rows.push_back({to.word("bench.verdict.repeated"), to.count(of.repeated)});
  out.rows.push_back({to.word("bench.verdict.unknown_spec"), to.count(of.parked) + " / " + to.count(of.parked_expected)});
  out.rows.push_back({to.word("bench.verdict.undecodable"), to.count(of.letters) + " / " + to.count(of.undecodable)});
  for (const auto& [status, count] : of.by_status) out.rows.push_back({status, to.count(count)});
  return out;
}

Rows example_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  Rows out{{to.word("bench.head.submission"), to.word("bench.head.part"), to.word("bench.head.answer"), to.word("bench.head.expected"),
            to.word("bench.head.got")},
           {}};
  for (const Disagreement& one : report.measured.verdicts.examples) {
    out.rows.push_back({one.submission, one.part, one.answer, one.expected, one.got});
  }
  return out;
}

Rows ramp_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  Rows out{{to.word("bench.head.offered"), to.word("bench.head.achieved"), "p99", to.word("bench.head.held")}, {}};
  if (!report.ramp) return out;
  for (const Step& step : report.ramp->steps) {
    out.rows.push_back({to.rate(step.offered), to.rate(step.achieved), to.time(step.p99), to.word(step.held ? "bench.yes" : "bench.no")});
  }
  return out;
}

Rows change_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  Rows out{{to.word("bench.head.figure"), to.word("bench.head.before"), to.word("bench.head.after"), to.word("bench.head.ratio"),
            to.word("bench.head.interval"), to.word("bench.head.outcome")},
           {}};
  for (const Change& one : report.changes) {
    const char* const outcome = one.worse ? "bench.outcome.worse" : one.better ? "bench.outcome.better" : "bench.outcome.same";
    out.rows.push_back({to.word("bench.figure." + one.figure), to.figure(one, one.before), to.figure(one, one.after),
                        to.decimals(one.ratio, 2), to.decimals(one.low, 2) + "–" + to.decimals(one.high, 2), to.word(outcome)});
  }
  return out;
}

Rows run_rows(const Report& report, const Say& say, std::string_view language) {
  const Teller to(report, say, language);
  const Measured& of = report.measured;
  Rows out{{to.word("bench.head.run"), ""}, {}};
  out.rows.push_back({to.word("bench.run.command"), report.command});
  out.rows.push_back({to.word("bench.run.when"), report.started_at});
  out.rows.push_back({to.word("bench.run.target"), to.word(report.target_id())});
  out.rows.push_back({to.word("bench.run.arrivals"), arrivals_name(to)});
  out.rows.push_back({to.word("bench.run.times"), to.time(of.warmup) + " + " + to.time(of.duration)});
  out.rows.push_back({to.word("bench.run.sent"), to.count(of.sent) + " / " + to.count(of.came)});
  out.rows.push_back({to.word("bench.run.behind"), to.time(of.most_behind)});
  out.rows.push_back(
      {to.word("bench.run.mix"), report.mix.name + ", seed " + std::to_string(report.mix.seed) + ": " + to_line(report.mix)});
  out.rows.push_back({to.word("bench.run.machine"), std::to_string(report.machine.cores) + " × " + report.machine.processor + ", " +
                                                        report.machine.kernel});
  out.rows.push_back({to.word("bench.run.version"), report.version});
  return out;
}

}  // namespace otmetka::load
