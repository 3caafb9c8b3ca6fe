#include "engine/grade_submission.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "checkers/answer_text.h"
#include "engine/sha256.h"
#include "queue/codec.h"

namespace otmetka::engine {
namespace {

// The answers to one item: to the whole of it, or to its parts one by one.
struct ItemAnswers {
  const Answer* whole = nullptr;
  std::vector<const Response*> by_part;  // response.part is `item.part`
  const Response* stray = nullptr;       // the first `item.part` of an item that has no parts
  std::optional<Answer> too_deep;        // what such responses alone come to
};

// Beside an answer to the item itself such a response means nothing; alone it is an answer too deep for the item.
void settle_strays(std::vector<ItemAnswers>& all, std::vector<Message>& notices) {
  for (ItemAnswers& answers : all) {
    if (answers.stray == nullptr) continue;
    if (answers.whole != nullptr) {
      notices.push_back({"OT383", {checkers::quote(answers.stray->part.value)}});
    } else {
      answers.too_deep = misshapen({"OT320", {}}, queue::answer_json(answers.stray->answer));
      answers.whole = &*answers.too_deep;
    }
  }
}

// Responses sorted by item; what has no item in the spec, or a second answer, becomes a notice.
std::vector<ItemAnswers> sort_answers(const CompiledSpec& spec, const Submission& submission,
                                      std::vector<Message>& notices) {
  std::vector<ItemAnswers> out(spec.items.size());
  for (const Response& response : submission.responses) {
    const std::string_view id = response.part.value;
    if (const auto it = spec.item_by_id.find(id); it != spec.item_by_id.end()) {
      if (out[it->second].whole != nullptr) {
        notices.push_back({"OT384", {checkers::quote(id)}});
      } else {
        out[it->second].whole = &response.answer;
      }
      continue;
    }
    const auto dot = id.find('.');
    const auto it = dot == std::string_view::npos ? spec.item_by_id.end() : spec.item_by_id.find(id.substr(0, dot));
    if (it == spec.item_by_id.end()) {
      notices.push_back({"OT383", {checkers::quote(id)}});
    } else if (spec.items[it->second].type->shape == checkers::AnswerShape::kParts) {
      out[it->second].by_part.push_back(&response);
    } else if (out[it->second].stray == nullptr) {
      out[it->second].stray = &response;
    }
  }
  settle_strays(out, notices);
  return out;
}

checkers::Outcome judge(const CompiledItem& item, const ItemAnswers& answers, const checkers::CheckContext& context) {
  std::vector<Response> by_part;
  for (const Response* response : answers.by_part) {
    by_part.push_back({PartId(response->part.value.substr(item.id.size() + 1)), response->answer});
  }
  const auto read = answers.whole == nullptr ? std::nullopt : checkers::reshaped(*answers.whole, item.type->shape);
  return item.checker->check_all(read ? &*read : answers.whole, by_part, context);
}

void add_part(std::string id, checkers::Outcome&& outcome, const Ratio& points_max, bool explain, std::vector<PartResult>& parts) {
  PartResult& out = parts.emplace_back();
  out.part = PartId(std::move(id));
  out.credit = outcome.credit;
  out.points_max = points_max;
  out.points = outcome.credit * points_max;
  out.status = outcome.status;
  out.rule_id = std::move(outcome.rule_id);
  out.tag = std::move(outcome.tag);
  out.feedback = std::move(outcome.feedback);
  out.trace = std::move(outcome.trace);
  out.answer_key = std::move(outcome.answer_key);
  out.tests = std::move(outcome.tests);
  for (const TestOutcome& test : out.tests) {
    out.cpu += test.cpu;
    out.wall += test.wall;
    out.peak_bytes = std::max(out.peak_bytes, test.peak_bytes);
  }
  if (explain) out.trace.push_back({"trace.points", {out.credit, out.points_max, out.points}});
}

// The answer as it came, so that a stored result can be graded again from its own trace (engine/replay.h). `of_item`: it
// answered a whole item of parts, and stands in the trace of each.
Message typed_step(const Answer* answer, std::string_view locale, bool of_item) {
  if (answer == nullptr) return {"trace.no_answer", {}};
  constexpr std::size_t kMost = 4096;
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  const std::string scope = of_item ? "item" : "";
  if (const auto* unread = std::get_if<MisshapenAnswer>(answer)) {
    Message step{"trace.unreadable", {checkers::quote(unread->raw), std::string(locale), scope, unread->reason.id}};
    step.args.insert(step.args.end(), unread->reason.args.begin(), unread->reason.args.end());
    return step;
  }
  std::string json = queue::answer_json(*answer);
  // A long answer, and bytes that are no UTF-8, cannot be had back from a quote.
  const bool lossy = json.size() > kMost || json.find(kReplacement) != std::string::npos;
  if (lossy) return {"trace.answer_cut", {checkers::quote(json), std::string(locale)}};
  const char* shape = std::holds_alternative<ChoiceAnswer>(*answer) ? "choice" : "";
  Message step{"trace.answer", {std::move(json), std::string(locale), std::string(shape)}};
  if (of_item) step.args.emplace_back(scope);
  return step;
}

const Answer* answer_of_part(const ItemAnswers& answers, std::string_view full_id) {
  for (const Response* response : answers.by_part) {
    if (response->part.value == full_id) return &response->answer;
  }
  return nullptr;
}

// Appends the item's part results; the item's own status, which decides whether it uses up an attempt.
Result<Verdict> add_item(const CompiledItem& item, const ItemAnswers& answers, const checkers::CheckContext& context,
                 std::vector<PartResult>& parts) {
  checkers::Outcome outcome = judge(item, answers, context);
  if (outcome.failure) return std::move(*outcome.failure);
  const Verdict status = outcome.status;
  const auto add = [&](std::string id, checkers::Outcome&& own, const Ratio& points_max, const Answer* typed) {
    const bool of_item = typed != nullptr && typed == answers.whole && id != item.id;
    if (context.explain) own.trace.insert(own.trace.begin(), typed_step(typed, context.locale, of_item));
    add_part(std::move(id), std::move(own), points_max, context.explain, parts);
  };
  if (outcome.parts.empty()) {
    add(item.id, std::move(outcome), item.points, answers.whole);
    return status;
  }
  for (checkers::Outcome::Part& part : outcome.parts) {
    const std::string id = item.id + "." + part.id;
    const Answer* typed = answer_of_part(answers, id);
    add(id, std::move(part.outcome), item.points * part.share, typed != nullptr ? typed : answers.whole);
  }
  // What is said of the item as a whole has no row of its own: it closes the last part's.
  PartResult& last = parts.back();
  std::move(outcome.feedback.begin(), outcome.feedback.end(), std::back_inserter(last.feedback));
  std::move(outcome.trace.begin(), outcome.trace.end(), std::back_inserter(last.trace));
  return status;
}

void copy_identity(const Submission& from, ScoredResult& to) {
  to.tenant = from.tenant;
  to.event = from.event;
  to.submission = from.submission;
  to.assignment = from.assignment;
  to.learner = from.learner;
  to.attempt_no = from.attempt_no;
  to.spec = from.spec;
  to.spec_sha256 = from.spec_sha256;
  to.grade_epoch = from.grade_epoch;
  to.revision = from.revision;
  to.submitted_at = from.submitted_at;
  to.due_at = from.due_at;
  to.regrade_id = from.regrade_id;
  to.engine_version = kEngineVersion;
  to.notices = from.notices;
}

std::string result_hash(const ScoredResult& result, std::string_view row) {
  FieldHash hash;
  hash.add(result.tenant.value)
      .add(result.submission.value)
      .add(result.spec_sha256)
      .add(result.grade_epoch)
      .add(result.revision);
  if (result.submission.empty() && !row.empty()) hash.add(row);
  return hash.hex();
}

}  // namespace

std::string content_hash(const ScoredResult& result) {
  FieldHash hash;
  for (const PartResult& part : result.parts) {
    hash.add(part.part.value)
        .add(part.credit.to_string())
        .add(part.points.to_string())
        .add(static_cast<std::int64_t>(part.status))
        .add(part.rule_id);
  }
  return hash.hex();
}

Status provide_programs(Programs* programs, checkers::CheckContext& context) {
  if (programs == nullptr) return retryable_error("OT566");
  const auto workshop = programs->workshop();
  if (!workshop) return workshop.failure();
  context.workshop = *workshop;
  context.for_each = [programs](std::size_t n, const std::function<void(std::size_t)>& one) { programs->for_each(n, one); };
  return ok_status();
}

Result<std::vector<PartResult>> grade_item(const CompiledItem& item, std::span<const Response> responses,
                                   const checkers::CheckContext& context, bool* consumes) {
  ItemAnswers answers;
  for (const Response& response : responses) {
    if (response.part.value == item.id) {
      answers.whole = &response.answer;
    } else {
      answers.by_part.push_back(&response);
    }
  }
  std::vector<PartResult> out;
  const auto status = add_item(item, answers, context, out);
  if (!status) return status.failure();
  if (consumes != nullptr) *consumes = consumes_attempt(*status);
  return out;
}

Result<ScoredResult> grade_submission(const CompiledSpec& spec, const Submission& submission, const GradeOptions& options) {
  ScoredResult out;
  copy_identity(submission, out);
  if (out.spec.empty()) out.spec = SpecId(spec.message.id());
  out.spec_sha256 = spec.sha256;
  const std::vector<ItemAnswers> answers = sort_answers(spec, submission, out.notices);
  checkers::CheckContext context{
      .locale = submission.locale.empty() ? std::string_view(spec.message.locale()) : std::string_view(submission.locale),
      .explain = options.explain};
  if (spec.runs_programs) {
    if (Status ready = provide_programs(options.programs, context); !ready) return ready.failure();
  }
  out.parts.reserve(spec.items.size());
  for (std::size_t i = 0; i < spec.items.size(); ++i) {
    const auto status = add_item(spec.items[i], answers[i], context, out.parts);
    if (!status) return status.failure();
    out.consumes_attempt = out.consumes_attempt || consumes_attempt(*status);
  }
  bool human = false;
  for (const PartResult& part : out.parts) {
    out.raw += part.points;
    human = human || part.status == Verdict::kNeedsHuman;
  }
  out.maximum = spec.maximum;
  out.progress = human ? Progress::kPartialNeedsHuman : Progress::kFinal;
  out.graded_at = options.graded_at;
  out.result_id = result_hash(out, options.row);
  out.content_sha256 = content_hash(out);
  return out;
}

ScoredResult failed_result(const Submission& submission, const Message& reason, std::string_view row) {
  ScoredResult out;
  copy_identity(submission, out);
  out.progress = Progress::kFailed;
  out.notices.push_back(reason);
  out.result_id = result_hash(out, row);
  out.content_sha256 = content_hash(out);
  return out;
}

}  // namespace otmetka::engine
