#include "session/lemma_groups.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tercet::session {
namespace {

using Words = std::vector<std::string>;

Words admitted(LemmaGroups& groups, std::size_t letters_typed, const Words& ranked) {
  Words out;
  groups.begin(letters_typed);
  for (const std::string& word : ranked) {
    if (groups.admit(word)) out.push_back(word);
  }
  return out;
}

TEST(LemmaGroups, FewerFormsTheLessIsTyped) {
  LemmaGroups groups(text::language("ru"));
  const Words ranked = {"книга", "дом", "книгу", "дома", "книги", "книгой", "кот"};
  EXPECT_EQ(admitted(groups, 0, ranked), (Words{"книга", "дом", "кот"}));
  EXPECT_EQ(admitted(groups, 1, ranked), (Words{"книга", "дом", "книгу", "дома", "кот"}));
  EXPECT_EQ(admitted(groups, 2, ranked), ranked);
  EXPECT_EQ(admitted(groups, 9, ranked), ranked);
  EXPECT_EQ(admitted(groups, 0, ranked), (Words{"книга", "дом", "кот"})) << "lists stand alone";
}

TEST(LemmaGroups, OtherWordsAreNotHeldBack) {
  LemmaGroups groups(text::language("en"));
  EXPECT_EQ(admitted(groups, 0, {"house", "houses", "horse", "housing"}),
            (Words{"house", "horse"}));
  LemmaGroups unstemmed(text::language(""));
  EXPECT_EQ(admitted(unstemmed, 0, {"house", "houses"}), (Words{"house", "houses"}));
}

}  // namespace
}  // namespace tercet::session
