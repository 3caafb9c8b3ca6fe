// `otmetka schema spec|result|config|reference`: JSON Schemas for editors, and the reference page.
#include <iostream>

#include "checkers/catalog.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/result_schema.h"
#include "proto/descriptors.h"
#include "spec/schema_files.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string what;
};

Result<spec::SchemaFiles> open_files(std::vector<spec::KindRow>& rows) {
  for (const checkers::CheckerType& type : checkers::catalog()) rows.push_back({type.name, type.settings()});
  google::protobuf::FileDescriptorSet files;
  files.ParseFromArray(proto::descriptor_set().data(), static_cast<int>(proto::descriptor_set().size()));
  return spec::SchemaFiles::open(files, rows);
}

int run(const Context& context, const Options& options) {
  if (options.what == "config") {
    std::cout << config_schema();
    return kDone;
  }
  if (options.what == "result") {
    std::cout << result_schema();
    return kDone;
  }
  if (options.what != "spec" && options.what != "reference") return report(context, error("OT531", {options.what}));
  std::vector<spec::KindRow> rows;
  const auto files = open_files(rows);
  if (!files) return report(context, files.failure());
  std::cout << (options.what == "spec" ? spec::json_schema(*files) : spec::reference_page(*files));
  return kDone;
}

}  // namespace

Command schema_command() {
  static Options options;
  return {.name = "schema",
          .summary_id = "cli.schema.summary",
          .options = {{.name = "WHAT", .help_id = "cli.schema.argument", .required = true, .text = &options.what}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
