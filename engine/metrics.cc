#include "engine/metrics.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

namespace otmetka::engine {
namespace {

using std::chrono::nanoseconds;

std::atomic<std::uint64_t> last_id{0};

// A backslash and a line's end in a help text; in a label's value a quote as well.
std::string escaped(std::string_view text, bool quote) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || (quote && c == '"')) out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

std::string label_text(const Metrics::Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) out += (out.empty() ? "" : ",") + name + "=\"" + escaped(value, true) + "\"";
  return out;
}

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  char text[400];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr};
}

double seconds(std::uint64_t ns) { return static_cast<double>(ns) / 1e9; }

void add_line(std::string& page, const std::string& name, const std::string& labels, const std::string& value) {
  page += name;
  if (!labels.empty()) page += "{" + labels + "}";
  page += " " + value + "\n";
}

}  // namespace

struct alignas(64) Metrics::Shard {
  std::array<Slot, kMostSlots> slots{};
  std::atomic<bool> ended{false};  // its thread will not write any more

  void add_to(Totals& totals) const {
    for (std::size_t i = 0; i < kMostSlots; ++i) totals[i] += slots[i].load(std::memory_order_relaxed);
  }
};

struct Metrics::ThreadShards {
  std::vector<std::pair<std::uint64_t, std::shared_ptr<Shard>>> of;
  ~ThreadShards() {
    for (auto& [id, shard] : of) shard->ended.store(true, std::memory_order_release);
    hot_ = {};
  }
};

struct Metrics::Series {
  std::string labels;
  std::size_t slot = 0;
  std::span<const nanoseconds> bounds = {};  // of a histogram
  Reading reading = {};                      // instead of a slot
};

struct Metrics::Family {
  std::string name;
  std::string help;
  std::string type;
  std::string by = {};  // the label of a Labelled
  std::vector<Series> series = {};

  void write(std::string& page, const Totals& totals) const {
    for (const Series& one : series) {
      if (!one.bounds.empty()) {
        write_histogram(page, one, totals);
      } else {
        add_line(page, name, one.labels, one.reading ? number(one.reading()) : std::to_string(totals[one.slot]));
      }
    }
  }

  void write_histogram(std::string& page, const Series& one, const Totals& totals) const {
    const std::string before = one.labels.empty() ? "" : one.labels + ",";
    std::uint64_t count = 0;
    for (std::size_t i = 0; i <= one.bounds.size(); ++i) {
      count += totals[one.slot + i];
      const bool last = i == one.bounds.size();
      const std::string le = last ? "+Inf" : number(seconds(static_cast<std::uint64_t>(one.bounds[i].count())));
      add_line(page, name + "_bucket", before + "le=\"" + le + "\"", std::to_string(count));
    }
    add_line(page, name + "_sum", one.labels, number(seconds(totals[one.slot + one.bounds.size() + 1])));
    add_line(page, name + "_count", one.labels, std::to_string(count));
  }
};

Metrics::Metrics() : id_(++last_id) {}
Metrics::~Metrics() = default;

// A thread that still lives keeps the shard of a Metrics that is gone until it counts for another one for the first time.
Metrics::Slot* Metrics::find_shard() const {
  static thread_local ThreadShards mine;
  auto found = std::find_if(mine.of.begin(), mine.of.end(), [this](const auto& one) { return one.first == id_; });
  if (found == mine.of.end()) {
    std::erase_if(mine.of, [](const auto& one) { return one.second.use_count() == 1; });
    auto shard = std::make_shared<Shard>();
    {
      const std::lock_guard lock(shards_mutex_);
      fold_ended();
      shards_.push_back(shard);
    }
    mine.of.emplace_back(id_, std::move(shard));
    found = mine.of.end() - 1;
  }
  hot_ = {id_, found->second->slots.data()};
  return hot_.slots;
}

void Metrics::fold_ended() const {
  std::erase_if(shards_, [this](const auto& shard) {
    if (!shard->ended.load(std::memory_order_acquire)) return false;
    shard->add_to(ended_);
    return true;
  });
}

Metrics::Totals Metrics::fold() const {
  const std::lock_guard lock(shards_mutex_);
  fold_ended();
  Totals out = ended_;
  for (const auto& shard : shards_) shard->add_to(out);
  return out;
}

void Metrics::Histogram::observe(nanoseconds took) const {
  const nanoseconds at_least = std::max(took, nanoseconds(0));
  Slot* slots = metrics_->shard() + slot_;
  const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), at_least);
  bump(slots[bound - bounds_.begin()], 1);
  bump(slots[bounds_.size() + 1], static_cast<std::uint64_t>(at_least.count()));
}

void Metrics::Labelled::add(std::string_view value, std::uint64_t n) const {
  const std::lock_guard lock(metrics_->labelled_mutex_);
  auto& values = metrics_->labelled_[name_];
  const auto found = values.find(value);
  (found == values.end() ? values[std::string(value)] : found->second) += n;
}

std::size_t Metrics::take_slots(std::size_t count) {
  assert(slots_taken_ + count <= kMostSlots);
  const std::size_t first = slots_taken_;
  slots_taken_ += count;
  return first;
}

Metrics::Family& Metrics::family(const std::string& name, std::string_view help, std::string_view type) {
  for (const auto& one : families_) {
    if (one->name == name) return *one;
  }
  families_.push_back(std::make_unique<Family>(Family{name, std::string(help), std::string(type)}));
  return *families_.back();
}

Metrics::Counter Metrics::counter(const std::string& name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(families_mutex_);
  const std::size_t slot = take_slots(1);
  family(name, help, "counter").series.push_back({label_text(labels), slot});
  return {this, slot};
}

Metrics::Histogram Metrics::histogram(const std::string& name, std::string_view help, std::span<const nanoseconds> bounds,
                                      const Labels& labels) {
  assert(!bounds.empty());
  const std::lock_guard lock(families_mutex_);
  const std::size_t slot = take_slots(bounds.size() + 2);
  family(name, help, "histogram").series.push_back({label_text(labels), slot, bounds});
  return {this, slot, bounds};
}

Metrics::Labelled Metrics::labelled(const std::string& name, std::string_view help, const std::string& label) {
  const std::lock_guard lock(families_mutex_);
  family(name, help, "counter").by = label;
  return {this, name};
}

void Metrics::read_counter(const std::string& name, std::string_view help, Reading reading, const Labels& labels) {
  const std::lock_guard lock(families_mutex_);
  family(name, help, "counter").series.push_back({label_text(labels), 0, {}, std::move(reading)});
}

void Metrics::read_gauge(const std::string& name, std::string_view help, Reading reading, const Labels& labels) {
  const std::lock_guard lock(families_mutex_);
  family(name, help, "gauge").series.push_back({label_text(labels), 0, {}, std::move(reading)});
}

std::string Metrics::text() const {
  const std::lock_guard lock(families_mutex_);
  const Totals totals = fold();
  std::string page;
  for (const auto& one : families_) {
    page += "# HELP " + one->name + " " + escaped(one->help, false) + "\n# TYPE " + one->name + " " + one->type + "\n";
    one->write(page, totals);
    if (one->by.empty()) continue;
    const std::lock_guard values_lock(labelled_mutex_);
    const auto values = labelled_.find(one->name);
    if (values == labelled_.end()) continue;
    for (const auto& [value, count] : values->second) add_line(page, one->name, label_text({{one->by, value}}), std::to_string(count));
  }
  return page;
}

}  // namespace otmetka::engine
