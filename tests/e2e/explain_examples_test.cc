// The examples of `otmetka explain` that are commands, or lines of files that a command reads, are run: the wrong one draws its code,
// and the same put right does not and is understood.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checkers/catalog.h"
#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

namespace fs = std::filesystem;
using messages::Entry;
using testing::HasSubstr;
using testing::Not;
using Codes = std::set<std::string_view>;

// What no folder of a test can hold.
const Codes kNotRun = {
    // tests/explain has it
    "OT100",
    // a disk that is full or goes; half a gibibyte of files
    "OT367", "OT404", "OT536", "OT548",
    // a server beside it
    "OT410", "OT411", "OT417", "OT418", "OT420", "OT434", "OT529", "OT530",
    // a store that was held, lost, changed or brought back
    "OT408", "OT422", "OT424", "OT425", "OT428",
    // a broker; kafka_test.cc runs some of them
    "OT440", "OT441", "OT442", "OT444", "OT445", "OT446", "OT447", "OT450", "OT453", "OT455", "OT461", "OT463", "OT465", "OT466", "OT468",
    // a database server
    "OT470", "OT471", "OT472", "OT473", "OT474", "OT475", "OT476",
    // a machine that lacks something
    "OT236", "OT541", "OT542", "OT543", "OT550", "OT562", "OT564", "OT566", "OT621",
};

const Codes kWithoutRights = {"OT374", "OT403", "OT416"};  // root may do what they are about
const Codes kOnlyTheWrongOne = {"OT407", "OT477"};         // put right by a newer program, or with a database server

constexpr const char* kMotion = R"(grade: v1
id: physics-8-motion
items:
- {id: gravity, numeric: 9.8 м/с² ± 0.05}
- {id: v, numeric: 72 км/ч}
- {id: capital, text: Москва}
- id: fizz
  code: {languages: python3, tests: [{in: "3", out: "Fizz"}]}
)";

constexpr const char* kWorks =
    R"({"assignment_id": "physics-8-motion", "learner_id": "p-1", "responses": {"gravity": "9,8 м/с²"}}
{"assignment_id": "physics-8-motion", "tenant_id": "school-7", "learner_id": "p-1", "responses": {"gravity": "9,8 м/с²"}}
)";

// With `otmetka` for the built program.
std::vector<std::string> shell(std::string_view script) {
  std::string all = "otmetka() { \"$0\" \"$@\"; }\n";
  return {"/bin/sh", "-c", all.append(script), otmetka({}).front()};
}

bool has_command(const Entry& entry) {
  return entry.id.starts_with("OT") && (entry.wrong.starts_with("otmetka ") || entry.wrong.find(" otmetka ") != std::string_view::npos ||
                                        entry.wrong.find("\notmetka ") != std::string_view::npos);
}

const Entry& entry_of(const char* code) { return *checkers::message_catalogue().find(code); }

class ExplainExamples : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = new Scratch;
    write_specs();
    write_answers();
    write_packages();
    write_stores();
  }
  static void TearDownTestSuite() {
    delete home_;
    home_ = nullptr;
  }

  // What is said when it is run in a folder like that.
  static Ran ran(std::string_view script, const std::vector<std::pair<std::string, std::string>>& files = {}, bool without_rights = false) {
    const Scratch folder;
    fs::copy(home_->path(), folder.path(), fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    for (const auto& [name, text] : files) folder.write(name, text);
    return run(folder, without_rights ? as_nobody_special(shell(script)) : shell(script));
  }

  static void expect_wrong(const Entry& entry, const Ran& ran) {
    EXPECT_THAT(ran.out + ran.err, HasSubstr(std::string(entry.id))) << entry.wrong << "\nexit code " << ran.exit_code;
  }
  static void expect_right(const Entry& entry, const Ran& ran) {
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr(std::string(entry.id)))) << entry.right;
    const bool understood = ran.exit_code != 2 && ran.exit_code < 126;
    EXPECT_TRUE(understood) << entry.id << "\n" << entry.right << "\nexit code " << ran.exit_code << "\n" << ran.err;
  }

  // Both halves as the text of `name`, read by the command.
  static void expect_by_file(const char* code, const std::string& name, std::string_view command, std::string_view before = {}) {
    const Entry& entry = entry_of(code);
    expect_wrong(entry, ran(command, {{name, std::string(before).append(entry.wrong) + "\n"}}));
    expect_right(entry, ran(command, {{name, std::string(before).append(entry.right) + "\n"}}));
  }

 private:
  static void write_specs() {
    for (const char* name : {"spec.yaml", "motion.yaml", "a.yaml", "b.yaml", "specs/motion.yaml"}) home_->write(name, kMotion);
    for (const char* name : {"broken.yaml", "drafts/broken.yaml"}) home_->write(name, "grade: v2\n");
    fs::create_directory(home_->path() / "empty");
    fs::create_directory(home_->path() / "languages");
    home_->write("otmetka.yaml", "workers: 1\n");
  }

  static void write_answers() {
    const std::string table = "learner_id,gravity\np-1,\"9,8 м/с²\"\n";
    home_->write("answers.csv", table);
    home_->write("answers.jsonl", kWorks);
    home_->write("answers.xlsx", std::string("PK\3\4\0\0\0\0", 8));
    home_->write("answers/ada/fizz.py", "print('Fizz')\n");
    home_->write("fizz.py", "print('Fizz')\n");
    home_->write("answers-cp1251.csv", "learner_id,capital\np-1,\xCC\xEE\xF1\xEA\xE2\xE0\n");
    std::string utf16 = "\xFF\xFE";
    for (const char c : std::string_view("learner_id,v\np-1,72\n")) utf16.append({c, '\0'});
    home_->write("answers-utf16.csv", utf16);
    std::string old = "learner_id,capital\np-1,\xCC\xEE\xF1\xEA\xE2\xE0\n";
    while (old.size() < (2u << 20U)) old += "p-2,x\n";
    home_->write("old-cp1251.csv", old);
    home_->write("new-utf8.csv", "p-3,Москва\n");
    for (const char* name : {"input.txt", "a/data.txt", "b/data.txt", "b/more.txt"}) home_->write(name, "1\n");
  }

  static void write_packages() {
    const fs::path sample = project_file("samples/packages/hello");
    for (const char* name : {"hello", "bare", "my problem"}) fs::copy(sample, home_->path() / name, fs::copy_options::recursive);
    fs::remove_all(home_->path() / "bare" / "submissions");
    home_->write("hello.zip", "PK");
  }

  // A queue with one dead letter and a gradebook, where they are by default and under the names that examples give them.
  static void write_stores() {
    home_->write("lost.jsonl", R"({"assignment_id": "no-such-spec", "learner_id": "p-1", "responses": {"gravity": "9,8"}})" "\n");
    const std::string script = "otmetka submit answers.jsonl lost.jsonl && OTMETKA_SPEC_PATIENCE_MS=0 otmetka serve --until-empty";
    const Ran made = run(*home_, shell(script));
    ASSERT_THAT(made.err, HasSubstr("OT380"));
    const fs::path stores = home_->path() / "otmetka-data";
    fs::create_directory(home_->path() / "data");
    fs::copy(stores / "queue", home_->path() / "data" / "queue", fs::copy_options::recursive);
    fs::create_directory(home_->path() / "backup");
    const std::string book = bytes_of(stores / "gradebook.db");
    for (const char* name : {"gradebook.db", "data/gradebook.db", "backup/gradebook.db"}) home_->write(name, book);
    home_->write("damaged.db", std::string_view(book).substr(0, book.size() / 2));
    std::string newer = book;
    newer.replace(60, 4, std::string("\0\0\0\x63", 4));  // user_version, as the file format of SQLite places it
    home_->write("newer.db", newer);
  }

  static inline Scratch* home_ = nullptr;
};

TEST_F(ExplainExamples, CommandsDoWhatIsToldOfThem) {
  int seen = 0;
  for (const Entry* entry : checkers::message_catalogue().entries()) {
    if (!has_command(*entry) || kNotRun.contains(entry->id)) continue;
    const bool without_rights = kWithoutRights.contains(entry->id);
    expect_wrong(*entry, ran(entry->wrong, {}, without_rights));
    if (!kOnlyTheWrongOne.contains(entry->id)) expect_right(*entry, ran(entry->right, {}, without_rights));
    ++seen;
  }
  EXPECT_GE(seen, 50);
}

TEST_F(ExplainExamples, LinesOfTheConfiguration) {
  for (const char* code : {"OT511", "OT512", "OT513", "OT514", "OT515"}) {
    expect_by_file(code, "c.yaml", "otmetka config show --config c.yaml");
  }
}

TEST_F(ExplainExamples, AFileOfALanguage) {
  expect_by_file("OT560", "languages/lua.yaml", "OTMETKA_LANGUAGES=languages otmetka try spec.yaml fizz file:fizz.py");
}

TEST_F(ExplainExamples, Works) {
  for (const char* code : {"OT380", "OT381"}) {
    expect_by_file(code, "w.jsonl", "otmetka submit w.jsonl; OTMETKA_SPEC_PATIENCE_MS=0 otmetka serve --until-empty");
  }
  expect_by_file("OT386", "w.jsonl", "otmetka grade --format jsonl --spec spec.yaml w.jsonl");
}

TEST_F(ExplainExamples, ProgramsThatJudge) {
  const std::string item = "grade: v1\nid: judged\nitems:\n- id: fizz\n  code:\n    tests: [{in: \"3\", out: Fizz}]\n    ";
  const std::string accepting = "import sys\nsys.exit(0)\n";
  const std::string try_it = "otmetka try judged.yaml fizz file:fizz.py";
  for (const bool wrong : {true, false}) {
    const Entry& unknown = entry_of("OT563");
    const Ran first = ran(try_it, {{"judged.yaml", item + std::string(wrong ? unknown.wrong : unknown.right) + "\n"},
                                   {"check.txt", accepting},
                                   {"check.py", accepting}});
    wrong ? expect_wrong(unknown, first) : expect_right(unknown, first);
    for (const char* code : {"OT565", "OT567"}) {
      const Entry& failing = entry_of(code);
      const Ran second = ran(try_it, {{"judged.yaml", item + "compare: {checker: file:check.py}\n"},
                                      {"check.py", std::string(wrong ? failing.wrong : failing.right) + "\n"}});
      wrong ? expect_wrong(failing, second) : expect_right(failing, second);
    }
  }
}

TEST_F(ExplainExamples, TestsThatBreak) {
  const std::string spec =
      "grade: v1\nid: unit\nitems:\n- id: add\n  unit_tests:\n    language: cpp\n    submit: add.cc\n    tests: file:add_test.cc\n"
      "    functions: [\"int add(int a, int b)\"]\n";
  const Entry& entry = entry_of("OT622");
  for (const bool wrong : {true, false}) {
    const std::string tests = "#include <gtest/gtest.h>\n" + std::string(wrong ? entry.wrong : entry.right) + "\n";
    const Ran tried = ran("otmetka try unit.yaml add file:add.cc",
                          {{"unit.yaml", spec}, {"add_test.cc", tests}, {"add.cc", "int add(int a, int b) { return a + b; }\n"}});
    wrong ? expect_wrong(entry, tried) : expect_right(entry, tried);
  }
}

TEST_F(ExplainExamples, PackagesThatAreRun) {
  const Entry& beyond = entry_of("OT554");
  const std::string settings = "name: Hello\ntype: scoring\n";
  for (const bool wrong : {true, false}) {
    const std::string line(wrong ? beyond.wrong : beyond.right);
    const auto colon = line.find(": ");
    const Ran first = ran("otmetka verify bare", {{"bare/problem.yaml", settings},
                                                  {"bare/" + line.substr(0, colon), line.substr(colon + 2) + "\n"},
                                                  {"bare/submissions/accepted/hello.py", "print(f'Привет, {input()}!')\n"}});
    wrong ? expect_wrong(beyond, first) : expect_right(beyond, first);
    const Entry& language = entry_of("OT589");
    const Ran second = ran("otmetka verify bare", {{"bare/" + std::string(wrong ? language.wrong : language.right), "print(1)\n"}});
    wrong ? expect_wrong(language, second) : expect_right(language, second);
  }
}

}  // namespace
}  // namespace otmetka::e2e
