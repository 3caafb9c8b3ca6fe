#include "engine/answers/folder_reader.h"

#include <algorithm>
#include <utility>

#include "engine/answers/shaped_answer.h"
#include "queue/codec.h"
#include "queue/codec_envelope.h"
#include "queue/codec_utf8.h"

namespace otmetka::engine::answers {
namespace {

using checkers::AnswerShape;
using Kind = Folder::Entry::Kind;

std::string shown(std::string_view name) { return queue::to_utf8(queue::cut_utf8(name, 200)); }

// What systems and tools leave behind.
bool is_litter(const std::string& name) {
  return name.front() == '.' || name == "__MACOSX" || name == "__pycache__" || name == "Thumbs.db" || name == "desktop.ini";
}

std::string stem(const std::string& name) {
  const std::size_t dot = name.find_last_of('.');
  return dot == 0 || dot == std::string::npos ? name : name.substr(0, dot);
}

// One learner's folder → responses.
class LearnerReader {
 public:
  LearnerReader(const Shapes& shapes, Submission& out) : shapes_(shapes), out_(out) {}

  Status read(const Folder& folder, const std::string& prefix = {}) {
    const auto entries = folder.list(kMaxEntries);
    if (!entries) return entries.failure();
    for (const auto& entry : *entries) {
      if (!is_litter(entry.name)) read_entry(folder, entry, prefix);
    }
    return ok_status();
  }

 private:
  // `gravity` or `gravity.txt`; with a prefix `trip.` the names are those of its parts.
  Shapes::const_iterator find(const Folder::Entry& entry, const std::string& prefix) const {
    const auto whole = shapes_.find(prefix + entry.name);
    return whole != shapes_.end() ? whole : shapes_.find(prefix + stem(entry.name));
  }

  void read_entry(const Folder& folder, const Folder::Entry& entry, const std::string& prefix) {
    const auto known = find(entry, prefix);
    if (known == shapes_.end() && !shapes_.empty()) return ignore(entry.name);
    const std::string part = known == shapes_.end() ? stem(entry.name) : known->first;
    const AnswerShape shape = known == shapes_.end() ? AnswerShape::kText : known->second;
    if (entry.kind == Kind::kLink) return refuse(part, error("OT363", {shown(entry.name)}));
    if (entry.kind == Kind::kOther) return refuse(part, error("OT364", {shown(entry.name)}));
    if (shape == AnswerShape::kFiles) return read_files(folder, entry, part);
    if (entry.kind == Kind::kFolder) return read_parts(folder, entry, part, shape);
    auto text = folder.read(entry.name, queue::kMaxAnswerBytes);
    if (!text) return refuse(part, text.failure());
    if (auto answer = answer_from_file(shape, *text)) out_.responses.push_back({PartId(part), std::move(*answer)});
  }

  void read_parts(const Folder& folder, const Folder::Entry& entry, const std::string& part, AnswerShape shape) {
    if (shape != AnswerShape::kParts) return refuse(part, error("OT361", {shown(entry.name)}));
    const auto inner = folder.open_folder(entry.name);
    if (!inner) return refuse(part, inner.failure());
    if (const auto status = read(*inner, part + "."); !status) refuse(part, status.failure());
  }

  void read_files(const Folder& folder, const Folder::Entry& entry, const std::string& part) {
    FilesAnswer files;
    const Status status = entry.kind == Kind::kFolder ? add_folder(folder, entry.name, "", 1, files)
                                                      : add_file(folder, entry.name, entry.name, files);
    if (!status) return refuse(part, status.failure());
    if (!files.files.empty()) out_.responses.push_back({PartId(part), std::move(files)});
  }

  Status add_file(const Folder& folder, const std::string& name, const std::string& shown_name, FilesAnswer& files) {
    if (files.files.size() == kMaxItemFiles) return error("OT373", {shown(name), static_cast<std::int64_t>(kMaxItemFiles)});
    auto bytes = folder.read(name, bytes_left_);
    if (!bytes) return bytes.failure();
    bytes_left_ -= bytes->size();
    files.files.push_back({shown_name, std::move(*bytes), ""});
    return ok_status();
  }

  Status add_folder(const Folder& folder, const std::string& name, const std::string& prefix, int depth, FilesAnswer& files) {
    if (depth > kMaxFolderDepth) return error("OT373", {shown(name), std::int64_t{kMaxFolderDepth}});
    const auto inner = folder.open_folder(name);
    if (!inner) return inner.failure();
    const auto entries = inner->list(kMaxEntries);
    if (!entries) return entries.failure();
    for (const auto& entry : *entries) {
      if (is_litter(entry.name)) continue;
      Status status = ok_status();
      switch (entry.kind) {
        case Kind::kFile: status = add_file(*inner, entry.name, prefix + entry.name, files); break;
        case Kind::kFolder: status = add_folder(*inner, entry.name, prefix + entry.name + "/", depth + 1, files); break;
        case Kind::kLink: status = error("OT363", {shown(entry.name)}); break;
        case Kind::kOther: status = error("OT364", {shown(entry.name)}); break;
      }
      if (!status) return status;
    }
    return ok_status();
  }

  void refuse(const std::string& part, const Error& reason) {
    out_.responses.push_back({PartId(part), MisshapenAnswer{reason.message}});
  }

  void ignore(const std::string& name) {
    if (out_.notices.size() < 20) out_.notices.push_back({"OT368", {shown(name)}});
  }

  const Shapes& shapes_;
  Submission& out_;
  std::size_t bytes_left_ = kMaxFileBytes;
};

Result<Submission> read_learner(const Folder& folder, const std::string& name, const Shapes& shapes) {
  Submission out;
  out.learner = LearnerId(name);
  if (!queue::is_utf8(name)) return error("OT310", {std::string("learner_id"), static_cast<std::int64_t>(queue::kMaxEnvelopeText)});
  const auto own = folder.open_folder(name);
  if (!own) return own.failure();
  if (auto status = LearnerReader(shapes, out).read(*own); !status) return status.failure();
  return out;
}

}  // namespace

Result<std::unique_ptr<AnswersReader>> FolderReader::open(Folder folder, const Shapes& shapes) {
  std::unique_ptr<FolderReader> reader(new FolderReader(std::move(folder), shapes));
  const auto entries = reader->folder_.list(kMaxLearners);
  if (!entries) return entries.failure();
  for (const auto& entry : *entries) {
    if (is_litter(entry.name)) continue;
    if (entry.kind == Kind::kFolder) {
      reader->learners_.push_back(entry.name);
    } else if (reader->notices_.size() < 20) {
      reader->notices_.push_back({"OT372", {shown(entry.name)}});
    }
  }
  if (reader->learners_.empty()) return error("OT369", {shown(reader->folder_.name())});
  return std::unique_ptr<AnswersReader>(std::move(reader));
}

std::optional<Row> FolderReader::next() {
  if (at_ == learners_.size()) return std::nullopt;
  const std::string& name = learners_[at_++];
  return Row{read_learner(folder_, name, shapes_), {folder_.name() + "/" + name, 0}, queue::to_utf8(name)};
}

}  // namespace otmetka::engine::answers
