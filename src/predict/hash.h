// A hash of a few words.
#ifndef TERCET_PREDICT_HASH_H_
#define TERCET_PREDICT_HASH_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "tercet/model.h"

namespace tercet::predict {

/// Good in its low bits. Multiplication by the golden ratio (Knuth, 6.4), shifted down after each.
inline std::size_t hash_words(std::span<const WordId> words) noexcept {
  std::uint64_t hash = 0;
  for (const WordId word : words) {
    hash = (hash ^ word) * 0x9E37'79B9'7F4A'7C15U;
    hash ^= hash >> 29U;
  }
  return static_cast<std::size_t>(hash);
}

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_HASH_H_
