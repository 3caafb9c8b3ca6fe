#include "cli/bench_options.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "cli/bench_targets.h"
#include "engine/answers/folder.h"

namespace otmetka::cli {
namespace {

using std::chrono::nanoseconds;

constexpr double kMostRate = 1'000'000;
constexpr std::size_t kMostMixBytes = std::size_t{1} << 20;

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Result<nanoseconds> time_of(const Context& context, const char* option, const std::string& text, nanoseconds otherwise, nanoseconds least) {
  if (text.empty()) return otherwise;
  const auto time = parse_time(text);
  if (!time || *time < least) return error("OT462", {std::string(option), text, say(context, "bench.duration_form")});
  return *time;
}

Result<double> rate_of(const Context& context, const std::string& text) {
  if (text.empty()) return 1'000.0;
  if (text == "max") return 0.0;
  const std::string_view digits = std::string_view(text).substr(0, text.ends_with("/s") ? text.size() - 2 : text.size());
  const auto rate = number_of<double>(digits);
  if (rate && *rate >= 0.1 && *rate <= kMostRate) return *rate;
  return error("OT462", {std::string("--rate"), text, say(context, "bench.rate_form")});
}

// Whole, or nothing at all.
Result<std::int64_t> whole_of(const Context& context, const char* option, const std::string& text, std::int64_t most) {
  const auto value = number_of<std::int64_t>(text);
  if (value && *value >= 0 && *value <= most) return *value;
  return error("OT462", {std::string(option), text, say(context, "bench.number_form")});
}

Status read_plan(const Context& context, const BenchWords& words, BenchSettings& out) {
  const auto rate = rate_of(context, words.rate);
  if (!rate) return rate.failure();
  const auto duration = time_of(context, "--duration", words.duration, std::chrono::seconds(10), std::chrono::milliseconds(100));
  if (!duration) return duration.failure();
  const auto warmup = time_of(context, "--warmup", words.warmup, std::chrono::seconds(2), nanoseconds(0));
  if (!warmup) return warmup.failure();
  const auto p99 = time_of(context, "--p99", words.p99, std::chrono::milliseconds(500), nanoseconds(1));
  if (!p99) return p99.failure();
  out.ramp = words.ramp;
  if (out.ramp && *rate <= 0) return error("OT462", {std::string("--rate"), words.rate, say(context, "bench.rate_form")});
  out.p99 = *p99;
  out.plan.rate = *rate;
  out.plan.duration = *duration;
  out.plan.warmup = *warmup;
  if (words.arrivals == "constant") out.plan.arrivals = load::Arrivals::kConstant;
  return ok_status();
}

Status read_mix_file(const Context& context, const BenchWords& words, load::Mix& out) {
  if (!words.mix.empty()) {
    auto text = read_small_file(words.mix, kMostMixBytes);
    if (!text) return text.failure();
    auto mix = load::read_mix(std::move(*text), words.mix);
    if (!mix) return mix.failure();
    out = std::move(*mix);
  }
  if (words.seed.empty()) return ok_status();
  const auto seed = whole_of(context, "--seed", words.seed, std::int64_t{1} << 53);
  if (!seed) return seed.failure();
  out.seed = static_cast<std::uint64_t>(*seed);
  return ok_status();
}

Status read_target(const Context& context, const BenchWords& words, BenchSettings& out) {
  out.queue = words.brokers.empty() ? words.queue : "kafka:" + words.brokers;
  const std::string kind = out.queue.substr(0, out.queue.find(':'));
  out.target = !words.target.empty() ? words.target : kind.empty() ? std::string("in-process") : kind;
  if (!kind.empty() && kind != out.target) return error("OT462", {std::string("--queue"), out.queue, say(context, "bench.target_form")});
  if (words.server_pid.empty()) return ok_status();
  if (words.server_pid == "elsewhere" && out.target != "in-process") {
    out.server_pid = kServerElsewhere;
    return ok_status();
  }
  const auto pid = whole_of(context, "--server-pid", words.server_pid, std::int64_t{1} << 22);
  if (!pid) return pid.failure();
  if (*pid < 1 || out.target == "in-process") {
    return error("OT462", {std::string("--server-pid"), words.server_pid, say(context, "bench.pid_form")});
  }
  out.server_pid = static_cast<pid_t>(*pid);
  return ok_status();
}

std::string quoted(const std::string& word) {
  const bool is_plain = word.find_first_of(" \t\n'\"\\$`*?[]{}()<>|&;#~!") == std::string::npos;
  if (is_plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string command_of(const BenchWords& words, const BenchSettings& settings) {
  std::string out = "otmetka bench --target " + settings.target;
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) out += std::string(" ") + option + " " + quoted(value);
  };
  add("--queue", settings.queue);
  add("--mix", words.mix);
  add("--rate", words.rate);
  add("--arrivals", words.arrivals);
  if (words.ramp) out += " --ramp";
  add("--p99", words.p99);
  add("--duration", words.duration);
  add("--warmup", words.warmup);
  add("--seed", words.seed);
  return out;
}

}  // namespace

std::optional<nanoseconds> parse_time(const std::string& text) {
  static constexpr std::pair<std::string_view, double> kUnits[] = {{"ms", 1e6}, {"s", 1e9}, {"m", 6e10}, {"h", 3.6e12}};
  constexpr double kMost = 24 * 3.6e12;
  for (const auto& [unit, times] : kUnits) {
    if (!text.ends_with(unit)) continue;
    const auto value = number_of<double>(std::string_view(text).substr(0, text.size() - unit.size()));
    if (!value) continue;
    const double all = *value * times;
    return all >= 0 && all <= kMost ? std::optional(nanoseconds(std::llround(all))) : std::nullopt;
  }
  return std::nullopt;
}

Result<std::string> read_small_file(const std::string& path, std::size_t most) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) return engine::answers::open_failure(path, EISDIR);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return engine::answers::open_failure(path, errno == 0 ? ENOENT : errno);
  std::string text(most + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return engine::answers::read_failure(path, EIO);
  return text;
}

Result<BenchSettings> read_bench_words(const Context& context, const BenchWords& words) {
  BenchSettings out;
  if (Status read = read_target(context, words, out); !read) return read.failure();
  if (Status read = read_plan(context, words, out); !read) return read.failure();
  if (Status read = read_mix_file(context, words, out.mix); !read) return read.failure();
  out.command = command_of(words, out);
  return out;
}

}  // namespace otmetka::cli
