#include "checkers/parts/judging.h"

#include <algorithm>
#include <iterator>

#include "checkers/credit.h"

namespace otmetka::checkers::parts {
namespace {

constexpr std::size_t kOpen = static_cast<std::size_t>(-1);

class Judging {
 public:
  Judging(std::span<const Part> parts, const CheckContext& context)
      : parts_(parts), context_(context), root_(parts.size(), kOpen) {}

  void judge(std::size_t i, const Answer* answer) {
    if (answer == nullptr) return add(status_only(Verdict::kNotAttempted));
    if (const std::size_t gate = closed_gate(i); gate != kOpen) return add(gated(i, gate));
    Outcome by_key = parts_[i].checker->check(*answer, context_);
    add(by_key.credit >= Ratio(1) ? std::move(by_key) : follow_through(i, *answer, std::move(by_key)));
  }

  std::vector<Outcome> take() { return std::move(outcomes_); }

 private:
  void add(Outcome outcome) { outcomes_.push_back(std::move(outcome)); }

  static Outcome status_only(Verdict verdict) {
    Outcome out;
    out.status = verdict;
    return out;
  }

  // The first required part that earned nothing.
  std::size_t closed_gate(std::size_t i) const {
    for (const std::size_t gate : parts_[i].required) {
      if (outcomes_[gate].credit <= Ratio(0)) return gate;
    }
    return kOpen;
  }

  Outcome gated(std::size_t i, std::size_t gate) {
    root_[i] = root_[gate] == kOpen ? gate : root_[gate];
    Outcome out = status_only(Verdict::kGated);
    Message why = root_[i] == gate ? Message{"parts.gated", {parts_[i].id, parts_[gate].id}}
                                   : Message{"parts.gated_through", {parts_[i].id, parts_[gate].id, parts_[root_[i]].id}};
    if (context_.explain) out.trace.push_back(why);
    out.feedback.push_back(std::move(why));
    return out;
  }

  Outcome follow_through(std::size_t i, const Answer& answer, Outcome by_key) const {
    Bindings own;
    std::string names;
    for (const std::size_t earlier : parts_[i].followed) {
      if (outcomes_[earlier].value == nullptr) continue;
      own.emplace(parts_[earlier].id, outcomes_[earlier].value);
      names += (names.empty() ? "" : ", ") + parts_[earlier].id;
    }
    if (own.empty()) return by_key;
    CheckContext context = context_;
    context.follow = &own;
    Outcome by_own = parts_[i].checker->check(answer, context);
    const bool better = by_own.credit > by_key.credit;
    std::vector<Message> trace = std::move(by_key.trace);
    if (context_.explain) {
      trace.push_back({"parts.judged_again", {names}});
      std::move(by_own.trace.begin(), by_own.trace.end(), std::back_inserter(trace));
      trace.push_back({better ? "parts.better" : "parts.no_better", {by_key.credit, by_own.credit}});
    }
    Outcome& out = better ? by_own : by_key;
    out.trace = std::move(trace);
    if (better) out.feedback.insert(out.feedback.begin(), {"parts.follow_through", {parts_[i].id, names}});
    return std::move(out);
  }

  std::span<const Part> parts_;
  const CheckContext& context_;
  std::vector<Outcome> outcomes_;
  std::vector<std::size_t> root_;  // of a gated part: the part that failed in the first place
};

Verdict item_status(const std::vector<Outcome>& outcomes) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.status == verdict; });
  };
  const bool graded = std::any_of(outcomes.begin(), outcomes.end(), [](const Outcome& o) {
    return o.status != Verdict::kGated && o.status != Verdict::kNeedsHuman && consumes_attempt(o.status);
  });
  for (const Verdict verdict : {Verdict::kInfraError, Verdict::kNeedsHuman}) {
    if (any(verdict)) return verdict;
  }
  if (graded) return Verdict::kGraded;
  for (const Verdict verdict : {Verdict::kAmbiguous, Verdict::kInvalidInput, Verdict::kGated}) {
    if (any(verdict)) return verdict;
  }
  return Verdict::kNotAttempted;
}

std::vector<Message> arithmetic(std::span<const Part> parts, const Outcome& item) {
  std::vector<Message> out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Outcome& part = item.parts[i].outcome;
    out.push_back({"parts.term", {parts[i].id, parts[i].share, part.credit, parts[i].share * part.credit}});
  }
  out.push_back({"parts.sum", {item.credit}});
  return out;
}

}  // namespace

std::vector<Outcome> judge_parts(std::span<const Part> parts, std::span<const Answer* const> answers,
                                 const CheckContext& context) {
  Judging judging(parts, context);
  for (std::size_t i = 0; i < parts.size(); ++i) judging.judge(i, answers[i]);
  return judging.take();
}

Outcome sum_up(std::span<const Part> parts, std::vector<Outcome> outcomes, const CheckContext& context) {
  Outcome out;
  out.status = item_status(outcomes);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out.credit += parts[i].share * outcomes[i].credit;
    const std::string& key = outcomes[i].answer_key;
    if (!key.empty()) out.answer_key += (out.answer_key.empty() ? "" : "|") + parts[i].id + "=" + key;
    out.parts.push_back({parts[i].id, parts[i].share, std::move(outcomes[i])});
  }
  out.answer_key = cut_key(std::move(out.answer_key));
  if (out.status == Verdict::kGraded) out.rule_id = rule_of(out.credit);
  if (context.explain) out.trace = arithmetic(parts, out);
  return out;
}

}  // namespace otmetka::checkers::parts
