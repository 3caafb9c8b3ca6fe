#include "checkers/answer_text.h"

#include <string>
#include <vector>

#include "checkers/typed_text.h"
#include "model/text.h"

namespace otmetka::checkers {
namespace {

std::vector<std::string_view> split(std::string_view text) {
  const char between = trimmed(text).find('\n') == std::string_view::npos ? '|' : '\n';
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find(between);
    if (const auto piece = trim_label(text.substr(0, end)); !piece.empty()) out.push_back(piece);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

Answer mapping(const std::vector<std::string_view>& pieces, std::string_view text) {
  MappingAnswer out;
  for (const std::string_view piece : pieces) {
    const std::size_t sign = piece.find('=');
    if (sign == std::string_view::npos) return misshapen({"OT350", {quote(piece.substr(0, 80))}}, text);
    out.pairs.emplace_back(trim_label(piece.substr(0, sign)), trim_label(piece.substr(sign + 1)));
  }
  return out;
}

}  // namespace

Answer answer_from_text(std::string_view text, AnswerShape shape) {
  if (shape == AnswerShape::kText || shape == AnswerShape::kFiles || trim_label(text).empty()) return TextAnswer{std::string(text)};
  const std::vector<std::string_view> pieces = split(text);
  if (pieces.size() > kMostPieces) return misshapen({"OT323", {static_cast<std::int64_t>(kMostPieces)}}, text);
  if (shape == AnswerShape::kChoice) return ChoiceAnswer{{pieces.begin(), pieces.end()}};
  if (shape == AnswerShape::kSequence) return SequenceAnswer{{pieces.begin(), pieces.end()}};
  return mapping(pieces, text);
}

std::optional<Answer> reshaped(const Answer& answer, AnswerShape shape) {
  const auto* text = std::get_if<TextAnswer>(&answer);
  if (text == nullptr || shape == AnswerShape::kText || shape == AnswerShape::kFiles) return std::nullopt;
  return answer_from_text(text->text, shape);
}

}  // namespace otmetka::checkers
