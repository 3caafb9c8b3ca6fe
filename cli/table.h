// Plain tables on a terminal or in a pipe, and the progress bar.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::cli {

// Columns that a terminal gives to a UTF-8 text.
std::size_t display_width(std::string_view text);

// A text safe to print: control characters (escape sequences of a hostile answer among them) become U+FFFD, line ends ⏎.
// Printing it again changes nothing.
std::string printable(std::string_view text);

// Cuts to a width, ending in `…` where something was cut.
std::string cut_to_width(std::string_view text, std::size_t width);

// Whatever its cells hold, it is printed as printable() says.
class Table {
 public:
  explicit Table(std::vector<std::string> heads);
  void row(std::vector<std::string> cells);
  void right_align(std::size_t column) { right_.push_back(column); }
  // Prints what has come and forgets it, so that a long table streams: the heads go before the first rows, and columns
  // keep at least the width they have had. Cells wider than 60 columns are cut.
  void print(std::ostream& out, bool colour);
  std::size_t rows() const { return rows_.size(); }

 private:
  std::string line(const std::vector<std::string>& cells) const;

  std::vector<std::string> heads_;
  std::vector<std::size_t> widths_;
  bool begun_ = false;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> right_;
};

// A line on stderr that redraws itself at most ten times a second; nothing at all when stderr is no terminal. One at a time,
// never from two threads at once. Whoever prints to that terminal clears it first (clear_progress(), which report() and
// warn() call): the next show() draws it again below.
class ProgressBar {
 public:
  ProgressBar(bool shown, std::string label) : shown_(shown), label_(std::move(label)) {}
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  void show(std::uint64_t done, std::uint64_t total);                       // total 0: not known
  void show(std::uint64_t count, std::uint64_t done, std::uint64_t whole);  // `count` of things, `done` of the `whole` way
  void clear();

 private:
  void draw(const std::string& count, std::uint64_t done, std::uint64_t whole);

  bool shown_;
  std::string label_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_{};
};

// Of whichever bar is on the terminal now; cheap when none is.
void clear_progress();

}  // namespace otmetka::cli
