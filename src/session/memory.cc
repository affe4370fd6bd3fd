#include "session/memory.h"

#include <algorithm>

#include "lanes/fit.h"
#include "text/tokenizer.h"

namespace tercet::session {
namespace {

/// Enough for as many words as lanes reach back.
constexpr std::size_t kNear = std::size_t{16} * lanes::Fit::kReach;

/// The end of a text, from white space on.
std::string_view near_end(std::string_view text) noexcept {
  if (text.size() <= kNear) return text;
  const std::size_t begin = text.find_first_of(" \n", text.size() - kNear);
  return text.substr(std::min(begin, text.size()));
}

}  // namespace

Memory::Memory(std::span<const std::shared_ptr<const Lexicon>> lexicons,
               const VoiceOptions& options, SessionObserver* observer)
    : filter_(lexicons.size()), observer_(observer), sentences_(1) {
  for (const auto& lexicon : lexicons) {
    voices_.emplace_back(lexicon, options);
    for (const auto& other : lexicons) {
      if (other != lexicon) voices_.back().add_neighbour(*other);
    }
  }
}

void Memory::remember(std::span<const std::string_view> sentence) {
  for (Voice& voice : voices_) voice.remember(sentence);
}

void Memory::remember_doubts(std::string_view word, const Doubt& doubt) {
  for (Voice& voice : voices_) voice.doubt(word, doubt);
}

void Memory::block(std::string_view word, Blocking blocking, std::string_view language) {
  for (Voice& voice : voices_) {
    if (language.empty() || language == voice.lexicon().data().language())
      voice.block(word, blocking);
  }
}

std::size_t Memory::language() const noexcept {
  const auto next = filter_.next();
  return static_cast<std::size_t>(std::max_element(next.begin(), next.end()) - next.begin());
}

void Memory::word_written(std::string_view surface, bool starts_sentence, Origin origin) {
  ids_.clear();
  probabilities_.clear();
  for (Voice& voice : voices_) ids_.push_back(voice.hear(surface));
  for (std::size_t i = 0; i < voices_.size(); ++i) {
    probabilities_.push_back(
        voices_.size() > 1 && is_word(surface) ? voices_[i].probability_of_language(ids_[i]) : 0);
  }
  filter_.hear(probabilities_);
  for (std::size_t i = 0; i < voices_.size(); ++i)
    voices_[i].write(ids_[i], surface, starts_sentence);
  if (follows_lanes_) text_.emplace_back(surface);
  sentences_.back().words.emplace_back(origin == Origin::kTyped ? surface : std::string_view());
  sentences_.back().changed = true;
}

void Memory::sentence_ended() {
  for (Voice& voice : voices_) voice.end_sentence();
  sentences_.emplace_back();
}

void Memory::taken_back() {
  for (Voice& voice : voices_) voice.take_back();
  if (sentences_.back().words.empty()) {
    sentences_.pop_back();
    return;
  }
  filter_.take_back();
  if (follows_lanes_) text_.pop_back();
  sentences_.back().words.pop_back();
  sentences_.back().changed = true;
}

void Memory::struck(std::string_view surface) {
  for (Voice& voice : voices_) voice.doubt(surface, {.struck = 1, .ignored = 0});
  if (observer_ != nullptr) observer_->doubt(surface, true);
}

void Memory::ignored(std::string_view word) {
  for (Voice& voice : voices_) voice.doubt(word, {.struck = 0, .ignored = 1});
  if (observer_ != nullptr) observer_->doubt(word, false);
}

void Memory::moved(std::string_view text, std::span<const text::Token> context, bool whole) {
  report();
  std::vector<std::string_view> words;
  for (const text::Token& token : context) words.push_back(token.surface);
  for (Voice& voice : voices_) voice.move_to(words, whole);
  filter_.settle();
  if (follows_lanes_) follow_lanes(text);
  first_number_ += sentences_.size();
  sentences_.assign(1, {});
  told_ = 0;
}

void Memory::follow_lanes(std::string_view text) {
  follows_lanes_ = true;
  text_.clear();
  std::vector<text::Token> tokens;
  text::Tokenizer(voices_.front().lexicon().language()).tokenize(near_end(text), tokens);
  for (const text::Token& token : tokens) text_.emplace_back(token.surface);
  const std::vector<std::string_view> words(text_.begin(), text_.end());
  for (Voice& voice : voices_) voice.follow_lanes(words);
}

void Memory::report() {
  if (observer_ == nullptr) return;
  const std::string_view language = voices_[this->language()].lexicon().data().language();
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < sentences_.size(); ++i) {
    if (!sentences_[i].changed) continue;
    words.assign(sentences_[i].words.begin(), sentences_[i].words.end());
    observer_->sentence(first_number_ + i, language, words);
    sentences_[i].changed = false;
  }
  for (std::size_t i = sentences_.size(); i < told_; ++i)
    observer_->sentence(first_number_ + i, language, {});
  told_ = sentences_.size();
}

}  // namespace tercet::session
