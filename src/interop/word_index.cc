#include "interop/word_index.h"

#include <bit>
#include <cstddef>
#include <span>

#include "core/checksum.h"

namespace tercet::interop {
namespace {

std::uint64_t hash_of(std::string_view word) noexcept {
  return core::checksum(std::as_bytes(std::span(word)));
}

std::uint32_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

WordIndex::WordIndex(const model::VocabularyImage& words) : words_(words) {
  const std::size_t count = words.word_offsets.size() - 1;
  slots_.assign(std::bit_ceil(2 * count + 1), {0, kNoWord});
  for (WordId id = 0; id < count; ++id) {
    const std::uint64_t hash = hash_of(word_of(words, id));
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].id != kNoWord) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {tag_of(hash), id};
  }
}

WordId WordIndex::find(std::string_view word) const noexcept {
  const std::uint64_t hash = hash_of(word);
  for (std::size_t at = hash;; ++at) {
    const Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.id == kNoWord) return kNoWord;
    if (slot.tag == tag_of(hash) && word_of(words_, slot.id) == word) return slot.id;
  }
}

}  // namespace tercet::interop
