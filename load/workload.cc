#include "load/workload.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

#include "queue/codec.h"

namespace otmetka::load {
namespace {

constexpr std::uint64_t kSpread = 0xD1342543DE82EF95u;  // odd: numbers next to each other give states far apart
constexpr std::size_t kMostQuoted = 200;

std::size_t weighted(Random& random, std::span<const int> weights) {
  std::uint64_t all = 0;
  for (const int weight : weights) all += static_cast<std::uint64_t>(weight);
  std::uint64_t at = random.below(std::max<std::uint64_t>(all, 1));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (at < static_cast<std::uint64_t>(weights[i])) return i;
    at -= static_cast<std::uint64_t>(weights[i]);
  }
  return 0;
}

const Variant& one_of(Random& random, const std::vector<Variant>& variants) { return variants[random.below(variants.size())]; }

std::vector<std::string> languages_of(const Mix& mix) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    if (mix.languages[i] > 0) out.emplace_back(kLanguages[i]);
  }
  return out;
}

std::string learner_id(std::size_t learner) { return "p-" + std::to_string(learner + 1); }
std::int32_t attempt_of(std::uint64_t number) { return static_cast<std::int32_t>(number % 1'000'000'000) + 1; }

}  // namespace

std::string Assignment::spec() const {
  std::string out = "grade: v1\nid: " + id + "\nlocale: ru\nitems:\n";
  for (const Item& item : items) out += item.yaml;
  return out;
}

// Everything that chance decides of one submission.
struct Workload::Plan {
  Fate fate = Fate::kGraded;
  const Assignment* assignment = nullptr;  // null: a program
  std::size_t program_assignment = 0;
  std::size_t learner = 0;
  std::vector<const Variant*> variants;  // one an item
  std::string_view language = {};
  const Program* program = nullptr;
};

Workload::Workload(Mix mix, std::string run) : mix_(std::move(mix)), run_(std::move(run)) {
  Random random(mix_.seed);
  for (int i = 0; i < mix_.assignments; ++i) {
    Assignment assignment{"bench-" + std::to_string(i + 1), {}};
    for (int item = 0; item < mix_.items; ++item) {
      const std::string_view kind = kKinds[weighted(random, mix_.kinds)];
      assignment.items.push_back(make_item(kind, "q" + std::to_string(item + 1), mix_.answer_chars, random));
    }
    assignments_.push_back(std::move(assignment));
  }
  double sum = 0;
  for (int i = 0; i < mix_.learners; ++i) learners_.push_back(sum += std::pow(i + 1, -mix_.zipf));
  for (double& one : learners_) one /= sum;
}

Workload::~Workload() = default;

std::vector<std::pair<std::string, std::string>> Workload::specs() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Assignment& assignment : assignments_) out.emplace_back(assignment.id, assignment.spec());
  if (!mix_.runs_programs()) return out;
  for (int i = 1; i <= mix_.program_assignments; ++i) {
    const std::string id = "bench-program-" + std::to_string(i);
    out.emplace_back(id, "grade: v1\nid: " + id + "\nitems:\n" + program_item_yaml(languages_of(mix_), mix_.program_tests));
  }
  return out;
}

std::size_t Workload::learner(double share) const {
  const auto at = std::upper_bound(learners_.begin(), learners_.end(), share);
  return std::min(static_cast<std::size_t>(at - learners_.begin()), learners_.size() - 1);
}

Workload::Plan Workload::plan(std::uint64_t number) const {
  Random random(mix_.seed * kSpread + number * 0x9E6C63D0876A9A47u);
  Plan out;
  const double fate = random.share();
  if (fate < mix_.undecodable) out.fate = Fate::kUndecodable;
  if (fate >= mix_.undecodable && fate < mix_.undecodable + mix_.unknown_spec) out.fate = Fate::kParked;
  out.learner = learner(random.share());
  if (out.fate == Fate::kGraded && random.share() < mix_.programs) {
    out.language = kLanguages[weighted(random, mix_.languages)];
    out.program_assignment = random.below(static_cast<std::uint64_t>(mix_.program_assignments));
    const double intent = random.share();
    const Intent meant = intent < mix_.program_hostile                        ? Intent::kHostile
                         : intent < mix_.program_hostile + mix_.program_wrong ? Intent::kWrong
                                                                              : Intent::kRight;
    const auto& programs = programs_in(out.language, meant);
    out.program = &programs[random.below(programs.size())];
    return out;
  }
  out.assignment = &assignments_[random.below(assignments_.size())];
  const auto& items = out.assignment->items;
  const bool hostile = random.share() < mix_.hostile;
  const std::size_t victim = random.below(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool wrong = random.share() < mix_.wrong;
    out.variants.push_back(&one_of(random, hostile && i == victim ? items[i].hostile : wrong ? items[i].wrong : items[i].right));
  }
  return out;
}

std::string Workload::assignment_id(const Plan& plan) {
  if (plan.fate == Fate::kParked) return "bench-nobody-has-this-spec";
  return plan.assignment != nullptr ? plan.assignment->id : "bench-program-" + std::to_string(plan.program_assignment + 1);
}

Submission Workload::make(std::uint64_t number, const Plan& plan) const {
  Submission out;
  out.submission = SubmissionId(run_ + "-" + std::to_string(number));
  out.event = EventId("e-" + out.submission.value);
  out.tenant = TenantId("default");
  out.learner = LearnerId(learner_id(plan.learner));
  out.attempt_no = attempt_of(number);
  std::string assignment = assignment_id(plan);
  out.spec = SpecId(assignment);
  out.assignment = AssignmentId(std::move(assignment));
  if (plan.program != nullptr) {
    FilesAnswer files{{source_file(plan.language, *plan.program, run_ + "-" + std::to_string(number))}};
    out.responses.push_back({PartId("sum"), std::move(files)});
  }
  for (const Variant* variant : plan.variants) {
    out.responses.insert(out.responses.end(), variant->responses.begin(), variant->responses.end());
  }
  return out;
}

queue::Outgoing Workload::submission(std::uint64_t number) const {
  const Plan plan = this->plan(number);
  const Submission submission = make(number, plan);
  queue::Outgoing out{.key = submission.learner.value + "/" + submission.assignment.value, .payload = queue::encode_submission(submission)};
  // A field that promises more bytes than there are: no reader of protobuf takes that.
  if (plan.fate == Fate::kUndecodable) out.payload.assign("\x0A\x7F" "cut short");
  return out;
}

Expectation Workload::expectation(std::uint64_t number) const {
  const Plan plan = this->plan(number);
  Expectation out{.fate = plan.fate, .program = plan.program != nullptr, .parts = {}};
  out.learner = learner_id(plan.learner);
  out.assignment = assignment_id(plan);
  out.attempt_no = attempt_of(number);
  if (plan.fate != Fate::kGraded) return out;
  if (plan.program != nullptr) out.parts.push_back({"sum", plan.program->verdict, plan.program->credit});
  for (const Variant* variant : plan.variants) out.parts.insert(out.parts.end(), variant->expected.begin(), variant->expected.end());
  return out;
}

std::string Workload::answers_of(std::uint64_t number, const std::string& part) const {
  const Submission submission = make(number, plan(number));
  for (const Response& response : submission.responses) {
    if (response.part.value == part) return queue::answer_json(response.answer).substr(0, kMostQuoted);
  }
  return {};
}

std::optional<std::uint64_t> Workload::number_of(std::string_view submission_id) const {
  if (!submission_id.starts_with(run_) || submission_id.size() < run_.size() + 2 || submission_id[run_.size()] != '-') return std::nullopt;
  std::uint64_t number = 0;
  const char* const begin = submission_id.data() + run_.size() + 1;
  const char* const end = submission_id.data() + submission_id.size();
  const auto [stop, problem] = std::from_chars(begin, end, number);
  return problem == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace otmetka::load
