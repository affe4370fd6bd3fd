#include "api/lane_walk.h"

#include <algorithm>

namespace tercet::api {
namespace {

/// What a position needs before it, within the reach that words were counted together in,
constexpr std::size_t kLeastTriggers = 6;
/// and successors of meaning that the model has of the last word.
constexpr std::size_t kLeastSuccessors = 30;

}  // namespace

LanePositions::LanePositions(const predict::LaneModel& model)
    : model_(model),
      begin_(model.ngrams().advance(State{}, kSentenceBegin)),
      state_(begin_),
      last_(model.table().classes()) {}

bool LanePositions::is_position(WordId word) const {
  const lanes::Class of = model_.table().class_of(word);
  return of != model::kNoClass && is_fresh(of) &&
         triggers(model_.table().parameters().window).size() >= kLeastTriggers && has_successors();
}

void LanePositions::accept(WordId word) {
  if (word == kSentenceEnd) {
    state_ = begin_;
    return;
  }
  const model::Ngrams& ngrams = model_.ngrams();
  state_ = ngrams.advance(state_, word < ngrams.at(1).entries() ? word : kUnknown);
  text_.push_back(model_.table().class_of(word));
  if (text_.back() != model::kNoClass) last_[text_.back()] = text_.size();
}

bool LanePositions::is_fresh(lanes::Class of) const noexcept {
  return last_[of] == 0 || text_.size() - last_[of] >= lanes::Fit::kReach;
}

std::vector<lanes::Class> LanePositions::triggers(std::size_t reach) const {
  const std::size_t end = text_.size() - std::min<std::size_t>(text_.size(), 1);
  const std::size_t begin = text_.size() - std::min(text_.size(), reach);
  std::vector<lanes::Class> out;
  for (std::size_t i = begin; i < end; ++i) {
    if (text_[i] != model::kNoClass) out.push_back(text_[i]);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool LanePositions::has_successors() const {
  const model::Ngrams& ngrams = model_.ngrams();
  if (state_.length == 0 || ngrams.order() < 2) return false;
  const model::EntryRange successors = ngrams.context(state_, 1).children;
  std::size_t found = 0;
  for (std::uint32_t i = successors.begin; i < successors.end && found < kLeastSuccessors; ++i) {
    if (model_.table().class_of(ngrams.at(2).word(i)) != model::kNoClass) ++found;
  }
  return found == kLeastSuccessors;
}

void LaneWalk::accept(WordId word) {
  mixture_.accept(word);
  positions_.accept(word);
  if (word != kSentenceEnd) fit_.push(model_.table().class_of(word));
}

}  // namespace tercet::api
