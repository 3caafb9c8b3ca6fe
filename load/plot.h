// Pictures of figures: inline SVG that needs nothing around it but the page's colours.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace otmetka::load {

struct Series {
  std::string label;
  std::string style;  // a class of the page: "one", "two", "three", "quiet"
  std::vector<std::pair<double, double>> points;  // by x; with a gap where y is no number
  bool dots = false;  // points alone, no line between them
};

struct Axis {
  std::string title;
  double low = 0;
  double high = 1;
  bool logarithmic = false;  // low > 0
  std::vector<double> ticks;  // where the axis is named; those outside of it are left out
  std::function<std::string(double)> name;
};

struct Plot {
  std::string description;  // for those who do not see it
  Axis x, y;
  std::vector<Series> series;
};

// 480 units wide: legible down to a screen of 360 pixels. Texts are escaped.
std::string to_svg(const Plot& plot);

// Round numbers from 0 or `low` to beyond `high`, some five of them; of a logarithmic axis tens, or 1, 2, 5 where tens are few.
Axis linear_axis(std::string title, double low, double high);
Axis logarithmic_axis(std::string title, double low, double high);

// & < > " as entities.
std::string escaped(const std::string& text);

}  // namespace otmetka::load
