#include "engine/answers/folder.h"

#include <sys/stat.h>

#include "engine/answers/answers_test_support.h"
#include "engine/answers/folder_reader.h"
#include "queue/codec.h"

namespace otmetka::engine::answers {
namespace {

using checkers::AnswerShape;
using Rows = std::vector<std::string>;

const Shapes kShapes = {{"gravity", AnswerShape::kText},     {"primes", AnswerShape::kChoice}, {"steps", AnswerShape::kSequence},
                        {"capitals", AnswerShape::kMapping}, {"sum", AnswerShape::kFiles},     {"trip", AnswerShape::kParts},
                        {"trip.v", AnswerShape::kText},      {"trip.why", AnswerShape::kChoice}};

TEST(LearnerFolders, FilesAreNamedAfterItems) {
  const TestFolder folder;
  folder.write("ada/gravity.txt", "\xEF\xBB\xBF" "9,8 м/с²\r\n");
  folder.write("ada/primes.txt", "a\nb\n");
  folder.write("ada/steps", "b|a");
  folder.write("ada/capitals.txt", "Франция=Париж\r\nЯпония=Токио\r\n");
  folder.write("ada/sum.py", "print(1)");
  folder.write("ada/trip/v.txt", "72");
  folder.write("ada/trip/why.txt", "a|b");
  folder.write("bob/sum/main.py", "1");
  folder.write("bob/sum/lib/x.py", "22");
  folder.write("bob/trip", "v=1|t=2");
  folder.write("cat/gravity.txt", "");
  EXPECT_EQ(read_all(folder.path(), kShapes),
            (Rows{"0 ada: capitals={Франция:Париж,Япония:Токио}; gravity=9,8 м/с²; primes=choice[a|b]; steps=[b|a]; "
                  "sum=<sum.py:8>; trip.v=72; trip.why=choice[a|b]",
                  "0 bob: sum=<lib/x.py:2,main.py:1>; trip={v:1,t:2}", "0 cat: "}));
}

TEST(LearnerFolders, WhatDoesNotBelongIsNamedOrPassedOver) {
  const TestFolder folder;
  folder.write("ada/gravity.txt", "9.8");
  folder.write("ada/.DS_Store", "x");
  folder.write("ada/notes.docx", "x");
  folder.write("readme.txt", "x");
  folder.write(".git/config", "x");
  auto reader = open_answers(folder.path(), kShapes);
  ASSERT_TRUE(reader);
  const auto row = (*reader)->next();
  ASSERT_TRUE(row);
  EXPECT_EQ(shown(*row), "0 ada: gravity=9.8");
  EXPECT_EQ(codes(row->submission->notices), Rows{"OT368"});
  EXPECT_FALSE((*reader)->next().has_value());
  EXPECT_EQ(codes((*reader)->notices()), Rows{"OT372"});
}

TEST(LearnerFolders, HostileEntriesSpoilOnlyTheirOwnAnswer) {
  const TestFolder folder;
  folder.write("secret.txt", "secret");
  folder.write("ada/steps.txt", "a\nb");
  std::filesystem::create_symlink("../secret.txt", folder.path("ada/gravity.txt"));
  ASSERT_EQ(::mkfifo(folder.path("ada/primes").c_str(), 0600), 0);
  folder.write("ada/capitals/x.txt", "a=b");
  folder.write("bob/sum/main.py", "1");
  std::filesystem::create_symlink("/etc", folder.path("bob/sum/etc"));
  folder.write("cat/sum.py", std::string(kMaxFileBytes + 1, 'x'));
  folder.write("cat/gravity.txt", std::string(queue::kMaxAnswerBytes + 1, 'x'));
  std::filesystem::create_symlink(folder.path("ada"), folder.path("eve"));
  std::string deep = "dan/sum";
  for (int i = 0; i < kMaxFolderDepth + 1; ++i) deep += "/d";
  folder.write(deep + "/x.py", "1");
  EXPECT_EQ(read_all(folder.path(), kShapes),
            (Rows{"0 ada: capitals=!OT361; gravity=!OT363; primes=!OT364; steps=[a|b]", "0 bob: sum=!OT363",
                  "0 cat: gravity=!OT365; sum=!OT365", "0 dan: sum=!OT373"}));
}

TEST(LearnerFolders, AFolderWithoutLearnersIsRefused) {
  const TestFolder folder;
  EXPECT_EQ(read_all(folder.path(), kShapes), Rows{"OT369"});
  folder.write("gravity.txt", "9.8");
  EXPECT_EQ(read_all(folder.path(), kShapes), Rows{"OT369"});
}

TEST(LearnerFolders, ANameThatIsNoUtf8IsARowWithAnError) {
  const TestFolder folder;
  folder.write("a\xFF/gravity.txt", "9.8");
  EXPECT_EQ(read_all(folder.path(), kShapes), Rows{"0 a\xEF\xBF\xBD: OT310"});
}

TEST(FolderTest, ReadsExactlyUpToItsBound) {
  const TestFolder files;
  files.write("five", "12345");
  const auto folder = Folder::open(files.path());
  ASSERT_TRUE(folder);
  EXPECT_EQ(*folder->read("five", 5), "12345");
  EXPECT_EQ(folder->read("five", 4).failure().code(), "OT365");
  EXPECT_EQ(folder->read("/dev/zero", 4).failure().code(), "OT363");
  EXPECT_EQ(folder->read(std::string(5000, 'a'), 4).failure().code(), "OT362");
  EXPECT_EQ(open_failure("locked", EACCES).code(), "OT374") << "whoever runs this test";
  EXPECT_EQ(folder->list(0).failure().code(), "OT373");
}

}  // namespace
}  // namespace otmetka::engine::answers
