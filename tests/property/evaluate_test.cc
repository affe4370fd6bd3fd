// Keystrokes by their definition (docs/METRIC.md), from nothing but ranked words.
#include "tercet/evaluate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "tercet/predictor.h"
#include "training.h"

namespace tercet::testing {
namespace {

struct Counts {
  std::uint64_t words = 0, oov = 0, characters = 0, hits = 0, keys = 0, keys_reoffer = 0;
  std::uint64_t looks = 0, late_keys = 0, late_looks = 0, unoffered = 0, unoffered_oov = 0;
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

/// What the word takes somebody who looks at lists from so many characters on, and is not offered
/// again what was ignored.
struct Reader {
  std::uint64_t keys, looks = 0;
  bool offered = false;

  Reader(const std::string& word, const std::vector<std::string>& ranked, std::size_t slots,
         std::size_t from) {
    const std::vector<std::string> prefixes = beginnings(word);
    keys = prefixes.size() + 1;
    std::set<std::string> ignored;
    for (std::size_t typed = from; typed < prefixes.size() && !offered; ++typed) {
      std::vector<std::string> list;
      for (const std::string& other : ranked) {
        if (list.size() < slots && other.starts_with(prefixes[typed]) && !ignored.contains(other))
          list.push_back(other);
      }
      ++looks;
      offered = std::find(list.begin(), list.end(), word) != list.end();
      if (offered) keys = typed + 1;
      ignored.insert(list.begin(), list.end());
    }
  }
};

std::uint64_t keys_with_reoffers(const std::string& word, const std::vector<std::string>& ranked,
                                 std::size_t slots) {
  const std::vector<std::string> prefixes = beginnings(word);
  for (std::size_t typed = 0; typed < prefixes.size(); ++typed) {
    std::size_t place = 0;
    for (const std::string& other : ranked) {
      if (other == word && place < slots) return typed + 1;
      place += other.starts_with(prefixes[typed]) ? 1 : 0;
    }
  }
  return prefixes.size() + 1;
}

/// Types one word; `ranked` are all words in order.
void type(const std::string& word, bool oov, const std::vector<std::string>& ranked,
          std::size_t slots, Counts& counts) {
  const Reader early(word, ranked, slots, 0);
  const Reader late(word, ranked, slots, 1);
  ++counts.words;
  counts.oov += oov ? 1 : 0;
  counts.characters += beginnings(word).size() + 1;
  counts.hits += early.offered && early.keys == 1 ? 1 : 0;
  counts.keys += early.keys;
  counts.keys_reoffer += keys_with_reoffers(word, ranked, slots);
  counts.looks += early.looks;
  counts.late_keys += late.keys;
  counts.late_looks += late.looks;
  counts.unoffered += early.offered ? 0 : 1;
  counts.unoffered_oov += oov && !early.offered ? 1 : 0;
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
        type(word, id == kUnknown, ranking(predictor, state, scratch), slots, counts);
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
  const SlotFigures& of = all.slots[0];
  const auto ratio = [](std::uint64_t a, std::uint64_t b) {
    return static_cast<double>(a) / static_cast<double>(b);
  };
  const auto same = [](const Measured& figure, double expected) {
    return std::isnan(expected) ? std::isnan(figure.value)
                                : std::abs(figure.value - expected) < 1e-9;
  };
  RC_ASSERT(all.words == counts.words);
  RC_ASSERT(all.oov == counts.oov);
  RC_ASSERT(all.characters == counts.characters);
  RC_ASSERT(same(of.hit, 100 * ratio(counts.hits, counts.words)));
  RC_ASSERT(same(of.ksr, 100 - 100 * ratio(counts.keys, counts.characters)));
  RC_ASSERT(same(of.ksr_reoffer, 100 - 100 * ratio(counts.keys_reoffer, counts.characters)));
  RC_ASSERT(same(of.looks, ratio(counts.looks, counts.words)));
  RC_ASSERT(same(of.late_ksr, 100 - 100 * ratio(counts.late_keys, counts.characters)));
  RC_ASSERT(same(of.late_looks, ratio(counts.late_looks, counts.words)));
  RC_ASSERT(same(of.unoffered, 100 * ratio(counts.unoffered, counts.words)));
  RC_ASSERT(same(of.unoffered_oov, 100 * ratio(counts.unoffered_oov, counts.oov)));
  RC_ASSERT(same(of.unoffered_known,
                 100 * ratio(counts.unoffered - counts.unoffered_oov, counts.words - counts.oov)));
}

/// Every word of the list before every token, sentence ends among them, in bins found one by one.
RC_GTEST_PROP(Evaluate, CalibratesWhatIsListed, ()) {
  const Corpus corpus = any_corpus();
  const Trained trained = train(text_of(corpus), any_options());
  const Model& model = trained.model;
  const Predictor predictor(model);
  Scratch scratch;
  const std::uint32_t slots = *rc::gen::element(1U, 4U);
  struct Statement {
    double probability;
    bool came;
  };
  std::vector<Statement> statements;
  bool words = false;
  for (const Sentence& sentence : corpus) {
    State state = model.begin();
    for (std::size_t at = 0; at <= sentence.size(); ++at) {
      const WordId next = at < sentence.size() ? model.id(sentence[at]) : kSentenceEnd;
      words |= at < sentence.size() && begins_with_letter_or_digit(sentence[at]);
      std::size_t listed = 0;
      for (const auto& candidate :
           predictor.top(state, {kFirstWord, model.vocabulary_size()}, 1000, scratch)) {
        if (listed == slots || !begins_with_letter_or_digit(model.word(candidate.word))) continue;
        // A hair more, for scores are rounded, and 0.5 is the edge of a bin.
        const double probability = std::pow(10, candidate.score.log10_probability) * (1 + 1e-6);
        statements.push_back({probability, candidate.word == next});
        ++listed;
      }
      if (at < sentence.size()) state = model.advance(state, next);
    }
  }
  RC_PRE(words);
  EvaluateOptions options;
  const std::string lines = text_of(corpus);
  options.text = lines;
  const std::string index = "1\t" + std::to_string(corpus.size()) + "\t\tall";
  options.index = index;  // Documents without a word do not count, lines without one do.
  options.slots = {1, slots};
  options.additions = kNoAdditions;
  const auto report = evaluate(model, options);
  RC_ASSERT(report.ok());
  const Calibration& calibration = report->calibration;
  std::uint64_t listed = 0;
  for (const CalibrationBin& bin : calibration.bins) {
    double stated = 0;
    std::uint64_t here = 0;
    std::uint64_t came = 0;
    for (const Statement& each : statements) {
      if (each.probability < bin.begin || (each.probability >= bin.end && bin.end < 1)) continue;
      ++here;
      stated += each.probability;
      came += each.came ? 1 : 0;
    }
    listed += here;
    RC_ASSERT(bin.listed == here);
    RC_ASSERT(std::abs(bin.stated - stated / static_cast<double>(here)) < 1e-5);
    RC_ASSERT(bin.came_true == static_cast<double>(came) / static_cast<double>(here));
  }
  RC_ASSERT(listed == statements.size());
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

/// Of the words "x y x y ..." that the model does not know.
double hits_with(const Model& model, const Additions& additions) {
  EvaluateOptions options;
  std::string text;
  for (int i = 0; i < 30; ++i) text += "x y x z\n";
  options.text = text;
  options.slots = {1};
  options.additions = additions;
  const auto report = evaluate(model, options);
  EXPECT_TRUE(report.ok());
  return report->all.slots[0].hit.value;
}

TEST(Evaluate, EachAdditionDoesItsPart) {
  std::string corpus;
  for (int i = 0; i < 300; ++i) corpus += "word" + std::to_string(i) + "\n";
  const Model model = train(corpus, plain_tokens()).model;
  const double none = hits_with(model, kNoAdditions);
  const auto alone = [&](bool Additions::* member) {
    Additions additions = kNoAdditions;
    additions.*member = true;
    return hits_with(model, additions);
  };
  const double recent = alone(&Additions::recent_words);
  const double ngrams = alone(&Additions::document_ngrams);
  EXPECT_EQ(none, 0);
  EXPECT_GT(recent, 30) << "half of the words are x";
  EXPECT_GT(ngrams, 90) << "which word follows depends on the two before it";
  EXPECT_LT(recent, ngrams) << "without context there is no better guess than one word";
}

TEST(Evaluate, ComparesSettingsWithTheFirst) {
  const Model model = train("a b c\na b d\n", plain_tokens()).model;
  EvaluateOptions options;
  options.text = "x y\nx y\nx y\nx y\nx y\na b\n";
  options.index = "1\t3\tnews\tx\n4\t1\tbooks\ty\n5\t2\tnews\tz\n";
  std::vector<double> seen;
  options.progress = [&](double fraction) { seen.push_back(fraction); };
  options.threads = 1;
  const Additions settings[] = {kNoAdditions, {.restraint = false}, kNoAdditions};
  const auto compared = compare(model, options, settings);
  ASSERT_TRUE(compared.ok());
  ASSERT_EQ(compared->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    options.additions = settings[i];
    const auto alone = evaluate(model, options);
    ASSERT_TRUE(alone.ok());
    const Figures& all = (*compared)[i].report.all;
    EXPECT_EQ(all.slots[0].ksr.value, alone->all.slots[0].ksr.value);
    EXPECT_EQ(all.slots[0].ksr.low, alone->all.slots[0].ksr.low);
  }
  const auto ksr = [&](std::size_t i) { return (*compared)[i].report.all.slots[0].ksr.value; };
  EXPECT_GT(ksr(1), ksr(0));
  EXPECT_TRUE((*compared)[0].gain.slots.empty());
  EXPECT_DOUBLE_EQ((*compared)[1].gain.slots[0].ksr.value, ksr(1) - ksr(0));
  EXPECT_EQ((*compared)[2].gain.slots[0].ksr.high, 0) << "the same again";
  ASSERT_EQ((*compared)[1].genre_gains.size(), 2U);
  EXPECT_EQ((*compared)[1].genre_gains[0].first, "books");
  EXPECT_EQ((*compared)[1].genre_gains[0].second.slots[0].ksr.value, 0) << "one line, learnt late";
  EXPECT_GT((*compared)[1].genre_gains[1].second.slots[0].ksr.value, 0);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.begin() + 9));
  EXPECT_DOUBLE_EQ(seen[8], 1);
}

}  // namespace
}  // namespace tercet::testing
