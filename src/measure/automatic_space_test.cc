#include "measure/automatic_space.h"

#include <gtest/gtest.h>

namespace tercet::measure {
namespace {

std::size_t keys(std::string_view picked, std::string_view gap) {
  SpaceForesight foresight(text::language("en"));
  return foresight.keys_behind(picked, std::string(picked).append(gap));
}

TEST(AutomaticSpace, TheSpaceItselfIsFree) { EXPECT_EQ(keys("word", " "), 0U); }

TEST(AutomaticSpace, SignsMoveIt) {
  EXPECT_EQ(keys("word", ", "), 1U);
  EXPECT_EQ(keys("word", ".\n"), 2U);
  EXPECT_EQ(keys("word", "\n"), 1U);
  EXPECT_EQ(keys("word", "/"), 1U);
  EXPECT_EQ(keys("word", " ("), 1U);
}

TEST(AutomaticSpace, WhereItDoesNotBelongItIsDeleted) {
  EXPECT_EQ(keys("word", ""), 1U);
  EXPECT_EQ(keys("word", "("), 2U);
  EXPECT_EQ(keys("word", ","), 2U) << "the one that the comma writes";
}

TEST(AutomaticSpace, WhereASignWouldTakeItItIsTyped) {
  EXPECT_EQ(keys("word", " - "), 3U);
  EXPECT_EQ(keys("word", "  "), 2U) << "the first key makes the space the person's own";
}

TEST(AutomaticSpace, EachKeyIsSeenBeforehand) {
  SpaceForesight foresight(text::language("en"));
  EXPECT_EQ(foresight.next("word ", "word, or", true), SpaceKey::kType);
  EXPECT_EQ(foresight.next("word ", "word(s)", true), SpaceKey::kDelete);
  EXPECT_EQ(foresight.next("word ", "word - or", true), SpaceKey::kKeep);
  EXPECT_EQ(foresight.next("word ", "word - or", false), SpaceKey::kType);
  EXPECT_EQ(foresight.next("word ", "word", true), SpaceKey::kDelete);
}

TEST(AutomaticSpace, OneSpaceTooManyIsOnTheWay) {
  EXPECT_TRUE(on_the_way("", "word"));
  EXPECT_TRUE(on_the_way("wo", "word"));
  EXPECT_TRUE(on_the_way("word ", "word"));
  EXPECT_TRUE(on_the_way("word ", "word, or"));
  EXPECT_FALSE(on_the_way("word  ", "word"));
  EXPECT_FALSE(on_the_way("word; ", "word, or"));
}

}  // namespace
}  // namespace tercet::measure
