#include "train/word_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace tercet::train {
namespace {

RC_GTEST_PROP(WordTable, NumbersWordsInOrderOfFirstSight, (const std::vector<std::string>& words)) {
  WordTable table;
  std::map<std::string, std::uint32_t> naive;
  for (const std::string& word : words) {
    const auto [at, fresh] = naive.emplace(word, static_cast<std::uint32_t>(naive.size()));
    RC_ASSERT(table.find_or_add(word) == at->second);
    RC_ASSERT(table.size() == naive.size());
  }
  for (const auto& [word, id] : naive) RC_ASSERT(table.word(id) == word);
}

TEST(WordTable, GrowsFarBeyondItsFirstSize) {
  WordTable table;
  constexpr std::uint32_t kWords = 100'000;
  for (std::uint32_t i = 0; i < kWords; ++i)
    ASSERT_EQ(table.find_or_add("word" + std::to_string(i)), i);
  for (std::uint32_t i = 0; i < kWords; ++i) {
    ASSERT_EQ(table.find_or_add("word" + std::to_string(i)), i);
    ASSERT_EQ(table.word(i), "word" + std::to_string(i));
  }
  EXPECT_EQ(table.size(), kWords);
}

TEST(WordTable, EmptyWordsAndZeroBytesAreWords) {
  WordTable table;
  EXPECT_EQ(table.find_or_add(""), 0U);
  EXPECT_EQ(table.find_or_add(std::string(1, '\0')), 1U);
  EXPECT_EQ(table.find_or_add(std::string(2, '\0')), 2U);
  EXPECT_EQ(table.find_or_add(""), 0U);
}

}  // namespace
}  // namespace tercet::train
