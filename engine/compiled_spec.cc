#include "engine/compiled_spec.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "checkers/catalog.h"
#include "engine/sha256.h"
#include "gradebook/rubric_of.h"

namespace otmetka::engine {
namespace {

std::string deterministic_bytes(const v1::AssessmentSpec& message) {
  std::string out;
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return out;
}

const checkers::CheckerType* type_of(const v1::Item& item) {
  std::string name;
  google::protobuf::Any::ParseAnyTypeUrl(item.kind().type_url(), &name);
  return checkers::find_type(name);
}

// The files that items name become part of the spec: its hash covers them. False: there is too much.
bool embed_files(v1::AssessmentSpec& message, const std::string& folder, CompileResult& out) {
  bool whole = true;
  const checkers::NoteFile note = [&out](const std::string& path) { out.files.note(path); };
  for (int i = 0; i < message.items_size(); ++i) {
    const checkers::CheckerType* type = type_of(message.items(i));
    if (type == nullptr || type->embed == nullptr) continue;
    google::protobuf::Any& kind = *message.mutable_items(i)->mutable_kind();
    const auto settings = std::unique_ptr<google::protobuf::Message>(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type->settings())->New());
    if (!settings->ParseFromString(kind.value())) continue;
    const Status taken = type->embed(*settings, folder, note);
    // A file that is not there is told by the kind itself, at its own place.
    if (!taken && taken.failure().code() == "OT600") {
      out.problems.push_back({taken.failure().message, "items[" + std::to_string(i) + "]." + std::string(type->name), 0, 0});
      whole = false;
    }
    if (taken) kind.set_value(settings->SerializeAsString());
  }
  return whole;
}

// Moves what the kind found to its place in the whole spec. A YAML reader files the settings under the kind's name.
void adopt(std::vector<checkers::Problem> found, const std::string& at, std::vector<SpecProblem>& out) {
  for (checkers::Problem& problem : found) {
    const std::string glue = problem.path.empty() || problem.path.front() == '[' ? "" : ".";
    out.push_back({std::move(problem.message), at + glue + problem.path, problem.offset, problem.length});
  }
}

Ratio points_of(const v1::Item& item) {
  const auto points = item.has_points() ? ratio_of(item.points().num(), item.points().den()) : std::nullopt;
  return points && !points->is_zero() ? *points : Ratio(1);
}

CompiledItem compile_item(const v1::Item& item, const std::string& at, const checkers::MakeContext& context,
                          std::vector<SpecProblem>& problems) {
  CompiledItem out;
  out.id = item.id();
  out.points = points_of(item);
  out.type = type_of(item);
  checkers::Made made = checkers::make_checker(item.kind(), context);
  out.checker = std::move(made.checker);
  adopt(std::move(made.problems), at + "." + (out.type ? std::string(out.type->name) : "kind"), problems);
  return out;
}

// Every reachable sum of points is a multiple of 1/D; nullopt where D is past 10^12, which is refused.
std::optional<Int128> common_denominator(const CompiledSpec& spec) {
  constexpr Int128 kMost = 1'000'000'000'000;
  Int128 common = 1;
  for (const CompiledItem& item : spec.items) {
    const Int128 own = item.checker->credit_denominator();
    if (own <= 0 || own > kMost || item.points.den() > kMost) return std::nullopt;
    common = common_multiple(common, own * item.points.den(), kMost + 1);
    if (common > kMost) return std::nullopt;
  }
  return common;
}

// Sums up the points once that is known to be exact, and sees that the rubric's arithmetic will be.
std::optional<SpecProblem> settle_maximum(CompiledSpec& spec) {
  const auto common = common_denominator(spec);
  if (!common) return SpecProblem{{"OT178", {}}, "items", 0, 0};
  for (const CompiledItem& item : spec.items) spec.maximum += item.points;
  if (!rubric_stays_exact(spec.rubric, spec.maximum, *common)) return SpecProblem{{"OT174", {}}, "rubric", 0, 0};
  return std::nullopt;
}

}  // namespace

std::map<std::string, checkers::AnswerShape, std::less<>> answer_shapes(const CompiledSpec& spec) {
  std::map<std::string, checkers::AnswerShape, std::less<>> out;
  for (const CompiledItem& item : spec.items) {
    out[item.id] = item.type->shape;
    for (const checkers::PartShape& part : item.checker->part_shapes()) out[item.id + "." + part.id] = part.shape;
  }
  return out;
}

bool is_error(const Message& message) {
  const auto* entry = checkers::message_catalogue().find(message.id);
  return entry == nullptr || entry->severity == messages::Severity::kError;
}

CompileResult compile(v1::AssessmentSpec message, const std::string& folder, std::string bytes) {
  CompileResult out;
  auto spec = std::make_shared<CompiledSpec>();
  bool whole = folder.empty() || embed_files(message, folder, out);
  spec->bytes = bytes.empty() ? deterministic_bytes(message) : std::move(bytes);
  spec->sha256 = sha256_hex(spec->bytes);
  spec->message = std::move(message);
  spec->rubric = gradebook::rubric_of(spec->message);
  const checkers::MakeContext context{.locale = spec->message.locale(),
                                      .folder = folder,
                                      .find = [](std::string_view name) { return checkers::find_type(name); }};
  spec->items.reserve(static_cast<std::size_t>(spec->message.items_size()));
  for (int i = 0; i < spec->message.items_size(); ++i) {
    CompiledItem item = compile_item(spec->message.items(i), "items[" + std::to_string(i) + "]", context, out.problems);
    whole = whole && item.checker != nullptr;
    spec->runs_programs = spec->runs_programs || (item.type != nullptr && item.type->runs_programs);
    spec->items.push_back(std::move(item));
  }
  for (std::size_t i = 0; i < spec->items.size(); ++i) {
    if (!spec->item_by_id.emplace(spec->items[i].id, i).second) {
      out.problems.push_back({{"OT179", {spec->items[i].id}}, "items[" + std::to_string(i) + "].id", 0, 0});
      whole = false;
    }
  }
  for (const SpecProblem& problem : out.problems) whole = whole && !is_error(problem.message);
  if (auto too_fine = whole ? settle_maximum(*spec) : std::nullopt) {
    out.problems.push_back(std::move(*too_fine));
    whole = false;
  }
  if (whole) out.spec = std::move(spec);
  return out;
}

}  // namespace otmetka::engine
