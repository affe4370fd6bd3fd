#include "predict/personal_words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <vector>

namespace tercet::predict {
namespace {

RC_GTEST_PROP(PersonalWords, AreAMapInBlocks, (std::uint32_t seed)) {
  std::mt19937 random(seed);
  const auto length = *rc::gen::inRange(0, 3000);  // Many blocks, or none.
  const auto different = *rc::gen::element(3U, 300U, 65'536U);
  PersonalWords words;
  std::map<WordId, std::uint32_t> counts;
  for (int i = 0; i < length; ++i) {
    const WordId word = static_cast<WordId>(random() % different);
    words.add(word, word % 3 != 0 || !counts.contains(word));
    counts[word] += word % 3 != 0 || counts[word] == 0 ? 1 : 0;
  }
  RC_ASSERT(words.size() == counts.size());
  std::vector<WordId> order;
  double weight = 0;
  for (const PersonalWords::Block& block : words.blocks()) {
    std::uint32_t most_count = 0;
    double most_weight = 0;
    RC_ASSERT(!block.entries.empty());
    for (const PersonalWords::Entry& entry : block.entries) {
      order.push_back(entry.word);
      RC_ASSERT(entry.count == counts.at(entry.word));
      RC_ASSERT(words.find(entry.word) == &entry);
      most_count = std::max(most_count, entry.count);
      most_weight = std::max(most_weight, entry.weight);
      weight += entry.weight;
    }
    RC_ASSERT(block.most_count == most_count);
    RC_ASSERT(block.most_weight == most_weight);
    RC_ASSERT(words.most_count() >= most_count);
    RC_ASSERT(words.most_weight() >= most_weight);
  }
  RC_ASSERT(std::is_sorted(order.begin(), order.end()));
  RC_ASSERT(std::abs(weight - words.total_weight()) <= 1e-9 * weight);
  RC_ASSERT(words.find(70'000) == nullptr);
}

TEST(PersonalWords, WeightsHalveAndSurviveLongTexts) {
  PersonalWords words;
  words.add(7, true);
  for (int i = 0; i < 1'000'000; ++i) words.add(static_cast<WordId>(8 + i % 500), true);
  words.add(9, true);
  const auto weight = [&](WordId word) { return words.find(word)->weight; };
  EXPECT_LT(weight(7), 1e-290);  // 1000 half-lives.
  EXPECT_TRUE(std::isfinite(words.total_weight()));
  // Words 500 apart in time: the same place in the round, one round earlier is 2^-0.5.
  EXPECT_NEAR(weight(10) / weight(11), std::exp2(-1 / PersonalWords::kHalfLife), 1e-9);
  EXPECT_GT(weight(9), weight(10));
}

}  // namespace
}  // namespace tercet::predict
