// The report as one page.
#include <algorithm>
#include <cmath>
#include <limits>

#include "load/page_style.h"
#include "load/plot.h"
#include "load/report.h"
#include "load/summary.h"

namespace otmetka::load {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }
double middle(const Measured& of, std::size_t block) {
  const auto end = block + 1 < of.blocks.size() ? of.blocks[block + 1].begin : of.duration;
  return seconds((of.blocks[block].begin + end) / 2);
}
double length(const Measured& of, std::size_t block) {
  const auto end = block + 1 < of.blocks.size() ? of.blocks[block + 1].begin : of.duration;
  return std::max(seconds(end - of.blocks[block].begin), 1e-9);
}

class Page {
 public:
  Page(const Report& report, const Say& say, std::string_view language) : report_(report), say_(say), language_(language) {}

  std::string make() {
    head();
    sentences();
    tiles();
    out_ += "<div class=\"plots\">";
    if (report_.ramp) ramp_plot();
    time_plot();
    share_plot();
    if (!report_.ramp) rate_plot();
    stage_plot();
    out_ += "</div>";
    tables();
    out_ += "<footer>" + word("bench.page.footer") + "</footer></main></body></html>\n";
    return std::move(out_);
  }

 private:
  std::string word(const std::string& id, const std::vector<Arg>& args = {}) const { return escaped(say_(id, args)); }
  std::string time(double of_seconds) const { return duration_text(of_seconds, language_); }

  void head() {
    const std::string title = word("bench.page.title");
    out_ = "<!doctype html><html lang=\"" + std::string(language_) +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + title +
           "</title><style>" + kPageStyle + "</style></head><body><main><h1>" + title + ": " + word(report_.target_id()) +
           "</h1><p class=\"under\">" + escaped(report_.started_at) + " · " + escaped(report_.mix.name) + "</p>";
  }

  void sentences() {
    for (const Sentence& one : summary(report_, say_, language_)) {
      const bool good = one.mood == Sentence::Mood::kGood, bad = one.mood == Sentence::Mood::kBad;
      out_ += std::string("<p class=\"sentence ") + (good ? "good" : bad ? "bad" : "") + "\"><span class=\"mark\" aria-hidden=\"true\">" +
              (good ? "✓" : bad ? "✗" : "•") + "</span>" + escaped(one.text) + "</p>";
    }
  }

  void tile(const std::string& figure, const std::string& id) {
    out_ += "<div class=\"tile\"><b>" + escaped(figure) + "</b><span>" + word(id) + "</span></div>";
  }

  void tiles() {
    const Measured& of = report_.measured;
    const Histogram& whole = of.latencies.whole;
    out_ += "<div class=\"tiles\">";
    tile(number_text(of.achieved_rate(), of.achieved_rate() < 100 ? 1 : 0, language_), "bench.tile.rate");
    tile(time(seconds(whole.at(0.5))), "bench.tile.p50");
    tile(time(seconds(whole.at(0.99))), "bench.tile.p99");
    tile(time(seconds(whole.most())), "bench.tile.max");
    if (report_.server_seen && of.came > 0) {
      tile(time((of.after.cpu_seconds - of.before.cpu_seconds) / static_cast<double>(of.came)), "bench.tile.cpu");
      tile(number_text(static_cast<double>(of.after.peak_bytes) / (1 << 20), 0, language_) + " " + word("bench.mebibytes"),
           "bench.tile.memory");
    }
    out_ += "</div>";
  }

  void figure(const std::string& name, const Plot& plot) {
    out_ += "<figure><h2>" + word("bench.plot." + name) + "</h2><p>" + word("bench.plot." + name + ".means") + "</p><ul class=\"key\">";
    for (const Series& one : plot.series) {
      out_ += std::string("<li><i class=\"") + (one.dots ? "dot " : "") + one.style + "\"></i>" + escaped(one.label) + "</li>";
    }
    out_ += "</ul>" + to_svg(plot) + "</figure>";
  }

  Axis time_axis(double low, double high) const {
    Axis axis = logarithmic_axis(say_("bench.axis.latency", {}), low, high);
    axis.name = [this](double value) { return time(value); };
    return axis;
  }
  Axis run_axis() const {
    Axis axis = linear_axis(say_("bench.axis.time", {}), 0, std::max(report_.measured.seconds(), 0.1));
    axis.high = std::max(report_.measured.seconds(), 0.1);
    axis.name = [this](double value) { return number_text(value, 1, language_); };
    return axis;
  }
  Axis rate_axis(const std::string& title, double most) const {
    Axis axis = linear_axis(say_(title, {}), 0, std::max(most, 1.0));
    axis.name = [this](double value) { return number_text(value, 1, language_); };
    return axis;
  }

  // Latency of the blocks: half, ninety-nine of a hundred, the worst.
  void time_plot() {
    const Measured& of = report_.measured;
    Series half{say_("bench.series.p50", {}), "one", {}}, most{say_("bench.series.p99", {}), "two", {}};
    Series worst{say_("bench.series.max", {}), "three", {}, true};
    double low = 1e9, high = 0;
    for (std::size_t i = 0; i < of.blocks.size(); ++i) {
      const Histogram& latency = of.blocks[i].latency;
      const bool any = latency.count() > 0;
      const double x = middle(of, i);
      half.points.emplace_back(x, any ? seconds(latency.at(0.5)) : kNone);
      most.points.emplace_back(x, any ? seconds(latency.at(0.99)) : kNone);
      worst.points.emplace_back(x, any ? seconds(latency.most()) : kNone);
      if (any) low = std::min(low, half.points.back().second);
      if (any) high = std::max(high, worst.points.back().second);
    }
    if (high <= 0) return;
    figure("time", {say_("bench.plot.time", {}), run_axis(), time_axis(low, high), {half, most, worst}});
  }

  static double nines(double share) { return -std::log10(std::max(1 - share, 1e-9)); }

  Series curve(const std::string& label, const std::string& style, const Histogram& of, double most_nines) const {
    Series out{label, style, {}};
    for (double x = 0; x <= most_nines + 1e-9; x += most_nines / 160) {
      out.points.emplace_back(x, seconds(of.at(1 - std::pow(10, -x))));
    }
    return out;
  }

  // As far to the right as there are submissions for: the last one of n is 1 in n.
  void share_plot() {
    const Latencies& of = report_.measured.latencies;
    if (of.whole.count() == 0) return;
    const double most = std::clamp(std::log10(static_cast<double>(of.whole.count())), 1.0, 5.0);
    Plot plot{say_("bench.plot.share", {}), {}, time_axis(seconds(of.whole.least()), seconds(of.whole.most())), {}};
    plot.x = {.title = say_("bench.axis.share", {}), .low = 0, .high = most, .logarithmic = false, .ticks = {}, .name = {}};
    for (const double share : {0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999}) plot.x.ticks.push_back(nines(share));
    plot.x.name = [this](double value) { return number_text(100 - 100 * std::pow(10, -value), 3, language_) + "%"; };
    const bool both = of.programs.count() > 0 && of.answers.count() > 0;
    plot.series.push_back(curve(say_("bench.row.all", {}), "one", of.whole, most));
    if (both) plot.series.push_back(curve(say_("bench.row.answers", {}), "two", of.answers, most));
    if (both) plot.series.push_back(curve(say_("bench.row.programs", {}), "three", of.programs, most));
    figure("share", plot);
  }

  void rate_plot() {
    const Measured& of = report_.measured;
    if (of.blocks.empty()) return;
    Series sent{say_("bench.series.sent", {}), "quiet", {}}, came{say_("bench.series.came", {}), "one", {}};
    double most = 0;
    for (std::size_t i = 0; i < of.blocks.size(); ++i) {
      sent.points.emplace_back(middle(of, i), static_cast<double>(of.blocks[i].sent) / length(of, i));
      came.points.emplace_back(middle(of, i), static_cast<double>(of.blocks[i].came) / length(of, i));
      most = std::max({most, sent.points.back().second, came.points.back().second});
    }
    figure("rate", {say_("bench.plot.rate", {}), run_axis(), rate_axis("bench.axis.rate", most), {sent, came}});
  }

  void ramp_plot() {
    std::vector<Step> steps = report_.ramp->steps;
    std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.offered < b.offered; });
    Series ideal{say_("bench.series.ideal", {}), "quiet", {{0, 0}}}, held{say_("bench.series.held", {}), "one", {}, true};
    Series not_held{say_("bench.series.not_held", {}), "two", {}, true};
    double most = 1;
    for (const Step& step : steps) {
      (step.held ? held : not_held).points.emplace_back(step.offered, step.achieved);
      most = std::max({most, step.offered, step.achieved});
    }
    ideal.points.emplace_back(most, most);
    figure("ramp", {say_("bench.plot.ramp", {}), rate_axis("bench.axis.offered", most), rate_axis("bench.axis.achieved", most),
                    {ideal, held, not_held}});
  }

  void stage_plot() {
    const Latencies& of = report_.measured.latencies;
    if (of.waiting.count() == 0) return;
    const double most = std::clamp(std::log10(static_cast<double>(of.whole.count())), 1.0, 5.0);
    const auto least = std::min({of.publishing.at(0.5), of.waiting.at(0.5), of.finishing.at(0.5)});
    const auto longest = std::max({of.publishing.most(), of.waiting.most(), of.finishing.most()});
    Plot plot{say_("bench.plot.stages", {}), {}, time_axis(std::max(seconds(least), 1e-6), seconds(longest)), {}};
    plot.x = {.title = say_("bench.axis.share", {}), .low = nines(0.5), .high = most, .logarithmic = false, .ticks = {}, .name = {}};
    for (const double share : {0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999}) plot.x.ticks.push_back(nines(share));
    plot.x.name = [this](double value) { return number_text(100 - 100 * std::pow(10, -value), 3, language_) + "%"; };
    plot.series = {curve(say_("bench.stage.publish", {}), "one", of.publishing, most),
                   curve(say_("bench.stage.wait", {}), "two", of.waiting, most),
                   curve(say_("bench.stage.finish", {}), "three", of.finishing, most)};
    for (Series& one : plot.series) {
      std::erase_if(one.points, [&](const auto& point) { return point.first < plot.x.low; });
    }
    figure("stages", plot);
  }

  // The cells of a column are numbers from `numbers` on.
  void table(const std::string& id, const Rows& rows, std::size_t numbers) {
    if (rows.rows.empty()) return;
    out_ += "<section><h2>" + word("bench.table." + id) + "</h2><p>" + word("bench.table." + id + ".means") + "</p><table><thead><tr>";
    for (std::size_t i = 0; i < rows.heads.size(); ++i) out_ += cell("th", rows.heads[i], i >= numbers);
    out_ += "</tr></thead><tbody>";
    for (const auto& row : rows.rows) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) out_ += cell("td", row[i], i >= numbers);
      out_ += "</tr>";
    }
    out_ += "</tbody></table></section>";
  }

  static std::string cell(const std::string& tag, const std::string& words, bool is_number) {
    return "<" + tag + " class=\"" + (is_number ? "number" : "words") + "\">" + escaped(words) + "</" + tag + ">";
  }

  void tables() {
    constexpr std::size_t kNoNumbers = 99;
    if (!report_.compared_with.empty()) table("changes", change_rows(report_, say_, language_), 1);
    table("examples", example_rows(report_, say_, language_), kNoNumbers);
    table("latency", latency_rows(report_, say_, language_), 1);
    table("stages", stage_rows(report_, say_, language_), 1);
    table("server_stages", server_stage_rows(report_, say_, language_), 1);
    if (report_.ramp) table("ramp", ramp_rows(report_, say_, language_), 0);
    table("verdicts", verdict_rows(report_, say_, language_), 1);
    table("server", server_rows(report_, say_, language_), 1);
    table("run", run_rows(report_, say_, language_), kNoNumbers);
  }

  const Report& report_;
  const Say& say_;
  std::string_view language_;
  std::string out_;
};

}  // namespace

std::string to_html(const Report& report, const Say& say, std::string_view language) { return Page(report, say, language).make(); }

}  // namespace otmetka::load
