#include "packages/submission_list.h"

#include <algorithm>
#include <map>

#include "packages/submission_rules.h"

namespace otmetka::packages {
namespace {

struct Detail {
  std::string language, entry;
};

class List {
 public:
  List(const PackageFiles& files, Languages languages, const Constants& constants, bool legacy,
       std::span<const checkers::program::Test> tests, std::vector<Message>& warnings)
      : files_(files), languages_(languages), constants_(constants), legacy_(legacy), tests_(tests), warnings_(warnings) {}

  Result<std::vector<PackageSubmission>> read() {
    if (Status read = details(); !read) return read.failure();
    if (Status read = entries(); !read) return read.failure();
    const auto folders = files_.list("submissions");
    if (!folders) return folders.failure();
    for (const PackageFiles::Item& item : *folders) {
      if (!item.folder) {
        if (item.name != "submissions.yaml") warnings_.push_back({"OT583", {"submissions/" + item.name}});
        continue;
      }
      if (Status read = folder(item.name); !read) return read.failure();
    }
    std::vector<std::string> paths;
    for (const PackageSubmission& one : out_) paths.push_back(one.path.substr(std::string_view("submissions/").size()));
    warn_of_idle_patterns(entries_, paths, tests_, warnings_);
    return std::move(out_);
  }

 private:
  // JSON is YAML but for its tabs.
  Status details() {
    const std::string file = "submissions.json";
    if (!files_.has_file(file)) return ok_status();
    auto text = files_.read(file, kMostYamlBytes);
    if (!text) return text.failure();
    std::replace(text->begin(), text->end(), '\t', ' ');
    const auto root = read_mapping(std::move(*text), file);
    if (!root) return root.failure();
    for (const yaml::Entry& entry : root->entries) {
      std::string path = entry.key;
      while (path.ends_with('/')) path.pop_back();
      const yaml::Node* language = value_of(entry.value, "langid");
      const yaml::Node* main = value_of(entry.value, "entry_point");
      details_[path] = {language == nullptr ? "" : language->text, main == nullptr ? "" : main->text};
    }
    return ok_status();
  }

  Status entries() {
    const std::string file = "submissions/submissions.yaml";
    if (!files_.has_file(file)) return ok_status();
    auto text = files_.read(file, kMostYamlBytes);
    if (!text) return text.failure();
    auto read = read_submission_entries(std::move(*text), warnings_);
    if (!read) return read.failure();
    entries_ = std::move(*read);
    return ok_status();
  }

  Status folder(const std::string& name) {
    const auto items = files_.list("submissions/" + name);
    if (!items) return items.failure();
    for (const PackageFiles::Item& item : *items) {
      if (item.name == "__pycache__") continue;
      if (out_.size() == kMostSubmissions) return error("OT573", {std::string("submissions"), static_cast<std::int64_t>(kMostSubmissions)});
      if (Status read = submission(name, item.name); !read) return read;
    }
    return ok_status();
  }

  Status submission(const std::string& folder, const std::string& name) {
    PackageSubmission one;
    one.path = "submissions/" + folder + "/" + name;
    const std::size_t warned = warnings_.size();
    auto program = read_program(files_, one.path, constants_, warnings_);
    const bool incomplete = warnings_.size() != warned;
    if (!program || incomplete) {
      one.unreadable = program ? warnings_.back() : program.failure().message;
      warnings_.resize(warned);
      one.expectation = expectation_by_name(folder, legacy_).value_or(Expectation{});
      out_.push_back(std::move(one));
      return ok_status();
    }
    if (program->empty()) return ok_status();
    one.program.files = std::move(*program);
    use_usual_endings(one.program.files, languages_);
    for (const sandbox::SourceFile& file : one.program.files) bytes_ += file.bytes.size();
    if (bytes_ > kMostSubmissionBytes) return error("OT573", {std::string("submissions"), static_cast<std::int64_t>(kMostSubmissionBytes)});
    const bool bounds = folder == "accepted" || (!legacy_ && (folder == "wrong_answer" || folder == "run_time_error"));
    if (bounds) one.bounds_time = {""};
    expect(folder, name, one);
    out_.push_back(std::move(one));
    return ok_status();
  }

  void expect(const std::string& folder, const std::string& name, PackageSubmission& one) {
    Annotation all;
    for (const sandbox::SourceFile& file : one.program.files) {
      const Annotation annotation = read_annotation(file.bytes);
      all.results += annotation.results;
      for (const std::string& word : annotation.unknown) warnings_.push_back({"OT551", {path_of(file, one), word}});
      if (!annotation.verdicts.empty()) all.verdicts = annotation.verdicts;
      if (annotation.score) all.score = annotation.score;
    }
    one.expectation = expectation_of(folder, all, legacy_, one.path, warnings_);
    const SubmissionRules rules = apply(entries_, folder, name, one.expectation, one.bounds_time);
    if (one.expectation.verdicts.empty() && one.expectation.rules.empty()) note_unknown(folder);
    Detail detail = {rules.language, rules.entry};
    if (const auto found = details_.find(one.path); found != details_.end()) detail = found->second;
    one.entry = detail.entry;
    if (detail.language.empty()) {
      ProgramLanguage language = language_of(one.program.files, languages_);
      one.program.language = std::move(language.id);
      one.foreign = std::move(language.foreign);
    } else {
      one.program.language = language_by_code(detail.language, languages_);
      if (one.program.language.empty()) one.foreign = detail.language;
    }
  }

  std::string path_of(const sandbox::SourceFile& file, const PackageSubmission& one) const {
    return files_.has_folder(one.path) ? one.path + "/" + file.name : one.path;
  }

  void note_unknown(const std::string& folder) {
    if (std::exchange(unknown_, folder) != folder) warnings_.push_back({"OT588", {"submissions/" + folder}});
  }

  const PackageFiles& files_;
  Languages languages_;
  const Constants& constants_;
  const bool legacy_;
  std::span<const checkers::program::Test> tests_;
  std::vector<Message>& warnings_;
  std::map<std::string, Detail, std::less<>> details_;
  SubmissionEntries entries_;
  std::size_t bytes_ = 0;
  std::string unknown_;  // the folder that was warned of last
  std::vector<PackageSubmission> out_;
};

}  // namespace

Result<std::vector<PackageSubmission>> read_submissions(const PackageFiles& files, Languages languages, const Constants& constants,
                                                        bool legacy, std::span<const checkers::program::Test> tests,
                                                        std::vector<Message>& warnings) {
  return List(files, languages, constants, legacy, tests, warnings).read();
}

}  // namespace otmetka::packages
