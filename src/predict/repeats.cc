#include "predict/repeats.h"

#include <algorithm>

#include "predict/hash.h"

namespace tercet::predict {

void Repeats::add(WordId word) {
  Match match = this->match();
  match = match.length > 0 && text_[match.next] == word ? Match{match.length + 1, match.next + 1}
                                                        : Match{};
  text_.push_back(word);
  displaced_.push_back(0);
  if (text_.size() >= kShortest) {
    if (2 * text_.size() >= slots_.size()) grow();
    std::uint32_t& slot = slots_[slot_of(text_.size())];
    if (match.length == 0 && slot != 0) match = {kShortest, slot};
    displaced_.back() = slot;
    slot = static_cast<std::uint32_t>(text_.size());
  }
  matches_.push_back(match);
}

void Repeats::remove() {
  if (text_.size() >= kShortest) slots_[slot_of(text_.size())] = displaced_.back();
  text_.pop_back();
  matches_.pop_back();
  displaced_.pop_back();
}

Repeats::Match Repeats::follow(const Match& match, WordId word) const noexcept {
  if (match.length == 0 || text_[match.next] != word || match.next + 1 >= text_.size()) return {};
  return {match.length + 1, match.next + 1};
}

/// Where the run that ends before `end` is, or the free slot where it belongs.
std::size_t Repeats::slot_of(std::size_t end) const noexcept {
  const WordId* run = text_.data() + end - kShortest;
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_words({run, kShortest}) & mask;
  while (slots_[slot] != 0 &&
         !std::equal(run, run + kShortest, text_.data() + slots_[slot] - kShortest))
    slot = (slot + 1) & mask;
  return slot;
}

/// With all runs but the last.
void Repeats::grow() {
  slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
  for (std::size_t end = kShortest; end < text_.size(); ++end)
    slots_[slot_of(end)] = static_cast<std::uint32_t>(end);
}

}  // namespace tercet::predict
