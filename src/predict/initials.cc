#include "predict/initials.h"

#include <algorithm>

namespace tercet::predict {
namespace {

bool better(const WeighedPhrase& a, const WeighedPhrase& b) noexcept {
  if (a.probability != b.probability) return a.probability > b.probability;
  return std::lexicographical_compare(a.words.begin(), a.words.begin() + a.length, b.words.begin(),
                                      b.words.begin() + b.length);
}

}  // namespace

std::span<const WeighedPhrase> InitialsSearch::search(Mixture& mixture,
                                                      std::span<const MixtureFilter* const> filters,
                                                      std::size_t count, std::size_t width) {
  if (filters.empty() || filters.size() > kMaxInitials || count == 0 || width == 0) return {};
  beam_.assign(1, {mixture.place(), {1, 0, {}}});
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const bool last = i + 1 == filters.size();
    extend(mixture, *filters[i], last ? count : width);
    if (last) break;
    next_.clear();
    for (const Extension& each : extensions_)
      next_.push_back({mixture.after(beam_[each.parent].place, each.phrase.words[i]), each.phrase});
    beam_.swap(next_);
  }
  results_.clear();
  for (const Extension& each : extensions_) results_.push_back(each.phrase);
  return results_;
}

/// The `kept` best phrases that are one word longer than those of the beam.
void InitialsSearch::extend(Mixture& mixture, const MixtureFilter& filter, std::size_t kept) {
  const auto worse = [](const Extension& a, const Extension& b) {
    return better(a.phrase, b.phrase);
  };
  extensions_.clear();  // A heap with the worst on top.
  for (std::uint32_t parent = 0; parent < beam_.size(); ++parent) {
    const WeighedPhrase& begun = beam_[parent].phrase;
    const bool full = extensions_.size() == kept;
    if (full && !better(begun, extensions_.front().phrase)) break;  // Nor are those that follow.
    const auto words = mixture.top(beam_[parent].place, filter, kept);
    for (const Weighed& word : words) {
      Extension each{begun, parent};
      each.phrase.probability *= word.probability;
      each.phrase.words[each.phrase.length++] = word.word;
      extensions_.push_back(each);
      std::push_heap(extensions_.begin(), extensions_.end(), worse);
      if (extensions_.size() <= kept) continue;
      std::pop_heap(extensions_.begin(), extensions_.end(), worse);
      extensions_.pop_back();
      if (!better(each.phrase, extensions_.front().phrase)) break;
    }
  }
  std::sort_heap(extensions_.begin(), extensions_.end(), worse);
}

}  // namespace tercet::predict
