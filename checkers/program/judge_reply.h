// How the end of a task's own checker or interactor is read. One that was killed or ran out of time did not get as far: that is
// the caller's Error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/ratio.h"
#include "model/result.h"
#include "model/verdict.h"

namespace otmetka::checkers::program {

struct JudgeSaid {
  Verdict verdict = Verdict::kGraded;  // or kWrongAnswer
  Ratio credit;                        // share of the test, to the millionth
  std::optional<double> score;         // kKattis: points of the package's own scale; then `credit` is 1
  std::string message;                 // what the judge wrote of it: UTF-8 fit to be shown, at most kMostJudgeMessageBytes
};
inline constexpr std::size_t kMostJudgeMessageBytes = 1024;

// Error of both: OT565 {"", what the judge did: "exit 3: …"}, not retryable. The judge has failed and the learner has not.

// testlib.h, whose quit() writes the outcome in words, then the message, to standard error:
//   0 accepted; 1 wrong, 2 presentation, 4 output after the end, 8 unexpected end: WRONG_ANSWER; 3 the judge failed.
//   7 with a line "points N", N in [0, 1]: that share. It is the first line, whatever stands behind it, or the only one of its kind.
//   Such a line "partially correct (N)", N in [0, 200], from _pc(N): N/200. Its exit code is N, or 50 + N where the judge was compiled
//   with TESTSYS; 16 + N is taken too. The code alone says nothing, since a broken judge may end with any.
// A share of nothing is WRONG_ANSWER.
Result<JudgeSaid> read_testlib(int exit_code, std::string_view standard_error);

// The validators of the ICPC and Kattis package format: 42 accepted, 43 WRONG_ANSWER. The texts are those of judgemessage.txt,
// score.txt and score_multiplier.txt, empty where there is no such file. Where it accepts and `scoring` is set, the second gives
// `score` and the third `credit`; not both of them. Otherwise they are left alone. What it accepts stays accepted, even with 0.
Result<JudgeSaid> read_kattis(int exit_code, std::string_view judge_message, std::string_view score_text, bool scoring,
                              std::string_view multiplier_text = {});

}  // namespace otmetka::checkers::program
