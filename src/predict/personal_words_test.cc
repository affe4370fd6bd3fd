#include "predict/personal_words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <vector>

namespace tercet::predict {
namespace {

/// One writing: adding it, and by it, undoing it.
struct Writing {
  WordId word;
  Layer layer;
  bool counts;
};

RC_GTEST_PROP(PersonalWords, AreAMapInBlocks, (std::uint32_t seed)) {
  std::mt19937 random(seed);
  const auto length = *rc::gen::inRange(0, 3000);  // Many blocks, or none.
  const auto different = *rc::gen::element(3U, 300U, 65'536U);
  PersonalWords words;
  std::vector<Writing> written;
  for (int i = 0; i < length; ++i) {
    if (!written.empty() && random() % 4 == 0) {
      words.remove(written.back().word, written.back().layer, written.back().counts);
      written.pop_back();
    } else {
      const Writing each{static_cast<WordId>(random() % different),
                         static_cast<Layer>(random() % kLayers), random() % 3 != 0};
      words.add(each.word, each.layer, each.counts);
      written.push_back(each);
    }
  }
  std::map<WordId, PersonalWords::Entry> expected;
  double weight = 1;
  for (auto each = written.rbegin(); each != written.rend(); ++each) {
    PersonalWords::Entry& entry = expected[each->word];
    entry.counts[static_cast<std::size_t>(each->layer)] += each->counts ? 1 : 0;
    ++entry.written;
    entry.weight += weight;
    weight *= std::exp2(-1 / PersonalWords::kHalfLife);
  }
  std::vector<WordId> order;
  std::array<std::uint64_t, kLayers> totals{};
  std::array<std::uint64_t, kLayers> types{};
  for (const PersonalWords::Block& block : words.blocks()) {
    RC_ASSERT(!block.entries.empty());
    for (const PersonalWords::Entry& entry : block.entries) {
      order.push_back(entry.word);
      RC_ASSERT(words.find(entry.word) == &entry);
      RC_ASSERT(entry.counts == expected.at(entry.word).counts);
      RC_ASSERT(entry.written == expected.at(entry.word).written);
      const auto& frequent = words.frequent();
      RC_ASSERT(entry.is_frequent ==
                (std::find(frequent.begin(), frequent.end(), entry.word) != frequent.end()));
      RC_ASSERT(entry.is_frequent || entry.weight <= block.most_weight);
      RC_ASSERT(block.most_weight <= words.most_weight());
      const double share = entry.weight / words.total_weight();
      const double all =
          (1 - std::exp2(-static_cast<double>(written.size()) / PersonalWords::kHalfLife)) /
          (1 - std::exp2(-1 / PersonalWords::kHalfLife));
      RC_ASSERT(std::abs(share - expected.at(entry.word).weight / all) < 1e-9);
      for (std::size_t layer = 0; layer < kLayers; ++layer) {
        totals[layer] += entry.counts[layer];
        types[layer] += entry.counts[layer] > 0 ? 1 : 0;
        RC_ASSERT(entry.is_frequent || entry.counts[layer] <= block.most_counts[layer]);
        RC_ASSERT(block.most_counts[layer] <= words.most_counts()[layer]);
      }
    }
  }
  RC_ASSERT(order.size() == expected.size());
  RC_ASSERT(std::is_sorted(order.begin(), order.end()));
  RC_ASSERT(words.total_counts() == totals);
  RC_ASSERT(words.types() == types);
  RC_ASSERT(words.find(70'000) == nullptr);
}

TEST(PersonalWords, WeightsHalveAndSurviveLongTexts) {
  PersonalWords words;
  words.add(7, Layer::kPerson, true);
  for (int i = 0; i < 1'000'000; ++i)
    words.add(static_cast<WordId>(8 + i % 500), Layer::kDocument, true);
  words.add(9, Layer::kPerson, true);
  const auto weight = [&](WordId word) { return words.find(word)->weight; };
  EXPECT_LT(weight(7), 1e-290);  // 1000 half-lives.
  EXPECT_TRUE(std::isfinite(words.total_weight()));
  // Words 500 apart in time: the same place in the round, one round earlier is 2^-0.5.
  EXPECT_NEAR(weight(10) / weight(11), std::exp2(-1 / PersonalWords::kHalfLife), 1e-9);
  EXPECT_GT(weight(9), weight(10));
}

}  // namespace
}  // namespace tercet::predict
