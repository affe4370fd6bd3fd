// Damaged model files: an error or, where nobody checks, an answer. Never a crash.
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "exercise.h"
#include "reseal.h"
#include "tercet/model.h"
#include "tercet/verify.h"
#include "training.h"

namespace tercet::testing {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::string_view kText =
    "The cat sat on the mat. The cat ate the fish, and the dog slept.\n"
    "The iPhone rang. Anna has 3.14 dogs; the cat has none.\n"
    "The dog sat on the cat. The fish slept, and the mat sat on the dog.\n";

Bytes bytes_of(const TrainOptions& options) {
  const std::string file = train_bytes(kText, options);
  Bytes bytes(file.size());
  std::memcpy(bytes.data(), file.data(), file.size());
  return bytes;
}

/// A text model, interpolated, and one of plain tokens with general back-off.
const std::vector<Bytes>& models() {
  static const std::vector<Bytes> all = [] {
    TrainOptions text;
    text.order = 4;
    text.prune_counts = {0};
    TrainOptions tokens = text;
    tokens.plain_tokens = true;
    tokens.smoothing = Smoothing::kKatz;
    TrainOptions unigrams;
    unigrams.order = 1;
    return std::vector<Bytes>{bytes_of(text), bytes_of(tokens), bytes_of(unigrams)};
  }();
  return all;
}

std::size_t table_end(const Bytes& file) {
  const auto header = core::load<format::FileHeader>(file.data());
  return sizeof header + header.section_count * sizeof(format::SectionEntry);
}

bool opens(const Bytes& file, bool verify) {
  OpenOptions options;
  options.verify_checksums = verify;
  return Model::from_bytes(file, options).ok();
}

/// Opens without looking at checksums and uses what opens.
bool survives(const Bytes& file) {
  OpenOptions options;
  options.verify_checksums = false;
  const auto model = Model::from_bytes(file, options);
  if (!model.ok()) return false;
  exercise(*model);
  return true;
}

TEST(SoundModel, IsUsed) {
  for (const Bytes& file : models()) {
    const auto model = Model::from_bytes(file);
    ASSERT_TRUE(model.ok());
    EXPECT_GT(exercise(*model), 0U);
    VerifyOptions options;
    options.queries = 100;
    options.sums = 10;
    EXPECT_TRUE(verify(*model, options)->ok());
  }
}

TEST(DamagedModel, EveryBitOfHeaderAndTable) {
  for (Bytes file : models()) {
    for (std::size_t bit = 0; bit < 8 * table_end(file); ++bit) {
      const auto mask = static_cast<std::byte>(1U << (bit % 8));
      file[bit / 8] ^= mask;
      EXPECT_FALSE(opens(file, true)) << bit;
      EXPECT_FALSE(opens(file, false)) << bit;
      file[bit / 8] ^= mask;
    }
  }
}

TEST(DamagedModel, FlippedBytesElsewhere) {
  std::mt19937 random(1);
  std::size_t opened = 0;
  for (int i = 0; i < 10'000; ++i) {
    Bytes file = models()[random() % models().size()];
    const std::size_t begin = table_end(file);
    for (std::uint32_t flips = 1 + random() % 4; flips > 0; --flips)
      file[begin + random() % (file.size() - begin)] ^= static_cast<std::byte>(1 + random() % 255);
    EXPECT_FALSE(opens(file, true));
    opened += survives(file) ? 1 : 0;
  }
  EXPECT_GT(opened, 5000U);  // Else nothing was tried.
}

TEST(DamagedModel, ChecksumsMadeRightAgain) {
  std::mt19937 random(2);
  std::size_t opened = 0;
  for (int i = 0; i < 5000; ++i) {
    Bytes file = models()[random() % models().size()];
    const std::size_t begin = table_end(file);
    const std::size_t at = begin + random() % (file.size() - begin);
    // A stretch of one value: offsets and counts at their extremes.
    const auto value = static_cast<std::byte>(std::vector{0, 0xFF, 0x7F, 0x80}[random() % 4]);
    for (std::size_t k = at; k < std::min(file.size(), at + 1 + random() % 40); ++k)
      file[k] = value;
    reseal(file);
    const auto model = Model::from_bytes(file);
    if (!model.ok()) continue;
    exercise(*model);
    ++opened;
  }
  EXPECT_GT(opened, 2000U);
}

TEST(DamagedModel, TablesWithRightChecksums) {
  std::mt19937 random(3);
  std::size_t opened = 0;
  for (int i = 0; i < 20'000; ++i) {
    Bytes file = models()[random() % models().size()];
    const std::size_t at = random() % table_end(file);
    file[at] ^= static_cast<std::byte>(1U << (random() % 8));
    reseal(file);
    opened += survives(file) ? 1 : 0;
  }
  EXPECT_GT(opened, 1000U);
}

TEST(DamagedModel, Truncations) {
  std::mt19937 random(4);
  for (const Bytes& whole : models()) {
    for (int i = 0; i < 1000; ++i) {
      // A copy of exactly that size: a byte read behind it is seen.
      Bytes file(whole.begin(),
                 whole.begin() + static_cast<std::ptrdiff_t>(random() % whole.size()));
      EXPECT_FALSE(opens(file, true));
      EXPECT_FALSE(opens(file, false));
      reseal(file);
      survives(file);
    }
  }
}

TEST(DamagedModel, SomethingElse) {
  for (const std::string_view text : {std::string_view(""), kText}) {
    const auto bytes = std::as_bytes(std::span(text));
    const auto model = Model::from_bytes(bytes);
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().code, ErrorCode::kCorrupt);
  }
}

TEST(ModelFile, OpenedInEachWay) {
  const TemporaryDirectory directory;
  const Bytes& bytes = models()[0];
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto path = directory.write("m.tct", text);
  for (const bool copy : {false, true}) {
    OpenOptions options;
    options.copy_to_memory = copy;
    const auto model = Model::open(path, options);
    ASSERT_TRUE(model.ok());
    const Model second = *model;  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_EQ(exercise(second), exercise(*Model::from_bytes(bytes)));
  }
  EXPECT_EQ(Model::open(directory.path() / "none.tct").error().code, ErrorCode::kIo);
  EXPECT_EQ(Model::open(directory.path()).error().code, ErrorCode::kIo);
  EXPECT_EQ(Model::open(directory.write("empty", "")).error().code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace tercet::testing
