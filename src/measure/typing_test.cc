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

TEST(Typist, UnaidedWordsTakeAllTheirKeys) {
  const std::uint32_t slots[] = {1, 5};
  Typist typist(slots);
  typist.type_unaided("слово");
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(typist.result(i).keys, 6U);
    EXPECT_EQ(typist.result(i).keys_reoffer, 6U);
    EXPECT_FALSE(typist.result(i).hit);
  }
}

/// The definition, one number of slots at a time, asking for every word there is.
TypedWord by_definition(const std::string& word, Ranking& ranking, std::uint32_t slots) {
  const auto keys = static_cast<std::uint32_t>(word.size()) + 1;
  TypedWord out{false, keys, keys};
  std::set<std::string_view> offered;
  for (std::uint32_t typed = static_cast<std::uint32_t>(word.size()); typed-- > 0;) {
    const auto list = ranking.list(std::string_view(word).substr(0, typed), slots);
    if (std::find(list.begin(), list.end(), word) != list.end()) out.keys_reoffer = typed + 1;
  }
  for (std::uint32_t typed = 0; typed < word.size(); ++typed) {
    std::vector<std::string_view> list;
    for (const std::string_view each :
         ranking.list(std::string_view(word).substr(0, typed), 1000)) {
      if (list.size() < slots && !offered.contains(each)) list.push_back(each);
    }
    if (std::find(list.begin(), list.end(), word) != list.end()) {
      out.keys = typed + 1;
      out.hit = typed == 0;
      break;
    }
    offered.insert(list.begin(), list.end());
  }
  return out;
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
    const TypedWord expected = by_definition(word, ranking, slots[i]);
    RC_ASSERT(typist.result(i).hit == expected.hit);
    RC_ASSERT(typist.result(i).keys == expected.keys);
    RC_ASSERT(typist.result(i).keys_reoffer == expected.keys_reoffer);
  }
}

}  // namespace
}  // namespace tercet::measure
