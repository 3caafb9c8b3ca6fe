// A problem package as it is, as an assignment: for `grade`, `try`, `check` and `serve`.
#include <signal.h>

#include <filesystem>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string in_quotes(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + "\"";
}

// `constants` of ladder's problem.yaml: they are put into a package's own files, not into what learners write.
std::string with_constants(std::string text) {
  const std::string name = "{{modulus}}";
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) text.replace(at, name.size(), "1000000007");
  return text;
}

// A package's own submissions as learners' answers, a line each; the learner is the submission's path.
std::string as_json_lines(const std::string& package) {
  const fs::path root = project_file("samples/packages/" + package);
  std::string out;
  for (const auto& folder : fs::directory_iterator(root / "submissions")) {
    if (!folder.is_directory()) continue;
    for (const auto& one : fs::directory_iterator(folder)) {
      std::vector<fs::path> files;
      if (one.is_directory()) {
        for (const auto& file : fs::directory_iterator(one)) files.push_back(file.path());
      } else {
        files.push_back(one.path());
      }
      out += "{\"assignment_id\":\"" + package + "\",\"learner_id\":" + in_quotes(fs::relative(one.path(), root).string()) +
             ",\"responses\":{\"" + package + "\":{\"files\":{";
      for (const fs::path& file : files) {
        out += (file == files[0] ? "" : ",") + in_quotes(file.filename().string()) + ":" + in_quotes(with_constants(bytes_of(file)));
      }
      out += "}}}}\n";
    }
  }
  return out;
}

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const auto begin = text.find(before);
  if (begin == std::string::npos) return {};
  return text.substr(begin + before.size(), text.find(after, begin + before.size()) - begin - before.size());
}

// On a machine that is busy with other things the clock may strike before the CPU limit does.
std::string either_limit(const std::string& verdict) { return verdict == "IDLE_LIMIT" ? "TIME_LIMIT" : verdict; }

class Packages : public testing::Test {
 protected:
  Packages() {
    folder.write("sum/problem.yaml", "name: Сумма\nlimits: {time_limit: 1}\n");
    folder.write("sum/data/sample/1.in", "1 2\n");
    folder.write("sum/data/sample/1.ans", "3\n");
    folder.write("sum/data/secret/1.in", "-4 1\n");
    folder.write("sum/data/secret/1.ans", "-3\n");
    folder.write("sum/data/secret/testdata.yaml", "on_reject: break\n");
  }
  Ran told(std::vector<std::string> words, const Setting& setting = {}) const {
    words.insert(words.end(), {"--lang", "en"});
    return run(folder, otmetka(words), setting);
  }
  Scratch folder;
};

std::string work(const std::string& learner, const std::string& program) {
  return "{\"assignment_id\":\"sum\",\"learner_id\":\"" + learner + "\",\"responses\":{\"sum\":{\"files\":{\"a.py\":" + in_quotes(program) +
         "}}}}\n";
}

constexpr const char* kRight = "print(sum(map(int, input().split())))";

TEST_F(Packages, GradeGivesEachSubmissionWhatVerifySaysOfIt) {
  const std::string package = project_file("samples/packages/hello");
  const Ran verified = run(folder, otmetka({"verify", "--format", "jsonl", package}));
  const Ran graded = told({"grade", "--spec", package, "--format", "jsonl", "-"}, {.input = as_json_lines("hello")});
  EXPECT_EQ(graded.exit_code, 0) << graded.err;
  std::map<std::string, std::string> verdicts;
  for (const std::string& row : lines_of(verified.out)) {
    verdicts[between(row, "\"submission\":\"", "\"")] = between(row, "\"verdict\":\"", "\"");
  }
  const auto rows = lines_of(graded.out);
  ASSERT_EQ(rows.size(), verdicts.size());
  for (const std::string& row : rows) {
    const std::string verdict = verdicts[between(row, "\"learner_id\":\"", "\"")];
    EXPECT_EQ(either_limit(between(row, "\"status\":\"", "\"")), either_limit(verdict)) << row;
    EXPECT_THAT(row, HasSubstr(verdict == "GRADED" ? "\"raw\":{\"num\":\"1\"" : "\"raw\":{\"num\":\"0\""));
  }
}

TEST_F(Packages, AScoringPackageIsWorthItsBestScore) {
  const Ran graded = told({"grade", "--spec", project_file("samples/packages/ladder"), "--format", "jsonl", "-"},
                          {.input = as_json_lines("ladder")});
  EXPECT_EQ(graded.exit_code, 0) << graded.err;
  int full = 0, partial = 0;
  for (const std::string& row : lines_of(graded.out)) {
    EXPECT_THAT(row, HasSubstr("\"maximum\":{\"num\":\"100\""));
    full += row.find("\"raw\":{\"num\":\"100\"") != std::string::npos ? 1 : 0;
    partial += row.find("\"raw\":{\"num\":\"40\"") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(full, 3);
  EXPECT_EQ(partial, 4) << "those that only fail on the large tests";
}

TEST_F(Packages, AFolderOfLearnersIsGradedToo) {
  folder.write("class/ada/sum.py", kRight);
  folder.write("class/bob/sum.c", "int main(void) { return 0; }");
  folder.write("class/eve/sum/main.py", "from two import add\nprint(add(input()))");
  folder.write("class/eve/sum/two.py", "def add(line): return sum(map(int, line.split()))");
  const Ran graded = told({"grade", "--spec", "sum", "--format", "csv", "class"});
  EXPECT_EQ(graded.exit_code, 0) << graded.err;
  EXPECT_THAT(graded.out, AllOf(HasSubstr("\nada,1,1,1,1,FINAL,1,GRADED,"), HasSubstr("\nbob,1,0,1,0,FINAL,0,WRONG_ANSWER,"),
                                HasSubstr("\neve,1,1,1,1,FINAL,1,GRADED,")));
}

TEST_F(Packages, TryShowsWhyAndCheckSaysWhatThereIsToSay) {
  const Ran tried = told({"try", "sum", "sum", "-", "--explain"}, {.input = "{\"files\":{\"a.py\":\"print(3)\"}}"});
  EXPECT_EQ(tried.exit_code, 0) << tried.err;
  EXPECT_THAT(tried.out, AllOf(HasSubstr("0 of 1"), HasSubstr("sample/1"), HasSubstr("secret/1")));
  folder.write("mine/a.py", kRight);
  folder.write("mine/b/main.py", "from two import add\nprint(add(input()))");
  folder.write("mine/b/two.py", "def add(line): return sum(map(int, line.split()))");
  EXPECT_THAT(told({"try", "sum", "sum", "file:mine/a.py"}).out, HasSubstr("1 of 1"));
  EXPECT_THAT(told({"try", "sum", "sum", "file:" + folder.at("mine/a.py")}).out, HasSubstr("1 of 1"));
  EXPECT_THAT(told({"try", "sum", "sum", "dir:mine/b"}).out, HasSubstr("1 of 1"));
  const Ran absent = told({"try", "sum", "sum", "file:mine/none.py"});
  EXPECT_EQ(absent.exit_code, 2);
  EXPECT_THAT(absent.err, AllOf(HasSubstr("OT362"), HasSubstr("mine/none.py")));
  EXPECT_THAT(told({"try", "sum", "sum", kRight}).out, AllOf(HasSubstr("file:PATH"), HasSubstr("dir:PATH")));
  EXPECT_THAT(run(folder, otmetka({"try", "sum", "sum", kRight, "--lang", "ru"})).out,
              AllOf(HasSubstr("file:ПУТЬ"), HasSubstr("dir:ПУТЬ")));
  EXPECT_THAT(told({"try", "--help"}).out, AllOf(HasSubstr("file:PATH"), HasSubstr("dir:PATH")));
  EXPECT_EQ(told({"check", "sum"}).exit_code, 0);
  folder.write("sum/problem.yaml", "name: A\nkolour: red\n");
  const Ran checked = told({"check", "."});
  EXPECT_EQ(checked.exit_code, 0);
  EXPECT_THAT(checked.out, AllOf(HasSubstr("OT580"), HasSubstr("OT594"), HasSubstr("kolour"), Not(HasSubstr("testdata.yaml"))));
  folder.write("sum/problem.yaml", "name: A\ntype: submit-answer\n");
  EXPECT_EQ(told({"check", "sum"}).exit_code, 1);
  const Ran refused = told({"grade", "--spec", "sum", "-"}, {.input = "{}\n"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("OT576"), HasSubstr("OT525"), HasSubstr("submit-answer")));
}

TEST_F(Packages, AFolderThatIsNoneIsStillAFolder) {
  folder.write("none/readme.txt", "x");
  const Ran ran = told({"grade", "--spec", "none", "-"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("OT361"));
}

TEST_F(Packages, ServeGradesByOneBesideSpecs) {
  folder.write("specs/word.yaml", "grade: v1\nid: word\nitems:\n- {id: word, text: да}\n");
  fs::rename(folder.at("sum"), folder.at("specs/sum"));
  folder.write("specs/sum/problem.yaml", "name: Сумма\n");
  const std::string works = work("a", kRight) + work("b", "print(3)") +
                            R"({"assignment_id":"word","learner_id":"a","responses":{"word":"да"}})" "\n";
  ASSERT_EQ(told({"submit", "--queue", "embedded:q", "-"}, {.input = works}).exit_code, 0);
  const Ran served = told({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:b.db", "--specs", "specs", "--until-empty"});
  EXPECT_EQ(served.exit_code, 0) << served.err;
  EXPECT_THAT(served.err, AllOf(HasSubstr("event=spec_loaded id=sum"), HasSubstr("event=spec_loaded id=word"), HasSubstr("OT594"),
                                Not(HasSubstr("OT527"))));
  const Ran results = told({"results", "--gradebook", "sqlite:b.db", "--format", "csv"});
  EXPECT_EQ(lines_of(results.out).size(), 4u) << results.out;
  EXPECT_THAT(results.out, AllOf(HasSubstr("sum"), HasSubstr("word")));
  const Ran all = told({"results", "--gradebook", "sqlite:b.db", "--format", "jsonl", "--assignment", "sum"});
  const auto rows = lines_of(all.out);
  ASSERT_EQ(rows.size(), 2u) << all.out;
  EXPECT_THAT(rows[0], HasSubstr("\"raw\":{\"num\":\"1\""));
  EXPECT_THAT(rows[1], AllOf(HasSubstr("\"raw\":{\"num\":\"0\""), HasSubstr("WRONG_ANSWER")));
}

TEST_F(Packages, ServeTakesInATestThatIsMendedWhileItRuns) {
  fs::create_directory(folder.at("specs"));
  fs::rename(folder.at("sum"), folder.at("specs/sum"));
  Running server(folder, otmetka({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:b.db", "--specs", "specs"}), {});
  ASSERT_TRUE(holds_soon([&] { return count_of(server.err_so_far(), "event=spec_loaded id=sum") == 1; }));
  folder.write("specs/sum/data/secret/1.ans", "-3  \n\n");
  EXPECT_TRUE(holds_soon([&] { return count_of(server.err_so_far(), "event=spec_loaded id=sum") == 2; })) << server.err_so_far();
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, 0);
}

}  // namespace
}  // namespace otmetka::e2e
