#include "model/vocabulary.h"

#include <algorithm>
#include <string>

#include "core/bytes.h"
#include "core/error.h"

namespace tercet::model {
namespace {

/// True for words that sort before, or begin with, `prefix`.
bool before_end_of_prefix(std::string_view word, std::string_view prefix) noexcept {
  return word.substr(0, prefix.size()) <= prefix;
}

/// The first eight bytes as a number that orders as they do.
std::uint64_t beginning_of(std::string_view text) noexcept {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < sizeof(out); ++i)
    out = (out << 8U) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return out;
}

}  // namespace

Result<Vocabulary> Vocabulary::parse(const format::Container& container, std::uint32_t size,
                                     std::string_view name) {
  using format::SectionKind;
  Vocabulary out;
  out.size_ = size;
  out.word_offsets_ = container.find(SectionKind::kWordOffsets);
  out.word_bytes_ = container.find(SectionKind::kWordBytes);
  out.classes_ = container.find(SectionKind::kWordClasses);
  out.form_offsets_ = container.find(SectionKind::kFormOffsets);
  out.form_bytes_ = container.find(SectionKind::kFormBytes);
  const std::size_t offsets_bytes = (std::size_t{size} + 1) * sizeof(std::uint32_t);
  if (out.word_offsets_.size() != offsets_bytes || out.classes_.size() != size ||
      (!out.form_offsets_.empty() && out.form_offsets_.size() != offsets_bytes)) {
    return core::damaged(name,
                         "the vocabulary's sections do not fit " + std::to_string(size) + " words");
  }
  for (std::uint64_t id = kFirstWord; id < size; id += kWordsPerFence)
    out.fences_.push_back(beginning_of(out.word(static_cast<WordId>(id))));
  return out;
}

std::string_view Vocabulary::slice(std::span<const std::byte> offsets,
                                   std::span<const std::byte> bytes, WordId id) const noexcept {
  if (id >= size_) return kSpecialWords[kUnknown];
  if (offsets.empty()) return {};
  const std::byte* const at = offsets.data() + std::size_t{id} * sizeof(std::uint32_t);
  const std::size_t begin = std::min<std::size_t>(core::load<std::uint32_t>(at), bytes.size());
  const std::size_t end = std::clamp<std::size_t>(
      core::load<std::uint32_t>(at + sizeof(std::uint32_t)), begin, bytes.size());
  return {reinterpret_cast<const char*>(bytes.data()) + begin, end - begin};
}

WordRange Vocabulary::around(std::string_view text) const noexcept {
  const auto [first, last] = std::equal_range(fences_.begin(), fences_.end(), beginning_of(text));
  // The word of the fence before `first` is less than the text, that of `last` greater.
  const auto fences_before = static_cast<std::uint32_t>(first - fences_.begin());
  const std::uint64_t end = kFirstWord + std::uint64_t{kWordsPerFence} *
                                             static_cast<std::uint64_t>(last - fences_.begin());
  return {fences_before == 0 ? kFirstWord : kFirstWord + kWordsPerFence * (fences_before - 1),
          static_cast<WordId>(std::min<std::uint64_t>(end, std::max(size_, kFirstWord)))};
}

WordId Vocabulary::lower_bound(std::string_view text) const noexcept {
  auto [begin, end] = around(text);
  __builtin_prefetch(word(begin).data());
  __builtin_prefetch(word(begin + kWordsPerFence / 2).data());
  while (begin < end) {
    const WordId middle = begin + (end - begin) / 2;
    if (word(middle) < text) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

WordId Vocabulary::id(std::string_view word) const noexcept {
  const WordId found = lower_bound(word);
  if (found < size_ && this->word(found) == word) return found;
  for (WordId special = 0; special < kFirstWord; ++special) {
    if (word == kSpecialWords[special]) return special;
  }
  return kUnknown;
}

WordRange Vocabulary::with_prefix(std::string_view prefix) const noexcept {
  const WordId begin = lower_bound(prefix);
  WordId low = begin;
  WordId high = std::max(size_, begin);
  // Most prefixes have few words: look near the first one before halving all the rest.
  for (WordId step = 1; low + step < high; step *= 2) {
    if (!before_end_of_prefix(word(low + step), prefix)) {
      high = low + step;
      break;
    }
    low += step;
  }
  while (low < high) {
    const WordId middle = low + (high - low) / 2;
    if (before_end_of_prefix(word(middle), prefix)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return {begin, low};
}

}  // namespace tercet::model
