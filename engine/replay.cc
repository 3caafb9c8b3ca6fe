#include "engine/replay.h"

#include <algorithm>
#include <set>

#include "engine/grade_submission.h"
#include "queue/codec.h"

namespace otmetka::engine {
namespace {

// The step that grade_submission puts first in every trace.
const Message* typed_step(const PartResult& part) {
  for (const Message& step : part.trace) {
    if (step.id.starts_with("trace.answer") || step.id == "trace.no_answer" || step.id == "trace.unreadable") return &step;
  }
  return nullptr;
}

std::string text_arg(const Message& message, std::size_t index) {
  const auto* text = index < message.args.size() ? std::get_if<std::string>(&message.args[index]) : nullptr;
  return text == nullptr ? std::string() : *text;
}

// What answered a whole item of parts stands in the trace of each part: it is taken once, for the item. A mapping that does
// not say so (an earlier version's) did.
std::string response_id(const PartResult& part, const Message& step, const Answer& answer, const CompiledSpec& spec) {
  const std::string& id = part.part.value;
  if (spec.item_by_id.contains(id)) return id;
  const std::string scope = text_arg(step, step.id == "trace.unreadable" ? 2 : 3);
  if (scope != "item" && !std::holds_alternative<MappingAnswer>(answer)) return id;
  const std::string item = id.substr(0, id.find('.'));
  return spec.item_by_id.contains(item) ? item : id;
}

Result<Answer> answer_of(const Message& step) {
  if (step.id == "trace.unreadable") {
    const auto reasons = std::min<std::size_t>(step.args.size(), 4);
    return Answer(misshapen({text_arg(step, 3), {step.args.begin() + static_cast<std::ptrdiff_t>(reasons), step.args.end()}},
                            text_arg(step, 0)));
  }
  auto answer = queue::answer_from_json(text_arg(step, 0));
  if (answer && text_arg(step, 2) == "choice") {  // a list in JSON reads back as a sequence
    if (auto* list = std::get_if<SequenceAnswer>(&*answer)) *answer = ChoiceAnswer{std::move(list->elements)};
  }
  return answer;
}

}  // namespace

Result<ScoredResult> replay(const CompiledSpec& spec, const ScoredResult& stored) {
  Submission work;
  work.tenant = stored.tenant;
  work.event = stored.event;
  work.submission = stored.submission;
  work.assignment = stored.assignment;
  work.learner = stored.learner;
  work.attempt_no = stored.attempt_no;
  work.submitted_at = stored.submitted_at;
  work.due_at = stored.due_at;
  work.spec = stored.spec;
  work.grade_epoch = stored.grade_epoch;
  work.revision = stored.revision;
  work.regrade_id = stored.regrade_id;
  std::set<std::string> taken;
  for (const PartResult& part : stored.parts) {
    const Message* step = typed_step(part);
    if (step == nullptr || step->id == "trace.answer_cut") return error("OT382", {part.part.value});
    if (step->id == "trace.no_answer") continue;
    work.locale = text_arg(*step, 1);
    auto answer = answer_of(*step);
    if (!answer) return answer.failure();
    std::string id = response_id(part, *step, *answer, spec);
    if (taken.insert(id).second) work.responses.push_back({PartId(std::move(id)), std::move(*answer)});
  }
  return grade_submission(spec, work, {.explain = true, .graded_at = stored.graded_at});
}

}  // namespace otmetka::engine
