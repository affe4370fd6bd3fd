// From voices and a word begun to the list that a person sees.
#ifndef TERCET_SESSION_SUGGESTER_H_
#define TERCET_SESSION_SUGGESTER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "predict/initials.h"
#include "session/memory.h"
#include "tercet/session.h"

namespace tercet::session {

/// Where the suggestions go.
struct Caret {
  std::string_view typed;
  bool sentence_start = false;
};

/// One thread; what it lists lives until the next call.
class Suggester {
 public:
  Suggester(Memory& memory, const SessionOptions& options) : memory_(memory), options_(options) {}

  /// Words that begin with what is typed, and none of `ignored`, folded.
  std::span<const Offer> words(const Caret& caret, std::span<const std::string> ignored);
  /// The phrase that words() gave the beginning of, if it is worth its place.
  std::span<const Offer> phrase(const Caret& caret);
  std::span<const Offer> initials(const Caret& caret, std::size_t count);

  /// Of the offers that words() gave: as the vocabulary spells them, and whether they are the
  /// person's own.
  struct Listed {
    std::string folded;
    bool own;
  };
  std::span<const Listed> listed() const noexcept { return listed_; }

 private:
  struct Candidate {
    double probability;
    std::size_t voice;
    WordId word;
    OfferKind kind;
  };
  class AnyWord;

  void collect(std::string_view typed, std::size_t count);
  void collect_retyped(std::string_view typed, std::size_t count);
  void collect_repairs(std::string_view typed, std::size_t count);
  void add(std::size_t voice, std::span<const predict::Weighed> words, OfferKind kind);
  bool keep(const Candidate& candidate, std::span<const std::string> ignored) const;
  std::string_view spell(const Candidate& candidate, const Caret& caret);
  Offer offer(std::string_view text, OfferKind kind, double probability, std::size_t voice,
              std::uint32_t words) const;
  std::string_view spell_phrase(std::size_t voice, std::span<const WordId> words,
                                const Caret& caret);

  Memory& memory_;
  const SessionOptions& options_;
  std::vector<Candidate> candidates_;
  std::vector<Candidate> chosen_;
  std::vector<Listed> listed_;
  std::vector<Offer> words_;
  std::vector<Offer> phrases_;
  std::deque<std::string> texts_;  // Of the offers; they stay where they are.
  std::string folded_;
  std::string retyped_;
  predict::InitialsSearch initials_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_SUGGESTER_H_
