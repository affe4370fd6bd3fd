// Import and export as a whole: what goes out comes back, and other programs' files mean what they
// say.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "interop/arpa_reader.h"
#include "interop/export.h"
#include "interop/import.h"
#include "interop/ngram_walk.h"
#include "model/model_data.h"
#include "os/mapped_file.h"
#include "os/testing.h"
#include "tercet/convert.h"
#include "tercet/train.h"

namespace tercet::interop {
namespace {

using os::testing::TemporaryDirectory;
using ModelPointer = std::shared_ptr<const internal::ModelData>;

class MemorySink final : public core::Sink {
 public:
  Status write_at(std::uint64_t offset, std::span<const std::byte> bytes) override {
    if (bytes_->size() < offset + bytes.size()) bytes_->resize(offset + bytes.size());
    if (!bytes.empty()) std::memcpy(bytes_->data() + offset, bytes.data(), bytes.size());
    return {};
  }
  ModelPointer model() const {
    auto model = internal::ModelData::parse(*bytes_, "memory", true, bytes_);
    EXPECT_TRUE(model.ok()) << model.error().message;
    return model.ok() ? *model : nullptr;
  }

 private:
  std::shared_ptr<std::vector<std::byte>> bytes_ = std::make_shared<std::vector<std::byte>>();
};

/// Numbers that are the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(engine_() % limit); }

 private:
  std::mt19937 engine_;
};

/// A corpus with a long tail, the same on every machine.
std::string corpus() {
  Dice dice(20);
  std::string text;
  for (int line = 0; line < 400; ++line) {
    for (std::uint32_t length = 3 + dice.below(12); length > 0; --length) {
      const std::uint32_t rank = 120 / (1 + dice.below(120));
      text += (rank % 7 == 0 ? "W" : "w") + std::to_string(rank % 90) + " ";
    }
    text += line % 11 == 0 ? "<UNK> \xD1\x8F\n" : "\xC2\xA0x\n";
  }
  return text;
}

ModelPointer open(const std::filesystem::path& path) {
  auto file = os::MappedFile::open(path);
  EXPECT_TRUE(file.ok());
  const auto owner = std::make_shared<const os::MappedFile>(std::move(*file));
  auto model = internal::ModelData::parse(owner->bytes(), "model", true, owner);
  EXPECT_TRUE(model.ok()) << model.error().message;
  return *model;
}

ModelPointer trained(const TemporaryDirectory& directory, TrainOptions options) {
  options.plain_tokens = true;
  options.threads = 1;
  options.memory = std::uint64_t{64} << 20;
  const std::vector<std::filesystem::path> inputs{directory.write("corpus", corpus())};
  const auto report = train_model(inputs, directory.path() / "a.tct", options);
  EXPECT_TRUE(report.ok()) << report.error().message;
  return open(directory.path() / "a.tct");
}

std::string exported(const internal::ModelData& model) {
  std::string text;
  const Status status = write_arpa(model, [&](std::string_view piece, double) -> Status {
    text += piece;
    return {};
  });
  EXPECT_TRUE(status.ok()) << status.error().message;
  return text;
}

ModelPointer imported(std::string_view text, std::vector<std::string>* warnings = nullptr) {
  MemorySource source(text);
  auto arpa = parse_arpa(source, "x.arpa");
  EXPECT_TRUE(arpa.ok()) << arpa.error().message;
  MemorySink sink;
  auto packed = pack_arpa(std::move(*arpa), {}, sink);
  EXPECT_TRUE(packed.ok()) << packed.error().message;
  if (warnings != nullptr) *warnings = *packed;
  return sink.model();
}

/// Scores both models along the same random walks. Returns the greatest difference of two costs.
std::int32_t greatest_difference(const model::Ngrams& a, const model::Ngrams& b) {
  Dice dice(1);
  std::int32_t greatest = 0;
  for (int walk = 0; walk < 300; ++walk) {
    State from_a = a.advance({}, kSentenceBegin);
    State from_b = b.advance({}, kSentenceBegin);
    for (int step = 0; step < 30; ++step) {
      const WordId word = dice.below(a.at(1).entries());
      std::uint8_t order_a = 0;
      std::uint8_t order_b = 0;
      greatest = std::max(greatest,
                          std::abs(a.cost(from_a, word, order_a) - b.cost(from_b, word, order_b)));
      EXPECT_EQ(order_a, order_b);
      from_a = a.advance(from_a, word);
      from_b = b.advance(from_b, word);
      EXPECT_EQ(from_a, from_b);
    }
  }
  return greatest;
}

/// The same for every stored n-gram. True if both models hold the same ones.
bool same_ngrams(const model::Ngrams& a, const model::Ngrams& b, std::int32_t tolerance) {
  for (std::uint32_t n = 1; n <= a.order(); ++n) {
    NgramWalk walk_a(a, n);
    NgramWalk walk_b(b, n);
    while (walk_a.next()) {
      if (!walk_b.next() || !std::ranges::equal(walk_a.words(), walk_b.words())) return false;
      const std::int32_t difference =
          std::int32_t{a.at(n).cost(walk_a.entry())} - std::int32_t{b.at(n).cost(walk_b.entry())};
      if (std::abs(difference) > tolerance) return false;
    }
    if (walk_b.next() || !walk_a.complete() || !walk_b.complete()) return false;
  }
  return a.order() == b.order();
}

/// Without the line that export adds for import.
std::string without_mark(std::string_view text) {
  return std::string(text.substr(text.find("\\data\\")));
}

struct Recipe {
  const char* name;
  Smoothing smoothing;
  std::uint32_t order;
  std::vector<std::uint64_t> prune;
};

class RoundTrip : public ::testing::TestWithParam<Recipe> {
 protected:
  ModelPointer train() const {
    TrainOptions options;
    options.smoothing = GetParam().smoothing;
    options.order = GetParam().order;
    options.prune_counts = GetParam().prune;
    return trained(directory_, options);
  }
  TemporaryDirectory directory_;
};

TEST_P(RoundTrip, ComesBackBitForBit) {
  const ModelPointer before = train();
  const std::string text = exported(*before);
  std::vector<std::string> warnings;
  const ModelPointer after = imported(text, &warnings);
  EXPECT_TRUE(warnings.empty()) << warnings[0];
  EXPECT_TRUE(same_ngrams(before->ngrams(), after->ngrams(), 0));
  EXPECT_EQ(greatest_difference(before->ngrams(), after->ngrams()), 0);
  EXPECT_EQ(before->parameters().units_per_bit, after->parameters().units_per_bit);
  EXPECT_EQ(before->parameters().backoff_bias, after->parameters().backoff_bias);
  EXPECT_EQ(before->info().normalised, after->info().normalised);
  EXPECT_GE(after->info().interpolated, before->info().interpolated);
  for (WordId id = 0; id < before->vocabulary().size(); ++id)
    EXPECT_EQ(before->vocabulary().word(id), after->vocabulary().word(id));
  EXPECT_EQ(exported(*after), text);
}

TEST_P(RoundTrip, WithoutTheMarkOnlyRoundingIsLost) {
  const ModelPointer before = train();
  // `<UNK>` in capitals is a word of the corpus, but means <unk> in a foreign file.
  std::string text = without_mark(exported(*before));
  for (std::size_t at = 0; (at = text.find("<UNK>", at)) != std::string::npos;)
    text.replace(at, 5, "<Unk>");
  const ModelPointer after = imported(text);
  const double ratio = before->ngrams().scale().bits(1) / after->ngrams().scale().bits(1);
  EXPECT_GE(after->info().interpolated, before->info().interpolated);
  if (ratio == 1) {
    EXPECT_TRUE(same_ngrams(before->ngrams(), after->ngrams(), 0));
  }
  for (std::uint32_t n = 1; n <= before->ngrams().order(); ++n) {
    for (std::uint32_t entry = 0; entry < before->ngrams().at(n).entries(); ++entry) {
      const std::uint16_t cost = before->ngrams().at(n).cost(entry);
      const std::uint16_t other = after->ngrams().at(n).cost(entry);
      EXPECT_EQ(cost == model::kNeverCost, other == model::kNeverCost);
      if (cost == model::kNeverCost) continue;
      EXPECT_NEAR(cost * ratio, other, 2 * ratio);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, RoundTrip,
    ::testing::Values(Recipe{"Unigrams", Smoothing::kModifiedKneserNey, 1, {0}},
                      Recipe{"KneserNey", Smoothing::kModifiedKneserNey, 4, {0}},
                      Recipe{"Pruned", Smoothing::kModifiedKneserNey, 4, {0, 0, 1}},
                      Recipe{"PrunedHard", Smoothing::kModifiedKneserNey, 3, {0, 3}},
                      Recipe{"Katz", Smoothing::kKatz, 3, {0}},
                      Recipe{"KatzPruned", Smoothing::kKatz, 3, {0, 0, 1}},
                      Recipe{"WittenBell", Smoothing::kWittenBell, 3, {0}},
                      Recipe{"StupidBackoff", Smoothing::kStupidBackoff, 3, {0}}),
    [](const auto& recipe) { return std::string(recipe.param.name); });

/// log10 of the probability of each word of a sentence.
std::vector<double> scores(const internal::ModelData& model, std::vector<std::string> words) {
  const model::Ngrams& ngrams = model.ngrams();
  State state = ngrams.advance({}, kSentenceBegin);
  std::vector<double> out;
  words.emplace_back("</s>");
  for (const std::string& word : words) {
    const WordId id = model.vocabulary().id(word);
    std::uint8_t order = 0;
    const std::int32_t cost = ngrams.cost(state, id, order);
    out.push_back(cost >= model::kImpossible ? -99 : ngrams.scale().log10_probability(cost));
    state = ngrams.advance(state, id);
  }
  return out;
}

void expect_scores(const internal::ModelData& model, const std::vector<std::string>& words,
                   const std::vector<double>& expected) {
  const std::vector<double> found = scores(model, words);
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 3e-4) << i;
}

constexpr std::string_view kSrilm = R"(
\data\
ngram 1=5
ngram 2=4
ngram 3=2

\1-grams:
-0.9208187	</s>
-99	<s>	-0.3010300
-0.6197888	a	-0.2218487
-0.7958800	b	0.1249387
-1.2218487	c

\2-grams:
-0.3979400	<s> a	-0.1760913
-0.2218487	a b	-0.3010300
-0.5228787	b </s>
-0.6989700	b c

\3-grams:
-0.1549020	<s> a b
-0.0969100	c a a

\end\
)";

TEST(Import, BacksOffAsSrilmDoes) {
  std::vector<std::string> warnings;
  const ModelPointer model = imported(kSrilm, &warnings);
  EXPECT_TRUE(model->plain_tokens());
  EXPECT_EQ(model->info().ngrams, (std::vector<std::uint64_t>{6, 5, 2}));  // <unk>, "c a"
  EXPECT_EQ(warnings.size(), 2U);
  // a | <s>;  b | <s> a;  c | a b;  </s> | b c
  expect_scores(*model, {"a", "b", "c"}, {-0.39794, -0.154902, -0.30103 - 0.69897, -0.9208187});
  // b | <s>;  a | <s> b: "b" has a backoff weight above 1;  </s> | b a
  expect_scores(*model, {"b", "a"},
                {-0.30103 - 0.79588, 0.1249387 - 0.6197888, -0.2218487 - 0.9208187});
  // c;  a | c: filled in, as backing off;  a | c a: stored;  then unknown: impossible
  expect_scores(*model, {"c", "a", "a", "zzz"},
                {-0.30103 - 1.2218487, -0.6197888, -0.09691, -99, -0.9208187});
}

/// kSrilm with the log10 probability of "a b" replaced. Backing off gives -0.2218487 - 0.7958800.
ModelPointer with_a_b(std::string_view log10) {
  std::string text(kSrilm);
  const std::size_t at = text.find("-0.2218487\ta b");
  EXPECT_NE(at, std::string::npos);
  return imported(text.replace(at, 10, log10));
}

TEST(Import, FindsOutWhetherTheMaxLemmaHolds) {
  EXPECT_TRUE(with_a_b("-0.2218487")->info().interpolated);
  EXPECT_TRUE(with_a_b("-1.0177287")->info().interpolated);
  EXPECT_FALSE(with_a_b("-1.0180")->info().interpolated);
  EXPECT_FALSE(with_a_b("-99")->info().interpolated);
  expect_scores(*with_a_b("-1.2"), {"b", "a", "b"},
                {-0.30103 - 0.79588, 0.1249387 - 0.6197888, -1.2, -0.30103 - 0.5228787});
}

TEST(Import, LowersCostsThatMissTheLemmaByRounding) {
  const ModelPointer model = with_a_b("-1.01781");  // 1 unit of 1/4096 bit is 0.0000735.
  EXPECT_TRUE(model->info().interpolated);
  const model::Ngrams& ngrams = model->ngrams();
  const State a = ngrams.advance({}, model->vocabulary().id("a"));
  std::uint8_t order = 0;
  const std::int32_t cost = ngrams.cost(a, model->vocabulary().id("b"), order);
  EXPECT_EQ(order, 2);
  const std::int32_t backed_off =
      ngrams.context(a, 1).backoff + ngrams.cost({}, model->vocabulary().id("b"), order);
  EXPECT_EQ(cost, backed_off);
}

TEST(Import, ChoosesTheFinestScaleThatFits) {
  const auto units = [](std::string_view cost) {
    std::string text(kSrilm);
    text.replace(text.find("-1.2218487"), 10, cost);
    return imported(text)->parameters().units_per_bit;
  };
  EXPECT_EQ(units("-1.2218487"), 4096U);
  EXPECT_EQ(units("-4.8"), 4096U);
  EXPECT_EQ(units("-4.9"), 2048U);
  EXPECT_EQ(units("-9.7"), 1024U);
  EXPECT_EQ(units("-98"), 128U);
  EXPECT_EQ(units("-99"), 4096U);
}

TEST(Import, ZeroBackoffWeightsAndImpossibleWords) {
  std::string text(kSrilm);
  text.replace(text.find("-0.2218487\n-0.79"), 10, "-99");
  text.replace(text.find("-0.6989700"), 10, "-99");
  std::vector<std::string> warnings;
  const ModelPointer model = imported(text, &warnings);
  ASSERT_EQ(warnings.size(), 3U);
  EXPECT_NE(warnings[2].find("1 backoff weight of 0"), std::string::npos) << warnings[2];
  const std::vector<double> found = scores(*model, {"b", "c"});
  EXPECT_EQ(found[1], -99);
  EXPECT_LT(scores(*model, {"c", "a", "c"})[2], -4.5);  // After "a", backed off.
}

TEST(Import, FileToFile) {
  const TemporaryDirectory directory;
  const auto arpa = directory.write("a.arpa.zst", os::testing::zstd(kSrilm));
  std::vector<double> fractions;
  ConvertOptions options;
  options.progress = [&](double fraction) { fractions.push_back(fraction); };
  const auto report = import_arpa(arpa, directory.path() / "a.tct", options);
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->warnings.size(), 2U);
  EXPECT_FALSE(fractions.empty());
  EXPECT_TRUE(std::is_sorted(fractions.begin(), fractions.end()));
  const ModelPointer model = open(directory.path() / "a.tct");
  EXPECT_EQ(model->info().notes[0],
            (std::pair<std::string, std::string>{"imported from", "a.arpa.zst"}));
}

TEST(Import, LeavesNothingBehindAfterAFault) {
  const TemporaryDirectory directory;
  const auto arpa = directory.write("a.arpa", kSrilm.substr(0, 200));
  EXPECT_EQ(import_arpa(arpa, directory.path() / "a.tct").error().code, ErrorCode::kCorrupt);
  std::stop_source stop;
  stop.request_stop();
  ConvertOptions options;
  options.stop = stop.get_token();
  EXPECT_EQ(import_arpa(arpa, directory.path() / "a.tct", options).error().code,
            ErrorCode::kCancelled);
  EXPECT_EQ(import_arpa(directory.path() / "none", directory.path() / "a.tct").error().code,
            ErrorCode::kIo);
  EXPECT_EQ(directory.count(), 1);
}

TEST(Export, NamesTheWordThatArpaCannotHold) {
  MemorySource source(kSrilm);
  auto arpa = parse_arpa(source, "x");
  ASSERT_TRUE(arpa.ok());
  arpa->vocabulary.word_bytes.back() = ' ';
  MemorySink sink;
  ASSERT_TRUE(pack_arpa(std::move(*arpa), {}, sink).ok());
  const Status status =
      write_arpa(*sink.model(), [](std::string_view, double) -> Status { return {}; });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_TRUE(status.error().message.starts_with("word 5 of the model, \" \", has a space in it"))
      << status.error().message;
}

TEST(Export, StopsWithTheTakersError) {
  const Status status = write_arpa(*imported(kSrilm), [](std::string_view, double) -> Status {
    return Error{ErrorCode::kCancelled, "enough"};
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "enough");
}

}  // namespace
}  // namespace tercet::interop
