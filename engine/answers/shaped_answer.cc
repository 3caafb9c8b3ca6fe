#include "engine/answers/shaped_answer.h"

#include "checkers/answer_text.h"
#include "queue/codec_answer.h"

namespace otmetka::engine::answers {

std::optional<Answer> answer_from_cell(checkers::AnswerShape shape, std::string_view text) {
  if (text.empty()) return std::nullopt;
  Answer out = checkers::answer_from_text(text, shape);
  queue::bound_answer(out);
  return out;
}

std::optional<Answer> answer_from_file(checkers::AnswerShape shape, std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return answer_from_cell(shape, text);
}

}  // namespace otmetka::engine::answers
