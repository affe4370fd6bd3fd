#include "api/text_typist.h"

#include <algorithm>
#include <chrono>

#include "session/clean_text.h"
#include "session/lexicon.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace tercet::api {
namespace {

using Clock = std::chrono::steady_clock;

/// In whole characters.
std::size_t common_characters(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = session::common_prefix(a, b);
  return size == a.size() ? size : text::previous_code_point(a, size + 1);
}

/// The word at `i` has a neighbour behind it, with one space between them.
bool goes_on(std::string_view text, std::span<const PlacedWord> words, std::size_t i) {
  return i + 1 < words.size() && words[i + 1].sentence == words[i].sentence &&
         text.substr(words[i].end, words[i + 1].begin - words[i].end) == " ";
}

}  // namespace

std::vector<PlacedWord> find_words(std::string_view text, const text::Language& language) {
  std::vector<text::Token> tokens;
  text::Tokenizer(language).tokenize(text, tokens);
  std::vector<PlacedWord> words;
  std::size_t sentence = 0;
  for (const text::Token& token : tokens) {
    sentence += token.starts_sentence ? 1 : 0;
    const auto begin = static_cast<std::size_t>(token.surface.data() - text.data());
    if (session::is_word(token.surface))
      words.push_back({begin, begin + token.surface.size(), sentence});
  }
  return words;
}

TextTypist::TextTypist(Session& session, std::string_view text, std::span<const PlacedWord> words,
                       const text::Language& language, std::vector<float>& microseconds)
    : session_(session),
      text_(text),
      words_(words),
      language_(language),
      microseconds_(microseconds),
      foresight_(language) {}

void TextTypist::try_initials(
    std::uint64_t every,
    std::span<measure::InitialsCounts, measure::kInitialsWords.size()> counts) {
  initials_every_ = every;
  initials_ = counts;
}

void TextTypist::write() {
  for (std::size_t i = 0; i < words_.size();) {
    write_to(words_[i].begin);
    if (initials_every_ > 0 && i % initials_every_ == 0) seek(i);
    i += write_word(i);
  }
  write_to(text_.size());
}

/// Where the next character belongs.
std::size_t TextTypist::place() const {
  return text_.starts_with(written()) ? written().size() : written().size() - 1;
}

/// What stands between words.
void TextTypist::write_to(std::size_t end) {
  const std::string_view wanted = text_.substr(0, end);
  while (written() != wanted) {
    const measure::SpaceKey key = foresight_.next(written(), wanted, automatic_);
    if (key == measure::SpaceKey::kType) {
      const char next = wanted[place()];
      const bool space = next == ' ' || next == '\n' || next == '\t';
      type(space ? KeyUse::kSpace : KeyUse::kSign);
    } else if (key == measure::SpaceKey::kKeep) {
      session_.type(" ");
      ++keys_[KeyUse::kCorrection];
      automatic_ = false;
    } else {
      erase_to(written().size() - 1);
    }
    mend();
  }
}

/// Returns how many words it has written: more than one with a phrase.
std::size_t TextTypist::write_word(std::size_t word) {
  respelled_ = false;
  while (written().size() < words_[word].end) {
    const Offers offers = look();
    if (const std::size_t taken = take_phrase(offers, word); taken > 0) return taken;
    if (take_word(offers, word)) continue;
    type(respelled_ ? KeyUse::kCapital : KeyUse::kLetter);
    mend();
  }
  return 1;
}

Offers TextTypist::look() {
  const auto start = Clock::now();
  const Offers offers = session_.suggest();
  microseconds_.push_back(std::chrono::duration<float, std::micro>(Clock::now() - start).count());
  phrases_.shown += offers.phrases.size();
  return offers;
}

/// How many words a phrase that begins at `begin` has right, from the word at hand on.
std::size_t TextTypist::words_right(std::string_view phrase, std::size_t begin,
                                    std::size_t word) const {
  const std::size_t common = common_characters(phrase, wanted_from(begin));
  std::size_t right = 0;
  for (std::size_t i = word; i < words_.size() && words_[i].end <= begin + common; ++i) {
    const std::size_t end = words_[i].end - begin;
    if (end == phrase.size() || phrase[end] == ' ') ++right;
    if (!goes_on(text_, words_, i)) break;
  }
  return right;
}

/// Takes a phrase of which at least the first two words are right: in whole, or word by word.
std::size_t TextTypist::take_phrase(const Offers& offers, std::size_t word) {
  for (const Offer& phrase : offers.phrases) {
    const std::size_t begin = written().size() - offers.typed.size();
    const std::size_t right = words_right(phrase.text, begin, word);
    const bool whole = right == phrase.words;
    if (right < 2) continue;
    (whole ? phrases_.whole : phrases_.part) += 1;
    const std::size_t picks = whole ? 1 : right;
    if (!pays(word, word + right - 1, picks, offers)) continue;
    keys_[KeyUse::kPick] += picks;
    automatic_ =
        session_.pick(phrase, whole ? 0 : static_cast<std::uint32_t>(right)).insert.ends_with(' ');
    mend();
    return right;
  }
  return 0;
}

bool TextTypist::take_word(const Offers& offers, std::size_t word) {
  const std::size_t begin = written().size() - offers.typed.size();
  if (begin > words_[word].begin) return false;
  const std::string_view wanted = text_.substr(begin, words_[word].end - begin);
  text::fold(wanted, language_, folded_);
  for (const Offer& offer : offers.words) {
    text::fold(offer.text, language_, folded_offer_);
    if (folded_offer_ != folded_) continue;
    const bool exact = offer.text == wanted;
    respelled_ |= !exact;
    if (exact ? !pays(word, word, 1, offers) : !pays_with_mending(offer.text, wanted)) continue;
    ++keys_[KeyUse::kPick];
    automatic_ = session_.pick(offer).insert.ends_with(' ');
    mend();
    return true;
  }
  return false;
}

/// Whether picks that write the words `first` to `last` take no more keys than typing them, and
/// what follows before the next word.
bool TextTypist::pays(std::size_t first, std::size_t last, std::size_t picks,
                      const Offers& offers) {
  const PlacedWord& word = words_[first];
  if (offers.typed.empty() && foresight_.comes_before(written(), text_.substr(word.begin, 1)))
    return false;
  const std::size_t end = words_[last].end;
  const std::size_t next = last + 1 < words_.size() ? words_[last + 1].begin : text_.size();
  const std::size_t line = text_.rfind('\n', end - 1) + 1;  // 0 in the first.
  const std::size_t keys = picks + foresight_.keys_behind(text_.substr(line, end - line),
                                                          text_.substr(line, next - line));
  return keys <= text::code_point_count(text_.substr(written().size(), next - written().size()));
}

/// A pick with wrong capitals is mended by deleting back to the first of them and typing from
/// there.
bool TextTypist::pays_with_mending(std::string_view offer, std::string_view wanted) const {
  const std::size_t right = common_characters(offer, wanted);
  const std::size_t keys = 1 + text::code_point_count(offer.substr(right)) + 1 +
                           text::code_point_count(wanted.substr(right));
  const auto typed = written().size() - static_cast<std::size_t>(wanted.data() - text_.data());
  return keys < text::code_point_count(wanted.substr(typed));
}

void TextTypist::type(KeyUse use) {
  const std::size_t at = place();
  const std::string_view character = text_.substr(at, text::decode(text_, at).size);
  const Edit edit = session_.type(character);
  automatic_ = edit.insert.ends_with(' ') && character != " ";
  ++keys_[use];
}

void TextTypist::erase_to(std::size_t size) {
  keys_[KeyUse::kCorrection] += text::code_point_count(std::string_view(written()).substr(size));
  session_.update(text_.substr(0, size));
  automatic_ = false;
}

/// Deletes what is wrong: everything behind it.
void TextTypist::mend() {
  if (!measure::on_the_way(written(), text_)) erase_to(common_characters(written(), text_));
}

/// Types the initials of the words that begin here, looks, and deletes them again.
void TextTypist::seek(std::size_t word) {
  constexpr std::size_t kListed = 3;
  const std::string before = written();
  std::string letters;
  std::size_t last = word;
  for (std::size_t i = 0; i < initials_.size(); ++i) {
    const std::uint32_t count = measure::kInitialsWords[i];
    while (last + 1 < word + count && goes_on(text_, words_, last)) ++last;
    if (last + 1 < word + count) break;
    letters.clear();
    for (std::size_t at = word; at <= last; ++at)
      letters += text_.substr(words_[at].begin, text::decode(text_, words_[at].begin).size);
    text::fold(letters, language_, folded_);
    session_.update(before + folded_);
    const Offers offers = session_.suggest_initials(kListed);
    const std::string_view wanted =
        text_.substr(words_[word].begin, words_[last].end - words_[word].begin);
    const auto found = std::find_if(offers.phrases.begin(), offers.phrases.end(),
                                    [&](const Offer& each) { return each.text == wanted; });
    ++initials_[i].tried;
    initials_[i].first += found == offers.phrases.begin() && !offers.phrases.empty() ? 1 : 0;
    initials_[i].third += found != offers.phrases.end() ? 1 : 0;
  }
  session_.update(before);
}

}  // namespace tercet::api
