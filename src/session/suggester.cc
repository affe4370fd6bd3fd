#include "session/suggester.h"

#include <algorithm>
#include <cmath>

#include "text/keyboard_layout.h"
#include "text/utf8.h"

namespace tercet::session {
namespace {

/// A language less probable than this is not offered before a letter of it has been typed.
constexpr double kLeastLanguage = 0.05;
/// Candidates asked for beyond the list, as forms of one lemma, and words that say what is typed,
/// go; and how many if those were too few.
constexpr std::size_t kSpare = 2;
constexpr std::size_t kMoreSpare = 16;
/// A phrase is thought on as long as it is at least so probable. Its words would be listed anyway,
/// so that it saves little more than a key, and costs a look: docs/METRIC.md has the figures.
constexpr double kLeastConfidence = 0.45;
constexpr std::size_t kMostPhraseWords = 8;
constexpr std::size_t kPhraseBeginnings = 2;

}  // namespace

Suggester::Suggester(Memory& memory, const SessionOptions& options)
    : memory_(memory), options_(options) {
  for (const Voice& voice : memory.voices()) {
    voices_.push_back(voices_.size());
    lemmas_.emplace_back(voice.lexicon().language());
  }
}

Offers Suggester::suggest(const Place& place) {
  offers_.clear();
  texts_.clear();
  listed_.clear();
  chosen_.clear();
  phrases_ = rare_ = 0;
  Offers out{place.typed, {}, {}, {}, {}};
  if (place.inside_word) return out;
  const bool more = collect(place, kSpare);
  if (!choose(place) && more) {
    collect(place, kMoreSpare);
    chosen_.clear();
    listed_.clear();
    choose(place);
  }
  if (chosen_.empty() && options_.repairs && !place.typed.empty()) {
    collect_retyped(place);
    choose(place);
    if (!chosen_.empty()) {
      out.typed = place.run;
    } else {
      collect_repairs(place);
      choose(place);
    }
  }
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    texts_.push_back(listed_[i].text);
    offer(chosen_[i], 1);
  }
  if (options_.phrases) think_on(place);
  if (options_.lane_words > 0) list_lanes(place);
  point_offers_at_texts();
  const std::span<const Offer> all(offers_);
  out.words = all.first(chosen_.size());
  out.phrases = all.subspan(chosen_.size(), phrases_);
  out.rare = all.subspan(chosen_.size() + phrases_, rare_);
  out.genius = all.subspan(chosen_.size() + phrases_ + rare_);
  return out;
}

/// Returns whether there may be more. The likeliest language first: what it finds bounds the
/// others.
bool Suggester::collect(const Place& place, std::size_t spare) {
  bool more = false;
  candidates_.clear();
  const auto languages = memory_.languages();
  std::sort(voices_.begin(), voices_.end(), [&](std::size_t a, std::size_t b) {
    return languages[a] != languages[b] ? languages[a] > languages[b] : a < b;
  });
  for (const std::size_t i : voices_) {
    if (place.typed.empty() && languages[i] < kLeastLanguage) continue;
    Voice& voice = memory_.voices()[i];
    voice.lexicon().fold(place.typed, folded_);
    // Of what was passed over, most does not begin as typed any more.
    const auto ignored = std::count_if(
        place.ignored.begin(), place.ignored.end(),
        [this](const Listed& word) { return std::string_view(word.folded).starts_with(folded_); });
    const std::size_t count = options_.words + static_cast<std::size_t>(ignored) + spare;
    const double least =
        candidates_.size() < count ? 0 : candidates_[count - 1].probability / languages[i];
    const auto words = voice.top(folded_, count, least);
    more = more || words.size() == count;
    add(i, words, OfferKind::kWord);
  }
  return more;
}

void Suggester::add(std::size_t voice, std::span<const predict::Weighed> words, OfferKind kind) {
  const double language = memory_.languages()[voice];
  for (const predict::Weighed& each : words)
    candidates_.push_back({language * each.probability, voice, each.word, kind});
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    if (a.probability != b.probability) return a.probability > b.probability;
    return a.voice != b.voice ? a.voice < b.voice : a.word < b.word;
  });
}

/// What the keys mean on the keyboard of another of the person's languages.
void Suggester::collect_retyped(const Place& place) {
  candidates_.clear();
  std::vector<Voice>& voices = memory_.voices();
  for (std::size_t meant = 0; meant < voices.size(); ++meant) {
    for (const Voice& as : voices) {
      const text::Language& language = voices[meant].lexicon().language();
      if (as.lexicon().language().keyboard == language.keyboard) continue;
      std::string retyped;
      if (!text::retype(place.run, as.lexicon().language(), language, retyped)) continue;
      retyped_ = std::move(retyped);
      voices[meant].lexicon().fold(retyped_, folded_);
      add(meant, voices[meant].top(folded_, options_.words + place.ignored.size()),
          OfferKind::kRetyped);
    }
  }
}

void Suggester::collect_repairs(const Place& place) {
  candidates_.clear();
  for (std::size_t i = 0; i < memory_.voices().size(); ++i) {
    Voice& voice = memory_.voices()[i];
    voice.lexicon().fold(place.typed, folded_);
    add(i, voice.repairs(folded_, options_.words + place.ignored.size()), OfferKind::kRepaired);
  }
}

/// From candidates to the list: nothing ignored, nothing twice, not all forms of one lemma. Returns
/// whether the list is full.
bool Suggester::choose(const Place& place) {
  for (LemmaGroups& lemmas : lemmas_) lemmas.begin(text::code_point_count(place.typed));
  for (const Candidate& each : candidates_) {
    if (chosen_.size() == options_.words) return true;
    const Voice& voice = memory_.voices()[each.voice];
    const std::string_view folded = voice.word(each.word);
    if (!is_new(each, place) || !lemmas_[each.voice].admit(folded)) continue;
    chosen_.push_back(each);
    listed_.push_back({std::string(folded), spelled_, voice.is_own(each.word)});
  }
  return chosen_.size() == options_.words;
}

/// Neither listed nor passed over. Leaves the candidate in spelled_.
bool Suggester::is_new(const Candidate& candidate, const Place& place) {
  const std::string_view folded = memory_.voices()[candidate.voice].word(candidate.word);
  spell(candidate, place);
  // Picking what is typed already saves no key.
  if (is_listed(folded) || spelled_ == place.typed) return false;
  return std::none_of(place.ignored.begin(), place.ignored.end(), [&](const Listed& other) {
    return other.folded == folded && other.text == spelled_;
  });
}

/// The same word, or one that another voice folds otherwise and the person spells the same.
bool Suggester::is_listed(std::string_view folded) const noexcept {
  return std::any_of(listed_.begin(), listed_.end(), [&](const Listed& other) {
    return other.folded == folded || other.text == spelled_;
  });
}

/// Leaves the candidate in spelled_ as it would stand in the text.
void Suggester::spell(const Candidate& candidate, const Place& place) {
  const Voice& voice = memory_.voices()[candidate.voice];
  const bool capital = place.sentence_start && !voice.lexicon().data().plain_tokens();
  const std::string_view typed = candidate.kind == OfferKind::kRetyped ? retyped_ : place.typed;
  spelled_.clear();
  voice.spell(candidate.word, capital, typed, spelled_);
}

/// The last of the texts, as an offer of so many words, of which this is the first.
void Suggester::offer(const Candidate& first, std::size_t words) {
  Voice& voice = memory_.voices()[first.voice];
  offers_.push_back({{},
                     first.kind,
                     static_cast<std::uint32_t>(words),
                     first.probability,
                     static_cast<float>(-std::log2(first.probability)),
                     voice.mixture().order(first.word),
                     voice.lexicon().data().language(),
                     {},
                     {}});
}

/// How the likeliest words would go on.
void Suggester::think_on(const Place& place) {
  double typed_probability = 1;
  if (!place.typed.empty()) {
    typed_probability = 0;
    for (const Candidate& each : candidates_) typed_probability += each.probability;
  }
  Draft best;
  std::size_t voice = 0;
  for (std::size_t i = 0; i < std::min(chosen_.size(), kPhraseBeginnings); ++i) {
    if (chosen_[i].kind != OfferKind::kWord) continue;
    Draft next = draft(place, chosen_[i], typed_probability);
    if (next.worth <= best.worth) continue;
    best = std::move(next);
    voice = chosen_[i].voice;
  }
  if (!best.words.empty())
    offer_phrase(voice, best.words, OfferKind::kPhrase, best.probability, place);
}

/// The longest part of a phrase that saves most, as far as its probability goes.
Suggester::Draft Suggester::draft(const Place& place, const Candidate& first,
                                  double typed_probability) {
  Voice& voice = memory_.voices()[first.voice];
  Draft at{{first.word}, first.probability, first.probability / typed_probability, 0};
  Draft best;
  predict::Mixture::Place context = voice.mixture().place();
  while (at.confidence >= kLeastConfidence && at.words.size() < kMostPhraseWords) {
    context = voice.mixture().after(context, at.words.back());
    const auto next = voice.top_at(context, 1);
    if (next.empty()) break;
    at.words.push_back(next[0].word);
    at.probability *= next[0].probability;
    at.confidence *= next[0].probability;
    at.worth = at.confidence * keys_saved(first.voice, at.words, place.typed);
    if (at.confidence >= kLeastConfidence && at.worth > best.worth) best = at;
  }
  return best;
}

Offers Suggester::branches(const Place& place, std::size_t count, std::size_t words) {
  suggest(place);
  offers_.clear();
  texts_.clear();
  phrases_ = 0;
  chosen_.resize(std::min(chosen_.size(), count));
  for (const Candidate& first : chosen_) {
    if (first.kind != OfferKind::kWord) continue;
    Voice& voice = memory_.voices()[first.voice];
    Draft at{{first.word}, first.probability, 0, 0};
    predict::Mixture::Place context = voice.mixture().place();
    while (at.words.size() < words) {
      context = voice.mixture().after(context, at.words.back());
      const auto next = voice.top_at(context, 1);
      if (next.empty() || next[0].probability < voice.stop_at(context)) break;
      at.words.push_back(next[0].word);
      at.probability *= next[0].probability;
    }
    offer_phrase(first.voice, at.words, OfferKind::kPhrase, at.probability, place);
  }
  point_offers_at_texts();
  return {place.typed, {}, offers_, {}, {}};
}

double Suggester::keys_saved(std::size_t voice, std::span<const WordId> words,
                             std::string_view typed) const {
  std::size_t keys = 0;
  for (const WordId word : words)
    keys += text::code_point_count(memory_.voices()[voice].word(word)) + 1;
  return static_cast<double>(keys) - static_cast<double>(text::code_point_count(typed)) - 1;
}

void Suggester::offer_phrase(std::size_t voice_index, std::span<const WordId> words, OfferKind kind,
                             double probability, const Place& place) {
  const Voice& voice = memory_.voices()[voice_index];
  std::string& text = texts_.emplace_back();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += ' ';
    const bool first = i == 0;
    const std::string_view typed =
        first && kind == OfferKind::kPhrase ? place.typed : std::string_view();
    voice.spell(words[i], first && place.sentence_start, typed, text);
  }
  // Words that no model knows are in every voice.
  if (std::find(texts_.begin(), texts_.end() - 1, text) != texts_.end() - 1) {
    texts_.pop_back();
    return;
  }
  offer({probability, voice_index, words[0], kind}, words.size());
  ++phrases_;
}

void Suggester::point_offers_at_texts() {
  for (std::size_t i = 0; i < offers_.size(); ++i) offers_[i].text = texts_[i];
}

Offers Suggester::initials(const Place& place, std::size_t count) {
  offers_.clear();
  texts_.clear();
  phrases_ = 0;
  if (place.inside_word) return {place.typed, {}, {}, {}, {}};
  struct Found {
    std::size_t voice;
    predict::WeighedPhrase phrase;
  };
  std::vector<Found> found;
  for (std::size_t i = 0; i < memory_.voices().size(); ++i) {
    Voice& voice = memory_.voices()[i];
    voice.lexicon().fold(place.typed, folded_);
    std::vector<std::string_view> letters;
    for (std::size_t at = 0; at < folded_.size();) {
      const std::size_t begin = at;
      text::next_code_point(folded_, at);
      letters.push_back(std::string_view(folded_).substr(begin, at - begin));
    }
    if (letters.size() < 2 || letters.size() > predict::kMaxInitials) continue;
    for (const predict::WeighedPhrase& phrase : voice.initials(letters, count)) {
      found.push_back({i, phrase});
      found.back().phrase.probability *= memory_.languages()[i];
    }
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    if (a.phrase.probability != b.phrase.probability)
      return a.phrase.probability > b.phrase.probability;
    return a.voice != b.voice ? a.voice < b.voice : a.phrase.words < b.phrase.words;
  });
  for (const Found& each : found) {
    if (phrases_ == count) break;
    offer_phrase(each.voice, {each.phrase.words.data(), each.phrase.length}, OfferKind::kInitials,
                 each.phrase.probability, place);
  }
  point_offers_at_texts();
  return {place.typed, {}, offers_, {}, {}};
}

}  // namespace tercet::session
