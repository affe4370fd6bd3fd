// What the sections of a `.tct` file hold: shared by the reader (ngrams.h) and the packer (pack.h).
// docs/FORMAT.md says the same in prose.
#ifndef TERCET_MODEL_LAYOUT_H_
#define TERCET_MODEL_LAYOUT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tercet/model.h"

namespace tercet::model {

/// How the special word ids are spelt.
inline constexpr std::array<std::string_view, kFirstWord> kSpecialWords = {"<unk>", "<s>", "</s>"};

inline constexpr std::uint32_t kEntriesPerBlock = 64;
inline constexpr std::uint32_t kBlocksPerSuperblock = 64;
inline constexpr std::uint32_t kEntriesPerSuperblock = kEntriesPerBlock * kBlocksPerSuperblock;
inline constexpr std::uint32_t kEntriesPerMark = 32;
/// Most n-grams of one order: the end of their last superblock still fits 32 bits.
inline constexpr std::uint32_t kMaxEntries = 0xFFFF'FFFF - kEntriesPerSuperblock;
/// Word ids take 3 bytes in a file.
inline constexpr std::uint32_t kMaxVocabulary = 1U << 24;

enum ModelFlags : std::uint32_t {
  kInterpolated = 1,  ///< P_j(w) >= g_j P_{j-1}(w) for every stored n-gram.
  kNormalised = 2,
  kPlainTokens = 4,
};

/// Section kParameters.
struct Parameters {
  std::uint32_t order = 0;
  std::uint32_t vocabulary_size = 0;
  std::uint32_t units_per_bit = 0;
  std::uint32_t backoff_bias = 0;
  std::uint32_t flags = 0;
  std::uint32_t reserved = 0;
  std::uint64_t ngrams[kMaxOrder] = {};
};
static_assert(sizeof(Parameters) == 24 + 8 * kMaxOrder);

/// One element of section kContextMarks: which of 32 entries are contexts, and how many entries of
/// this order before them are.
struct ContextMark {
  std::uint32_t contexts_before;
  std::uint32_t bits;
};
static_assert(sizeof(ContextMark) == 8);

/// One element of section kContexts, packed: u32 first child, u16 backoff. Its children end where
/// the next element's begin; one element with only a first child closes the list.
inline constexpr std::size_t kContextBytes = 6;
inline constexpr std::size_t kContextBackoffOffset = 4;

/// What kind of token a vocabulary entry is; section kWordClasses, a byte each.
enum class WordClass : std::uint8_t {
  kSpecial = 0,
  kWord,
  kNumber,
  kPunctuation,
  kAddress,
  kToken
};

constexpr std::uint64_t divide_up(std::uint64_t value, std::uint64_t by) noexcept {
  return (value + by - 1) / by;
}

}  // namespace tercet::model

#endif  // TERCET_MODEL_LAYOUT_H_
