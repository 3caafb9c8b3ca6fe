// What a server's own /metrics say of its stages.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::load {

// Counts of a Prometheus histogram, by the upper bound of each bucket in seconds; all labels of one name added up.
struct ServerHistogram {
  std::map<double, double> up_to;  // cumulated; infinity too
  double sum = 0;
  double count = 0;
};

// By name, without _bucket, _sum and _count. Lines that are none of a histogram's, or cannot be read, are passed by: any bytes. At
// most 4 MiB are looked at.
using ServerPage = std::map<std::string, ServerHistogram>;
ServerPage read_server_page(std::string_view text);

// What was counted between two pages of one server.
struct ServerStage {
  std::string name;  // "otmetka_queue_wait_seconds"
  double count = 0;
  double mean_seconds = 0;
  double p50_seconds = 0;  // the upper bound of the bucket that holds it; infinity beyond the last
  double p99_seconds = 0;
};

// The stages of a submission in their order, as far as both pages have them.
std::vector<ServerStage> stages_between(const ServerPage& before, const ServerPage& after);

}  // namespace otmetka::load
