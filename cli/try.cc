// `otmetka try`: grades one answer and shows why.
#include <filesystem>
#include <iostream>
#include <iterator>

#include "checkers/program/files.h"
#include "cli/commands.h"
#include "cli/explanation.h"
#include "cli/programs_config.h"
#include "cli/spec_input.h"
#include "engine/grade_submission.h"
#include "engine/lint.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string spec;
  std::string item;
  std::string answer;
  std::string locale;
  std::string format;
  bool explain = false;
};

const engine::CompiledItem* find_item(const engine::CompiledSpec& spec, const std::string& id) {
  const auto it = spec.item_by_id.find(id.substr(0, id.find('.')));
  if (it == spec.item_by_id.end()) return nullptr;
  const engine::CompiledItem& item = spec.items[it->second];
  const bool part = id.find('.') != std::string::npos;
  return part && item.type->shape != checkers::AnswerShape::kParts ? nullptr : &item;
}

std::string item_names(const engine::CompiledSpec& spec) {
  std::string out;
  for (const engine::CompiledItem& item : spec.items) out += (out.empty() ? "" : ", ") + item.id;
  return out;
}

std::string typed_answer(const std::string& answer) {
  if (answer != "-") return answer;
  std::string text(std::istreambuf_iterator<char>(std::cin), {});
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

// `file:PATH` or `dir:PATH`, from the folder that the command is run in: what a shell completes may lie anywhere.
Result<std::vector<Response>> given_files(const Options& options, const engine::CompiledItem& item, const std::string& text) {
  const auto path = text.find(':') + 1;
  std::error_code problem;
  const std::filesystem::path whole = std::filesystem::canonical(text.substr(path), problem);
  if (problem) return error("OT362", {text.substr(path), problem.message()});
  std::vector<Response> out = {{PartId(options.item), TextAnswer{text.substr(0, path) + whole.filename().string()}}};
  if (Status read = engine::read_given_files(item, whole.parent_path().string(), out); !read) return read.failure();
  return out;
}

// JSON where it begins like JSON and the item wants more than a text; else the text, which is read as everywhere
// (checkers/answer_text.h).
Result<std::vector<Response>> to_responses(const Options& options, const engine::CompiledItem& item, const std::string& text) {
  const bool json = !text.empty() && (text.front() == '[' || text.front() == '{' || text.front() == '"');
  if (item.type->shape == checkers::AnswerShape::kFiles && checkers::program::is_reference(text)) return given_files(options, item, text);
  if (item.type->shape == checkers::AnswerShape::kText || !json) return std::vector<Response>{{PartId(options.item), TextAnswer{text}}};
  std::string line = "{\"responses\":{";
  queue::append_json_string(options.item, line);
  auto submission = queue::decode_submission(line + ":" + text + "}}", queue::Encoding::kJson);
  if (!submission) return submission.failure();
  return std::move(submission->responses);
}

ScoredResult one_item_result(const engine::CompiledSpec& spec, const engine::CompiledItem& item, std::vector<PartResult> parts,
                             bool consumes) {
  ScoredResult out;
  out.spec = SpecId(spec.message.id());
  out.spec_sha256 = spec.sha256;
  out.engine_version = engine::kEngineVersion;
  out.maximum = item.points;
  out.progress = Progress::kFinal;
  for (const PartResult& part : parts) out.raw += part.points;
  out.consumes_attempt = consumes;
  out.parts = std::move(parts);
  out.content_sha256 = engine::content_hash(out);
  return out;
}

int run(const Context& context, const Options& options) {
  const auto loaded = load_spec(context, options.spec);
  if (!loaded) return report(context, loaded.failure());
  const auto& spec = *loaded;
  const engine::CompiledItem* item = find_item(*spec, options.item);
  if (item == nullptr) return report(context, error("OT521", {options.item, item_names(*spec)}));
  const auto responses = to_responses(options, *item, typed_answer(options.answer));
  if (!responses) return report(context, responses.failure());
  const std::string& locale = options.locale.empty() ? spec->message.locale() : options.locale;
  bool consumes = false;
  checkers::CheckContext checking{.locale = locale, .explain = options.explain};
  std::optional<engine::Programs> programs;
  if (item->type->runs_programs) {
    const auto workshop = workshop_options();
    if (!workshop) return report(context, workshop.failure());
    programs.emplace(*workshop);
    if (Status ready = engine::provide_programs(&*programs, checking); !ready) return report(context, ready.failure());
  }
  auto graded = engine::grade_item(*item, *responses, checking, &consumes);
  if (!graded) return report(context, graded.failure());
  std::vector<PartResult>& parts = *graded;
  if (options.format == "json") {
    std::string out;
    queue::append_json(one_item_result(*spec, *item, std::move(parts), consumes), {.traces = options.explain}, out);
    std::cout << out << '\n';
    return kDone;
  }
  for (const PartResult& part : parts) print_part(context, part, std::cout);
  return kDone;
}

}  // namespace

Command try_command() {
  static Options options;
  return {.name = "try",
          .summary_id = "cli.try.summary",
          .options =
              {{.name = "SPEC", .help_id = "cli.try.spec", .required = true, .text = &options.spec},
               {.name = "ITEM", .help_id = "cli.try.item", .required = true, .text = &options.item},
               {.name = "ANSWER", .help_id = "cli.try.answer", .required = true, .text = &options.answer},
               {.name = "--explain", .help_id = "cli.option.explain", .flag = &options.explain},
               {.name = "--locale", .value_name = "ru|en", .help_id = "cli.try.locale", .choices = {"ru", "en"}, .text = &options.locale},
               {.name = "--format",
                .value_name = "FORMAT",
                .help_id = "cli.option.format",
                .choices = {"text", "json"},
                .text = &options.format}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
