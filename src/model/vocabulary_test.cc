#include "model/vocabulary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/testing.h"

namespace tercet::model {
namespace {

/// The real file format around a vocabulary.
class Fixture {
 public:
  explicit Fixture(const std::set<std::string>& words, bool forms = false) {
    VocabularyImage image;
    for (const char* special : {"<unk>", "<s>", "</s>"}) image.add(special, WordClass::kSpecial);
    for (const auto& word : words)
      image.add(word, word.size() % 2 == 0 ? WordClass::kWord : WordClass::kPunctuation);
    if (forms) {
      for (std::size_t i = 0; i < words.size() + kFirstWord; ++i)
        image.add_forms(std::string(i % 5, static_cast<char>('a' + i % 20)));
    }
    Parameters parameters;
    parameters.order = 1;
    parameters.vocabulary_size = static_cast<std::uint32_t>(words.size()) + kFirstWord;
    parameters.units_per_bit = kDefaultUnitsPerBit;
    parameters.ngrams[0] = parameters.vocabulary_size;
    const std::vector<std::uint64_t> contexts(1);
    Packer packer(sink_, parameters, contexts, image, {});
    packer.begin_order(1);
    for (WordId id = 0; id < parameters.vocabulary_size; ++id) packer.add({id, 0, 0, 0, false});
    EXPECT_TRUE(packer.end_order().ok());
    EXPECT_TRUE(packer.finish().ok());
    data_ = testing::parse(sink_.bytes());
  }
  const Vocabulary& operator*() const { return data_->vocabulary(); }

 private:
  core::MemorySink sink_;
  std::shared_ptr<const internal::ModelData> data_;
};

/// Words of few letters, some of two to four bytes, so that prefixes are shared and cut characters.
rc::Gen<std::string> any_word() {
  return rc::gen::map(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "a", "b", "z", "é", "ж", "я", "中", "\xF0\x9F\x98\x80", "\xFF", "-"))),
      [](const std::vector<std::string>& letters) {
        std::string word;
        for (std::size_t i = 0; i < letters.size() && i < 5; ++i) word += letters[i];
        return word;
      });
}

RC_GTEST_PROP(Vocabulary, IdsFollowTheBytes, ()) {
  const auto words = *rc::gen::container<std::set<std::string>>(any_word());
  const Fixture fixture(words);
  const Vocabulary& vocabulary = *fixture;
  RC_ASSERT(vocabulary.size() == words.size() + kFirstWord);
  WordId id = kFirstWord;
  for (const std::string& word : words) {
    RC_ASSERT(vocabulary.word(id) == word);
    RC_ASSERT(vocabulary.id(word) == id);
    RC_ASSERT(vocabulary.word_class(id) ==
              (word.size() % 2 == 0 ? WordClass::kWord : WordClass::kPunctuation));
    ++id;
  }
  const std::string other = *any_word();
  if (!words.contains(other)) RC_ASSERT(vocabulary.id(other) == kUnknown);
}

/// So many that a search goes by the fences, of which some begin alike.
RC_GTEST_PROP(Vocabulary, ManyWordsAreFound, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto any = [&random] {
    std::string word(random() % 3 == 0 ? "" : random() % 2 == 0 ? "prefixes" : "prefixed");
    for (auto size = 1 + random() % 3; size > 0; --size)
      word += static_cast<char>('a' + random() % 8);
    return word;
  };
  std::set<std::string> words;
  while (words.size() < 700) words.insert(any());
  const Fixture fixture(words);
  WordId id = kFirstWord;
  for (const std::string& word : words) RC_ASSERT((*fixture).id(word) == id++);
  for (int i = 0; i < 200; ++i) {
    const std::string word = any();
    if (!words.contains(word)) RC_ASSERT((*fixture).id(word) == kUnknown);
  }
}

RC_GTEST_PROP(Vocabulary, WithPrefixIsEveryWordWithThatPrefix, ()) {
  const auto words = *rc::gen::container<std::set<std::string>>(any_word());
  const Fixture fixture(words);
  std::string prefix = *any_word();
  prefix.resize(*rc::gen::inRange<std::size_t>(0, prefix.size() + 1));  // May cut a character.
  const WordRange range = (*fixture).with_prefix(prefix);
  WordId id = kFirstWord;
  for (const std::string& word : words) {
    RC_ASSERT((id >= range.begin && id < range.end) == word.starts_with(prefix));
    ++id;
  }
  RC_ASSERT(range.begin >= kFirstWord);
  RC_ASSERT(range.end <= id);
}

TEST(Vocabulary, SpecialWords) {
  const Fixture fixture({"a", "b"});
  EXPECT_EQ((*fixture).id("<unk>"), kUnknown);
  EXPECT_EQ((*fixture).id("<s>"), kSentenceBegin);
  EXPECT_EQ((*fixture).id("</s>"), kSentenceEnd);
  EXPECT_EQ((*fixture).word(kSentenceEnd), "</s>");
  EXPECT_TRUE((*fixture).with_prefix("<").empty());
  EXPECT_EQ((*fixture).with_prefix("").begin, kFirstWord);
  EXPECT_EQ((*fixture).with_prefix("").end, 5U);
}

TEST(Vocabulary, IdsOutOfRange) {
  const Fixture fixture({"a"});
  for (const WordId id : {4U, 0xFF'FFFFU, 0xFFFF'FFFFU}) {
    EXPECT_EQ((*fixture).word(id), "<unk>");
    EXPECT_EQ((*fixture).word_class(id), WordClass::kSpecial);
  }
}

TEST(Vocabulary, WithoutWords) {
  const Fixture fixture({});
  EXPECT_EQ((*fixture).id("a"), kUnknown);
  EXPECT_TRUE((*fixture).with_prefix("").empty());
}

TEST(Vocabulary, FormsOfEachWord) {
  const Fixture fixture({"a", "b", "c"}, true);
  EXPECT_EQ((*fixture).forms(3), "ddd");
  EXPECT_EQ((*fixture).forms(4), "eeee");
  EXPECT_EQ((*fixture).forms(5), "");
  const Fixture plain({"a"});
  EXPECT_EQ((*plain).forms(3), "");
}

TEST(Vocabulary, TheLongestBytesSortLast) {
  const std::string high(3, '\xFF');
  const Fixture fixture({"a", high, high + "a"});
  EXPECT_EQ((*fixture).with_prefix("\xFF").begin, 4U);
  EXPECT_EQ((*fixture).with_prefix("\xFF").end, 6U);
  EXPECT_EQ((*fixture).with_prefix(high + "b").begin, (*fixture).with_prefix(high + "b").end);
}

}  // namespace
}  // namespace tercet::model
