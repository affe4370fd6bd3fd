#include "predict/near_prefixes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "model/testing.h"
#include "text/utf8.h"

namespace tercet::predict {
namespace {

/// The real file format around a vocabulary.
class Fixture {
 public:
  explicit Fixture(const std::set<std::string>& words) {
    model::VocabularyImage image;
    for (const char* special : {"<unk>", "<s>", "</s>"})
      image.add(special, model::WordClass::kSpecial);
    for (const auto& word : words) image.add(word, model::WordClass::kWord);
    model::Parameters parameters;
    parameters.order = 1;
    parameters.vocabulary_size = static_cast<std::uint32_t>(words.size()) + kFirstWord;
    parameters.units_per_bit = model::kDefaultUnitsPerBit;
    parameters.ngrams[0] = parameters.vocabulary_size;
    const std::vector<std::uint64_t> contexts(1);
    model::Packer packer(sink_, parameters, contexts, image, {});
    packer.begin_order(1);
    for (WordId id = 0; id < parameters.vocabulary_size; ++id) packer.add({id, 0, 0, 0, false});
    EXPECT_TRUE(packer.end_order().ok());
    EXPECT_TRUE(packer.finish().ok());
    data_ = model::testing::parse(sink_.bytes());
  }
  const model::Vocabulary& operator*() const { return data_->vocabulary(); }

 private:
  core::MemorySink sink_;
  std::shared_ptr<const internal::ModelData> data_;
};

std::u32string decoded(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += text::next_code_point(text, at);
  return out;
}

/// By definition: what turned `meant` into `typed`, if it was one slip.
std::optional<Slip> slip_between(const std::u32string& meant, const std::u32string& typed,
                                 const text::KeyboardLayout& keyboard) {
  std::optional<Slip> best;
  const auto consider = [&](Slip slip) { best = std::min(best.value_or(slip), slip); };
  for (std::size_t i = 0; i < meant.size(); ++i) {
    if (std::u32string(meant).erase(i, 1) == typed) consider(Slip::kOmission);
    if (i + 1 < meant.size() && meant[i] != meant[i + 1]) {
      std::u32string swapped = meant;
      std::swap(swapped[i], swapped[i + 1]);
      if (swapped == typed) consider(Slip::kTransposition);
    }
    if (i < typed.size() && meant[i] != typed[i]) {
      std::u32string substituted = meant;
      substituted[i] = typed[i];
      const bool neighbours = text::are_neighbours(meant[i], typed[i], keyboard);
      if (substituted == typed) consider(neighbours ? Slip::kNeighbour : Slip::kOther);
    }
  }
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (std::u32string(typed).erase(i, 1) != meant) continue;
    consider(i > 0 && typed[i] == typed[i - 1] ? Slip::kDoubling : Slip::kOther);
  }
  return best;
}

std::map<std::string, Slip> brute_force(const std::set<std::string>& words,
                                        const std::string& prefix,
                                        const text::KeyboardLayout& keyboard) {
  std::map<std::string, Slip> near;
  const std::u32string typed = decoded(prefix);
  if (typed.size() < NearPrefixes::kLeastCodePoints) return near;
  for (const std::string& word : words) {
    if (word.starts_with(prefix)) continue;
    const std::u32string letters = decoded(word);
    for (std::size_t size = 0; size <= letters.size(); ++size) {
      const auto slip = slip_between(letters.substr(0, size), typed, keyboard);
      if (!slip) continue;
      const auto at = near.try_emplace(word, *slip).first;
      at->second = std::min(at->second, *slip);
    }
  }
  return near;
}

std::map<std::string, Slip> found(const model::Vocabulary& vocabulary, const PrefixTree& tree,
                                  std::string_view prefix, const text::KeyboardLayout& keyboard,
                                  NearPrefixes& search) {
  std::map<std::string, Slip> near;
  WordId end = 0;
  for (const NearRange& range : search.find(tree, prefix, keyboard)) {
    EXPECT_FALSE(range.words.empty());
    EXPECT_GE(range.words.begin, end) << "sorted and disjoint";
    end = range.words.end;
    for (WordId word = range.words.begin; word < end; ++word)
      near.emplace(vocabulary.word(word), range.slip);
  }
  return near;
}

rc::Gen<std::string> any_word(const std::vector<std::string>& letters, std::size_t most) {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(letters)),
                      [most](const std::vector<std::string>& chosen) {
                        std::string word;
                        for (std::size_t i = 0; i < chosen.size() && i < most; ++i)
                          word += chosen[i];
                        return word;
                      });
}

void compare(const std::vector<std::string>& letters, const text::KeyboardLayout& keyboard) {
  // Some thousands of words have branches, few have none.
  const auto most = *rc::gen::element<std::size_t>(10, 100, 3000);
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::set<std::string> words;
  for (std::size_t i = 0; i < most; ++i) {
    std::string word;
    for (std::size_t size = 1 + random() % 7; size > 0; --size)
      word += letters[random() % letters.size()];
    words.insert(word);
  }
  const Fixture fixture(words);
  const PrefixTree tree(*fixture);
  NearPrefixes search;
  for (int i = 0; i < 10; ++i) {
    std::string prefix = *any_word(letters, 5);
    if (!words.empty() && *rc::gen::arbitrary<bool>()) {  // Often near some word.
      prefix = *rc::gen::elementOf(words);
    }
    RC_ASSERT(found(*fixture, tree, prefix, keyboard, search) ==
              brute_force(words, prefix, keyboard));
  }
}

RC_GTEST_PROP(NearPrefixes, EqualBruteForceInEnglish, ()) {
  compare({"a", "s", "d", "p", "'"}, text::kUnitedStatesKeyboard);
}
RC_GTEST_PROP(NearPrefixes, EqualBruteForceInRussian, ()) {
  compare({"а", "п", "р", "я", "-"}, text::kRussianKeyboard);
}
RC_GTEST_PROP(NearPrefixes, EqualBruteForceInAllLengthsOfCodePoints, ()) {
  compare({"a", "é", "ж", "中", "\xF0\x9F\x98\x80"}, text::kNoKeyboard);
}

TEST(NearPrefixes, TellTheSlips) {
  const std::set<std::string> words = {"hello", "helium", "heap", "he", "yellow", "jello", "held"};
  const Fixture fixture(words);
  const PrefixTree tree(*fixture);
  NearPrefixes search;
  const auto near = [&](std::string_view prefix) {
    return found(*fixture, tree, prefix, text::kUnitedStatesKeyboard, search);
  };
  using Near = std::map<std::string, Slip>;
  EXPECT_EQ(near("hlelo"), (Near{{"hello", Slip::kTransposition}}));
  EXPECT_EQ(
      near("helo"),
      (Near{{"hello", Slip::kOmission}, {"held", Slip::kOther}, {"helium", Slip::kNeighbour}}));
  EXPECT_EQ(near("heello"), (Near{{"hello", Slip::kDoubling}}));
  EXPECT_EQ(near("yello"), (Near{{"hello", Slip::kNeighbour}, {"jello", Slip::kOther}}));
  EXPECT_EQ(near("hea"), (Near{{"he", Slip::kOther},
                               {"held", Slip::kOther},
                               {"helium", Slip::kOther},
                               {"hello", Slip::kOther}}));
  EXPECT_EQ(near("he"), Near{});
  EXPECT_EQ(near(""), Near{});
  EXPECT_EQ(near("xyz"), Near{});
}

TEST(NearPrefixes, LikelierSlipsWeighMore) {
  EXPECT_TRUE(std::is_sorted(kSlipWeight.rbegin(), kSlipWeight.rend()));
}

}  // namespace
}  // namespace tercet::predict
