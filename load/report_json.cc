#include <cmath>
#include <cstdio>

#include "load/report.h"
#include "queue/codec.h"

namespace otmetka::load {
namespace {

constexpr double kPercentiles[] = {0.5, 0.75, 0.9, 0.99, 0.999, 0.9999};
constexpr const char* kPercentileNames[] = {"p50", "p75", "p90", "p99", "p99_9", "p99_99"};

// Writes fields in order; the comma before each but the first of an object or a list.
class Json {
 public:
  Json& open(std::string_view key, char bracket) {
    name(key);
    out_ += bracket;
    return *this;
  }
  Json& close(char bracket) {
    out_ += bracket;
    return *this;
  }
  Json& text(std::string_view key, std::string_view value) {
    name(key);
    queue::append_json_string(value, out_);
    return *this;
  }
  // JSON has no infinity and no number that is none: null.
  Json& number(std::string_view key, double value, int places = 3) {
    name(key);
    if (!std::isfinite(value)) {
      out_ += "null";
      return *this;
    }
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", places, value);
    out_ += buffer;
    return *this;
  }
  Json& whole(std::string_view key, std::uint64_t value) {
    name(key);
    out_ += std::to_string(value);
    return *this;
  }
  Json& flag(std::string_view key, bool value) {
    name(key);
    out_ += value ? "true" : "false";
    return *this;
  }
  std::string take() && { return std::move(out_); }

 private:
  void name(std::string_view key) {
    if (!out_.empty() && out_.back() != '{' && out_.back() != '[') out_ += ',';
    if (key.empty()) return;
    queue::append_json_string(key, out_);
    out_ += ':';
  }
  std::string out_;
};

double ms(std::chrono::nanoseconds time) { return static_cast<double>(time.count()) / 1e6; }

void latency(Json& json, std::string_view key, const Histogram& of) {
  json.open(key, '{').whole("count", of.count()).number("mean", of.mean() / 1e6).number("min", ms(of.least()));
  for (std::size_t i = 0; i < std::size(kPercentiles); ++i) json.number(kPercentileNames[i], ms(of.at(kPercentiles[i])));
  json.number("max", ms(of.most())).close('}');
}

void load_fields(Json& json, const Report& report) {
  const Measured& of = report.measured;
  json.open("mix", '{').text("name", report.mix.name).whole("seed", report.mix.seed).text("text", to_line(report.mix)).close('}');
  json.open("machine", '{').whole("cores", report.machine.cores).text("processor", report.machine.processor);
  json.text("kernel", report.machine.kernel).close('}');
  json.open("load", '{').text("loop", of.rate > 0 ? "open" : "closed");
  json.text("arrivals", report.arrivals == Arrivals::kPoisson ? "poisson" : "constant").number("rate", of.rate);
  json.number("warmup_s", std::chrono::duration<double>(of.warmup).count()).number("measured_s", of.seconds()).close('}');
  json.open("throughput", '{').number("offered", of.offered_rate()).number("achieved", of.achieved_rate()).flag("held", of.held());
  json.whole("due", of.offered).whole("sent", of.sent).whole("results", of.came).whole("unsent", of.unsent);
  json.whole("waiting", of.waiting);
  json.number("most_behind_ms", ms(of.most_behind)).close('}');
}

void latency_fields(Json& json, const Report& report) {
  const Latencies& of = report.measured.latencies;
  json.open("latency_ms", '{');
  latency(json, "all", of.whole);
  latency(json, "answers", of.answers);
  latency(json, "programs", of.programs);
  json.close('}').open("stages_ms", '{');
  latency(json, "publish", of.publishing);
  latency(json, "wait", of.waiting);
  latency(json, "finish", of.finishing);
  json.close('}').open("server_stages_ms", '{');
  for (const ServerStage& stage : report.server_stages) {
    json.open(stage.name, '{').number("count", stage.count, 0).number("mean", stage.mean_seconds * 1e3);
    json.number("p50_at_most", stage.p50_seconds * 1e3).number("p99_at_most", stage.p99_seconds * 1e3).close('}');
  }
  json.close('}');
}

void verdict_fields(Json& json, const Report& report) {
  const VerdictCheck& of = report.measured.verdicts;
  json.open("verdicts", '{').flag("passed", report.verdicts_passed()).whole("checked", of.checked).whole("disagreed", of.disagreed);
  json.whole("missing", of.missing).whole("repeated", of.repeated).whole("unknown_spec_sent", of.parked_expected);
  json.whole("unknown_spec_failed", of.parked).whole("undecodable_sent", of.undecodable).whole("undecodable_parked", of.letters);
  json.open("by_status", '{');
  for (const auto& [status, count] : of.by_status) json.whole(status, count);
  json.close('}').open("examples", '[');
  for (const Disagreement& one : of.examples) {
    json.open("", '{').text("submission_id", one.submission).text("part", one.part).text("answer", one.answer);
    json.text("expected", one.expected).text("got", one.got).close('}');
  }
  json.close(']').close('}');
}

void server_fields(Json& json, const Report& report) {
  const ProcessUse& from = report.measured.before;
  const ProcessUse& to = report.measured.after;
  const double cpu = to.cpu_seconds - from.cpu_seconds;
  json.open("server", '{').flag("seen", report.server_seen).flag("is_load_tool", report.server_is_this_process);
  json.whole("pid", static_cast<std::uint64_t>(report.server_pid)).number("cpu_s", cpu);
  json.number("cpu_us_per_result", report.measured.came > 0 ? cpu * 1e6 / static_cast<double>(report.measured.came) : 0);
  json.number("programs_cpu_s", std::chrono::duration<double>(report.measured.programs_cpu).count());
  json.whole("resident_bytes", static_cast<std::uint64_t>(to.resident_bytes));
  json.whole("peak_bytes", static_cast<std::uint64_t>(to.peak_bytes));
  const auto grown = [](std::uint64_t before, std::uint64_t after) {
    return after > before ? after - before : 0;
  };  // threads may have ended
  json.whole("voluntary_switches", grown(from.voluntary_switches, to.voluntary_switches));
  json.whole("involuntary_switches", grown(from.involuntary_switches, to.involuntary_switches)).close('}');
}

void block_fields(Json& json, const Measured& of) {
  json.open("blocks", '[');
  for (std::size_t i = 0; i < of.blocks.size(); ++i) {
    const Block& block = of.blocks[i];
    const auto end = i + 1 < of.blocks.size() ? of.blocks[i + 1].begin : of.duration;
    json.open("", '{').number("at_s", std::chrono::duration<double>(block.begin).count());
    json.number("seconds", std::chrono::duration<double>(end - block.begin).count()).whole("sent", block.sent).whole("results", block.came);
    json.number("p50_ms", ms(block.latency.at(0.5))).number("p99_ms", ms(block.latency.at(0.99)));
    json.number("max_ms", ms(block.latency.most())).number("cpu_ms", block.cpu_seconds * 1e3).close('}');
  }
  json.close(']');
}

void ramp_fields(Json& json, const std::optional<RampOutcome>& ramp) {
  if (!ramp) return;
  json.open("ramp", '{').number("p99_limit_ms", ms(ramp->p99_limit)).number("highest_rate", ramp->highest.value_or(0)).open("steps", '[');
  for (const Step& step : ramp->steps) {
    json.open("", '{').number("offered", step.offered).number("achieved", step.achieved).number("p99_ms", ms(step.p99));
    json.flag("held", step.held).close('}');
  }
  json.close(']').close('}');
}

void change_fields(Json& json, const Report& report) {
  if (report.compared_with.empty()) return;
  json.open("compare", '{').text("base", report.compared_with).open("figures", '[');
  for (const Change& one : report.changes) {
    json.open("", '{')
        .text("figure", one.figure)
        .number("before", one.before, 6)
        .number("after", one.after, 6)
        .number("ratio", one.ratio, 4);
    json.number("low", one.low, 4).number("high", one.high, 4).flag("worse", one.worse).flag("better", one.better).close('}');
  }
  json.close(']').close('}');
}

}  // namespace

bool Report::verdicts_passed() const {
  return partial ? measured.verdicts.disagreed == 0 : measured.verdicts.passed();
}

std::string Report::target_id() const { return "bench.target." + (target == "in-process" ? std::string("in_process") : target); }

std::string to_json(const Report& report) {
  Json json;
  json.open("", '{').text("schema", "otmetka.bench.v1").text("version", report.version).text("started_at", report.started_at);
  json.text("target", report.target).flag("partial", report.partial.has_value());
  json.text("partial_reason", report.partial ? report.partial->id : "").text("command", report.command);
  load_fields(json, report);
  latency_fields(json, report);
  verdict_fields(json, report);
  server_fields(json, report);
  ramp_fields(json, report.ramp);
  change_fields(json, report);
  block_fields(json, report.measured);
  json.close('}');
  return std::move(json).take() + "\n";
}

}  // namespace otmetka::load
