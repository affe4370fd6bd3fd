#include "measure/typing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

namespace tercet::measure {
namespace {

/// Words in the order in which they are always listed.
class Ranking {
 public:
  explicit Ranking(std::vector<std::string> words) : words_(std::move(words)) {}
  std::span<const std::string_view> list(std::string_view prefix, std::size_t count) {
    listed_.clear();
    for (const std::string& word : words_) {
      if (listed_.size() < count && word.starts_with(prefix)) listed_.push_back(word);
    }
    return listed_;
  }

 private:
  std::vector<std::string> words_;
  std::vector<std::string_view> listed_;
};

TypedWord type(const std::string& word, Ranking& ranking, std::uint32_t slots) {
  Typist typist({&slots, 1});
  typist.type(word, [&](std::string_view prefix, std::size_t count) {
    return ranking.list(prefix, count);
  });
  return typist.result(0);
}

TEST(Typist, CountsKeys) {
  Ranking ranking({"the", "to", "that", "then", "привет"});
  EXPECT_TRUE(type("the", ranking, 1).hit);
  EXPECT_EQ(type("the", ranking, 1).keys, 1U);
  // "the", "t" -> "the" again or, not offered twice, "to".
  EXPECT_EQ(type("to", ranking, 1).keys, 2U);
  EXPECT_EQ(type("to", ranking, 1).keys_reoffer, 3U);  // "to" typed to its end: 2 + space.
  EXPECT_EQ(type("that", ranking, 2).keys, 2U);
  EXPECT_FALSE(type("that", ranking, 2).hit);
  EXPECT_EQ(type("that", ranking, 2).keys_reoffer, 3U);  // t, h, then "the" and "that".
  EXPECT_EQ(type("other", ranking, 3).keys, 6U);
  EXPECT_EQ(type("привет", ranking, 1).keys, 2U);  // Characters, not bytes.
  EXPECT_EQ(type("прочее", ranking, 1).keys_reoffer, 7U);
}

TEST(Typist, CountsLooks) {
  Ranking ranking({"the", "to", "that", "then"});
  EXPECT_EQ(type("the", ranking, 1).looks, 1U);
  EXPECT_EQ(type("the", ranking, 1).late_looks, 1U);  // After "t".
  EXPECT_EQ(type("the", ranking, 1).late_keys, 2U);
  EXPECT_EQ(type("to", ranking, 1).looks, 2U);
  EXPECT_EQ(type("to", ranking, 1).late_looks, 1U) << "the has not been ignored yet";
  EXPECT_EQ(type("to", ranking, 1).late_keys, 3U);
  EXPECT_EQ(type("other", ranking, 1).looks, 5U) << "none after the last character";
  EXPECT_EQ(type("other", ranking, 1).late_looks, 4U);
  EXPECT_FALSE(type("other", ranking, 1).offered);
  EXPECT_TRUE(type("to", ranking, 1).offered);
}

TEST(Typist, UnaidedWordsTakeAllTheirKeys) {
  const std::uint32_t slots[] = {1, 5};
  Typist typist(slots);
  typist.type_unaided("слово");
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(typist.result(i).keys, 6U);
    EXPECT_EQ(typist.result(i).keys_reoffer, 6U);
    EXPECT_FALSE(typist.result(i).hit);
    EXPECT_FALSE(typist.result(i).offered);
    EXPECT_EQ(typist.result(i).looks, 5U);
    EXPECT_EQ(typist.result(i).late_keys, 6U);
    EXPECT_EQ(typist.result(i).late_looks, 4U);
  }
}

/// The definition of one reader, who looks at lists from so many characters on, asking for every
/// word there is.
struct Reader {
  std::uint32_t keys, looks;
  bool offered = false;

  Reader(const std::string& word, Ranking& ranking, std::uint32_t slots, std::uint32_t from)
      : keys(static_cast<std::uint32_t>(word.size()) + 1), looks(0) {
    std::set<std::string_view> ignored;
    for (std::uint32_t typed = from; typed < word.size() && !offered; ++typed) {
      std::vector<std::string_view> list;
      for (const std::string_view each :
           ranking.list(std::string_view(word).substr(0, typed), 1000)) {
        if (list.size() < slots && !ignored.contains(each)) list.push_back(each);
      }
      ++looks;
      offered = std::find(list.begin(), list.end(), word) != list.end();
      if (offered) keys = typed + 1;
      ignored.insert(list.begin(), list.end());
    }
  }
};

std::uint32_t keys_with_reoffers(const std::string& word, Ranking& ranking, std::uint32_t slots) {
  for (std::uint32_t typed = 0; typed < word.size(); ++typed) {
    const auto list = ranking.list(std::string_view(word).substr(0, typed), slots);
    if (std::find(list.begin(), list.end(), word) != list.end()) return typed + 1;
  }
  return static_cast<std::uint32_t>(word.size()) + 1;
}

RC_GTEST_PROP(Typist, FollowsTheDefinition, ()) {
  const auto letter = rc::gen::element('a', 'b');
  const auto any_word =
      rc::gen::nonEmpty(rc::gen::resize(7, rc::gen::container<std::string>(letter)));
  Ranking ranking(*rc::gen::unique<std::vector<std::string>>(any_word));
  const auto word = *any_word;
  const std::uint32_t slots[] = {1, 2, 3, 10};
  Typist typist(slots);
  typist.type(word, [&](std::string_view prefix, std::size_t count) {
    return ranking.list(prefix, count);
  });
  for (std::size_t i = 0; i < 4; ++i) {
    const TypedWord& typed = typist.result(i);
    const Reader early(word, ranking, slots[i], 0);
    const Reader late(word, ranking, slots[i], 1);
    RC_ASSERT(typed.hit == (early.offered && early.keys == 1));
    RC_ASSERT(typed.keys == early.keys);
    RC_ASSERT(typed.looks == early.looks);
    RC_ASSERT(typed.offered == early.offered);
    RC_ASSERT(typed.late_keys == late.keys);
    RC_ASSERT(typed.late_looks == late.looks);
    RC_ASSERT(typed.keys_reoffer == keys_with_reoffers(word, ranking, slots[i]));
  }
}

}  // namespace
}  // namespace tercet::measure
