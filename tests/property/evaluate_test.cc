// Keystrokes by their definition (docs/METRIC.md), from nothing but ranked words.
#include "tercet/evaluate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tercet/predictor.h"
#include "training.h"

namespace tercet::testing {
namespace {

struct Counts {
  std::uint64_t words = 0, oov = 0, characters = 0, hits = 0, keys = 0, keys_reoffer = 0;
};

/// Among the characters of any_corpus(), those of two or three bytes are letters, of four emoji.
bool begins_with_letter_or_digit(std::string_view word) {
  if (word.empty()) return false;
  const auto first = static_cast<unsigned char>(word.front());
  return (first >= 0x80 && first < 0xF0) || std::isalnum(first) != 0;
}

/// What has been typed before each character.
std::vector<std::string> beginnings(const std::string& word) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((static_cast<unsigned char>(word[i]) & 0xC0U) != 0x80U) out.push_back(word.substr(0, i));
  }
  return out;
}

/// Types one word; `ranked` are all words in order.
void type(const std::string& word, const std::vector<std::string>& ranked, std::size_t slots,
          Counts& counts) {
  std::set<std::string> ignored;
  const std::vector<std::string> prefixes = beginnings(word);
  const std::uint64_t all_keys = prefixes.size() + 1;
  std::uint64_t keys = all_keys;
  std::uint64_t keys_reoffer = all_keys;
  for (std::size_t typed = prefixes.size(); typed-- > 0;) {
    std::size_t place = 0;
    for (const std::string& other : ranked) {
      if (other == word) {
        if (place < slots) keys_reoffer = typed + 1;
        break;
      }
      place += other.starts_with(prefixes[typed]) ? 1 : 0;
    }
  }
  for (std::size_t typed = 0; typed < prefixes.size() && keys == all_keys; ++typed) {
    std::vector<std::string> list;
    for (const std::string& other : ranked) {
      if (list.size() < slots && other.starts_with(prefixes[typed]) && !ignored.contains(other))
        list.push_back(other);
    }
    if (std::find(list.begin(), list.end(), word) != list.end()) {
      keys = typed + 1;
      counts.hits += typed == 0 ? 1 : 0;
    }
    ignored.insert(list.begin(), list.end());
  }
  counts.keys += keys;
  counts.keys_reoffer += keys_reoffer;
}

/// All words that may be listed after a state, best first.
std::vector<std::string> ranking(const Predictor& predictor, const State& state, Scratch& scratch) {
  const Model& model = predictor.model();
  std::vector<std::string> out;
  for (const auto& candidate :
       predictor.top(state, {kFirstWord, model.vocabulary_size()}, 1000, scratch)) {
    const std::string word(model.word(candidate.word));
    if (begins_with_letter_or_digit(word)) out.push_back(word);
  }
  return out;
}

RC_GTEST_PROP(Evaluate, CountsKeysAsDefined, ()) {
  const Corpus corpus = any_corpus();
  const Trained trained = train(text_of(corpus), any_options());
  Corpus text = any_corpus();
  for (Sentence& sentence : text) {  // Signs, unknown words and long ones among them.
    if (sentence.size() > 2) sentence[1] = *rc::gen::element<std::string>("!", "stranger", "9x");
  }
  const Predictor predictor(trained.model);
  Scratch scratch;
  const std::uint32_t slots = *rc::gen::element(1U, 2U, 5U);
  Counts counts;
  for (const Sentence& sentence : text) {
    State state = trained.model.begin();
    for (const std::string& word : sentence) {
      const WordId id = trained.model.id(word);
      if (begins_with_letter_or_digit(word)) {
        ++counts.words;
        counts.oov += id == kUnknown ? 1 : 0;
        counts.characters += beginnings(word).size() + 1;
        type(word, ranking(predictor, state, scratch), slots, counts);
      }
      state = trained.model.advance(state, id);
    }
  }
  EvaluateOptions options;
  const std::string lines = text_of(text);
  options.text = lines;
  options.slots = {slots};
  options.threads = 2;
  options.additions = kNoAdditions;
  const auto report = evaluate(trained.model, options);
  if (counts.words == 0) {
    RC_ASSERT(!report.ok());
    return;
  }
  RC_ASSERT(report.ok());
  const Figures& all = report->all;
  const auto percent = [](std::uint64_t a, std::uint64_t b) {
    return 100.0 * static_cast<double>(a) / static_cast<double>(b);
  };
  RC_ASSERT(all.words == counts.words);
  RC_ASSERT(all.oov == counts.oov);
  RC_ASSERT(all.characters == counts.characters);
  RC_ASSERT(std::abs(all.slots[0].hit.value - percent(counts.hits, counts.words)) < 1e-9);
  RC_ASSERT(std::abs(all.slots[0].ksr.value - 100 + percent(counts.keys, counts.characters)) <
            1e-9);
  RC_ASSERT(std::abs(all.slots[0].ksr_reoffer.value - 100 +
                     percent(counts.keys_reoffer, counts.characters)) < 1e-9);
}

TrainOptions plain_tokens() {
  TrainOptions options;
  options.plain_tokens = true;
  return options;
}

TEST(Evaluate, StopsAfterTheWordsAskedFor) {
  const Model model = train("a b c\na b d\n", plain_tokens()).model;
  EvaluateOptions options;
  options.text = "a b c\na b c\n! a b c\n";
  for (const std::uint64_t words : {1U, 4U, 7U, 9U, 100U}) {
    options.most_words = words;
    const auto report = evaluate(model, options);
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report->all.words, std::min<std::uint64_t>(words, 9));
  }
}

TEST(Evaluate, OwnTextIsLearntAndNotCounted) {
  const Model model = train("a b c\na b d\n", plain_tokens()).model;
  EvaluateOptions options;
  options.own = true;
  std::string text;  // The middle lies in the fifth of eight lines, so three are typed.
  for (int i = 0; i < 8; ++i) text += "a stranger\n";
  options.text = text;
  const std::pair<std::uint64_t, std::uint64_t> limits[] = {{1, 1}, {4, 4}, {7, 6}, {0, 6}};
  for (const auto& [most, measured] : limits) {
    options.most_words = most;
    const auto report = evaluate(model, options);
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report->all.words, measured);
    EXPECT_EQ(report->all.slots[2].hit.value, 100) << "both words are known by then";
  }
}

TEST(Evaluate, GenresAddUpToTheWhole) {
  const Model model = train("a b c\na b d\n", plain_tokens()).model;
  EvaluateOptions options;
  options.text = "a b c\na d\nz\n";
  options.index = "1\t1\tnews\tx\n2\t1\tbooks\ty\n3\t1\tnews\tz\n";
  const auto report = evaluate(model, options);
  ASSERT_TRUE(report.ok()) << report.error().message;
  ASSERT_EQ(report->genres.size(), 2U);
  EXPECT_EQ(report->genres[0].first, "books");
  EXPECT_EQ(report->genres[0].second.words, 2U);
  EXPECT_EQ(report->genres[1].second.words, 4U);
  EXPECT_EQ(report->genres[1].second.oov, 1U);
  EXPECT_EQ(report->genres[1].second.documents, 2U);
  EXPECT_EQ(report->all.words, 6U);
  options.slots = {};
  EXPECT_FALSE(evaluate(model, options).ok());
  options.slots = {3, 0};
  EXPECT_FALSE(evaluate(model, options).ok());
}

}  // namespace
}  // namespace tercet::testing
