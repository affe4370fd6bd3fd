// From voices and a word begun to the list that a person sees.
#ifndef TERCET_SESSION_SUGGESTER_H_
#define TERCET_SESSION_SUGGESTER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "predict/mixture.h"
#include "session/lemma_groups.h"
#include "session/memory.h"
#include "tercet/session.h"

namespace tercet::session {

/// A word that was offered.
struct Listed {
  std::string folded;  ///< As the vocabulary spells it.
  std::string text;    ///< As it was shown.
  bool is_own;         ///< The person's own.
};

/// Where suggestions are wanted.
struct Place {
  std::string_view typed;  ///< The word begun.
  /// All since the last white space: on the wrong layout, letters may be signs.
  std::string_view run;
  bool sentence_start = false;
  bool inside_word = false;         ///< Nothing is offered: it would split the word.
  std::span<const Listed> ignored;  ///< Not to be offered, unless with other capitals.
};

/// One thread; what it lists lives until it lists again.
class Suggester {
 public:
  Suggester(Memory& memory, const SessionOptions& options);

  Offers suggest(const Place& place);
  Offers initials(const Place& place, std::size_t count);
  /// The best beginnings, each continued by the best word for word.
  Offers branches(const Place& place, std::size_t count, std::size_t words);

  /// The latest words offered.
  std::span<const Listed> listed() const noexcept { return listed_; }

 private:
  struct Candidate {
    double probability;
    std::size_t voice;
    WordId word;
    OfferKind kind;
  };
  /// A phrase being thought out.
  struct Draft {
    std::vector<WordId> words;
    double probability = 0;  ///< Of the words after the context.
    double confidence = 0;   ///< The same, given what is typed.
    double worth = 0;        ///< Keys that it saves, times that.
  };

  bool collect(const Place& place, std::size_t spare);
  void add(std::size_t voice, std::span<const predict::Weighed> words, OfferKind kind);
  void collect_retyped(const Place& place);
  void collect_repairs(const Place& place);
  bool choose(const Place& place);
  bool is_new(const Candidate& candidate, const Place& place);
  bool is_listed(std::string_view folded) const noexcept;
  void spell(const Candidate& candidate, const Place& place);
  void think_on(const Place& place);
  Draft draft(const Place& place, const Candidate& first, double typed_probability);
  double keys_saved(std::size_t voice, std::span<const WordId> words, std::string_view typed) const;
  void offer(const Candidate& first, std::size_t words);
  void offer_phrase(std::size_t voice, std::span<const WordId> words, OfferKind kind,
                    double probability, const Place& place);
  void list_lanes(const Place& place);
  void list_lane(Lane lane, const Place& place);
  void measure_words();
  Provenance provenance(Voice& voice, WordId word) const;
  void point_offers_at_texts();

  Memory& memory_;
  const SessionOptions& options_;
  std::vector<std::size_t> voices_;  // The likeliest first.
  std::vector<LemmaGroups> lemmas_;  // Of each voice.
  std::vector<Candidate> candidates_;
  std::vector<Candidate> chosen_;
  std::vector<Listed> listed_;
  std::vector<Offer> offers_;       // Words, then phrases, rare and genius words.
  std::vector<std::string> texts_;  // Of the offers.
  std::size_t phrases_ = 0;         // How many of the offers are phrases.
  std::size_t rare_ = 0;            // And rare words.
  std::string folded_;
  std::string retyped_;
  std::string spelled_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_SUGGESTER_H_
