#include "train/windows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "model/layout.h"
#include "train/sort.h"

namespace tercet::train {
namespace {

using Codes = std::vector<WordCode>;
using AnyWindow = Window<kMaxLimbs>;

/// Sizes at which the number of bits changes, and any other.
std::uint32_t any_vocabulary_size() {
  const auto bits = *rc::gen::inRange<std::uint32_t>(2, 25);
  const auto random = *rc::gen::inRange<std::uint32_t>(kFirstWord, model::kMaxVocabulary + 1);
  return *rc::gen::element(random, (1U << bits) - 1, 1U << bits, model::kMaxVocabulary,
                           std::uint32_t{kFirstWord});
}

WordCode any_code(std::uint32_t vocabulary_size) {
  const auto random = *rc::gen::inRange<WordCode>(0, vocabulary_size + 1);
  return *rc::gen::element(random, vocabulary_size, WordCode{0}, WordCode{1});
}

AnyWindow pack(const WindowShape& shape, const Codes& codes) {
  AnyWindow window{};
  shape.pack(std::span(codes).first(shape.order()), codes.back(), window);
  return window;
}

RC_GTEST_PROP(WindowShape, EveryCodeComesBack, ()) {
  const auto order = *rc::gen::inRange<std::uint32_t>(1, kMaxOrder + 1);
  const std::uint32_t size = any_vocabulary_size();
  const WindowShape shape(order, size);
  RC_ASSERT(shape.limbs() >= 1U);
  RC_ASSERT(shape.limbs() <= kMaxLimbs);
  Codes codes;
  for (std::uint32_t i = 0; i <= order; ++i) codes.push_back(any_code(size));
  const AnyWindow window = pack(shape, codes);
  for (std::uint32_t i = 0; i <= order; ++i) RC_ASSERT(shape.code(window, i) == codes[i]);
  for (std::uint32_t limb = shape.limbs(); limb < kMaxLimbs; ++limb) RC_ASSERT(window[limb] == 0U);
}

RC_GTEST_PROP(WindowShape, IntegersCompareAsNgramsDo, ()) {
  const auto order = *rc::gen::inRange<std::uint32_t>(1, kMaxOrder + 1);
  const std::uint32_t size = any_vocabulary_size();
  const WindowShape shape(order, size);
  Codes a;
  for (std::uint32_t i = 0; i <= order; ++i) a.push_back(any_code(size));
  Codes b = a;
  const auto from = *rc::gen::inRange<std::uint32_t>(0, order + 2);
  for (std::uint32_t i = from; i <= order; ++i) b[i] = any_code(size);
  RC_ASSERT((pack(shape, a) < pack(shape, b)) == (a < b));
  const auto shared = std::mismatch(a.begin(), a.begin() + order, b.begin()).first - a.begin();
  RC_ASSERT(shape.shared(pack(shape, a), pack(shape, b)) == shared);
}

TEST(WindowShape, LimbsOfTheExtremes) {
  EXPECT_EQ(WindowShape(8, model::kMaxVocabulary).limbs(), 5U);  // 9 codes of 25 bits, 2 a limb.
  EXPECT_EQ(WindowShape(1, model::kMaxVocabulary).limbs(), 1U);
  EXPECT_EQ(WindowShape(8, 127).limbs(), 1U);  // 9 codes of 7 bits are 63.
  EXPECT_EQ(WindowShape(8, 128).limbs(), 2U);
}

template <std::uint32_t kLimbs>
void check_sorter(std::uint32_t order, std::uint32_t vocabulary_size, std::size_t count,
                  std::size_t scratch, std::uint32_t distinct, std::uint64_t seed) {
  const WindowShape shape(order, vocabulary_size);
  ASSERT_EQ(shape.limbs(), kLimbs);
  std::mt19937_64 random(seed);
  std::vector<Window<kLimbs>> windows(count, Window<kLimbs>{});
  for (auto& window : windows) {
    Codes codes{5};  // Precondition: the first codes are equal.
    for (std::uint32_t i = 1; i <= order; ++i) {
      // Few different codes spread over the whole range: long runs of equal digits.
      const auto step = random() % distinct;
      codes.push_back(static_cast<WordCode>(step * vocabulary_size / distinct));
    }
    shape.pack(std::span(codes).first(order), codes.back(), window);
  }
  std::vector<Window<kLimbs>> expected = windows;
  std::sort(expected.begin(), expected.end());
  WindowSorter<kLimbs> sorter(shape, scratch);
  sorter.sort(windows);
  EXPECT_EQ(windows, expected);
  sorter.sort(windows);  // Sorted already, scratch memory used before.
  EXPECT_EQ(windows, expected);
}

TEST(WindowSorter, SortsAsStd) {
  for (const std::size_t count : {0U, 1U, 2U, 100U, 40'000U}) {
    for (const std::size_t scratch : {1U, 20'000U, 100'000U}) {
      for (const std::uint32_t distinct : {1U, 3U, 1000U}) {
        check_sorter<1>(8, 100, count, scratch, distinct, 1);
        check_sorter<1>(2, 1 << 20, count, scratch, distinct, 2);
        check_sorter<2>(8, 1000, count, scratch, distinct, 3);
        check_sorter<3>(8, 1 << 20, count, scratch, distinct, 4);
        check_sorter<4>(7, model::kMaxVocabulary, count, scratch, distinct, 5);
        check_sorter<5>(8, model::kMaxVocabulary, count, scratch, distinct, 6);
      }
    }
  }
}

}  // namespace
}  // namespace tercet::train
