// What the events of the engine and the feed make of /readyz.
#include "cli/operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/prometheus_text.h"
#include "tests/support/raw_socket.h"

namespace otmetka::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class OperationTest : public testing::Test {
 protected:
  void SetUp() override {
    auto started = Operation::start(Context{}, *read_config("/dev/null", {{"listen", "127.0.0.1:0"}}));
    ASSERT_TRUE(started);
    operation = std::move(*started);
    operation->reason("starting", std::nullopt);  // as when all is open
  }
  std::string ask(const std::string& path) const { return http_get(operation->address(), path); }

  std::unique_ptr<Operation> operation;
};

TEST_F(OperationTest, AServerIsReadyUnlessSomethingSpeaksAgainstIt) {
  const std::string ready = ask("/readyz");
  EXPECT_THAT(ready, AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Type: application/json\r\n")));
  EXPECT_EQ(http_body(ready), "{\"status\":\"ok\",\"reasons\":[]}\n");
}

TEST_F(OperationTest, ASinkOrAGradebookThatFailsIsNamedWithItsCodeUntilItIsWell) {
  operation->saw({"queue_failing", "OT404", 0});
  EXPECT_THAT(ask("/readyz"), StartsWith("HTTP/1.1 503"));
  EXPECT_EQ(http_body(ask("/readyz")),
            "{\"status\":\"unavailable\",\"reasons\":[{\"code\":\"OT493\",\"text\":\"the queue takes no results: OT404\"}]}\n");
  operation->saw({"gradebook_failing", "OT408", 0});
  EXPECT_THAT(ask("/readyz"), AllOf(HasSubstr("OT493"), HasSubstr("OT494"), HasSubstr("OT408")));
  operation->saw({"queue_well", {}, 0});
  operation->saw({"gradebook_well", {}, 0});
  EXPECT_THAT(ask("/readyz"), StartsWith("HTTP/1.1 200"));
  operation->saw({"dead_letters", "OT380", 3});
  EXPECT_THAT(ask("/readyz"), StartsWith("HTTP/1.1 200")) << "no fault of the server's";
}

TEST_F(OperationTest, OneThatLeavesIsHealthyAndNotReady) {
  operation->leaving();
  EXPECT_THAT(ask("/readyz"), AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("OT495")));
  EXPECT_THAT(ask("/healthz"), StartsWith("HTTP/1.1 200"));
}

TEST_F(OperationTest, ThereIsAPageBeforeAnythingIsServed) {
  const std::string page = ask("/metrics");
  EXPECT_THAT(page, HasSubstr("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
  EXPECT_THAT(PrometheusReader::read(http_body(page)).problems, IsEmpty());
}

TEST(OperationWithoutListenTest, NobodyIsAnsweredAndNothingIsMeasured) {
  const auto started = Operation::start(Context{}, *read_config("/dev/null", {}));
  ASSERT_TRUE(started);
  EXPECT_EQ((*started)->address(), "");
  EXPECT_EQ((*started)->metrics(), nullptr);
}

TEST(OperationWithoutListenTest, AnAddressForOthersIsRefused) {
  for (const auto& [address, code] : {std::pair{"0.0.0.0:0", "OT433"}, std::pair{"here", "OT432"}}) {
    const auto started = Operation::start(Context{}, *read_config("/dev/null", {{"listen", address}}));
    ASSERT_FALSE(started);
    EXPECT_EQ(started.failure().code(), code);
  }
}

}  // namespace
}  // namespace otmetka::cli
