// `otmetka submit`: publishes submissions; what an event lacks is filled in.
#include <sys/stat.h>

#include <iostream>
#include <set>
#include <thread>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/result_wait.h"
#include "cli/stores.h"
#include "cli/submission_filler.h"
#include "cli/submission_outlet.h"
#include "cli/table.h"
#include "engine/answers/answers_reader.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

namespace answers = engine::answers;

constexpr std::size_t kBatch = 1'000;    // published in one durable step
constexpr std::size_t kMostTold = 100;  // different notices of the rows of one file

struct Options {
  std::string queue;
  std::string gradebook;
  std::string config;
  std::string spool;
  std::string assignment;
  bool wait = false;
  std::vector<std::string> files;
};

struct Sent {
  std::vector<std::pair<std::string, std::string>> ids;  // tenant and submission, for --wait
  std::int64_t refused = 0;
};

queue::Outgoing to_outgoing(const Submission& submission) {
  return {.key = key_of(submission),
          .payload = queue::encode_submission(submission),
          .encoding = queue::Encoding::kProtobuf};
}

// Reads one file and hands over batches of ready submissions.
class Feeder {
 public:
  Feeder(const Context& context, const Options& options, SubmissionOutlet& outlet, Sent& out)
      : context_(context), options_(options), outlet_(outlet), out_(out),
        progress_(context.terminal_err, say(context, "cli.submit.progress")) {}

  Status feed(const std::string& file) {
    auto reader = answers::open_answers(file, {});
    if (!reader) return reader.failure();
    told_.clear();
    Status fed = ok_status();
    while (fed) {
      auto row = (*reader)->next();
      if (!row) break;
      fed = add(*row);
      extent_ = (*reader)->extent();
    }
    for (const Message& notice : (*reader)->notices()) warn(context_, notice);
    return fed ? flush() : fed;
  }

 private:
  Status add(answers::Row& row) {
    if (row.submission) name_assignment(*row.submission);
    Result<Submission> submission = row.submission ? fill_in(std::move(*row.submission)) : std::move(row.submission);
    if (!submission) {
      ++out_.refused;
      print_place(row.origin);
      report(context_, submission.failure());
      return ok_status();
    }
    for (const Message& notice : submission->notices) {
      if (told_.size() == kMostTold || !told_.insert(say(context_, notice.id, notice.args)).second) continue;
      print_place(row.origin);
      warn(context_, notice);
    }
    if (options_.wait) out_.ids.emplace_back(submission->tenant.value, submission->submission.value);
    batch_.push_back(to_outgoing(*submission));
    return batch_.size() < kBatch ? ok_status() : flush();
  }

  void name_assignment(Submission& submission) const {
    if (submission.assignment.empty() && submission.spec.empty()) submission.assignment = AssignmentId(options_.assignment);
  }

  void print_place(const answers::Origin& origin) {
    progress_.clear();
    std::cerr << printable(origin.file) << (origin.line > 0 ? ':' + std::to_string(origin.line) : "") << ": ";
  }

  Status flush() {
    if (batch_.empty()) return ok_status();
    if (Status done = outlet_.publish(batch_); !done) return done;
    batch_.clear();
    progress_.show(static_cast<std::uint64_t>(outlet_.published() + outlet_.kept()), extent_.done, extent_.whole);
    return ok_status();
  }

  const Context& context_;
  const Options& options_;
  SubmissionOutlet& outlet_;
  Sent& out_;
  ProgressBar progress_;
  answers::Extent extent_;      // of the file that is read
  std::set<std::string> told_;  // of it: each notice once, where it comes first
  std::vector<queue::Outgoing> batch_;
};

constexpr std::chrono::minutes kPatience{10};  // without a single new result

int too_long(const Context& context, std::size_t done, std::size_t all) {
  return report(context, retryable_error("OT530", {static_cast<std::int64_t>(done), static_cast<std::int64_t>(all)}));
}

// On Kafka a publisher has no gradebook of its own, unless one is named.
bool waits_in_topic(const Config& config) {
  const auto place = queue_place(config);
  return place && place->on_kafka && (config.origin("gradebook") == "default" || !has_gradebook(config));
}

int wait_in_topic(const Context& context, ResultWait& results, const Sent& published) {
  ProgressBar progress(context.terminal_err, say(context, "cli.submit.waiting"));
  const auto waited = results.wait(published.ids, kPatience, [&](std::size_t done) { progress.show(done, published.ids.size()); });
  if (!waited) return report(context, waited.failure());
  const std::set all(published.ids.begin(), published.ids.end());
  if (waited->done < all.size()) return too_long(context, waited->done, all.size());
  return waited->some_failed ? kSomeFailed : kDone;
}

int wait_for_results(const Context& context, const Config& config, const Sent& published) {
  auto store = open_gradebook(config, Access::kWrite);
  if (!store) return report(context, store.failure());
  ProgressBar progress(context.terminal_err, say(context, "cli.submit.waiting"));
  auto last_change = std::chrono::steady_clock::now();
  std::size_t done = 0;
  bool some_failed = false;
  auto pause = std::chrono::milliseconds(2);
  while (done < published.ids.size()) {
    const auto& [tenant, id] = published.ids[done];
    const auto outcome = (*store)->outcome(tenant, id);
    if (!outcome) return report(context, outcome.failure());
    if (*outcome != gradebook::Outcome::kNone) {
      ++done;
      some_failed = some_failed || *outcome == gradebook::Outcome::kFailed;
      last_change = std::chrono::steady_clock::now();
      pause = std::chrono::milliseconds(2);
      progress.show(done, published.ids.size());
      continue;
    }
    if (std::chrono::steady_clock::now() - last_change > kPatience) return too_long(context, done, published.ids.size());
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(100));
  }
  return some_failed ? kSomeFailed : kDone;
}

// Said before a queue is made for nothing, and before the first of several files is published. What can be read only once
// (standard input, a pipe) is opened in its turn.
Status expect_files(const Options& options) {
  for (const std::string& file : options.files) {
    struct stat info {};
    if (file == "-" || (stat(file.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))) continue;
    if (const auto opened = answers::open_answers(file, {}); !opened) return opened.failure();
    if (S_ISDIR(info.st_mode) && options.assignment.empty()) return error("OT385", {file});
  }
  return ok_status();
}

// How many are where, whatever ends the run.
int stopped(const Context& context, const Options& options, const SubmissionOutlet& outlet, const Error& error) {
  clear_progress();
  if (outlet.kept() > 0) std::cerr << say(context, "cli.submit.spooled", {outlet.kept(), options.spool}) << '\n';
  std::cerr << say(context, "cli.submit.stopped", {outlet.published()}) << '\n';
  return report(context, error);
}

Result<std::unique_ptr<ResultWait>> begin_wait(const Config& config) {
  auto queue = open_queue(config, QueueRole::kClient);
  if (!queue) return queue.failure();
  return ResultWait::begin(std::move(*queue));
}

int run(const Context& context, const Options& options) {
  const auto config = read_config(options.config, {{"queue", options.queue}, {"gradebook", options.gradebook}});
  if (!config) return report(context, config.failure());
  SubmissionOutlet outlet(options.spool);
  if (const Status there = expect_files(options); !there) return stopped(context, options, outlet, there.failure());
  std::unique_ptr<ResultWait> results;
  if (options.wait && waits_in_topic(*config)) {
    auto begun = begin_wait(*config);
    if (!begun && options.spool.empty()) return stopped(context, options, outlet, begun.failure());
    if (begun) results = std::move(*begun);
  }
  if (const Status begun = outlet.begin(open_queue(*config, QueueRole::kClient)); !begun) {
    return stopped(context, options, outlet, begun.failure());
  }
  Sent sent;
  Feeder feeder(context, options, outlet, sent);
  for (const std::string& file : options.files) {
    if (Status fed = feeder.feed(file); !fed) return stopped(context, options, outlet, fed.failure());
  }
  clear_progress();
  std::cerr << say(context, "cli.submit.totals", {outlet.published()}) << '\n';
  if (outlet.away()) {
    std::cerr << say(context, "cli.submit.spooled", {outlet.kept(), options.spool}) << '\n';
    report(context, *outlet.away());
    return kTemporary;
  }
  int waited = kDone;
  if (options.wait) waited = results != nullptr ? wait_in_topic(context, *results, sent) : wait_for_results(context, *config, sent);
  return waited == kDone && sent.refused > 0 ? kSomeFailed : waited;
}

}  // namespace

Command submit_command() {
  static Options options;
  return {.name = "submit",
          .summary_id = "cli.submit.summary",
          .options = {{.name = "--queue", .value_name = "PLACE", .help_id = "cli.option.queue", .text = &options.queue},
                      {.name = "--gradebook", .value_name = "PLACE", .help_id = "cli.option.gradebook", .text = &options.gradebook},
                      {.name = "--spool", .value_name = "DIR", .help_id = "cli.submit.spool", .text = &options.spool},
                      {.name = "--assignment", .value_name = "ID", .help_id = "cli.submit.assignment", .text = &options.assignment},
                      {.name = "--wait", .help_id = "cli.submit.wait", .flag = &options.wait},
                      {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config},
                      {.name = "FILE", .help_id = "cli.submit.files", .required = true, .texts = &options.files}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
