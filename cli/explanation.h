// An explanation as people read it.
#pragma once

#include <iosfwd>
#include <string>

#include "cli/command_line.h"
#include "model/rubric.h"
#include "model/scored_result.h"

namespace otmetka::cli {

// One line for a pupil or a parent: "gravity: 1 из 2 — проверено. Не указана единица измерения."
std::string short_form(const Context& context, const PartResult& part);

// The short form, then the trace, a step a line.
void print_part(const Context& context, const PartResult& part, std::ostream& out);

// All parts and the notices.
void print_result(const Context& context, const ScoredResult& result, std::ostream& out);
void print_mark(const Context& context, const std::vector<ScoredResult>& attempts, const FinalMark& mark, std::ostream& out);

// The notices in one line, each with its code.
std::string notices_text(const Context& context, const ScoredResult& result);

// "1,5 из 2".
std::string points_text(const Context& context, const Ratio& points, const Ratio& maximum);

}  // namespace otmetka::cli
