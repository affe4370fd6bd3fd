#include "train/lane_null.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "lanes/fit.h"
#include "lanes/testing.h"
#include "os/testing.h"

namespace tercet::train {
namespace {

constexpr std::uint32_t kWords = 300;
constexpr std::uint32_t kClasses = 60;

struct Fixture {
  explicit Fixture(std::uint64_t seed) {
    const auto trie = model::testing::random_trie(
        {.order = 3, .vocabulary = kWords, .ngrams = {0, 2'000, 2'000}, .cost_values = 30'000},
        seed);
    image = lanes::testing::random_image(kWords, kClasses, seed);
    file = lanes::testing::add_lanes(model::testing::pack(trie), image);
    data = model::testing::parse(file);
    table = *lanes::AssociationTable::parse(*data, "test");
    std::mt19937_64 random(seed);
    for (std::uint32_t i = 0; i < 3; ++i) {
      SamplePassage& passage = samples.emplace_back();
      passage.number = i;
      for (int token = 0; token < 400; ++token)
        passage.tokens.push_back(
            random() % 9 == 0
                ? kNoWord
                : static_cast<WordCode>(1 + kFirstWord + random() % (kWords - kFirstWord)));
    }
  }

  struct Support {
    bool may_follow = false;
    double bits = 0;  ///< e - log2 Z.
  };

  /// Of each class, word by word.
  std::vector<Support> supports(const SamplePlace& place) const {
    lanes::Fit fit(*table);
    State state = data->ngrams().advance(State{}, kSentenceBegin);
    for (std::size_t i = 0; i < place.token; ++i) {
      const WordCode code = samples[place.passage].tokens[i];
      if (code != kNoWord) fit.push(table->class_of(code - 1));
      state = data->ngrams().advance(code == kNoWord ? State{} : state,
                                     code == kNoWord ? kSentenceBegin : code - 1);
    }
    std::vector<Support> out(kClasses);
    double norm = 0;
    double total = 0;
    for (WordId word = 0; word < kWords; ++word) {
      std::uint8_t order = 0;
      const double probability =
          data->ngrams().scale().probability(data->ngrams().cost(state, word, order));
      total += probability;
      const lanes::Class of = table->class_of(word);
      norm += probability * fit.ratio(of);
      if (of != model::kNoClass && order > 1 && fit.is_fresh(of)) out[of].may_follow = true;
    }
    for (lanes::Class c = 0; c < kClasses; ++c)
      out[c].bits = std::log2(fit.ratio(c)) - std::log2(norm / total);
    return out;
  }

  lanes::testing::Image image;
  std::vector<std::byte> file;
  std::shared_ptr<const internal::ModelData> data;
  std::optional<lanes::AssociationTable> table;
  std::vector<SamplePassage> samples;
};

RC_GTEST_PROP(LaneNull, IsSupportByDefinition, (std::uint64_t seed)) {
  const Fixture with(seed);
  const os::testing::TemporaryDirectory directory;
  const TrainOptions options;
  const TrainContext context(options, directory.path(), 2);
  const std::vector<SamplePlace> place = {{seed % 3, 1 + seed % 399}};
  const auto null = measure_lane_null(*with.data, *with.table, with.samples, place, context);
  RC_ASSERT(null.ok());
  RC_ASSERT(null->size() == model::kBands * model::kNullQuantiles);
  const auto supports = with.supports(place.front());
  for (std::size_t i = 0; i < null->size(); ++i) {
    const std::size_t band = model::kFirstBand + i / model::kNullQuantiles;
    double nearest = 1e9;
    bool any = false;
    for (std::size_t c = 0; c < kClasses; ++c) {
      if (with.image.bands[c] != band || !supports[c].may_follow) continue;
      any = true;
      if (std::abs(supports[c].bits - (*null)[i]) < std::abs(nearest - (*null)[i]))
        nearest = supports[c].bits;
    }
    const double expected = any ? nearest : 0;
    RC_ASSERT(std::abs(expected - (*null)[i]) < 1e-4);
  }
}

TEST(LaneNull, DoesNotDependOnThreads) {
  const Fixture with(1);
  const os::testing::TemporaryDirectory directory;
  const TrainOptions options;
  std::vector<SamplePlace> places;
  for (std::size_t i = 0; i < 50; ++i) places.push_back({i % 3, 7 * i + 1});
  std::vector<std::vector<float>> nulls;
  for (const std::uint32_t threads : {1U, 2U, 5U}) {
    const TrainContext context(options, directory.path(), threads);
    auto null = measure_lane_null(*with.data, *with.table, with.samples, places, context);
    ASSERT_TRUE(null.ok());
    nulls.push_back(*null);
    for (std::size_t band = 0; band < model::kBands; ++band) {
      const auto quantiles =
          std::span(*null).subspan(band * model::kNullQuantiles).first(model::kNullQuantiles);
      EXPECT_TRUE(std::is_sorted(quantiles.begin(), quantiles.end()));
    }
  }
  EXPECT_EQ(nulls[0], nulls[1]);
  EXPECT_EQ(nulls[0], nulls[2]);
}

}  // namespace
}  // namespace tercet::train
