// Specs by way of the compacted topic .specs: published once, read by every worker and by who keeps a gradebook.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/result.h"
#include "queue/kafka/options.h"

namespace otmetka::queue {

struct PublishedSpec {
  std::string id;
  std::string sha256;  // hex, of the bytes; as the key says it, the reader may doubt it
  std::string bytes;   // serialized otmetka.v1.AssessmentSpec
  // Whether it is what its id means from now on, to those who read the topic. Otherwise it is there for whoever asks by its hash:
  // a worker has taken it from its own folder.
  bool current = true;
};

// One thread at a time. Key of a record: ID/SHA256, so that every version stays; the last current one of an id counts. OT465: larger
// than the topic takes. Other errors are the client's (queue/kafka/client.h).
class SpecTopic {
 public:
  explicit SpecTopic(const KafkaOptions& options);
  ~SpecTopic();

  // Durable when it returns.
  Status publish(const PublishedSpec& spec);

  // What has come since the last call, in its order. `to_the_end`: all that was published before this call is among it or came
  // earlier; otherwise what has arrived here by now. The first call reads the topic from its beginning to its end. Records that are
  // not ours are told by their bytes being empty and their id being the key.
  Result<std::vector<PublishedSpec>> read(bool to_the_end);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace otmetka::queue
