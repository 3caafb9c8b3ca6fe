// Any bytes as a mix: no crash; what is read lies within its bounds and makes specs and submissions; for what is not, an entry says why.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "load/workload.h"
#include "messages/catalogue.h"

using namespace otmetka;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Small enough to be made at once.
void make_some(load::Mix mix) {
  mix.assignments = std::min(mix.assignments, 3);
  mix.learners = std::min(mix.learners, 100);
  const load::Workload made(mix, "r");
  require(!made.specs().empty());
  for (std::uint64_t number = 0; number < 20; ++number) {
    require(!made.submission(number).payload.empty());
    const load::Expectation expected = made.expectation(number);
    require(expected.fate != load::Fate::kGraded || !expected.parts.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto mix = load::read_mix(std::string(data, data + size), "mix.yaml");
  if (!mix) {
    const auto entries = messages::load_entries();
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.id == mix.failure().code(); });
    require(entry != entries.end() && entry->severity == messages::Severity::kError);
    return 0;
  }
  for (const double share : {mix->wrong, mix->hostile, mix->undecodable, mix->unknown_spec, mix->programs, mix->program_wrong}) {
    require(share >= 0 && share <= 1);
  }
  require(mix->zipf >= 0 && mix->zipf <= 3 && mix->assignments >= 1 && mix->assignments <= 1'000);
  make_some(*mix);
  return 0;
}
