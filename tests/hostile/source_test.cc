// Every source of sources/ through the workshop: compiled in the sandbox, and run there where it compiles. The mode is that of
// this process, as in hostile_test.cc.
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/precompiled.h"
#include "sandbox/workshop.h"
#include "tests/hostile/row.h"
#include "tests/hostile/setting.h"

namespace otmetka::hostile {
namespace {

using sandbox::Compiled;
using sandbox::Language;
using sandbox::LanguageState;
using sandbox::SourceFile;
using sandbox::Workshop;
using std::chrono::seconds;

constexpr std::size_t kMostLog = 64u << 10;

const std::filesystem::path kFolder = std::filesystem::path(OTMETKA_SOURCE_DIR) / "tests/hostile/sources";

// Where compiled headers are kept; programs read it and have their own /tmp over what is there.
std::filesystem::path cache_folder() { return "/var/tmp/otmetka-hostile-cache-" + std::to_string(getpid()); }

std::unique_ptr<Workshop> open_workshop(bool with_cache) {
  auto opened = Workshop::open({.sandbox = two_slots(),
                                .languages = (kFolder / "languages").string(),
                                .cache = with_cache ? cache_folder().string() : std::string(),
                                .allow_weak = true});
  return opened ? std::move(*opened) : nullptr;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
  return text;
}

// As it is handed in.
std::string bytes_of(const Row& row) {
  std::ifstream in(row.file, std::ios::binary);
  std::ostringstream read;
  read << in.rdbuf();
  std::string text = replaced(read.str(), "@SECRET_FILE@", secret_file());
  text = replaced(text, "@CACHE@", std::string(sandbox::kPrecompiledInside));
  text = replaced(text, "@TIMES@", std::string(static_cast<std::size_t>(row.times), 'x'));
  if (row.bytes == "nul") return replaced(text, "@NUL@", std::string(1, '\0'));
  if (row.bytes == "cr") return replaced(text, "\n", "\r");
  if (row.bytes != "utf16") return text;
  std::string wide = "\xff\xfe";
  for (const char c : text) (wide += c) += '\0';
  return wide;
}

const LanguageState* language_of(const Workshop& workshop, const Row& row) {
  return row.language.empty() ? workshop.language_of(row.file.filename().string()) : workshop.language(row.language);
}

class HostileSource : public testing::TestWithParam<Row> {
 protected:
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(cache_folder(), ignored);
  }

  // What comes of it, in the words of a header.
  void compile_and_run(Workshop& workshop, const Language& language, const std::string& right) {
    const auto compiled = compile(workshop, language);
    ASSERT_TRUE(compiled.ok()) << "INFRA_ERROR is never right: " << compiled.failure().code();
    if (const auto* kept = compiled->executable.get()) kept_ = kept->files.size() + (kept->image ? 1 : 0);
    const std::string ending = run(workshop, language, *compiled);
    EXPECT_TRUE(is_one_of(ending, right)) << "is " << ending << ", right is " << right << "\n" << compiled->log.substr(0, 1000);
  }

  std::size_t kept_ = 0;  // files that the workshop keeps for the next who hands in the same

 private:
  // H1 and H5 of the compiler.
  Result<Compiled> compile(Workshop& workshop, const Language& language) {
    const Row& row = GetParam();
    std::vector<SourceFile> files = {{row.name.empty() ? row.file.filename().string() : row.name, bytes_of(row)}};
    if (!row.given_name.empty()) files.push_back({row.given_name, replaced(row.given_text, "@SECRET_FILE@", secret_file())});
    const auto began = std::chrono::steady_clock::now();
    auto compiled = workshop.compile(language, files);
    if (!compiled) return compiled;
    const auto most = language.compile_limits.wall + compiled->run.starved + seconds(1);
    EXPECT_LE(std::chrono::steady_clock::now() - began, compiled->tries * most) << "H1";
    EXPECT_LE(compiled->log.size(), kMostLog);
    EXPECT_THAT(compiled->log, testing::Not(testing::HasSubstr("root:")));
    tells_nothing(compiled->log);
    return compiled;
  }

  // And of the program.
  std::string run(Workshop& workshop, const Language& language, const Compiled& compiled) {
    if (!compiled.executable) return "COMPILE_ERROR";
    auto program = workshop.program(*compiled.executable, GetParam().limits);
    program.input = *sandbox::MemoryFile::make(GetParam().input);
    const auto began = std::chrono::steady_clock::now();
    const auto ran = workshop.sandbox().run(program);
    if (!ran) return "INFRA_ERROR " + ran.failure().code();
    EXPECT_LE(std::chrono::steady_clock::now() - began, program.limits.wall + ran->starved + seconds(1)) << "H1";
    tells_nothing(ran->out);
    tells_nothing(ran->err);
    EXPECT_THAT(ran->out, testing::Not(testing::HasSubstr("open: ")));
    if (!GetParam().prints.empty()) {
      EXPECT_EQ(ran->out, GetParam().prints);
    }
    return sandbox::runtime_ran_out(*ran, language) ? "MEMORY_LIMIT" : ending_text(*ran);
  }
};

TEST_P(HostileSource, IsContained) {
  const Row& row = GetParam();
  ASSERT_EQ(row.unread, "") << "the header of " << row.file;
  const auto workshop = open_workshop(row.id == "F17");
  ASSERT_NE(workshop, nullptr);
  const std::string right = row.right.at(mode_of(workshop->sandbox()));
  if (right.starts_with("REFUSED")) return;  // bare only, says rows_test.cc
  const LanguageState* state = language_of(*workshop, row);
  ASSERT_NE(state, nullptr);
  if (!state->installed) {
    EXPECT_EQ(std::getenv("OTMETKA_ALL_INSTALLED"), nullptr) << state->missing;
    GTEST_SKIP() << state->missing << " is not there";
  }
  Language language = *state->language;
  set_limits(language.compile_limits, row.compile_limits);
  Watch watch(workshop->sandbox(), true);
  watch.run_begins();
  compile_and_run(*workshop, language, right);
  watch.run_ended();
  watch.end(kept_);
}

INSTANTIATE_TEST_SUITE_P(All, HostileSource, testing::ValuesIn(read_rows(kFolder)),
                         [](const auto& row) { return replaced(row.param.file.filename().string(), ".", "_"); });

// F09: what is no source is not looked at as one.
TEST(HostileSourceName, OnlyEndingsOfSourcesAreALanguages) {
  const auto workshop = open_workshop(false);
  ASSERT_NE(workshop, nullptr);
  for (const char* name : {"x.o", "x.a", "x.so", "x.ld", "x.lds", "x.s", "x.S", "x.specs", "x.gch", "x.class", "x.jar", "x.pyc", "x.ppu",
                           "x.node", "x.zip", "x.tar", "x.c.", ".c", "x"}) {
    EXPECT_EQ(workshop->language_of(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace otmetka::hostile
