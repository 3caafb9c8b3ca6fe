#include "checkers/parts/parts.h"

#include <algorithm>
#include <iterator>

#include "checkers/credit.h"
#include "checkers/parts/judging.h"
#include "checkers/parts/text_form.h"

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

std::vector<Response> responses_of(const MappingAnswer& mapping, std::span<const Part> parts) {
  std::vector<Response> out;
  for (const auto& [name, text] : mapping.pairs) {
    const std::string id(trim_label(name));
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.id == id; });
    const AnswerShape shape = part == parts.end() ? AnswerShape::kText : part->shape;
    out.push_back({PartId(id), answer_from_text(text, shape)});
  }
  return out;
}

}  // namespace

PartsChecker::PartsChecker(std::vector<Part> parts) : parts_(std::move(parts)), denominator_(denominator_of(parts_)) {}

Outcome PartsChecker::check(const Answer& answer, const CheckContext& context) const {
  if (const auto* mapping = std::get_if<MappingAnswer>(&answer)) return check_each(responses_of(*mapping, parts_), context);
  const auto* text = std::get_if<TextAnswer>(&answer);
  if (text != nullptr && trim_label(text->text).empty()) return check_each({}, context);
  const Outcome refused = wrong_shape(AnswerShape::kParts, answer);
  Outcome out = sum_up(parts_, std::vector<Outcome>(parts_.size(), refused), context);
  out.feedback = refused.feedback;
  return out;
}

Outcome PartsChecker::check_each(std::span<const Response> responses, const CheckContext& context) const {
  std::vector<const Answer*> answers(parts_.size());
  std::vector<Message> unknown;
  std::vector<std::unique_ptr<const Answer>> refusals;
  for (const Response& response : responses) {
    const std::string& id = response.part.value;
    const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.id == id; });
    if (part == parts_.end()) {
      if (unknown.size() < 100) unknown.push_back({"parts.unknown", {quote(id)}});
      continue;
    }
    const Answer*& slot = answers[static_cast<std::size_t>(part - parts_.begin())];
    if (slot == nullptr) {
      slot = &response.answer;
    } else {
      refusals.push_back(std::make_unique<const Answer>(MisshapenAnswer{{"parts.repeated", {id}}}));
      slot = refusals.back().get();
    }
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
