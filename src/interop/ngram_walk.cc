#include "interop/ngram_walk.h"

namespace tercet::interop {

NgramWalk::NgramWalk(const model::Ngrams& ngrams, std::uint32_t n) : ngrams_(ngrams), n_(n) {
  for (std::uint32_t k = 1; k <= n; ++k) steps_left_ += ngrams.at(k).entries();
}

model::EntryRange NgramWalk::children_of(std::uint32_t n, std::uint32_t entry) const noexcept {
  const std::uint32_t context = ngrams_.at(n).context_of(entry);
  if (context == State::kAbsent) return {};
  return ngrams_.context(n, context).children;
}

bool NgramWalk::next() {
  std::uint32_t k = started_ ? n_ : 1;
  if (!started_) {
    levels_[0] = {0, ngrams_.at(1).entries()};
  } else {
    ++levels_[k - 1].begin;
  }
  started_ = true;
  while (steps_left_ > 0) {
    const model::EntryRange level = levels_[k - 1];
    if (level.empty()) {
      if (k == 1) return false;
      ++levels_[--k - 1].begin;
      continue;
    }
    --steps_left_;
    words_[k - 1] = ngrams_.at(k).word(level.begin);
    if (k == n_) {
      ++met_;
      return true;
    }
    levels_[k] = children_of(k, level.begin);
    ++k;
  }
  return false;
}

bool NgramWalk::complete() const noexcept { return met_ == ngrams_.at(n_).entries(); }

}  // namespace tercet::interop
