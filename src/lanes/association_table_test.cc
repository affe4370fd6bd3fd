#include "lanes/association_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "lanes/testing.h"

namespace tercet::lanes {
namespace {

constexpr std::uint32_t kWords = 600;
constexpr std::uint32_t kClasses = 400;

std::vector<std::byte> some_model(std::uint64_t seed) {
  return model::testing::pack(
      model::testing::random_trie({.order = 2, .vocabulary = kWords, .ngrams = {0, 500}}, seed));
}

RC_GTEST_PROP(AssociationTable, EveryCountComesBack, (std::uint64_t seed)) {
  const testing::Image image = testing::random_image(kWords, kClasses, seed);
  const auto file = testing::add_lanes(some_model(seed), image);
  const auto data = model::testing::parse(file);
  const auto table = AssociationTable::parse(*data, "test");
  RC_ASSERT(table.ok() && table->has_value());
  std::map<std::pair<Class, Class>, std::uint32_t> counts;
  for (Class c = 0; c < kClasses; ++c) {
    (*table)->for_each_neighbour(c, [&](Class other, std::uint32_t count) {
      if (count > 0) counts[{c, other}] = count;
    });
    RC_ASSERT((*table)->total(c) == image.totals[c]);
  }
  RC_ASSERT(counts == image.counts);
  for (WordId word = 0; word < kWords; ++word) {
    RC_ASSERT((*table)->class_of(word) == (image.word_classes[word] & model::kNoClass));
    RC_ASSERT((*table)->may_be_offered(word) == (image.word_classes[word] > model::kNoClass));
  }
  RC_ASSERT((*table)->class_of(kWords) == model::kNoClass);
}

TEST(AssociationTable, IsNotThereWithoutLanes) {
  const auto file = some_model(1);
  const auto table = AssociationTable::parse(*model::testing::parse(file), "test");
  ASSERT_TRUE(table.ok());
  EXPECT_FALSE(table->has_value());
}

TEST(AssociationTable, TheShareSupportedLessRisesFromNoneToAll) {
  const auto file = testing::add_lanes(some_model(1), testing::random_image(kWords, kClasses, 1));
  const auto data = model::testing::parse(file);
  const auto table = AssociationTable::parse(*data, "test");
  ASSERT_TRUE(table.ok());
  for (const Class c : {Class{0}, Class{7}}) {
    EXPECT_EQ((*table)->share_supported_less(c, -10), 0);
    EXPECT_EQ((*table)->share_supported_less(c, 10), 1);
    double last = 0;
    for (double bits = -4; bits < 5; bits += 0.01) {
      const double share = (*table)->share_supported_less(c, bits);
      EXPECT_GE(share, last);
      last = share;
    }
  }
}

// Checksums are right, so what is wrong reaches the reader.
TEST(AssociationTable, AnyBytesGiveATableOrAnError) {
  std::mt19937_64 random(1);
  const auto file = some_model(1);
  const testing::Image sound = testing::random_image(kWords, kClasses, 1);
  int accepted = 0;
  for (int i = 0; i < 300; ++i) {
    testing::Image image = sound;
    switch (random() % 6) {
      case 0:
        image.parameters.classes = static_cast<std::uint32_t>(random() % 1000);
        break;
      case 1:
        image.word_classes[random() % kWords] = static_cast<std::uint16_t>(random());
        break;
      case 2:
        image.bands[random() % kClasses] = static_cast<std::uint8_t>(random());
        break;
      case 3:
        image.null[random() % image.null.size()] = static_cast<float>(random() % 7) - 3;
        break;
      case 4:
        image.totals[random() % kClasses] = static_cast<std::uint32_t>(random());
        break;
      default:
        image.parameters.strength = static_cast<float>(random() % 20) / 4;
        break;
    }
    image.bands.resize(image.parameters.classes);
    image.totals.resize(image.parameters.classes);
    const auto changed = testing::add_lanes(file, image);
    const auto data = model::testing::parse(changed);
    const auto table = AssociationTable::parse(*data, "broken.tct");
    if (!table.ok()) {
      EXPECT_NE(table.error().message.find("broken.tct"), std::string::npos);
      continue;
    }
    ++accepted;
    for (Class c = 0; c < (*table)->classes(); ++c) {
      (*table)->for_each_neighbour(
          c, [&](Class other, std::uint32_t) { EXPECT_LT(other, (*table)->classes()); });
      EXPECT_LE((*table)->share_supported_less(c, 0.5), 1);
    }
  }
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, 300);
}

/// Whether a table is taken that was sound before the change.
bool is_taken(void (*change)(testing::Image&)) {
  testing::Image image = testing::random_image(kWords, kClasses, 1);
  change(image);
  const auto file = testing::add_lanes(some_model(1), image);
  return AssociationTable::parse(*model::testing::parse(file), "test").ok();
}

TEST(AssociationTable, RefusesWhatTheFitCouldNotCount) {
  EXPECT_TRUE(is_taken([](testing::Image&) {}));
  EXPECT_FALSE(is_taken([](testing::Image& image) { image.parameters.smoothing = 0.5F; }));
  EXPECT_FALSE(is_taken([](testing::Image& image) {
    std::uint32_t kept = 0;
    for (const auto& [pair, count] : image.counts) kept += pair.first == 3 ? count : 0;
    image.totals[3] = kept - 1;
  }));
  EXPECT_FALSE(is_taken([](testing::Image& image) { image.counts[{7, kClasses}] = 1; }));
}

TEST(AssociationTable, OffersNoWordWithoutAClass) {
  EXPECT_FALSE(is_taken([](testing::Image& image) {
    image.word_classes[5] = model::kNoClass | model::kMayBeOffered;
  }));
}

}  // namespace
}  // namespace tercet::lanes
