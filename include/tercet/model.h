// A trained n-gram model: immutable, memory-mapped, shared by any number of threads.
#ifndef TERCET_MODEL_H_
#define TERCET_MODEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.h"

namespace tercet {

/// Index of a word in the vocabulary. Ids 0, 1, 2 are special; the rest follow the order of their
/// UTF-8 bytes, so the words that begin with a given prefix have consecutive ids.
using WordId = std::uint32_t;
inline constexpr WordId kUnknown = 0;        ///< `<unk>`: any word that is not in the vocabulary.
inline constexpr WordId kSentenceBegin = 1;  ///< `<s>`: only ever a context, never predicted.
inline constexpr WordId kSentenceEnd = 2;    ///< `</s>`
inline constexpr WordId kFirstWord = 3;      ///< The first id that is a word of the text.

inline constexpr std::size_t kMaxOrder = 8;

/// Half-open range of word ids.
struct WordRange {
  WordId begin = 0;
  WordId end = 0;
  bool empty() const noexcept { return begin >= end; }
};

/// The part of the past that a model can use: for each length m its stored context of m words.
/// 32 bytes, trivially copyable, owned by the caller, valid only with the model that made it.
/// Equal states predict the same.
struct State {
  static constexpr std::uint32_t kAbsent = 0xFFFF'FFFF;
  std::array<std::uint32_t, kMaxOrder - 1> context{kAbsent, kAbsent, kAbsent, kAbsent,
                                                   kAbsent, kAbsent, kAbsent};
  std::uint32_t length = 0;  ///< Length of the longest stored context; 0 is the empty context.

  friend bool operator==(const State&, const State&) = default;
};

/// Probability of one word after a context.
struct Score {
  float log10_probability;  ///< -infinity for a word that cannot follow, such as `<s>`.
  std::uint8_t order;       ///< Length of the n-gram that supplied it; 1 is a unigram.
};

/// What a file says about how its model was made. See docs/FORMAT.md.
struct ModelInfo {
  struct Section {
    std::string name;
    std::uint32_t order;  ///< 0: belongs to no order.
    std::uint64_t bytes;
  };
  std::uint32_t order = 0;
  std::vector<std::uint64_t> ngrams;  ///< Stored n-grams of order 1, 2, ...
  std::uint64_t file_bytes = 0;
  double bytes_per_ngram = 0;
  bool interpolated = false;  ///< The max lemma of docs/ARCHITECTURE.md holds for every n-gram.
  bool normalised = true;     ///< False only for stupid backoff: scores, not probabilities.
  bool plain_tokens = false;  ///< Trained on white-space tokens as they stand.
  bool lanes = false;         ///< It tells rare words from those that the text prepares.
  std::string language;       ///< "en", "ru", ...; empty for plain tokens.
  std::vector<Section> sections;
  std::vector<std::pair<std::string, std::string>> notes;  ///< Smoothing, discounts, sources, ...
};

struct OpenOptions {
  /// Check every section against its checksum (about 0.1 s per GB in the page cache).
  bool verify_checksums = true;
  /// Copy the file into memory that uses huge pages: slower to open, fewer TLB misses afterwards.
  bool copy_to_memory = false;
};

namespace internal {
class ModelData;
}

/// An immutable model. Cheap to copy (shared ownership); every const method may be called from any
/// number of threads at once, allocates nothing and cannot fail.
class Model {
 public:
  /// Maps `path`. Errors: kIo, kCorrupt, kUnsupported, and kResource when it is to be copied; the
  /// text names the file and the remedy.
  /// The file must not be changed in place while a model uses it (replace it by rename).
  static Result<Model> open(const std::filesystem::path& path, const OpenOptions& options = {});

  /// Reads a model from memory that the caller keeps alive and unchanged as long as the model or a
  /// copy lives. Trusts nothing: any bytes at all give a model or an error.
  static Result<Model> from_bytes(std::span<const std::byte> bytes,
                                  const OpenOptions& options = {});

  /// Highest n-gram length, 1..kMaxOrder.
  std::uint32_t order() const noexcept;
  /// Number of word ids, the three special ones included.
  std::uint32_t vocabulary_size() const noexcept;

  /// Id of a vocabulary entry, or kUnknown. `word` is compared as it stands: fold it first.
  WordId id(std::string_view word) const noexcept;
  /// The entry's bytes; they live as long as the model. An id out of range gives "<unk>".
  std::string_view word(WordId id) const noexcept;
  /// The ids of all words that begin with `prefix`, special ones excluded. Empty prefix: all words.
  WordRange words_with_prefix(std::string_view prefix) const noexcept;

  /// State at the beginning of a sentence, after `<s>`.
  State begin() const noexcept;
  /// State without any context.
  static State empty() noexcept { return {}; }

  /// log10 p(word | state), and the state after that word. `next` may be `state` itself.
  Score score(const State& state, WordId word, State& next) const noexcept;
  /// The state after `word`.
  State advance(const State& state, WordId word) const noexcept;

  ModelInfo info() const;

  /// The parts behind the façade, for tercet's own layers.
  const internal::ModelData& data() const noexcept { return *data_; }

 private:
  explicit Model(std::shared_ptr<const internal::ModelData> data) : data_(std::move(data)) {}
  std::shared_ptr<const internal::ModelData> data_;
};

}  // namespace tercet

#endif  // TERCET_MODEL_H_
