// The same patterns on the same answers by our checker and by what one would take instead, in turns. `./run bench peers` calls it.
//
//   regex_peers [--json FILE]
//
// A pattern that sends a backtracking matcher round in circles is bounded: PCRE2 by its own limit of steps, std::regex, which has none,
// by the length of what it is given.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <re2/re2.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "bench/arguments.h"
#include "bench/figures.h"
#include "engine/spec_check.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kSteps = 1'000'000;  // of PCRE2, a match
constexpr std::size_t kEnds = 20;            // characters that std::regex gets through on the bad pattern: twice the time for each more
constexpr double kShare = 0.7;               // seconds for one contestant and one kind of answers
constexpr std::size_t kSamples = 400;

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "regex_peers: %s\n", what.c_str());
  std::exit(1);
}

enum class Found { kNo, kYes, kGivenUp };

struct Contestant {
  std::string name;
  std::function<Found(const std::string&)> match;
  std::size_t longest = std::string::npos;  // what it is not given, since it would not end
};

struct Work {
  std::string name;
  std::string pattern;
  std::vector<std::string> answers;
  std::vector<Found> right;
  bool circles = false;
  std::size_t block() const { return std::max<std::size_t>(1, 100 / (1 + answers.front().size() / 100)); }
};

Contestant ours(const std::string& pattern) {
  const std::string spec = "grade: v1\nid: peers\nitems:\n- {id: r, regex: {match: '" + pattern + "'}}\n";
  const auto checked = engine::check_spec_text(spec, "peers", "", engine::Depth::kCompile);
  if (!checked.spec) give_up("the spec does not compile: " + checked.diagnostics.front().message.id);
  return {"otmetka", [compiled = checked.spec](const std::string& answer) {
            const checkers::Outcome outcome = compiled->items.front().checker->check(TextAnswer{answer}, {.locale = "en"});
            return outcome.credit == Ratio(1) ? Found::kYes : Found::kNo;
          }};
}

Contestant re2_bare(const std::string& pattern) {
  return {"RE2", [compiled = std::make_shared<const re2::RE2>(pattern)](const std::string& answer) {
            return re2::RE2::FullMatch(answer, *compiled) ? Found::kYes : Found::kNo;
          }};
}

Contestant standard(const std::string& pattern, bool circles) {
  return {"std::regex",
          [compiled = std::regex(pattern, std::regex::ECMAScript | std::regex::optimize)](const std::string& answer) {
            return std::regex_match(answer, compiled) ? Found::kYes : Found::kNo;
          },
          circles ? kEnds : std::string::npos};
}

Contestant pcre2(const std::string& pattern) {
  int problem = 0;
  PCRE2_SIZE where = 0;
  const std::shared_ptr<pcre2_code> code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                                       PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED, &problem, &where, nullptr),
                                         pcre2_code_free);
  if (!code) give_up("PCRE2 does not take the pattern");
  pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
  const std::shared_ptr<pcre2_match_data> data(pcre2_match_data_create_from_pattern(code.get(), nullptr), pcre2_match_data_free);
  const std::shared_ptr<pcre2_match_context> limits(pcre2_match_context_create(nullptr), pcre2_match_context_free);
  pcre2_set_match_limit(limits.get(), kSteps);
  return {"PCRE2 (JIT)", [code, data, limits](const std::string& answer) {
            const int said =
                pcre2_match(code.get(), reinterpret_cast<PCRE2_SPTR>(answer.data()), answer.size(), 0, 0, data.get(), limits.get());
            return said > 0 ? Found::kYes : said == PCRE2_ERROR_NOMATCH ? Found::kNo : Found::kGivenUp;
          }};
}

struct Times {
  std::vector<double> all;  // nanoseconds an answer, one a block
  bool given_up = false;
  std::size_t most = kSamples;
};

void once(const Work& work, const Contestant& who, std::size_t& next, Times& times) {
  std::vector<Found> found(work.block());
  const std::size_t first = next;
  const auto began = Clock::now();
  for (Found& one : found) one = who.match(work.answers[next++ % work.answers.size()]);
  const double took = std::chrono::duration<double, std::nano>(Clock::now() - began).count();
  times.all.push_back(took / static_cast<double>(found.size()));
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == Found::kGivenUp) {
      times.given_up = true;
    } else if (found[i] != work.right[(first + i) % work.answers.size()]) {
      give_up(who.name + " is wrong about: " + work.name);
    }
  }
  if (times.all.size() == 1) times.most = std::clamp(static_cast<std::size_t>(kShare * 1e9 / took), std::size_t{5}, kSamples);
}

void contest(const Work& work, Figures& figures) {
  std::vector<Contestant> all{re2_bare(work.pattern), ours(work.pattern), pcre2(work.pattern), standard(work.pattern, work.circles)};
  std::erase_if(all, [&](const Contestant& one) { return work.answers.front().size() > one.longest; });
  std::vector<Times> times(all.size());
  std::vector<std::size_t> next(all.size(), 0);
  for (std::size_t round = 0; round < kSamples; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (times[i].all.size() < times[i].most) once(work, all[i], next[i], times[i]);
    }
  }
  std::printf("%s\n", work.name.c_str());
  const double floor = quantile(times.front().all, 0.5);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double median = quantile(times[i].all, 0.5);
    figures.row({work.name, all[i].name, "ns an answer", median, quantile(times[i].all, 0.99), times[i].all.size(), median / floor,
                 times[i].given_up ? "gives up after a million steps: no verdict" : ""});
  }
  if (all.size() == 4) return;
  std::printf("  std::regex: not run, it would not end\n");
}

std::string words(std::size_t bytes, const std::string& end) {
  std::string out;
  while (out.size() + end.size() < bytes) out += "answer ";
  return out + end;
}

std::vector<Work> works() {
  const std::string date = R"((\d{1,2})[./](\d{1,2})[./](\d{4}))", sentence = "([a-z]+ )+end", bad = "(a+)+[bd]";
  const auto yes = Found::kYes, no = Found::kNo;
  return {{"a date, about 10 bytes", date, {"12.04.1961", "12/04/1961", "1.1.2000", "yesterday"}, {yes, yes, yes, no}},
          {"words, 2 KB", sentence, {words(2'000, "end"), words(2'000, "END")}, {yes, no}},
          {"a pattern that makes circles, 20 bytes", bad, {std::string(19, 'a') + "c"}, {no}, true},
          {"a pattern that makes circles, 2 KB", bad, {std::string(1'999, 'a') + "c"}, {no}, true}};
}

}  // namespace
}  // namespace otmetka::bench

int main(int count, char** words) {
  using namespace otmetka::bench;
  Figures figures(option(count, words, "--json"));
  for (const Work& work : works()) contest(work, figures);
}
