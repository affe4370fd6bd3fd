// The same file whatever the machine: threads, memory, how the text is cut into files.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <utility>

#include "training.h"

namespace tercet::testing {
namespace {

/// 900 000 tokens make more windows than 16 MiB hold, so that they go to temporary files in runs;
/// several megabytes of text make several blocks to read.
std::string long_text(std::size_t tokens) {
  std::mt19937 random(3);
  std::string text;
  for (std::size_t i = 0; i < tokens; ++i) {
    // A few words make most of the text, and many words a long tail.
    const double place = static_cast<double>(random() % 100'000) / 100'000;
    const auto rank = static_cast<unsigned>(std::pow(20'000, place));
    text += "word" + std::to_string(rank);
    text += random() % 9 == 0 ? (random() % 3 == 0 ? ".\n" : "\n") : " ";
  }
  return text;
}

class Bytes : public ::testing::TestWithParam<Smoothing> {};

TEST_P(Bytes, DoNotDependOnThreadsOrMemory) {
  const std::string text = long_text(900'000);
  TrainOptions options;
  options.order = 4;
  options.smoothing = GetParam();
  options.plain_tokens = true;
  options.threads = 1;
  const std::string expected = train_bytes(text, options);
  ASSERT_GT(expected.size(), std::size_t{1} << 20);
  constexpr std::pair<std::uint32_t, std::uint64_t> kSettings[] = {
      {1, 16}, {2, 16}, {3, 16}, {3, 2048}};
  for (const auto& [threads, mebibytes] : kSettings) {
    options.threads = threads;
    options.memory = mebibytes << 20;
    EXPECT_TRUE(train_bytes(text, options) == expected) << threads << ' ' << mebibytes;
  }
}
INSTANTIATE_TEST_SUITE_P(, Bytes,
                         ::testing::Values(Smoothing::kModifiedKneserNey,
                                           Smoothing::kJelinekMercer));

TEST(BytesOfText, DoNotDependOnThreads) {
  std::string text = long_text(400'000);  // About 4 MB: four blocks for the readers.
  // Spellings met by different readers in different order.
  for (std::size_t i = 0; i + 1 < text.size(); i += 977)
    if (text[i] == 'w') text[i] = 'W';
  TrainOptions options;
  options.order = 3;
  options.threads = 1;
  const std::string expected = train_bytes(text, options);
  for (const std::uint32_t threads : {2U, 3U, 5U}) {
    options.threads = threads;
    EXPECT_TRUE(train_bytes(text, options) == expected) << threads;
  }
}

TEST(TrainReport, DoesNotDependOnThreads) {
  std::string text = long_text(700'000);
  constexpr std::size_t kFirst = 1'500'000;  // In the second block: not the first thread's.
  for (std::size_t at = kFirst; at < text.size(); at += 500'000) text[at] = '\xFF';
  TrainOptions options;
  options.order = 2;
  options.threads = 1;
  const TrainReport expected = train(text, options).report;
  EXPECT_GT(expected.invalid_sequences, 3U);
  EXPECT_NE(expected.first_invalid.find("byte 1500000"), std::string::npos)
      << expected.first_invalid;
  options.threads = 3;
  for (int i = 0; i < 10; ++i) {
    const TrainReport report = train(text, options).report;
    EXPECT_EQ(report.invalid_sequences, expected.invalid_sequences);
    EXPECT_EQ(report.tokens, expected.tokens);
    EXPECT_EQ(report.sentences, expected.sentences);
    const std::string byte = report.first_invalid.substr(report.first_invalid.find("byte"));
    EXPECT_EQ(byte, "byte 1500000");
  }
}

TEST(Model, OfOneFileOrSeveralIsTheSame) {
  const TemporaryDirectory directory;
  const std::string text = long_text(1000);
  const std::size_t cut = text.find('\n', text.size() / 2) + 1;
  const std::filesystem::path whole[] = {directory.write("whole", text)};
  const std::filesystem::path parts[] = {directory.write("whole1", text.substr(0, cut)),
                                         directory.write("whole2", text.substr(cut))};
  TrainOptions options;
  const auto one = train_model(whole, directory.path() / "one.tct", options);
  const auto two = train_model(parts, directory.path() / "two.tct", options);
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_EQ(one->tokens, two->tokens);
  EXPECT_EQ(one->ngrams, two->ngrams);
  auto a = Model::open(directory.path() / "one.tct");
  auto b = Model::open(directory.path() / "two.tct");
  ASSERT_TRUE(a.ok() && b.ok());
  State state_a = a->begin();
  State state_b = b->begin();
  for (WordId word = kFirstWord; word < a->vocabulary_size(); ++word) {
    ASSERT_EQ(a->word(word), b->word(word));
    ASSERT_EQ(a->score(state_a, word, state_a).log10_probability,
              b->score(state_b, word, state_b).log10_probability);
  }
}

}  // namespace
}  // namespace tercet::testing
