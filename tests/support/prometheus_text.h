// Reads a page in the Prometheus text format 0.0.4, strictly: what a test holds `/metrics` against.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka {

struct PrometheusPage {
  std::map<std::string, std::string> types;  // of each family
  std::map<std::string, double> values;      // by series as written: `name` or `name{label="value"}`
  std::vector<std::string> problems;         // whatever the format does not allow; empty for a page that is right
  double at(const std::string& series) const { return values.contains(series) ? values.at(series) : -1; }  // -1: there is none
};

class PrometheusReader {
 public:
  static PrometheusPage read(std::string_view text) {
    PrometheusReader reader;
    if (text.empty() || text.back() != '\n') reader.problem("the page does not end with a line's end", text);
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      reader.line(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    reader.end_family();
    return reader.page_;
  }

 private:
  void problem(const std::string& what, std::string_view where) { page_.problems.push_back(what + ": " + std::string(where)); }

  static bool is_name(std::string_view text) {
    if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:") == std::string_view::npos;
  }

  void line(std::string_view text) {
    if (text.starts_with("# HELP ")) return help(text);
    if (text.starts_with("# TYPE ")) return type(text);
    if (text.empty() || text[0] == '#') return problem("neither help, type nor sample", text);
    sample(text);
  }

  void help(std::string_view text) {
    end_family();
    text.remove_prefix(7);
    family_ = std::string(text.substr(0, text.find(' ')));
    if (!is_name(family_) || text.size() < family_.size() + 2) problem("no name or no help", text);
    if (!families_.insert(family_).second) problem("a family's second HELP", text);
  }

  void type(std::string_view text) {
    text.remove_prefix(7);
    const std::string name(text.substr(0, text.find(' ')));
    const std::string_view kind = text.substr(std::min(text.size(), name.size() + 1));
    if (name != family_) problem("TYPE does not follow its HELP", text);
    if (kind != "counter" && kind != "gauge" && kind != "histogram") problem("unknown type", text);
    if ((kind == "counter") != name.ends_with("_total")) problem("_total is for counters, and for all of them", text);
    if (!page_.types.emplace(name, kind).second) problem("a family's second TYPE", text);
  }

  // name{label="value",…} number
  void sample(std::string_view text) {
    const std::size_t name_end = text.find_first_of("{ ");
    const std::string name(text.substr(0, name_end));
    if (!is_name(name)) return problem("not a name", text);
    std::size_t at = std::min(name_end, text.size());
    std::string le;
    std::string others;
    if (at < text.size() && text[at] == '{' && !labels(text, at, le, others)) return problem("labels cannot be read", text);
    if (at >= text.size() || text[at] != ' ') return problem("no value", text);
    const std::string_view digits = text.substr(at + 1);
    double value = 0;
    const std::string_view plain = digits.starts_with('+') ? digits.substr(1) : digits;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error != std::errc{} || end != plain.data() + plain.size()) return problem("not a number", text);
    if (!page_.values.emplace(std::string(text.substr(0, at)), value).second) problem("a series' second sample", text);
    place(name, le, others, value, text);
  }

  static bool labels(std::string_view text, std::size_t& at, std::string& le, std::string& others) {
    std::set<std::string> seen;
    for (++at; at < text.size() && text[at] != '}';) {
      const std::size_t equals = text.find("=\"", at);
      const std::string label(text.substr(at, std::min(equals, text.size()) - at));
      if (equals == std::string_view::npos || !is_name(label) || !seen.insert(label).second) return false;
      std::size_t close = equals + 2;
      while (close < text.size() && text[close] != '"') {
        const bool escape = text[close] == '\\';
        if (escape && text.substr(close + 1).find_first_of("\\\"n") != 0) return false;
        close += escape ? 2 : 1;
      }
      if (close >= text.size()) return false;
      const std::string value(text.substr(equals + 2, close - equals - 2));
      (label == "le" ? le : others) += label == "le" ? value : label + "=" + value + ";";
      at = close + 1;
      if (at < text.size() && text[at] == ',') ++at;
    }
    return at++ < text.size();
  }

  struct Buckets {
    double last_bound = -1, last_count = 0, infinity = -1, sum = -1, count = -1;
  };

  void place(const std::string& name, const std::string& le, const std::string& others, double value, std::string_view text) {
    const auto type = page_.types.find(family_);
    if (type == page_.types.end()) return problem("a sample without HELP and TYPE", text);
    if (type->second == "counter" && !(value >= 0)) problem("a counter below 0", text);
    if (type->second != "histogram") return name == family_ ? void() : problem("a sample outside its family", text);
    Buckets& of = buckets_[others];
    if (name == family_ + "_sum") {
      of.sum = value;
    } else if (name == family_ + "_count") {
      of.count = value;
    } else if (name == family_ + "_bucket" && !le.empty()) {
      const double bound = std::strtod(le.c_str(), nullptr);
      if (!(bound > of.last_bound) || value < of.last_count) problem("buckets do not ascend", text);
      of.last_bound = bound;
      of.last_count = value;
      if (le == "+Inf") of.infinity = value;
    } else {
      problem("a sample outside its family", text);
    }
  }

  void end_family() {
    if (!family_.empty() && !page_.types.contains(family_)) problem("no TYPE", family_);
    for (const auto& [labels, of] : buckets_) {
      if (of.infinity < 0 || of.sum < 0 || of.count != of.infinity) problem("a histogram that is not whole", family_ + " " + labels);
    }
    buckets_.clear();
  }

  PrometheusPage page_;
  std::set<std::string> families_;
  std::string family_;
  std::map<std::string, Buckets> buckets_;  // of the family that is being read
};

}  // namespace otmetka
