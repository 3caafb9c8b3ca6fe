// What only running a spec's own samples can show.
#pragma once

#include <vector>

#include "engine/compiled_spec.h"
#include "engine/programs.h"

namespace otmetka::engine {

struct LintResult {
  std::vector<SpecProblem>
      problems;  // OT170–173: a sample that fails; OT236: one that could not be run; OT230–234: what is missing or never met
  std::size_t samples_run = 0;
  std::size_t samples_passed = 0;
};

// Runs every sample; asks that every item has a sample with full credit and one with none, that every accept and reject
// entry is hit by a sample and wins its own example. Time: one check per sample and entry. `file:` of samples is looked for in
// `folder`; samples of items that run programs are left out without `programs`.
LintResult lint(const CompiledSpec& spec, const std::string& folder = {}, Programs* programs = nullptr);

// A sample's answer as responses to its item.
std::vector<Response> sample_responses(const std::string& item_id, const v1::SampleAnswer& give);

// Puts the files in place of a `file:PATH` or `dir:PATH` beneath `folder`, where the item takes files. OT168, OT362.
Status read_given_files(const CompiledItem& item, const std::string& folder, std::vector<Response>& responses);

}  // namespace otmetka::engine
