// Any bytes as what a task's own checker leaves behind: no crash, and a share is a share. First the exit status, then the protocol,
// then the texts with NUL between them: standard error; or message, score and multiplier.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checkers/program/judge_reply.h"

namespace {

using namespace otmetka;
using namespace otmetka::checkers::program;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_text(std::string_view& rest) {
  const auto end = rest.find('\0');
  const std::string_view out = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return out;
}

void look_at(const Result<JudgeSaid>& said) {
  if (!said) {
    require(said.failure().code() == "OT565" && !said.failure().retryable);
    return;
  }
  require(said->verdict == Verdict::kGraded || said->verdict == Verdict::kWrongAnswer);
  require(!said->credit.is_negative() && said->credit <= Ratio(1) && 1'000'000 % said->credit.den() == 0);
  require(said->verdict == Verdict::kGraded || said->credit.is_zero());
  require(!said->score || std::isfinite(*said->score));
  require(said->message.size() <= kMostJudgeMessageBytes && said->message.find('\0') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const int status = data[0];
  std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (data[1] % 3 == 0) {
    const auto said = read_testlib(status, rest);
    look_at(said);
    if (said) require((said->verdict == Verdict::kGraded) == !said->credit.is_zero());
    return 0;
  }
  const auto message = take_text(rest), score = take_text(rest), multiplier = take_text(rest);
  const auto said = read_kattis(status, message, score, data[1] % 3 == 1, multiplier);
  look_at(said);
  if (said) require((said->verdict == Verdict::kGraded) == (status == 42));
  return 0;
}
