#include "measure/typing.h"

namespace tercet::measure {
namespace {

bool holds(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool Typist::Reader::finds(std::span<const std::string_view> best, std::string_view word,
                           std::uint32_t slots) {
  const std::size_t before = ignored.size();
  for (const std::string_view candidate : best) {
    if (ignored.size() - before == slots) return false;
    if (holds({ignored.data(), before}, candidate)) continue;
    if (candidate == word) return done = true;
    ignored.push_back(candidate);
  }
  return false;
}

void Typist::begin(std::string_view word) {
  const auto characters = static_cast<std::uint32_t>(text::code_point_count(word));
  const std::uint32_t keys = characters + 1;
  for (SlotList& list : lists_) {
    list.result = {false, keys, keys, false, characters, keys, characters - 1};
    for (Reader* reader : {&list.early, &list.late}) {
      reader->ignored.clear();
      reader->done = false;
    }
    list.done_reoffer = false;
  }
  open_ = 3 * lists_.size();
}

void Typist::look(std::span<const std::string_view> best, std::string_view word,
                  std::uint32_t characters) {
  for (SlotList& list : lists_) {
    TypedWord& result = list.result;
    if (!list.done_reoffer &&
        holds(best.first(std::min<std::size_t>(best.size(), list.slots)), word)) {
      result.keys_reoffer = characters + 1;
      list.done_reoffer = true;
      --open_;
    }
    if (!list.early.done && list.early.finds(best, word, list.slots)) {
      result.keys = result.looks = characters + 1;
      result.hit = characters == 0;
      result.offered = true;
      --open_;
    }
    if (characters > 0 && !list.late.done && list.late.finds(best, word, list.slots)) {
      result.late_keys = characters + 1;
      result.late_looks = characters;
      --open_;
    }
  }
}

}  // namespace tercet::measure
