#include "train/word_table.h"

#include "core/checksum.h"

namespace tercet::train {
namespace {

constexpr std::size_t kFirstCapacity = 1 << 12;

std::uint64_t hash_of(std::string_view word) noexcept {
  return core::checksum(std::as_bytes(std::span(word)));
}

constexpr std::uint32_t tag_of(std::uint64_t hash) noexcept {
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

WordTable::WordTable() : slots_(kFirstCapacity, Slot{0, 0}) {}

std::uint32_t WordTable::find_or_add(std::string_view word) {
  const std::uint64_t hash = hash_of(word);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].id_plus_one != 0; at = (at + 1) & mask) {
    const std::uint32_t id = slots_[at].id_plus_one - 1;
    if (slots_[at].tag == tag_of(hash) && this->word(id) == word) return id;
  }
  const std::uint32_t id = size();
  arena_ += word;
  offsets_.push_back(arena_.size());
  slots_[at] = {tag_of(hash), id + 1};
  if (std::size_t{id} * 2 > slots_.size()) grow();
  return id;
}

void WordTable::grow() {
  std::vector<Slot> slots(slots_.size() * 2, Slot{0, 0});
  const std::size_t mask = slots.size() - 1;
  for (std::uint32_t id = 0; id < size(); ++id) {
    const std::uint64_t hash = hash_of(word(id));
    std::size_t at = hash & mask;
    while (slots[at].id_plus_one != 0) at = (at + 1) & mask;
    slots[at] = {tag_of(hash), id + 1};
  }
  slots_.swap(slots);
}

}  // namespace tercet::train
