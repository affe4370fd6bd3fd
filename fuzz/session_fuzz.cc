// Any bytes as what a person does: types, pastes, deletes, moves, picks, says what is never to be
// offered. The text is what a plain string says, and every list is as session.h promises.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "promise.h"
#include "small_models.h"
#include "tercet/session.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/utf8.h"

namespace {

namespace text = tercet::text;
using tercet::Blocking;
using tercet::Edit;
using tercet::Offer;
using tercet::OfferKind;
using tercet::Offers;
using tercet::fuzz::is_valid;
using tercet::fuzz::require;

constexpr std::size_t kWords = 4;
constexpr std::size_t kInitials = 3;

const tercet::Repertoire& repertoire() {
  static const tercet::Repertoire made = [] {
    static const auto files = tercet::fuzz::models_of_languages();
    std::vector<tercet::Model> models;
    for (const auto& bytes : files) {
      auto model = tercet::Model::from_bytes(bytes);
      tercet::fuzz::require_ok(model, "a small model opens");
      models.push_back(std::move(*model));
    }
    auto result = tercet::Repertoire::make(std::move(models));
    tercet::fuzz::require_ok(result, "a session has models");
    return std::move(*result);
  }();
  return made;
}

std::string clean(std::string_view raw) {
  std::string buffer;
  text::CleanStats ignored;
  return std::string(text::clean(raw, buffer, ignored));
}

std::string fold(std::string_view surface, std::string_view language) {
  std::string out;
  text::fold(surface, text::language(language), out);
  return out;
}

/// Numbers and texts out of bytes; at their end all are 0 and empty.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  bool is_empty() const { return rest_.empty(); }

  std::size_t below(std::size_t limit) {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte % limit;
  }

  /// Something that the models know, or what lies in wait for them, or any bytes.
  std::string_view text() {
    constexpr std::array<std::string_view, 32> kPieces = {
        " ",     "The",    " cat",    "s",     "a", "t",  "кош",    "ка",
        " ест",  "ё",      "елка",    "ёлка ", ".", ". ", ", ",     "\n",
        "-",     "'",      "iPhone ", "zqx",   "Z", "3",  "\u0301", "\u00AD",
        "rjirf", "ghbdtn", "fuck",    "хуй",   "(", ")",  "\t",     "\u00A0",
    };
    const std::size_t choice = below(64);
    if (choice < kPieces.size()) return kPieces[choice];
    const std::string_view bytes = rest_.substr(0, choice - kPieces.size());
    rest_.remove_prefix(bytes.size());
    return bytes;
  }

 private:
  std::string_view rest_;
};

/// Keeps what a store would.
class Listener final : public tercet::SessionObserver {
 public:
  void sentence(std::uint64_t number, std::string_view language,
                std::span<const std::string_view> words) override {
    require(language == "en" || language == "ru", "a sentence is in one of the languages");
    for (const std::string_view word : words) check_word(word);
    sentences[number].assign(words.begin(), words.end());
  }
  void doubt(std::string_view word, bool /*struck*/) override {
    require(!word.empty(), "a doubt is about a word");
    check_word(word);
  }
  std::map<std::uint64_t, std::vector<std::string>> sentences;

 private:
  static void check_word(std::string_view word) {
    require(is_valid(word), "words are UTF-8");
    require(word.find_first_of(" \t\n") == word.npos, "words hold no spaces");
    require(clean(word) == word, "words are clean");
  }
};

/// A session, and what it must hold.
class Person {
 public:
  explicit Person(Listener& listener)
      : session_(repertoire(), {.words = kWords, .observer = &listener}) {}

  void act(Input& input);
  void remember(std::span<const std::string_view> sentence) { session_.remember(sentence); }
  void check_lists();

 private:
  void check_text() { require(session_.text_before() == before_, "the text is as written"); }
  void update(std::string before, std::string after, bool pasted);
  void open(std::string_view before, std::string_view after);
  void apply(const Edit& edit);
  void type(std::string_view characters);
  void pick(Input& input);
  void erase(std::size_t bytes) {
    update(before_.substr(0, before_.size() - std::min(bytes, before_.size())), after_, false);
  }
  void move(std::size_t to);
  void block(std::string_view word, Blocking blocking);
  bool is_blocked(std::string_view word, std::string_view language, Blocking from) const;

  Offers suggest();
  void check_offer(const Offer& offer) const;
  void check_word(const Offer& offer, std::string_view typed) const;
  void check_phrase(const Offer& phrase, std::string_view typed) const;
  void check_order(std::span<const Offer> offers) const;

  tercet::Session session_;
  std::string before_;
  std::string after_;
  std::map<std::string, Blocking> blocks_;
};

void Person::update(std::string before, std::string after, bool pasted) {
  session_.update(before, after, pasted);
  before_ = clean(before);
  after_ = clean(after);
}

void Person::open(std::string_view before, std::string_view after) {
  session_.open(before, after);
  before_ = clean(before);
  after_ = clean(after);
}

void Person::apply(const Edit& edit) {
  require(edit.erase <= before_.size(), "an edit erases what is there");
  before_.replace(before_.size() - edit.erase, edit.erase, edit.insert);
  require(clean(before_) == before_, "an edit leaves the text clean");
}

void Person::type(std::string_view characters) { apply(session_.type(characters)); }

void Person::pick(Input& input) {
  const bool initials = input.below(4) == 0;
  const Offers offers = initials ? session_.suggest_initials(kInitials) : session_.suggest();
  const bool phrase = initials || input.below(2) == 0;
  const std::span<const Offer> list = phrase ? offers.phrases : offers.words;
  if (list.empty()) return;
  const Offer& offer = list[input.below(list.size())];
  const auto words = static_cast<std::uint32_t>(input.below(offer.words + 1));
  std::string expected(offer.text);
  for (std::size_t end = 0, i = 0; i < words && end != expected.npos; ++i) {
    end = expected.find(' ', i == 0 ? 0 : end + 1);
    if (i + 1 == words) expected = expected.substr(0, end);
  }
  const std::string kept = before_.substr(0, before_.size() - offers.typed.size());
  apply(session_.pick(offer, words));
  check_text();
  require(before_.ends_with(expected) || before_.ends_with(expected + ' '),
          "a pick stands in the text");
  require(before_.starts_with(kept), "a pick replaces what is typed");
  session_.update(before_, after_);
}

/// The caret.
void Person::move(std::size_t to) {
  const std::string all = before_ + after_;
  update(all.substr(0, to), all.substr(to), false);
}

void Person::block(std::string_view word, Blocking blocking) {
  session_.block(word, blocking);
  blocks_[std::string(word)] = blocking;
}

/// Whether the person has said so much or more about it.
bool Person::is_blocked(std::string_view word, std::string_view language, Blocking from) const {
  return std::any_of(blocks_.begin(), blocks_.end(), [&](const auto& each) {
    return each.second >= from && fold(each.first, language) == fold(word, language);
  });
}

void Person::act(Input& input) {
  switch (input.below(16)) {
    case 0:
      open(input.text(), input.text());
      break;
    case 1:
      update(std::string(input.text()), std::string(input.text()), input.below(2) == 0);
      break;
    case 2:
      update(before_ + std::string(input.text()), after_, input.below(2) == 0);
      break;
    case 3:
      update(before_, std::string(input.text()) + after_, false);
      break;
    case 4:
      erase(1 + input.below(32));
      break;
    case 5:
      erase(before_.size());
      break;
    case 6:
      move(input.below(before_.size() + after_.size() + 1));
      break;
    case 7:
      pick(input);
      break;
    case 8:
      check_lists();
      break;
    case 9: {
      const std::string first = clean(input.text());
      const std::array<std::string_view, 3> sentence = {first, "", "кошка"};
      if (first.find_first_of(" \t\n") == first.npos) session_.remember(sentence);
      break;
    }
    case 10: {
      constexpr std::array<std::string_view, 4> kBlocked = {"cat", "Кошка", "zqx", "fuck"};
      block(kBlocked[input.below(kBlocked.size())], static_cast<Blocking>(input.below(3)));
      break;
    }
    case 11:
      session_.remember_doubts("zqx", static_cast<std::uint32_t>(input.below(3)),
                               static_cast<std::uint32_t>(input.below(20)));
      break;
    default:
      type(input.text());
  }
  check_text();
}

Offers Person::suggest() {
  const Offers offers = session_.suggest();
  const std::vector<Offer> words(offers.words.begin(), offers.words.end());
  std::vector<std::string> texts;
  for (const Offer& each : words) texts.emplace_back(each.text);
  const Offers again = session_.suggest();
  require(again.typed == offers.typed && again.words.size() == texts.size(),
          "asked again, it offers the same");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    require(again.words[i].text == texts[i] && again.words[i].probability == words[i].probability,
            "asked again, it offers the same");
  }
  return again;
}

void Person::check_offer(const Offer& offer) const {
  require(!offer.text.empty() && is_valid(offer.text), "offers are UTF-8");
  require(clean(offer.text) == offer.text, "offers are clean");
  require(!offer.text.starts_with(' ') && !offer.text.ends_with(' '), "no spaces around offers");
  require(offer.probability > 0 && offer.probability <= 1, "probabilities lie in (0, 1]");
  require(std::abs(offer.surprise_bits + std::log2(offer.probability)) <
              1e-3 + 1e-6 * std::abs(offer.surprise_bits),
          "the surprise is that of the probability");
  require(offer.language == "en" || offer.language == "ru", "an offer is in one of the languages");
}

void Person::check_word(const Offer& offer, std::string_view typed) const {
  check_offer(offer);
  require(offer.words == 1 && offer.text.find(' ') == offer.text.npos, "a word is one word");
  if (offer.kind == OfferKind::kWord) {
    require(fold(offer.text, offer.language).starts_with(fold(typed, offer.language)),
            "a word begins as typed");
  }
  const Blocking least = typed.empty() ? Blocking::kNeverSuggest : Blocking::kNeverComplete;
  require(!is_blocked(offer.text, offer.language, least), "what is blocked is not offered");
}

void Person::check_phrase(const Offer& phrase, std::string_view typed) const {
  check_offer(phrase);
  std::uint32_t words = 0;
  for (std::string_view rest = phrase.text; !rest.empty(); ++words) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    const bool prompted = phrase.kind == OfferKind::kInitials || (words == 0 && !typed.empty());
    const Blocking least = prompted ? Blocking::kNeverComplete : Blocking::kNeverSuggest;
    require(!is_blocked(word, phrase.language, least), "what is blocked is in no phrase");
  }
  require(words == phrase.words && words > 1, "a phrase has as many words as it says");
}

void Person::check_order(std::span<const Offer> offers) const {
  for (std::size_t i = 0; i < offers.size(); ++i) {
    require(i == 0 || offers[i].probability <= offers[i - 1].probability, "the best is first");
    for (std::size_t k = 0; k < i; ++k)
      require(offers[i].text != offers[k].text, "nothing is offered twice");
  }
}

void Person::check_lists() {
  const Offers offers = suggest();
  require(before_.ends_with(offers.typed), "the word begun ends the text");
  require(offers.words.size() <= kWords && offers.phrases.size() <= 1, "lists are short");
  for (const Offer& each : offers.words) {
    require(each.kind == offers.words[0].kind, "repairs stand alone");
    check_word(each, offers.typed);
  }
  for (const Offer& each : offers.phrases) check_phrase(each, offers.typed);
  check_order(offers.words);
  const Offers initials = session_.suggest_initials(kInitials);
  require(initials.words.empty() && initials.phrases.size() <= kInitials, "phrases only");
  for (const Offer& each : initials.phrases) {
    require(each.kind == OfferKind::kInitials, "these are phrases of initials");
    require(each.words == text::code_point_count(fold(initials.typed, each.language)),
            "a letter for each word");
    check_phrase(each, initials.typed);
  }
  check_order(initials.phrases);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  Listener listener;
  {
    Person person(listener);
    while (!input.is_empty()) person.act(input);
    person.check_lists();
  }
  // Another day.
  Listener nobody;
  Person person(nobody);
  for (const auto& [number, words] : listener.sentences)
    person.remember(std::vector<std::string_view>(words.begin(), words.end()));
  person.check_lists();
  require(nobody.sentences.empty(), "what is remembered is not heard again");
  return 0;
}
