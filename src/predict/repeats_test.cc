#include "predict/repeats.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <vector>

namespace tercet::predict {
namespace {

std::vector<WordId> any_text(std::mt19937_64& random, std::size_t length) {
  std::vector<WordId> text;
  while (text.size() < length) {
    if (text.size() > 20 && random() % 4 == 0) {  // What was said is said again.
      const std::size_t from = random() % (text.size() - 12);
      for (std::size_t i = from; i < from + 12; ++i) text.push_back(text[i]);
    } else {
      text.push_back(static_cast<WordId>(random() % 50));
    }
  }
  return text;
}

RC_GTEST_PROP(Repeats, MatchesAgreeWithTheText, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  Repeats repeats;
  std::size_t found = 0;
  for (const WordId word : any_text(random, *rc::gen::inRange<std::size_t>(0, 2000))) {
    repeats.add(word);
    const Repeats::Match match = repeats.match();
    const std::vector<WordId>& text = repeats.text();
    if (match.length == 0) {
      // Then the last words are new: no earlier place has them.
      for (std::size_t end = 5; end < text.size(); ++end) {
        RC_ASSERT(!std::equal(text.end() - 5, text.end(),
                              text.begin() + static_cast<std::ptrdiff_t>(end) - 5));
      }
      if (text.size() > 200) break;  // Long enough for that.
    } else {
      ++found;
      RC_ASSERT(match.length >= Repeats::kShortest);
      RC_ASSERT(match.next < text.size());
      RC_ASSERT(std::equal(text.end() - match.length, text.end(),
                           text.begin() + match.next - match.length));
    }
  }
  RC_TAG(found > 0);
}

RC_GTEST_PROP(Repeats, TakingBackIsTheInverse, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const std::vector<WordId> text = any_text(random, *rc::gen::inRange<std::size_t>(0, 500));
  Repeats changed;
  Repeats straight;
  for (const WordId word : text) {
    std::uint64_t detour = random() % 3 == 0 ? random() % 40 : 0;
    const std::vector<WordId> away = any_text(random, detour);
    for (const WordId other : away) changed.add(other);
    for (std::size_t i = 0; i < away.size(); ++i) changed.remove();
    changed.add(word);
    straight.add(word);
    RC_ASSERT(changed.match().length == straight.match().length);
    RC_ASSERT(changed.match().next == straight.match().next);
  }
  RC_ASSERT(changed.text() == text);
}

TEST(Repeats, FollowsAThoughtToTheTextsEnd) {
  Repeats repeats;
  for (const WordId word : {1U, 2U, 3U, 4U, 5U, 6U, 9U, 1U, 2U, 3U, 4U, 5U}) repeats.add(word);
  Repeats::Match match = repeats.match();
  ASSERT_EQ(match.length, 5U);
  EXPECT_EQ(repeats.follow(match, 7).length, 0U);
  for (const WordId word : {6U, 9U, 1U, 2U, 3U, 4U}) {
    EXPECT_EQ(repeats.text()[match.next], word);
    match = repeats.follow(match, word);
    ASSERT_GT(match.length, 0U);
  }
  EXPECT_EQ(repeats.follow(match, 5).length, 0U);  // What comes after is not written yet.
}

}  // namespace
}  // namespace tercet::predict
