// One model, and all that the person wrote as this model reads it.
#ifndef TERCET_SESSION_VOICE_H_
#define TERCET_SESSION_VOICE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "predict/mixture.h"
#include "predict/near_prefixes.h"
#include "predict/own_words.h"
#include "predict/top_k.h"
#include "session/lexicon.h"
#include "tercet/model.h"

namespace tercet::session {

/// What speaks against a word of the person's own.
struct Doubt {
  std::uint32_t struck = 0;   ///< Typed, then deleted or replaced.
  std::uint32_t ignored = 0;  ///< Listed, while another word was written.
};

/// One thread. Surfaces are tokens as the tokenizer gives them.
class Voice {
 public:
  Voice(std::shared_ptr<const Lexicon> lexicon, const predict::MixtureOptions& options);

  /// Words of a neighbour's vocabulary are not this one's, even if the person mixes them in.
  void add_neighbour(const Lexicon& other) { neighbours_.push_back(&other); }

  /// A sentence written elsewhere, without its end; an empty word is a gap.
  void remember(std::span<const std::string_view> sentence);
  void doubt(std::string_view surface, const Doubt& more);

  void write(std::string_view surface);
  void end_sentence() { mixture_.accept(kSentenceEnd); }
  void take_back() { mixture_.retract(); }
  void move_to(std::span<const std::string_view> context, bool whole);

  const Lexicon& lexicon() const noexcept { return *lexicon_; }
  predict::Mixture& mixture() noexcept { return mixture_; }
  bool is_own(WordId id) const noexcept { return own_.contains(id); }
  std::string_view word(WordId id) const noexcept {
    return is_own(id) ? own_.word(id) : lexicon_->model().word(id);
  }

  /// How probable the model alone finds a word next; one that it does not know, by how many of its
  /// words have that script.
  double probability_of_language(std::string_view surface) const;

  /// The best `count` words that begin with `prefix`, folded. Valid until the next call.
  std::span<const predict::Weighed> top(std::string_view prefix, std::size_t count);
  /// The best of the model's words that begin with what `prefix` may have been meant for.
  std::span<const predict::Weighed> repairs(std::string_view prefix, std::size_t count);

 private:
  class Filter;

  WordId id_of(std::string_view surface);
  bool may_offer(WordId own) const;

  std::shared_ptr<const Lexicon> lexicon_;
  predict::Mixture mixture_;
  predict::OwnWords own_;
  std::vector<const Lexicon*> neighbours_;
  std::unordered_map<WordId, Doubt> doubts_;  // Of own words.
  predict::NearPrefixes near_;
  predict::TopK top_k_;
  std::vector<predict::Weighed> repairs_;
  std::vector<WordId> ids_;
  std::string folded_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_VOICE_H_
