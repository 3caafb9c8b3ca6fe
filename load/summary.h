// What a report comes to, in sentences that need no other knowledge: the head of the text and of the page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "load/report.h"

namespace otmetka::load {

struct Sentence {
  enum class Mood { kGood, kBad, kPlain };
  Mood mood = Mood::kPlain;
  std::string text;
};

// The most important first.
std::vector<Sentence> summary(const Report& report, const Say& say, std::string_view language);

// Rows of the tables that both forms have. Cells are texts ready to show.
struct Rows {
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;
};
Rows latency_rows(const Report& report, const Say& say, std::string_view language);
Rows stage_rows(const Report& report, const Say& say, std::string_view language);         // as seen from outside
Rows server_stage_rows(const Report& report, const Say& say, std::string_view language);  // as the server counts them
Rows server_rows(const Report& report, const Say& say, std::string_view language);
Rows verdict_rows(const Report& report, const Say& say, std::string_view language);
Rows example_rows(const Report& report, const Say& say, std::string_view language);
Rows ramp_rows(const Report& report, const Say& say, std::string_view language);
Rows change_rows(const Report& report, const Say& say, std::string_view language);
Rows run_rows(const Report& report, const Say& say, std::string_view language);  // how it was measured

}  // namespace otmetka::load
