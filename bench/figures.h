// What a program of bench/ measured, for people on standard output and for `./run bench report` as JSON. One thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::bench {

// The smallest value that `share` of them do not exceed; values must not be empty.
inline double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

// The same work done by several: one row a contestant.
struct Row {
  std::string work;  // what is done, the same text for all who do it
  std::string by;
  std::string unit;            // of one piece of work: "us a run"
  double median = 0, p99 = 0;  // of that unit
  std::size_t samples = 0;
  double ratio = 0;  // to the floor; 0 where there is none
  std::string note = {};
};

struct Goal {
  double limit = 0;
  bool at_most = true;
  bool met(double value) const { return at_most ? value <= limit : value >= limit; }
};

// Writes its file, if it has one, when it goes.
class Figures {
 public:
  explicit Figures(std::string file) : file_(std::move(file)) {}
  Figures(const Figures&) = delete;
  Figures& operator=(const Figures&) = delete;
  ~Figures() {
    if (file_.empty()) return;
    std::ofstream out(file_);
    out << "{\"rows\": [" << rows_ << "\n],\n\"figures\": [" << figures_ << "\n],\n\"points\": [" << points_ << "\n]}\n";
    if (!out.flush()) std::fprintf(stderr, "bench: %s could not be written\n", file_.c_str());
  }

  void row(const Row& one) {
    std::printf("  %-22s median %10.2f  p99 %10.2f %-16s ratio %6.2f  %s\n", one.by.c_str(), one.median, one.p99, one.unit.c_str(),
                one.ratio, one.note.c_str());
    std::fflush(stdout);
    begin(rows_);
    rows_ += "{\"work\": " + quoted(one.work) + ", \"by\": " + quoted(one.by) + ", \"unit\": " + quoted(one.unit);
    rows_ += ", \"median\": " + text(one.median) + ", \"p99\": " + text(one.p99) + ", \"samples\": " + std::to_string(one.samples);
    rows_ += ", \"ratio\": " + text(one.ratio) + ", \"note\": " + quoted(one.note) + "}";
  }

  void figure(const std::string& name, double value, const std::string& unit, const std::optional<Goal>& goal = {}) {
    const bool met = !goal || goal->met(value);
    const std::string wanted = goal ? (goal->at_most ? "<= " : ">= ") + text(goal->limit) : "-";
    std::printf("%-4s %s: %s %s (goal: %s)\n", met ? "ok" : "MISS", name.c_str(), human(value).c_str(), unit.c_str(), wanted.c_str());
    std::fflush(stdout);
    begin(figures_);
    figures_ += "{\"name\": " + quoted(name) + ", \"value\": " + text(value) + ", \"unit\": " + quoted(unit);
    figures_ += ", \"goal\": " + quoted(wanted) + ", \"met\": " + (met ? "true" : "false") + "}";
  }

  // How long so many items took where the thing that grows had this size.
  void point(const std::string& series, double size, double seconds, double items) {
    std::printf("  %s: %12.0f  %10.3f s  %12.3f us for each of %.0f\n", series.c_str(), size, seconds, seconds * 1e6 / items, items);
    std::fflush(stdout);
    begin(points_);
    points_ += "{\"series\": " + quoted(series) + ", \"size\": " + text(size) + ", \"seconds\": " + text(seconds);
    points_ += ", \"items\": " + text(items) + "}";
  }

 private:
  static void begin(std::string& list) { list += list.empty() ? "\n " : ",\n "; }

  static std::string text(double value) {
    char out[64];
    std::snprintf(out, sizeof(out), "%.9g", std::isfinite(value) ? value : 0.0);
    return out;
  }

  static std::string human(double value) {
    char out[64];
    std::snprintf(out, sizeof(out), "%.*f", std::abs(value) >= 100 ? 0 : 2, value);
    return out;
  }

  static std::string quoted(std::string_view plain) {
    std::string out = "\"";
    for (const char c : plain) {
      if (c == '"' || c == '\\') out += '\\';
      out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return out + "\"";
  }

  std::string file_, rows_, figures_, points_;
};

}  // namespace otmetka::bench
