// The words of a model as mapped from its file: ids by sorted bytes, classes, spellings.
#ifndef TERCET_MODEL_VOCABULARY_H_
#define TERCET_MODEL_VOCABULARY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "format/container.h"
#include "model/layout.h"
#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet::model {

/// Read-only view, and an index of some 20 KB; thread-safe; trusts no offset in the file.
class Vocabulary {
 public:
  static Result<Vocabulary> parse(const format::Container& container, std::uint32_t size,
                                  std::string_view name);

  std::uint32_t size() const noexcept { return size_; }
  std::string_view word(WordId id) const noexcept { return slice(word_offsets_, word_bytes_, id); }
  /// Id of `word`, or kUnknown.
  WordId id(std::string_view word) const noexcept;
  WordRange with_prefix(std::string_view prefix) const noexcept;

  WordClass word_class(WordId id) const noexcept {
    return id < classes_.size() ? static_cast<WordClass>(classes_[id]) : WordClass::kSpecial;
  }
  /// The word's spellings as text::FormsView reads them; empty: as the word stands.
  std::string_view forms(WordId id) const noexcept { return slice(form_offsets_, form_bytes_, id); }

 private:
  static constexpr std::uint32_t kWordsPerFence = 16;

  /// First id in [kFirstWord, size) whose bytes are not less than `text`.
  WordId lower_bound(std::string_view text) const noexcept;
  /// Where lower_bound() lies, both ends included.
  WordRange around(std::string_view text) const noexcept;
  std::string_view slice(std::span<const std::byte> offsets, std::span<const std::byte> bytes,
                         WordId id) const noexcept;

  std::uint32_t size_ = 0;
  std::span<const std::byte> word_offsets_;
  std::span<const std::byte> word_bytes_;
  std::span<const std::byte> classes_;
  std::span<const std::byte> form_offsets_;
  std::span<const std::byte> form_bytes_;
  /// The beginning of each kWordsPerFence-th word, as a number that orders as it does: what would
  /// be most of the cache misses of a search lies side by side.
  std::vector<std::uint64_t> fences_;
};

}  // namespace tercet::model

#endif  // TERCET_MODEL_VOCABULARY_H_
