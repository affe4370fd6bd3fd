// One model, and all that the person wrote as this model reads it.
#ifndef TERCET_SESSION_VOICE_H_
#define TERCET_SESSION_VOICE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "predict/initials.h"
#include "predict/mixture.h"
#include "predict/near_prefixes.h"
#include "predict/own_words.h"
#include "predict/posterior_search.h"
#include "predict/top_k.h"
#include "session/block_list.h"
#include "session/lexicon.h"
#include "session/personal_forms.h"
#include "session/voice_lanes.h"
#include "tercet/model.h"

namespace tercet::session {

/// What speaks against a word of the person's own.
struct Doubt {
  std::uint32_t struck = 0;   ///< Typed, then deleted or replaced.
  std::uint32_t ignored = 0;  ///< Listed, while another word was written.
};

struct VoiceOptions {
  predict::MixtureOptions mixture;
  /// Words that the model does not know, and blocked ones, wait until they were meant twice.
  bool restraint = true;
};

/// One thread. Surfaces are tokens as the tokenizer gives them.
class Voice {
 public:
  Voice(std::shared_ptr<const Lexicon> lexicon, const VoiceOptions& options = {});

  /// Words of a neighbour's vocabulary are not this one's, even if the person mixes them in.
  void add_neighbour(const Lexicon& other) { neighbours_.push_back(&other); }

  /// A sentence written elsewhere, without its end; an empty word is a gap.
  void remember(std::span<const std::string_view> sentence);
  void doubt(std::string_view surface, const Doubt& more);

  /// The person decides about one word, whatever the lists say.
  void block(std::string_view word, Blocking blocking);

  /// The text goes on with `surface`, whose number is `word`.
  void write(WordId word, std::string_view surface, bool starts_sentence);
  void end_sentence();
  /// Undoes the latest of the two that is not undone, back to the latest move.
  void take_back();
  void move_to(std::span<const std::string_view> context, bool whole);

  /// From now on the lanes are followed, in a text of which these are the latest words and signs;
  /// what the voice is told of a text while it follows none is not missed.
  void follow_lanes(std::span<const std::string_view> text);
  bool has_lanes() const noexcept { return lanes_ != nullptr; }

  const Lexicon& lexicon() const noexcept { return *lexicon_; }
  predict::Mixture& mixture() noexcept { return mixture_; }
  bool is_own(WordId id) const noexcept { return own_.contains(id); }
  std::string_view word(WordId id) const noexcept {
    return is_own(id) ? own_.word(id) : lexicon_->model().word(id);
  }

  /// The model's number for a word, or one of the person's own: a new one if need be.
  WordId id_of(std::string_view surface);
  /// The same for a word that will be asked about and written next.
  WordId hear(std::string_view surface);

  /// How probable the model alone finds a word next; one that it does not know, by how many of its
  /// words have that script.
  double probability_of_language(WordId word);

  /// Appends the word as this person would write it; `typed` may be empty.
  void spell(WordId word, bool sentence_start, std::string_view typed, std::string& out) const;

  /// The best `count` words that begin with `prefix`, folded, and are at least so probable. Valid
  /// until the next call.
  std::span<const predict::Weighed> top(std::string_view prefix, std::size_t count,
                                        double at_least = 0);
  /// The same by p', of the text's end as it was looked at last.
  std::span<const predict::Weighed> top(std::string_view prefix, std::size_t count,
                                        predict::PosteriorSearch& search);
  /// The best words of a place further on.
  std::span<const predict::Weighed> top_at(const predict::Mixture::Place& place, std::size_t count);
  /// How probable it is that no word follows there, but a sign that parts sentences or clauses.
  double stop_at(const predict::Mixture::Place& place) const;
  /// Where a word that might be next stands. Only with lanes.
  LaneMeasure measure(WordId word, double gate);
  /// The best words of a lane, kRare or kGenius, that begin with `prefix`, folded. Only with lanes;
  /// valid until the next call.
  std::span<const predict::LaneWord> lane(Lane lane, std::string_view prefix, std::size_t count,
                                          double gate);
  /// How far back in the text the words stand that speak most for a word; 0: none.
  std::array<std::size_t, 2> reasons(WordId word) const { return lanes_->reasons(word); }
  /// How often the word was seen after the last one: in training or, if that did not see it, in
  /// what the person wrote.
  std::uint64_t times_seen(WordId word) const noexcept;
  bool at_sentence_begin() const noexcept {
    const auto history = mixture_.place().context.history.words();
    return !history.empty() && history.back() == kSentenceBegin;
  }

  /// The most probable phrases whose words begin with these letters, folded.
  std::span<const predict::WeighedPhrase> initials(std::span<const std::string_view> letters,
                                                   std::size_t count);
  /// The best of the model's words that begin with what `prefix` may have been meant for.
  std::span<const predict::Weighed> repairs(std::string_view prefix, std::size_t count);

 private:
  class Filter;

  const predict::WordSet& hidden(bool unprompted) const noexcept;
  bool may_offer(WordId word, bool unprompted) const;
  bool may_offer_own(WordId own, bool unprompted) const;
  bool is_foreign(std::string_view surface) const;
  std::uint32_t times_meant(WordId word) const;

  std::shared_ptr<const Lexicon> lexicon_;
  bool restraint_;
  predict::Mixture mixture_;
  std::unique_ptr<VoiceLanes> lanes_;  // None: not followed.
  predict::OwnWords own_;
  std::vector<const Lexicon*> neighbours_;
  std::unordered_map<WordId, Doubt> doubts_;     // Of own words.
  std::unordered_map<WordId, Blocking> blocks_;  // The person's decisions.
  std::optional<BlockedWords> hidden_;           // The lexicon's, if they change it.
  PersonalForms forms_;
  struct Written {
    std::string surface;  ///< Empty: a sentence's end.
    bool starts_sentence;
  };
  std::vector<Written> written_;  // What can be taken back.
  predict::InitialsSearch initials_;
  predict::NearPrefixes near_;
  predict::TopK top_k_;
  std::vector<predict::Weighed> repairs_;
  std::vector<WordId> ids_;
  std::string folded_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_VOICE_H_
