#include "session/language_filter.h"

#include <numeric>

namespace tercet::session {
namespace {

/// That the next word is in another language, all others together. Texts that mix languages do so
/// more often, but their words say so.
constexpr double kSwitch = 0.02;

}  // namespace

LanguageFilter::LanguageFilter(std::size_t languages)
    : heard_(languages, 1.0 / static_cast<double>(languages)), next_(languages) {
  look_ahead();
}

void LanguageFilter::hear(std::span<const double> probabilities) {
  before_.insert(before_.end(), heard_.begin(), heard_.end());
  double sum = 0;
  for (std::size_t i = 0; i < next_.size(); ++i) sum += next_[i] * probabilities[i];
  if (!(sum > 0)) return;  // A word that says nothing.
  for (std::size_t i = 0; i < next_.size(); ++i) heard_[i] = next_[i] * probabilities[i] / sum;
  look_ahead();
}

void LanguageFilter::take_back() {
  const auto begin = before_.end() - static_cast<std::ptrdiff_t>(heard_.size());
  heard_.assign(begin, before_.end());
  before_.erase(begin, before_.end());
  look_ahead();
}

void LanguageFilter::settle() { before_.clear(); }

void LanguageFilter::look_ahead() {
  if (heard_.size() == 1) {
    next_[0] = 1;
    return;
  }
  const double to_each = kSwitch / static_cast<double>(heard_.size() - 1);
  for (std::size_t i = 0; i < heard_.size(); ++i)
    next_[i] = heard_[i] * (1 - kSwitch) + (1 - heard_[i]) * to_each;
}

}  // namespace tercet::session
