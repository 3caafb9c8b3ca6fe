#include "engine/answers/shaped_answer.h"

#include <string>
#include <vector>

#include "queue/codec_answer.h"
#include "queue/codec_utf8.h"

namespace otmetka::engine::answers {
namespace {

using checkers::AnswerShape;

std::vector<std::string> split(std::string_view text, char between) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find(between);
    if (const auto piece = trimmed(text.substr(0, end)); !piece.empty()) out.emplace_back(piece);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

Answer mapping(const std::vector<std::string>& pieces) {
  MappingAnswer out;
  for (const std::string& piece : pieces) {
    const std::size_t sign = piece.find('=');
    if (sign == std::string::npos) {
      return MisshapenAnswer{{"OT350", {queue::to_utf8(queue::cut_utf8(piece, 80))}}};
    }
    const std::string_view view = piece;
    out.pairs.emplace_back(trimmed(view.substr(0, sign)), trimmed(view.substr(sign + 1)));
  }
  return out;
}

std::optional<Answer> shaped(AnswerShape shape, std::string_view text, char between) {
  if (text.empty()) return std::nullopt;
  Answer out;
  switch (shape) {
    case AnswerShape::kChoice: out = ChoiceAnswer{split(text, between)}; break;
    case AnswerShape::kSequence: out = SequenceAnswer{split(text, between)}; break;
    case AnswerShape::kMapping:
    case AnswerShape::kParts: out = mapping(split(text, between)); break;
    case AnswerShape::kText:
    case AnswerShape::kFiles: out = TextAnswer{std::string(text)}; break;
  }
  queue::bound_answer(out);
  return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::optional<Answer> answer_from_cell(AnswerShape shape, std::string_view text) { return shaped(shape, text, '|'); }

std::optional<Answer> answer_from_file(AnswerShape shape, std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return shaped(shape, text, text.find('\n') == std::string_view::npos ? '|' : '\n');
}

}  // namespace otmetka::engine::answers
