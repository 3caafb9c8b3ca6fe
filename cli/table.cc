#include "cli/table.h"

#include <algorithm>
#include <iostream>

#include "spec/display_width.h"

namespace otmetka::cli {
namespace {

constexpr std::size_t kWidestCell = 60;

ProgressBar* on_terminal = nullptr;

// One code point off the front.
char32_t take(std::string_view& text) {
  const spec::Decoded decoded = spec::decode(text, 0);
  text.remove_prefix(decoded.length);
  return decoded.code_point;
}

std::size_t width_of(char32_t c) { return static_cast<std::size_t>(spec::display_width(c)); }

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += width_of(take(text));
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = take(text);
    if (c == '\n') {
      out += "⏎";
    } else if (spec::is_control(c) || c == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::string_view before = text;
    used += width_of(take(text));
    if (used + 1 > width) break;
    out += before.substr(0, before.size() - text.size());
  }
  return out + "…";
}

Table::Table(std::vector<std::string> heads) : heads_(std::move(heads)) {
  for (std::string& head : heads_) head = printable(head);
}

void Table::row(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::line(const std::vector<std::string>& cells) const {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = cut_to_width(cells[i], kWidestCell);
    const std::string pad(widths_[i] - std::min(widths_[i], display_width(cell)), ' ');
    const bool right = std::find(right_.begin(), right_.end(), i) != right_.end();
    text += (i == 0 ? "" : "  ") + (right ? pad + cell : cell + pad);
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text + '\n';
}

void Table::print(std::ostream& out, bool colour) {
  widths_.resize(heads_.size());
  for (std::size_t i = 0; i < heads_.size(); ++i) widths_[i] = std::max(widths_[i], display_width(heads_[i]));
  for (const auto& cells : rows_) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths_[i] = std::max(widths_[i], std::min(display_width(cells[i]), kWidestCell));
    }
  }
  if (!begun_) out << (colour ? "\033[1m" + line(heads_) + "\033[0m" : line(heads_));
  begun_ = true;
  for (const auto& cells : rows_) out << line(cells);
  rows_.clear();
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
  draw(total > 0 ? std::to_string(done) + "/" + std::to_string(total) : std::to_string(done), done, total);
}

void ProgressBar::show(std::uint64_t count, std::uint64_t done, std::uint64_t whole) { draw(std::to_string(count), done, whole); }

void ProgressBar::draw(const std::string& count, std::uint64_t done, std::uint64_t whole) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(100) && (whole == 0 || done != whole)) return;
  last_ = now;
  drawn_ = true;
  on_terminal = this;
  std::string line = "\r\033[K" + label_ + " " + count;
  if (whole > 0) {
    constexpr std::uint64_t kCells = 24;
    const auto full = std::min(kCells, done * kCells / whole);
    line += " [" + std::string(full, '#') + std::string(kCells - full, '.') + "]";
  }
  std::cerr << line << std::flush;
}

void ProgressBar::clear() {
  if (drawn_) std::cerr << "\r\033[K" << std::flush;
  drawn_ = false;
  if (on_terminal == this) on_terminal = nullptr;
}

void clear_progress() {
  if (on_terminal != nullptr) on_terminal->clear();
}

}  // namespace otmetka::cli
