#include "packages/test_folders.h"

#include <algorithm>
#include <set>

#include "packages/test_data.h"

namespace otmetka::packages {
namespace {

constexpr std::string_view kInput = ".in", kAnswer = ".ans", kFiles = ".files";
constexpr std::size_t kMostUnknownKeys = 100;  // that are warned of
using Items = std::vector<PackageFiles::Item>;

bool has(const Items& items, const std::string& name) {
  const auto at = std::lower_bound(items.begin(), items.end(), name,
                                   [](const PackageFiles::Item& item, const std::string& n) { return item.name < n; });
  return at != items.end() && at->name == name;
}

class Walk {
 public:
  Walk(const PackageFiles& files, const Constants& constants, std::vector<Message>& warnings)
      : files_(files), constants_(constants), warnings_(warnings) {}

  Result<TestFolders> run() {
    if (Status read = folder("", 0); !read) return read.failure();
    return std::move(out_);
  }

 private:
  static std::string path_of(const std::string& id) { return id.empty() ? "data" : "data/" + id; }

  Status folder(const std::string& id, std::size_t depth) {
    if (depth > kMostDepth) return error("OT573", {path_of(id), static_cast<std::int64_t>(kMostDepth)});
    const std::size_t index = out_.folders.size();
    out_.folders.push_back({.id = id, .settings = {}, .configured = false, .file = {}, .members = {}});
    const auto items = files_.list(path_of(id));
    if (!items) return items.failure();
    if (Status read = settings(id, *items, out_.folders[index]); !read) return read;
    for (const PackageFiles::Item& item : *items) {
      if (Status read = member(index, id, item, *items, depth); !read) return read;
    }
    return ok_status();
  }

  Status settings(const std::string& id, const Items& items, TestFolder& out) {
    for (const char* name : {"testdata.yaml", "test_group.yaml"}) {
      if (!has(items, name)) continue;
      out.file = path_of(id) + "/" + name;
      auto read = read_yaml(out.file);
      if (!read) return read.failure();
      out.settings = std::move(*read);
      out.configured = true;
    }
    return refuse(out.settings);
  }

  Result<GroupSettings> read_yaml(const std::string& file) {
    auto text = files_.read(file, kMostYamlBytes);
    if (!text) return text.failure();
    std::vector<Message> unknown;
    auto read = read_group_settings(with_constants(std::move(*text), constants_), file, unknown);
    // Each key once for each folder: the tests of one have it in common.
    const std::string folder = file.substr(0, file.rfind('/') + 1);
    for (Message& warning : unknown) {
      if (said_.size() < kMostUnknownKeys && said_.insert(folder + std::get<std::string>(warning.args[1])).second) {
        warnings_.push_back(std::move(warning));
      }
    }
    return read;
  }

  static Status refuse(const GroupSettings& settings) {
    if (settings.has_static) return error("OT576", {std::string("static_validation")});
    return ok_status();
  }

  Status member(std::size_t parent, const std::string& id, const PackageFiles::Item& item, const Items& items, std::size_t depth) {
    const std::string own = id.empty() ? item.name : id + "/" + item.name;
    if (item.folder) {
      if (id.empty() && item.name != "sample" && item.name != "secret") return ok_status();
      if (item.name.ends_with(kFiles) && has(items, item.name.substr(0, item.name.size() - kFiles.size()) + ".in")) return ok_status();
      out_.folders[parent].members.push_back({true, out_.folders.size()});
      return folder(own, depth + 1);
    }
    if (id.empty()) return ok_status();
    if (item.name.ends_with(kInput)) return test(parent, own.substr(0, own.size() - kInput.size()), items);
    if (item.name.ends_with(kAnswer) && !has(items, item.name.substr(0, item.name.size() - kAnswer.size()) + ".in")) {
      leave_out(own.substr(0, own.size() - kAnswer.size()));
    }
    return ok_status();
  }

  void leave_out(const std::string& id) { warnings_.push_back({"OT579", {"data/" + id}}); }

  // Large files are often not kept with a package, and links to them lead nowhere then. What leads out is another matter.
  static bool is_missing(const Result<checkers::program::Data>& file) { return !file && file.failure().code() == "OT571"; }

  Status test(std::size_t parent, const std::string& id, const Items& items) {
    const std::string name = id.substr(id.rfind('/') + 1);
    if (out_.tests.size() == kMostTests) return error("OT573", {std::string("data"), static_cast<std::int64_t>(kMostTests)});
    auto in = files_.locate("data/" + id + ".in");
    auto out = files_.locate("data/" + id + ".ans");
    if (is_missing(in) || is_missing(out)) {
      leave_out(id);
      return ok_status();
    }
    if (!in || !out) return (in ? out : in).failure();
    TestFiles found{.id = id, .in = std::move(*in), .out = std::move(*out), .beside = {}, .settings = {}};
    if (has(items, name + ".yaml")) {
      auto read = read_yaml("data/" + id + ".yaml");
      if (!read) return read.failure();
      if (Status refused = refuse(*read); !refused) return refused;
      found.settings = std::move(*read);
    }
    if (has(items, name + ".files")) {
      if (Status read = beside("data/" + id + ".files", found); !read) return read;
    }
    out_.folders[parent].members.push_back({false, out_.tests.size()});
    out_.tests.push_back(std::move(found));
    return ok_status();
  }

  Status beside(const std::string& folder, TestFiles& test) {
    const auto items = files_.list(folder);
    if (!items) return items.failure();
    for (const PackageFiles::Item& item : *items) {
      if (item.folder) return error("OT576", {folder + "/" + item.name + "/"});
      auto file = files_.locate(folder + "/" + item.name);
      if (!file) return file.failure();
      test.beside.emplace_back(item.name, std::move(*file));
    }
    return ok_status();
  }

  const PackageFiles& files_;
  const Constants& constants_;
  std::vector<Message>& warnings_;
  std::set<std::string> said_;  // unknown keys, behind their folders
  TestFolders out_;
};

}  // namespace

Result<TestFolders> read_test_folders(const PackageFiles& files, const Constants& constants, std::vector<Message>& warnings) {
  return Walk(files, constants, warnings).run();
}

}  // namespace otmetka::packages
