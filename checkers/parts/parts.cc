#include "checkers/parts/parts.h"

#include <algorithm>
#include <iterator>

#include "checkers/answer_text.h"
#include "checkers/credit.h"
#include "checkers/parts/judging.h"
#include "checkers/typed_text.h"

namespace otmetka::checkers::parts {
namespace {

// Credits of a part are multiples of 1/D; its term of the sum, of share/D.
Int128 denominator_of(std::span<const Part> parts) {
  Int128 out = 1;
  for (const Part& part : parts) {
    const Int128 own = part.checker->credit_denominator();
    if (own >= kTooFine || part.share.den() >= kTooFine) return kTooFine;
    out = common_denominator(out, Ratio(part.share.num(), part.share.den() * own).den());
  }
  return out;
}

std::vector<Response> responses_of(const MappingAnswer& mapping) {
  std::vector<Response> out;
  for (const auto& [name, text] : mapping.pairs) out.push_back({PartId(std::string(trim_label(name))), TextAnswer{text}});
  return out;
}

}  // namespace

PartsChecker::PartsChecker(std::vector<Part> parts) : parts_(std::move(parts)), denominator_(denominator_of(parts_)) {}

Outcome PartsChecker::check(const Answer& typed, const CheckContext& context) const {
  const std::optional<Answer> read = reshaped(typed, AnswerShape::kParts);
  const Answer& answer = read ? *read : typed;
  if (const auto* mapping = std::get_if<MappingAnswer>(&answer)) return check_each(responses_of(*mapping), context);
  if (std::holds_alternative<TextAnswer>(answer)) return check_each({}, context);  // a blank
  return sum_up(parts_, std::vector<Outcome>(parts_.size(), wrong_shape(AnswerShape::kParts, answer)), context);
}

Outcome PartsChecker::check_all(const Answer* whole, std::span<const Response> by_part, const CheckContext& context) const {
  if (by_part.empty() && whole != nullptr) return check(*whole, context);
  const auto* mapping = whole == nullptr ? nullptr : std::get_if<MappingAnswer>(whole);
  std::vector<Response> all = mapping == nullptr ? std::vector<Response>() : responses_of(*mapping);
  all.insert(all.end(), by_part.begin(), by_part.end());
  return check_each(std::move(all), context);
}

std::vector<PartShape> PartsChecker::part_shapes() const {
  std::vector<PartShape> out;
  for (const Part& part : parts_) out.push_back({part.id, part.shape});
  return out;
}

Outcome PartsChecker::check_each(std::vector<Response> responses, const CheckContext& context) const {
  std::vector<const Answer*> answers(parts_.size());
  std::vector<Message> unknown;
  for (Response& response : responses) {
    const std::string& id = response.part.value;
    const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.id == id; });
    if (part == parts_.end()) {
      if (unknown.size() < 100) unknown.push_back({"parts.unknown", {visible(id)}});
      continue;
    }
    const Answer*& slot = answers[static_cast<std::size_t>(part - parts_.begin())];
    if (slot != nullptr) {
      response.answer = MisshapenAnswer{{"parts.repeated", {id}}};
    } else if (auto read = reshaped(response.answer, part->shape)) {
      response.answer = std::move(*read);
    }
    slot = &response.answer;
  }
  Outcome out = sum_up(parts_, judge_parts(parts_, answers, context), context);
  if (!unknown.empty() && out.status == Verdict::kNotAttempted) out.status = Verdict::kInvalidInput;
  std::move(unknown.begin(), unknown.end(), std::back_inserter(out.feedback));
  return out;
}

std::vector<Entry> PartsChecker::entries() const {
  std::vector<Entry> out;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    for (Entry entry : parts_[i].checker->entries()) {
      entry.rule_id = parts_[i].id + "." + entry.rule_id;
      entry.path = "parts[" + std::to_string(i) + "]." + parts_[i].kind + (entry.path.empty() ? "" : "." + entry.path);
      // Behind a gate no answer to this part alone can meet its entries.
      const auto* text = entry.example && parts_[i].required.empty() ? std::get_if<TextAnswer>(&*entry.example) : nullptr;
      if (text != nullptr && parts_[i].shape == AnswerShape::kText) {
        entry.example = MappingAnswer{{{parts_[i].id, text->text}}};
      } else {
        entry.example.reset();
      }
      out.push_back(std::move(entry));
    }
  }
  return out;
}

bool met(const Outcome& outcome, std::string_view rule_id) {
  if (outcome.rule_id == rule_id) return true;
  return std::any_of(outcome.parts.begin(), outcome.parts.end(), [&](const Outcome::Part& part) {
    return rule_id.starts_with(part.id + ".") && rule_id.substr(part.id.size() + 1) == part.outcome.rule_id;
  });
}

}  // namespace otmetka::checkers::parts
