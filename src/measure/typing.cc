#include "measure/typing.h"

namespace tercet::measure {
namespace {

bool holds(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

void Typist::begin(std::string_view word) {
  const auto keys = static_cast<std::uint32_t>(text::code_point_count(word)) + 1;
  for (SlotList& list : lists_) {
    list.result = {false, keys, keys};
    list.ignored.clear();
    list.done = list.done_reoffer = false;
  }
  open_ = 2 * lists_.size();
}

void Typist::look(std::span<const std::string_view> best, std::string_view word,
                  std::uint32_t characters) {
  for (SlotList& list : lists_) {
    if (!list.done_reoffer &&
        holds(best.first(std::min<std::size_t>(best.size(), list.slots)), word)) {
      list.result.keys_reoffer = characters + 1;
      list.done_reoffer = true;
      --open_;
    }
    if (list.done) continue;
    const std::size_t ignored_before = list.ignored.size();
    for (const std::string_view candidate : best) {
      if (list.ignored.size() - ignored_before == list.slots) break;
      if (holds({list.ignored.data(), ignored_before}, candidate)) continue;
      if (candidate == word) {
        list.result.keys = characters + 1;
        list.result.hit = characters == 0;
        list.done = true;
        --open_;
        break;
      }
      list.ignored.push_back(candidate);
    }
  }
}

}  // namespace tercet::measure
