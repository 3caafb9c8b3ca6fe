// samples/demo.sh, with this build's program: what `./run demo` shows, and that it leaves nothing running.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Demo : public testing::Test {
 protected:
  Ran demo(const std::string& otmetka_or_not, std::vector<std::string> environment = {}) const {
    return run(folder, {project_file("samples/demo.sh"), otmetka_or_not, folder.at("demo")}, {.environment = std::move(environment)});
  }
  // The queue's server lock is free: nobody serves any more.
  bool nothing_runs() const {
    const Ran ran = run(folder, otmetka({"serve", "--queue", "embedded:" + folder.at("demo/queue"), "--gradebook",
                                         "sqlite:" + folder.at("demo/gradebook.db"), "--specs", project_file("samples"), "--until-empty"}));
    return ran.exit_code == 0;
  }
  const std::string program = otmetka({}).front();
  Scratch folder;
};

TEST_F(Demo, ShowsTheWholeJobAndCanBeRunAgain) {
  for (const char* again : {"first", "second"}) {
    const Ran ran = demo(program, {"LANG=en_GB.UTF-8"});
    EXPECT_EQ(ran.exit_code, 0) << again << '\n' << ran.err;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("200 of 200"), HasSubstr("p-010"), HasSubstr("final mark"), HasSubstr("results.csv")));
    EXPECT_TRUE(nothing_runs());
  }
}

TEST_F(Demo, SpeaksRussianToo) {
  const Ran ran = demo(program, {"LANG=ru_RU.UTF-8"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("200 из 200"), HasSubstr("Где что лежит"), HasSubstr("итог")));
}

TEST_F(Demo, SaysWhatIsMissing) {
  const Ran ran = demo(folder.at("no-such-program"), {"LANG=en_GB.UTF-8"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("./run build"));
}

TEST_F(Demo, AServerThatDiesIsToldAndEndsTheDemonstration) {
  const std::string dying = folder.write("dying", "#!/bin/sh\ncase $1 in serve) echo no luck >&2; exit 7 ;; submit) exec sleep 600 ;; esac\n");
  std::filesystem::permissions(dying, std::filesystem::perms::owner_all);
  const Ran ran = demo(dying, {"LANG=en_GB.UTF-8"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("7"), HasSubstr("no luck")));
}

TEST_F(Demo, LeavesAFolderThatIsNotItsOwnAlone) {
  folder.write("demo/precious.txt", "mine");
  EXPECT_EQ(demo(program).exit_code, 1);
  EXPECT_EQ(folder.read("demo/precious.txt"), "mine");
}

}  // namespace
}  // namespace otmetka::e2e
