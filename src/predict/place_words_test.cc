#include "predict/place_words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "predict/lane_testing.h"

namespace tercet::predict {
namespace {

using testing::Scene;

RC_GTEST_PROP(PlaceWords, SaysWhatTheMixtureSays, (std::uint64_t seed)) {
  Scene scene(seed);
  PlaceWords words(scene.model());
  for (int i = 0; i < 60; ++i) {
    scene.write();
    if (i % 10 != 9) continue;
    scene.look();
    words.look(scene.mixture(), scene.mixture().place());
    for (WordId word = 0; word < scene.words(); ++word) {
      const PlaceWords::Known* const known = words.find(word);
      const double probability =
          known != nullptr ? known->probability : words.leftover() * scene.model().unigram(word);
      RC_ASSERT(std::abs(probability - scene.probability(word)) <= 1e-9 * probability);
      RC_ASSERT((known != nullptr ? known->attested : 0U) == scene.attested(word));
      if (probability > 0) {
        const bool in_tail = scene.measure(word).lane != Lane::kTypical;
        RC_ASSERT(scene.search().is_in_tail(probability) == in_tail);
      }
    }
    for (std::size_t k = 1; k < words.all().size(); ++k)
      RC_ASSERT(words.all()[k - 1].word < words.all()[k].word);
  }
}

}  // namespace
}  // namespace tercet::predict
