// A disk that is full is said so, costs nothing that was acknowledged, and needs no more than room to be well again.
#include <signal.h>

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

constexpr int kWorks = 150;  // their results take some hundreds of kilobytes

class SmallDisk : public testing::Test {
 protected:
  SmallDisk() { std::filesystem::create_directory(folder.path() / "disk"); }

  static std::vector<std::string> serve(const std::string& queue, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"serve", "--queue", queue, "--gradebook", "sqlite:book.db", "--specs", "specs", "--lang", "en"});
    return otmetka(more);
  }
  // The small disk that only this process sees, to others.
  std::string disk_of(const Running& server) const { return "/proc/" + std::to_string(server.pid()) + "/root" + folder.at("disk"); }

  // To the last byte.
  static void fill(const std::string& disk) {
    std::ofstream filler(disk + "/filler", std::ios::binary);
    const std::string block(4'096, 'x');
    while (filler.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  static std::string works(int from, int count) {
    std::string out;
    for (int i = from; i < from + count; ++i) {
      const std::string id = std::to_string(i);
      out += "{\"submission_id\": \"s-" + id + "\", \"assignment_id\": \"small\", \"learner_id\": \"l-" + id +
             R"(", "responses": {"n": "4"}})" + "\n";
    }
    return out;
  }
  std::vector<std::string> submit(const std::string& queue) const {
    return otmetka({"submit", "--lang", "en", "--queue", "embedded:" + folder.at(queue), "--spool", folder.at("spool"), "-"});
  }
  // As another process of the server's machine.
  Ran submit_beside(const Running& server, const std::string& lines) const {
    std::vector<std::string> command = submit("disk/queue");
    command.insert(command.begin(),
                   {"/usr/bin/nsenter", "--target", std::to_string(server.pid()), "--user", "--preserve-credentials", "--mount", "--"});
    return run(folder, command, {.input = lines});
  }
  std::vector<std::string> rows() const {
    auto lines = lines_of(run(folder, otmetka({"results", "--gradebook", "sqlite:book.db", "--format", "csv"})).out);
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  }

  Scratch folder;
};

TEST_F(SmallDisk, AQueueThatHasNoRoomForResultsKeepsItsWorksAndGoesOnWhenThereIsSome) {
  std::filesystem::create_directory(folder.path() / "specs");
  Running server(folder, on_small_disk(folder.at("disk"), serve("embedded:disk/queue"), "8m"),
                 {.environment = {"OTMETKA_SPEC_PATIENCE_MS=600000"}});
  const auto said = [&](const std::string& text) {
    const auto is_there = [&] { return server.err_so_far().find(text) != std::string::npos; };
    return holds_soon([&] { return is_there() || server.ended_within(std::chrono::milliseconds(0)); }) && is_there();
  };
  if (!said("event=serving")) {
    const Ran ran = server.wait();
    if (ran.exit_code == kNoSmallDisk) GTEST_SKIP() << "NOT TESTED: no full disk can be made here: " << ran.err;
    FAIL() << ran.err;
  }
  const std::string disk = disk_of(server);
  const Ran published = submit_beside(server, works(0, kWorks));
  ASSERT_EQ(published.exit_code, 0) << published.err;
  ASSERT_TRUE(said("event=waiting code=OT380"));
  fill(disk);
  const Ran refused = submit_beside(server, works(kWorks, kWorks));
  EXPECT_EQ(refused.exit_code, 5) << refused.err;
  EXPECT_THAT(refused.err, AllOf(HasSubstr("OT404"), HasSubstr("spool: 150")));
  folder.write("specs/small.yaml", kSmallSpec);
  EXPECT_TRUE(said("event=queue_failing code=OT404")) << server.err_so_far();
  std::filesystem::remove(disk + "/filler");
  EXPECT_TRUE(said("event=queue_well")) << server.err_so_far();
  const Ran sent = submit_beside(server, "");
  EXPECT_EQ(sent.exit_code, 0) << sent.err;
  EXPECT_TRUE(holds_soon([&] { return rows().size() == 2 * kWorks; })) << rows().size();
  server.signal(SIGTERM);
  const Ran stopped = server.wait();
  EXPECT_EQ(stopped.exit_code, 0);
  EXPECT_THAT(stopped.err, HasSubstr("taken=300 graded=300 retried=150 dead_letters=0 applied=300 conflicts=0"));
  EXPECT_THAT(rows(), testing::Each(HasSubstr("FINAL")));
}

// It is written into by storing, which would end the server by a signal.
TEST_F(SmallDisk, ANoteOfWhatIsInHandThatHasNoRoomIsSaidSoAtTheStart) {
  folder.write("specs/small.yaml", kSmallSpec);
  ASSERT_EQ(run(folder, submit("queue"), {.input = works(0, 3)}).exit_code, 0);
  std::vector<std::string> command = serve("embedded:queue", {"--until-empty"});
  command.insert(command.begin(), {"sh", "-c", "cat /dev/zero >disk/filler 2>/dev/null; exec \"$0\" \"$@\""});
  const Ran ran = run(folder, on_small_disk("disk", command), {.environment = {"OTMETKA_STATE=disk"}});
  if (ran.exit_code == kNoSmallDisk) GTEST_SKIP() << "NOT TESTED: no full disk can be made here: " << ran.err;
  EXPECT_EQ(ran.exit_code, 5) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT404"), HasSubstr("disk/in-hand")));
  EXPECT_EQ(run(folder, serve("embedded:queue", {"--until-empty"})).exit_code, 0);
  EXPECT_THAT(rows(), SizeIs(3));
}

}  // namespace
}  // namespace otmetka::e2e
