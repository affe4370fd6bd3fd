#include "session/lemma_groups.h"

#include <algorithm>
#include <limits>

namespace tercet::session {

void LemmaGroups::begin(std::size_t letters_typed) {
  most_forms_ = letters_typed < 2 ? letters_typed + 1 : std::numeric_limits<std::size_t>::max();
  admitted_ = 0;
}

bool LemmaGroups::admit(std::string_view folded) {
  if (most_forms_ == std::numeric_limits<std::size_t>::max()) return true;
  const std::string_view stem = stemmer_.stem(folded);
  const auto end = stems_.begin() + static_cast<std::ptrdiff_t>(admitted_);
  const auto same = static_cast<std::size_t>(std::count(stems_.begin(), end, stem));
  if (same >= most_forms_) return false;
  if (admitted_ == stems_.size()) stems_.emplace_back();
  stems_[admitted_++].assign(stem);
  return true;
}

}  // namespace tercet::session
