#include "serve/generate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <iterator>
#include <map>

#include "serve/testing.h"

namespace tercet::serve {
namespace {

using testing::model;
using testing::models;

GenerateOptions greedy(std::size_t tokens) {
  GenerateOptions options;
  options.sampling.temperature = 0;
  options.most_tokens = tokens;
  return options;
}

/// All of it at once.
Chunk generate(Generator& generator) {
  Chunk all;
  Chunk chunk;
  while (generator.next(chunk)) {
    all.text += chunk.text;
    std::move(chunk.tokens.begin(), chunk.tokens.end(), std::back_inserter(all.tokens));
  }
  return all;
}

struct Result {
  Chunk all;
  Finish finish;
};

Result run(std::string_view text, GenerateOptions options, std::string_view name = "en") {
  const ServedModel& served = *models().find(name);
  Generator generator(served, read_prompt(served.model, text), std::move(options));
  Chunk all = generate(generator);
  return {std::move(all), generator.finish()};
}

TEST(Generate, TheMostProbableTokensOneAfterTheOther) {
  const Result result = run("They have ", greedy(5));
  EXPECT_EQ(result.all.text, "seen the house, too");
  EXPECT_EQ(result.finish, Finish::kLength);
  EXPECT_EQ(result.all.tokens.size(), 5U);
  EXPECT_EQ(run("They have", greedy(1)).all.text, "") << "the word begun is whole";
  EXPECT_EQ(run("They have", greedy(2)).all.text, " seen");
}

TEST(Generate, ThatIsGreedyInTruth) {
  const Model& english = model("en");
  State state = read_prompt(english, "They have ").place.state;
  for (const GeneratedToken& token : run("They have ", greedy(12)).all.tokens) {
    State next;
    const double own = log_probability(english.score(state, token.word, next));
    EXPECT_EQ(own, token.log_probability);
    for (WordId word = kSentenceEnd; word < english.vocabulary_size(); ++word) {
      State ignored;
      if (word != kSentenceEnd || state != english.begin()) {
        EXPECT_LE(log_probability(english.score(state, word, ignored)), own);
      }
    }
    state = token.word == kSentenceEnd ? english.begin() : next;
  }
}

TEST(Generate, SentencesFollowOneAnother) {
  GenerateOptions options = greedy(30);
  options.sentences = 2;
  const Result result = run("We read the letter ", options);
  EXPECT_EQ(result.finish, Finish::kEnd);
  EXPECT_EQ(result.all.tokens.back().word, kSentenceEnd);
  EXPECT_TRUE(result.all.text.ends_with(".")) << result.all.text;
  const std::size_t stop = result.all.text.find(". ");
  ASSERT_NE(stop, std::string::npos) << result.all.text;
  EXPECT_TRUE(std::isupper(result.all.text[stop + 2])) << result.all.text;
}

TEST(Generate, OfPlainTokensEachSentenceHasALine) {
  EXPECT_EQ(run("the dog ", greedy(3), "plain").all.text, "sat\nthe");
}

TEST(Generate, AWordBegunIsCompletedFirst) {
  EXPECT_TRUE(run("They hav", greedy(2)).all.text.starts_with("e seen"));
  EXPECT_EQ(run("an", greedy(1)).all.text, "na");
  EXPECT_EQ(run("Мы пис", greedy(1), "ru").all.text, "ьмо");
  const Result unknown = run("qqq", greedy(1));
  EXPECT_TRUE(unknown.all.text.starts_with(" ") || unknown.all.text == ".") << unknown.all.text;
}

TEST(Generate, BehindASpaceNothingComesThatIsWrittenWithoutIt) {
  EXPECT_EQ(run("They have seen the house", greedy(2)).all.text, ",");
  GenerateOptions options = greedy(1);
  options.sampling.bias = {{model("en").id("."), 50}};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    options.sampling.seed = seed;
    options.sampling.temperature = seed == 0 ? 0 : 1;
    const std::string text = run("They have seen the house ", options).all.text;
    EXPECT_TRUE(text.empty() || std::isalpha(text.front())) << text;
  }
}

TEST(Generate, StopsAreFoundAcrossTokens) {
  GenerateOptions options = greedy(20);
  options.stops = {"house, t", "nowhere"};
  const Result result = run("They have ", options);
  EXPECT_EQ(result.all.text, "seen the ");
  EXPECT_EQ(result.finish, Finish::kStop);
  ASSERT_EQ(result.all.tokens.size(), 3U) << "the third begins with the space";
}

TEST(Generate, ChunksAddUp) {
  const ServedModel& served = models().all()[0];
  for (const char* stop : {"seen the h", "xyz", "e", "too. "}) {
    GenerateOptions options = greedy(20);
    options.stops = {stop};
    Generator generator(served, read_prompt(served.model, "They have"), options);
    Chunk chunk;
    std::string text;
    while (generator.next(chunk)) text += chunk.text;
    GenerateOptions unstopped = greedy(20);
    const std::string whole = run("They have", unstopped).all.text;
    EXPECT_EQ(text, whole.substr(0, whole.find(stop))) << stop;
  }
}

TEST(StopStrings, HoldBackOnlyWhatTheyMust) {
  StopStrings stops({"abc", "", "cd"});
  EXPECT_EQ(stops.feed("xa"), "x");
  EXPECT_EQ(stops.feed("b"), "");
  EXPECT_EQ(stops.feed("b"), "abb");
  EXPECT_EQ(stops.feed("c"), "");
  EXPECT_EQ(stops.feed("d!"), "");
  EXPECT_TRUE(stops.stopped());
  EXPECT_EQ(stops.found(), "cd");
  EXPECT_EQ(stops.feed("more"), "");
  StopStrings open({"abc"});
  EXPECT_EQ(open.feed("xab"), "x");
  EXPECT_EQ(open.finish(), "ab");
}

/// How often each word is drawn first behind a text.
std::map<std::string, int> draws(std::string_view text, const GenerateOptions& options) {
  std::map<std::string, int> counts;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    GenerateOptions each = options;
    each.sampling.seed = seed;
    each.most_tokens = 1;
    ++counts[run(text, each).all.text];
  }
  return counts;
}

TEST(Sampling, FollowsTheModel) {
  const Model& english = model("en");
  const State state = read_prompt(english, "They want to ").place.state;
  const auto counts = draws("They want to ", {});
  for (const char* word : {"see", "write"}) {
    State next;
    const double probability =
        std::exp(log_probability(english.score(state, english.id(word), next)));
    ASSERT_GT(probability, 0.1);
    EXPECT_NEAR(counts.at(word) / 2000.0, probability, 0.04) << word;
  }
}

TEST(Sampling, SeedsRepeat) {
  GenerateOptions options;
  options.sampling.temperature = 2;
  options.sampling.seed = 7;
  options.most_tokens = 40;
  const std::string once = run("They ", options).all.text;
  EXPECT_EQ(run("They ", options).all.text, once);
  options.sampling.seed = 8;
  EXPECT_NE(run("They ", options).all.text, once);
}

TEST(Sampling, TheTailIsCut) {
  GenerateOptions options;
  options.sampling.temperature = 5;
  EXPECT_GT(draws("They want to ", options).size(), 2U);
  options.sampling.top_k = 2;
  EXPECT_EQ(draws("They want to ", options).size(), 2U);
  options.sampling.top_k = 0;
  options.sampling.top_p = 1e-9;
  EXPECT_EQ(draws("They want to ", options).size(), 1U);
  options.sampling.top_p = 1;
  options.sampling.min_p = 0.5;
  EXPECT_LE(draws("They want to ", options).size(), 2U);
}

TEST(Sampling, BiasAndPenalties) {
  const Model& english = model("en");
  GenerateOptions options = greedy(1);
  const std::string best = run("They want to ", options).all.text;
  const WordId word = english.id(best);
  options.sampling.bias = {{word, -100}};
  const std::string second = run("They want to ", options).all.text;
  EXPECT_NE(second, best);
  options.sampling.bias = {{english.id("today"), 100}};
  EXPECT_EQ(run("They want to ", options).all.text, "today");
  options.sampling.bias = {{kUnknown, 100}, {kSentenceBegin, 100}};
  EXPECT_EQ(run("They want to ", options).all.text, best) << "these are no text";
  GenerateOptions repeating = greedy(60);
  const auto count = [](const GenerateOptions& given) {
    std::map<WordId, int> words;
    for (const auto& token : run("They ", given).all.tokens) ++words[token.word];
    return words.size();
  };
  const std::size_t plain = count(repeating);
  repeating.sampling.presence = 2;
  repeating.sampling.frequency = 1;
  EXPECT_GT(count(repeating), plain);
}

TEST(Sampling, AlternativesAreTheModelsBest) {
  GenerateOptions options = greedy(3);
  options.alternatives = 5;
  for (const GeneratedToken& token : run("They have ", options).all.tokens) {
    ASSERT_EQ(token.best.size(), 5U);
    ASSERT_EQ(token.best_texts.size(), 5U);
    EXPECT_EQ(token.best[0].word, token.word);
    EXPECT_EQ(token.best[0].log_probability, token.log_probability);
    EXPECT_EQ(token.best_texts[0], token.text);
  }
}

}  // namespace
}  // namespace tercet::serve
