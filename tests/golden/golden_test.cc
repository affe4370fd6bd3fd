// The trainer against KenLM's lmplz on the same text: every n-gram, discount and perplexity. Where
// the figures come from: README.md.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "interop/arpa_reader.h"
#include "interop/ngram_walk.h"
#include "interop/word_index.h"
#include "model/model_data.h"
#include "os/block_reader.h"
#include "os/input_file.h"
#include "os/mapped_file.h"
#include "os/testing.h"
#include "tercet/convert.h"
#include "tercet/train.h"

namespace tercet {
namespace {

using ModelPointer = std::shared_ptr<const internal::ModelData>;
using os::testing::TemporaryDirectory;

const std::filesystem::path kFolder = TERCET_GOLDEN_FOLDER;
constexpr double kTolerance = 3e-4;  // Of a log10: two units of 1/2048 bit.

std::string unpacked(const std::filesystem::path& path) {
  auto input = os::InputFile::open(path);
  EXPECT_TRUE(input.ok()) << input.error().message;
  os::BlockReader reader(**input, std::size_t{1} << 20);
  std::string text;
  std::string block;
  for (auto more = reader.next(block); more.ok() && *more; more = reader.next(block)) text += block;
  return text;
}

ModelPointer open_model(const std::filesystem::path& path) {
  auto file = os::MappedFile::open(path);
  EXPECT_TRUE(file.ok()) << file.error().message;
  const auto owner = std::make_shared<const os::MappedFile>(std::move(*file));
  auto model = internal::ModelData::parse(owner->bytes(), path.native(), true, owner);
  EXPECT_TRUE(model.ok()) << model.error().message;
  return *model;
}

struct Resources {
  std::uint32_t threads;
  std::uint64_t memory;
};

void train(const std::filesystem::path& output, const Resources& resources) {
  TrainOptions options;
  options.plain_tokens = true;
  options.order = 3;
  options.prune_counts = {0};
  options.threads = resources.threads;
  options.memory = resources.memory;
  const std::vector<std::filesystem::path> inputs{kFolder / "en4k.tok.zst"};
  const auto report = train_model(inputs, output, options);
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->sentences, 4000U);
  EXPECT_EQ(report->tokens, 188'402U);
  EXPECT_EQ(report->ngrams, (std::vector<std::uint64_t>{13'826, 81'973, 145'606}));
  EXPECT_TRUE(report->warnings.empty());
}

struct Perplexities {
  double all;
  double known;
  std::uint64_t unknown;
  std::uint64_t tokens;
};

Perplexities perplexities(const internal::ModelData& model, const std::string& text) {
  const model::Ngrams& ngrams = model.ngrams();
  const State begin = ngrams.advance({}, kSentenceBegin);
  Perplexities out{0, 0, 0, 0};
  State state;
  const auto score = [&](WordId word) {
    std::uint8_t order = 0;
    const double bits = ngrams.scale().bits(ngrams.cost(state, word, order));
    out.all += bits;
    out.known += word == kUnknown ? 0 : bits;
    out.unknown += word == kUnknown ? 1 : 0;
    ++out.tokens;
    state = ngrams.advance(state, word);
  };
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    state = begin;
    std::istringstream words(line);
    for (std::string word; words >> word;) score(model.vocabulary().id(word));
    score(kSentenceEnd);
  }
  const auto known = static_cast<double>(out.tokens - out.unknown);
  out.all = std::exp2(out.all / static_cast<double>(out.tokens));
  out.known = std::exp2(out.known / known);
  return out;
}

void expect_golden_perplexities(const internal::ModelData& model) {
  const Perplexities found = perplexities(model, unpacked(kFolder / "en.test.free.head.tok.zst"));
  EXPECT_EQ(found.tokens, 91'333U);
  EXPECT_EQ(found.unknown, 9'284U);
  EXPECT_NEAR(found.all / 592.69281, 1, 1e-4);
  EXPECT_NEAR(found.known / 306.17700, 1, 1e-4);
}

/// The model under test, trained when first asked for.
struct Trained {
  Trained() {
    train(directory.path() / "one.tct", {1, std::uint64_t{1} << 30});
    model = open_model(directory.path() / "one.tct");
  }
  TemporaryDirectory directory;
  ModelPointer model;
};

const Trained& trained() {
  static const Trained instance;
  return instance;
}

TEST(Golden, TheBytesDoNotDependOnThreadsOrMemory) {
  const std::filesystem::path folder = trained().directory.path();
  const std::string expected = os::testing::read_file(folder / "one.tct");
  ASSERT_FALSE(expected.empty());
  for (const Resources& resources :
       {Resources{2, std::uint64_t{1} << 30}, Resources{1, std::uint64_t{16} << 20},
        Resources{2, std::uint64_t{16} << 20}}) {
    train(folder / "other.tct", resources);
    EXPECT_TRUE(os::testing::read_file(folder / "other.tct") == expected)
        << resources.threads << " threads, " << resources.memory << " bytes";
  }
}

/// Compares the model's n-grams of order n with the file's, which have the same ids and order.
void compare_order(const internal::ModelData& model, const interop::ArpaModel& arpa,
                   std::uint32_t n) {
  const model::Order& order = model.ngrams().at(n);
  ASSERT_EQ(order.entries(), arpa.orders[n - 1].size());
  interop::NgramWalk walk(model.ngrams(), n);
  const auto log10 = [&](std::int64_t cost) {
    return model.ngrams().scale().log10_probability(cost);
  };
  double worst = 0;
  while (walk.next()) {
    const std::uint32_t entry = arpa.find(walk.words());
    ASSERT_EQ(entry, walk.entry());
    const double cost = double{arpa.orders[n - 1].costs[entry]};
    ASSERT_EQ(order.cost(entry) == model::kNeverCost, std::isinf(cost)) << entry;
    if (!std::isinf(cost))
      worst = std::max(worst, std::abs(log10(order.cost(entry)) + cost / interop::kBitsPerLog10));
    if (n == model.ngrams().order()) continue;
    const std::uint32_t context = order.context_of(entry);
    const double backoff =
        context == State::kAbsent ? 0 : log10(model.ngrams().context(n, context).backoff);
    worst = std::max(worst, std::abs(backoff + double{arpa.orders[n - 1].backoffs[entry]} /
                                                   interop::kBitsPerLog10));
  }
  EXPECT_TRUE(walk.complete());
  EXPECT_LT(worst, kTolerance) << "order " << n;
}

TEST(Golden, EveryNgramIsAsKenlmEstimatesIt) {
  const std::string text = unpacked(kFolder / "en4k.o3.arpa.zst");
  interop::MemorySource source(text);
  const auto arpa = interop::parse_arpa(source, "en4k.o3.arpa");
  ASSERT_TRUE(arpa.ok()) << arpa.error().message;
  EXPECT_TRUE(arpa->warnings.empty());
  ASSERT_EQ(trained().model->ngrams().order(), 3U);
  for (WordId id = 0; id < trained().model->vocabulary().size(); ++id)
    ASSERT_EQ(trained().model->vocabulary().word(id), interop::word_of(arpa->vocabulary, id));
  for (std::uint32_t n = 1; n <= 3; ++n) compare_order(*trained().model, *arpa, n);
}

TEST(Golden, Discounts) {
  const double expected[3][3] = {
      {0.60515, 1.05851, 1.56194}, {0.777506, 1.17788, 1.47807}, {0.866167, 1.27886, 1.39198}};
  int found = 0;
  for (const auto& [key, value] : trained().model->info().notes) {
    int order = 0;
    double d[3] = {};
    if (std::sscanf(key.c_str(), "discounts of order %d", &order) != 1) continue;
    ASSERT_EQ(std::sscanf(value.c_str(), "%lf %lf %lf", &d[0], &d[1], &d[2]), 3) << value;
    for (int i = 0; i < 3; ++i) EXPECT_NEAR(d[i], expected[order - 1][i], 1e-5) << key;
    ++found;
  }
  EXPECT_EQ(found, 3);
}

TEST(Golden, Perplexities) { expect_golden_perplexities(*trained().model); }

TEST(Golden, PerplexitiesOfTheImportedArpaFile) {
  const auto output = trained().directory.path() / "imported.tct";
  const auto report = import_arpa(kFolder / "en4k.o3.arpa.zst", output);
  ASSERT_TRUE(report.ok()) << report.error().message;
  const ModelPointer model = open_model(output);
  EXPECT_TRUE(model->info().interpolated);
  expect_golden_perplexities(*model);
}

}  // namespace
}  // namespace tercet
