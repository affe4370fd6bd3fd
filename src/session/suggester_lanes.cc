// The suggester's lanes: what is rare and what is genius beside the list of words.
#include <algorithm>
#include <limits>

#include "session/suggester.h"

namespace tercet::session {

/// The words are listed already. They say which language is spoken.
void Suggester::list_lanes(const Place& place) {
  measure_words();
  list_lane(Lane::kRare, place);
  rare_ = offers_.size() - chosen_.size() - phrases_;
  list_lane(Lane::kGenius, place);
}

void Suggester::measure_words() {
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    Voice& voice = memory_.voices()[chosen_[i].voice];
    if (voice.has_lanes()) offers_[i].measure = voice.measure(chosen_[i].word, options_.gate);
  }
}

void Suggester::list_lane(Lane lane, const Place& place) {
  const std::size_t speaking = chosen_.empty() ? voices_.front() : chosen_.front().voice;
  Voice& voice = memory_.voices()[speaking];
  if (!voice.has_lanes()) return;
  const double language = memory_.languages()[speaking];
  const std::size_t begin = offers_.size();
  voice.lexicon().fold(place.typed, folded_);
  for (const predict::LaneWord& each :
       voice.lane(lane, folded_, options_.lane_words + listed_.size() + place.ignored.size(),
                  options_.gate)) {
    if (offers_.size() - begin == options_.lane_words) return;
    const Candidate candidate{language * each.probability, speaking, each.word, OfferKind::kWord};
    if (!is_new(candidate, place)) continue;
    texts_.push_back(spelled_);
    offer(candidate, 1);
    offers_.back().measure = each.measure;
    offers_.back().provenance = provenance(voice, each.word);
  }
}

Provenance Suggester::provenance(Voice& voice, WordId word) const {
  Provenance out;
  out.times = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(voice.times_seen(word), std::numeric_limits<std::uint32_t>::max()));
  if (!voice.at_sentence_begin()) out.after = memory_.word_back(1);
  const auto reasons = voice.reasons(word);
  for (std::size_t i = 0; i < reasons.size(); ++i) out.because[i] = memory_.word_back(reasons[i]);
  return out;
}

}  // namespace tercet::session
