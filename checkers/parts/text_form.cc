#include "checkers/parts/text_form.h"

#include "checkers/credit.h"

namespace otmetka::checkers::parts {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0;;) {
    const std::size_t bar = text.find('|', at);
    out.push_back(text.substr(at, bar - at));
    if (bar == std::string::npos) return out;
    at = bar + 1;
  }
}

Answer mapping(const std::string& text) {
  MappingAnswer out;
  for (const std::string& pair : split(text)) {
    const std::size_t sign = pair.find('=');
    if (sign == std::string::npos) return MisshapenAnswer{{"parts.no_pair", {quote(pair)}}};
    out.pairs.emplace_back(pair.substr(0, sign), pair.substr(sign + 1));
  }
  return out;
}

}  // namespace

Answer answer_from_text(const std::string& text, AnswerShape shape) {
  if (trim_label(text).empty()) return TextAnswer{text};
  if (shape == AnswerShape::kChoice) return ChoiceAnswer{split(text)};
  if (shape == AnswerShape::kSequence) return SequenceAnswer{split(text)};
  if (shape == AnswerShape::kMapping) return mapping(text);
  return TextAnswer{text};
}

}  // namespace otmetka::checkers::parts
