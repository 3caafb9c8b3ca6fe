// A queue with a server behind it: `otmetka serve`, started for the run, or one that runs already.
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cli/bench_targets.h"
#include "cli/child_server.h"
#include "cli/http_get.h"
#include "cli/kafka_config.h"
#include "cli/spec_input.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "engine/spec_directory.h"
#include "queue/kafka/specs.h"
#include "queue/kafka/topics.h"

namespace otmetka::cli {
namespace {

using load::Arrival;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kStart{30};
constexpr seconds kReach{10};  // a broker that does not answer by then is told of before anything else is begun
constexpr int kPartitions = 4;
constexpr std::size_t kRecords = 1'000;
constexpr std::size_t kBytes = std::size_t{8} << 20;
constexpr std::size_t kLetters = 1'000;
constexpr const char* kSpecPatience = "300";  // milliseconds: nobody brings one

class OnQueue final : public BenchTarget {
 public:
  OnQueue(const Context& context, const BenchPlace& place, const std::atomic<bool>& stop) : context_(context), place_(place), stop_(stop) {}
  ~OnQueue() override { close(); }

  Status open(const Config& config) {
    if (Status made = make_topics(config); !made) return made;
    if (Status free = expect_own_queue(); !free) return free;
    auto queue = open_queue(*config_, QueueRole::kClient);
    if (!queue) return queue.failure();
    queue_ = std::move(*queue);
    if (place_.server_pid == 0) {
      if (Status begun = start_server(); !begun) return begun;
    } else {
      began_ = place_.server_pid == kServerElsewhere ? 0 : load::beginning_of(place_.server_pid);
      if (began_ == 0 && place_.server_pid != kServerElsewhere) return gone();
      if (Status published = publish_specs(); !published) return published;
    }
    const auto last = last_letter();
    if (!last) return last.failure();
    letters_before_ = *last;
    return open_readers();
  }

  Status publish(std::span<const queue::Outgoing> submissions) override { return queue_->publisher().publish(submissions); }
  std::size_t readers() const override { return readers_.size(); }

  Result<std::vector<Arrival>> read(std::size_t reader, milliseconds wait) override {
    Reader& from = readers_[reader];
    auto records = from.results->poll_results(from.next, kRecords, kBytes, wait);
    if (!records) return records.failure();
    const auto at = load::Clock::now();
    std::vector<Arrival> out;
    for (queue::ResultRecord& record : *records) {
      from.next = record.offset + 1;
      out.push_back({std::move(record.payload), at});
    }
    return out;
  }

  std::optional<Error> ended() override {
    if (server_ == nullptr) {
      if (place_.server_pid == kServerElsewhere || load::beginning_of(place_.server_pid) == began_) return std::nullopt;
      return gone();
    }
    const auto end = server_->ended();
    if (!end) return std::nullopt;
    return retryable_error("OT484", {std::int64_t{server_->pid()}, words_of(*end)});
  }

  std::optional<load::ProcessUse> use() override { return pid() > 0 ? load::use_of(pid()) : std::nullopt; }
  load::ServerPage page() override {
    const auto text = address_.empty() ? std::nullopt : http_get_local(address_, "/metrics");
    return load::read_server_page(text.value_or(""));
  }
  bool is_this_process() const override { return false; }
  pid_t pid() const override { return server_ == nullptr ? std::max(place_.server_pid, pid_t{0}) : server_->pid(); }
  std::vector<std::string> last_words() const override { return server_ == nullptr ? std::vector<std::string>{} : server_->last_lines(5); }

  Result<std::uint64_t> undecodable_letters() override {
    std::uint64_t out = 0;
    for (std::int64_t after = letters_before_;;) {
      const auto some = queue_->dead_letters().list(after, kLetters);
      if (!some) return some.failure();
      for (const queue::DeadLetter& letter : *some) {
        out += letter.submission_id.empty() ? 1 : 0;
        after = letter.id;
      }
      if (some->size() < kLetters) return out;
    }
  }

  void close() override {
    if (server_ != nullptr) server_->stop();
    readers_.clear();
    queue_.reset();
    if (!made_topics_) return;
    made_topics_ = false;
    if (const Status gone = queue::delete_topics(kafka_); !gone) warn(context_, gone.failure().message);
  }

 private:
  struct Reader {
    std::unique_ptr<queue::ResultSource> results;
    std::int64_t next = 0;
  };

  std::string words_of(const ProcessEnd& end) const {
    if (end.signal != 0) return say(context_, "bench.ended.signal", {std::int64_t{end.signal}});
    return say(context_, "bench.ended.code", {std::int64_t{end.code}});
  }

  Error gone() const { return retryable_error("OT484", {std::int64_t{place_.server_pid}, say(context_, "bench.ended.gone")}); }

  std::string gradebook() const {
    if (place_.kind == "kafka") return "none";
    return "sqlite:" + config_->get("queue").substr(std::string_view("embedded:").size()) + "/bench-gradebook.db";
  }

  // What a load sends is nobody's work: it goes into no queue that others use, but where their server runs and the user has said so.
  Status expect_own_queue() const {
    if (place_.kind != "embedded" || !place_.own_queue) return ok_status();
    const auto queue = queue_place(*config_);
    if (!queue) return queue.failure();
    std::error_code none;
    const bool is_there = std::filesystem::exists(queue->where + "/queue.db", none);
    if (!is_there || std::filesystem::exists(queue->where + "/bench-gradebook.db", none)) return ok_status();
    return error("OT488", {say(context_, "bench.not_ready.foreign", {queue->where})});
  }

  // A queue for this run alone has topics of its own, which go with it.
  Status make_topics(const Config& config) {
    config_ = config;
    if (place_.kind != "kafka") return ok_status();
    if (place_.own_queue) {
      for (Setting& setting : config_->settings) {
        if (setting.key == "prefix") setting.value += "-" + place_.run;
      }
    }
    const auto kafka = kafka_options(*config_, "bench");
    if (!kafka) return kafka.failure();
    kafka_ = *kafka;
    kafka_.patience = kReach;
    if (!place_.own_queue) return ok_status();
    made_topics_ = true;
    const auto made = queue::create_topics(kafka_, {.partitions = kPartitions});
    if (!made) made_topics_ = false;
    return made ? ok_status() : Status(made.failure());
  }

  Status start_server() {
    std::vector<std::string> words{"serve", "--queue", config_->get("queue"), "--specs", place_.specs, "--listen", "127.0.0.1:0"};
    words.insert(words.end(), {"--gradebook", gradebook()});
    if (!place_.config.empty()) words.insert(words.end(), {"--config", place_.config});
    auto server = ChildServer::start(words,
                                     {{"OTMETKA_PREFIX", config_->get("prefix")},
                                      {"OTMETKA_SPEC_PATIENCE_MS", kSpecPatience},
                                      {"OTMETKA_STATE", place_.folder},
                                      {"OTMETKA_LANG", "en"}},
                                     place_.folder + "/server.log");
    if (!server) return server.failure();
    server_ = std::move(*server);
    const auto until = load::Clock::now() + kStart;
    while (!server_->says("serving")) {
      std::this_thread::sleep_for(milliseconds(10));
      const auto end = server_->ended();
      if (!end && !stop_ && load::Clock::now() < until) continue;
      return not_started(end ? words_of(*end) : say(context_, "bench.not_ready.time", {std::int64_t{kStart.count()}}));
    }
    address_ = server_->log_field("listening", "address");
    std::cerr << say(context_, "bench.begun", {std::to_string(server_->pid()), server_->log()}) << '\n';
    return ok_status();
  }

  Error not_started(const std::string& why) const {
    for (const std::string& line : server_->last_lines(5)) std::cerr << printable(line) << '\n';
    return retryable_error("OT488", {why});
  }

  // For a server on Kafka that is not ours.
  Status publish_specs() {
    if (place_.kind != "kafka") return ok_status();
    const auto files = engine::spec_files(place_.specs);
    if (!files) return files.failure();
    queue::SpecTopic topic(kafka_);
    for (const std::string& file : *files) {
      const auto spec = load_spec(context_, file);
      if (!spec) return spec.failure();
      if (Status done = topic.publish({(*spec)->message.id(), (*spec)->sha256, (*spec)->bytes, true}); !done) return done;
    }
    return ok_status();
  }

  Result<std::int64_t> last_letter() {
    for (std::int64_t after = 0;;) {
      const auto some = queue_->dead_letters().list(after, kLetters);
      if (!some) return some.failure();
      if (some->empty()) return after;
      after = some->back().id;
    }
  }

  Status open_readers() {
    const auto count = queue_->result_partitions();
    if (!count) return count.failure();
    for (std::int32_t partition = 0; partition < *count; ++partition) {
      auto results = queue_->results(partition);
      const auto range = results->range();
      if (!range) return range.failure();
      readers_.push_back({std::move(results), range->next});
    }
    return ok_status();
  }

  const Context& context_;
  const BenchPlace place_;
  const std::atomic<bool>& stop_;
  std::optional<Config> config_;
  queue::KafkaOptions kafka_;
  bool made_topics_ = false;
  std::unique_ptr<WorkQueue> queue_;
  std::unique_ptr<ChildServer> server_;  // null: not ours
  std::uint64_t began_ = 0;              // of the server that is not
  std::string address_;
  std::int64_t letters_before_ = 0;
  std::vector<Reader> readers_;
};

}  // namespace

Result<std::unique_ptr<BenchTarget>> open_queue_target(const Context& context, const Config& config, const BenchPlace& place,
                                                        const std::atomic<bool>& stop) {
  auto target = std::make_unique<OnQueue>(context, place, stop);
  if (Status opened = target->open(config); !opened) return opened.failure();
  return std::unique_ptr<BenchTarget>(std::move(target));
}

}  // namespace otmetka::cli
