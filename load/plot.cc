#include "load/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace otmetka::load {
namespace {

constexpr double kWidth = 480, kHeight = 304;
constexpr double kLeft = 72, kRight = 450, kTop = 30, kBottom = 256;

std::string number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", value);
  return buffer;
}

double share(const Axis& axis, double value) {
  if (axis.logarithmic) return (std::log(std::max(value, 1e-12)) - std::log(axis.low)) / (std::log(axis.high) - std::log(axis.low));
  return (value - axis.low) / (axis.high - axis.low);
}

double across(const Axis& axis, double value) { return kLeft + std::clamp(share(axis, value), 0.0, 1.0) * (kRight - kLeft); }
double upwards(const Axis& axis, double value) { return kBottom - std::clamp(share(axis, value), 0.0, 1.0) * (kBottom - kTop); }

std::string line(double x1, double y1, double x2, double y2, const std::string& style) {
  return "<line class=\"" + style + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2) +
         "\"/>";
}

std::string text(double x, double y, const std::string& anchor, const std::string& words, const std::string& more = {}) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\"" + more + ">" + escaped(words) + "</text>";
}

bool is_within(const Axis& axis, double value) { return value >= axis.low * (1 - 1e-9) && value <= axis.high * (1 + 1e-9); }

std::string frame(const Plot& plot) {
  std::string out;
  for (const double tick : plot.y.ticks) {
    if (!is_within(plot.y, tick)) continue;
    const double y = upwards(plot.y, tick);
    out += line(kLeft, y, kRight, y, "grid") + text(kLeft - 6, y + 4, "end", plot.y.name(tick));
  }
  for (const double tick : plot.x.ticks) {
    if (!is_within(plot.x, tick)) continue;
    const double x = across(plot.x, tick);
    out += line(x, kBottom, x, kBottom + 4, "axis") + text(x, kBottom + 18, "middle", plot.x.name(tick));
  }
  out += line(kLeft, kBottom, kRight, kBottom, "axis");
  out += text((kLeft + kRight) / 2, kHeight - 8, "middle", plot.x.title, " class=\"title\"");
  return out + text(2, 14, "start", plot.y.title, " class=\"title\"");
}

std::string drawn(const Plot& plot, const Series& series) {
  std::string out, path;
  const auto end_line = [&] {
    if (!path.empty()) out += "<polyline class=\"" + series.style + "\" points=\"" + path + "\"/>";
    path.clear();
  };
  for (const auto& [x, y] : series.points) {
    if (!std::isfinite(y)) {
      end_line();
      continue;
    }
    const std::string at_x = number(across(plot.x, x)), at_y = number(upwards(plot.y, y));
    if (series.dots) out += "<circle class=\"" + series.style + "\" cx=\"" + at_x + "\" cy=\"" + at_y + "\" r=\"3.2\"/>";
    if (!series.dots) path += (path.empty() ? "" : " ") + at_x + "," + at_y;
  }
  end_line();
  return out;
}

// 1, 2 or 5 times a power of ten, so that some five of them make `width`.
double step_for(double width) {
  const double rough = std::max(width, 1e-9) / 5;
  const double ten = std::pow(10, std::floor(std::log10(rough)));
  for (const double times : {1.0, 2.0, 5.0}) {
    if (rough <= times * ten) return times * ten;
  }
  return 10 * ten;
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

std::string to_svg(const Plot& plot) {
  std::string out = "<svg viewBox=\"0 0 " + number(kWidth) + " " + number(kHeight) + "\" role=\"img\" aria-label=\"" +
                    escaped(plot.description) + "\">" + frame(plot);
  for (const Series& series : plot.series) out += drawn(plot, series);
  return out + "</svg>";
}

Axis linear_axis(std::string title, double low, double high) {
  Axis out{.title = std::move(title), .low = low, .high = high, .logarithmic = false, .ticks = {}, .name = {}};
  const double step = step_for(high - low);
  out.low = std::floor(low / step) * step;
  out.high = std::max(std::ceil(high / step), std::floor(low / step) + 1) * step;
  for (double tick = out.low; tick <= out.high + step / 2; tick += step) out.ticks.push_back(tick);
  return out;
}

Axis logarithmic_axis(std::string title, double low, double high) {
  low = std::max(low, 1e-9);
  high = std::max(high, low * 1.01);
  Axis out{.title = std::move(title), .low = low, .high = high, .logarithmic = true, .ticks = {}, .name = {}};
  const bool is_narrow = std::log10(high / low) < 2.5;
  for (double ten = std::pow(10, std::floor(std::log10(low))); ten < high * 10; ten *= 10) {
    for (const double times : {1.0, 2.0, 5.0}) {
      if (times == 1.0 || is_narrow) out.ticks.push_back(times * ten);
    }
  }
  // From the last tick at or below the lowest value to the first at or above the highest.
  for (const double tick : out.ticks) {
    if (tick <= low * (1 + 1e-9)) out.low = tick;
  }
  for (auto tick = out.ticks.rbegin(); tick != out.ticks.rend(); ++tick) {
    if (*tick >= high * (1 - 1e-9)) out.high = *tick;
  }
  return out;
}

}  // namespace otmetka::load
