// A slip of the fingers is never offered; a word that is meant is.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "api/testing.h"
#include "text/fold.h"
#include "text/language.h"

namespace tercet::api::testing {
namespace {

constexpr std::size_t kTypos = 100;
constexpr std::size_t kShown = 5;

/// A word that nobody knows, and the sentence that it stands in.
struct Typo {
  std::string word;
  std::string before;
  std::string after;
};

std::string fold(std::string_view surface, std::string_view language) {
  std::string out;
  text::fold(surface, text::language(language), out);
  return out;
}

std::vector<Typo> any_typos(std::uint64_t seed) {
  constexpr std::string_view kLatin[] = {"a", "b", "e", "g", "i", "k", "o", "r", "s", "t"};
  constexpr std::string_view kCyrillic[] = {"а", "б", "в", "е", "к", "л", "о", "р", "с", "т"};
  constexpr std::string_view kEnglish[] = {"we want to see ", "", "they wrote ",
                                           "people read the "};
  constexpr std::string_view kRussian[] = {"мы хотят видеть ", "", "они читают ", "люди видели "};
  constexpr std::string_view kEnglishEnds[] = {". ", " today. ", ", again. "};
  constexpr std::string_view kRussianEnds[] = {". ", " сегодня. ", ", снова. "};
  Dice dice(seed);
  std::vector<Typo> typos;
  std::set<std::string> known;
  while (typos.size() < kTypos) {
    const bool is_russian = dice.below(2) == 0;
    Typo typo;
    for (std::size_t letters = 4 + dice.below(5); letters > 0; --letters)
      typo.word += is_russian ? dice.among(kCyrillic) : dice.among(kLatin);
    typo.before = is_russian ? dice.among(kRussian) : dice.among(kEnglish);
    typo.after = is_russian ? dice.among(kRussianEnds) : dice.among(kEnglishEnds);
    if (known.insert(typo.word).second) typos.push_back(typo);
  }
  return typos;
}

std::string sentence_of(const Typo& typo) { return typo.before + typo.word + typo.after; }

/// The words of all that is offered, as they fold.
void add_words(std::span<const Offer> offers, std::set<std::string>& words) {
  for (const Offer& each : offers) {
    for (std::string_view rest = each.text; !rest.empty();) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      words.insert(fold(word, each.language));
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
  }
}

/// What a session offers behind its text and what is typed there in one go, and when that is
/// deleted again.
void look(Session& session, const std::string& typed, std::set<std::string>& words) {
  const std::string before = session.text_before();
  session.update(before + typed);
  const Offers offers = session.suggest();
  add_words(offers.words, words);
  add_words(offers.phrases, words);
  add_words(session.suggest_initials().phrases, words);
  session.update(before);
}

std::string initials_of(const Typo& typo) {
  std::string initials;
  bool begins = true;
  const std::string text = typo.before + typo.word;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = text::decode(text, at).size;
    if (begins) initials.append(text, at, size);
    begins = text[at] == ' ';
    at += size;
  }
  return initials;
}

/// Which of the typos are offered at a sentence's start, behind what they were written behind, or
/// as initials, with any of their beginnings typed.
std::set<std::string> offered(Session& session, const std::vector<Typo>& typos) {
  std::set<std::string> words;
  for (const Typo& typo : typos) {
    for (std::size_t at = 0; at <= typo.word.size();) {
      const std::string prefix = typo.word.substr(0, at);
      look(session, prefix, words);
      look(session, typo.before + prefix, words);
      at += at < typo.word.size() ? text::decode(typo.word, at).size : 1;
    }
    look(session, initials_of(typo), words);
  }
  std::set<std::string> found;
  for (const Typo& typo : typos) {
    if (words.contains(typo.word)) found.insert(typo.word);
  }
  return found;
}

std::set<std::string> words_of(const std::vector<Typo>& typos) {
  std::set<std::string> words;
  for (const Typo& typo : typos) words.insert(typo.word);
  return words;
}

TEST(Typos, TypedOnceAreNeverOfferedAndTwiceAre) {
  const std::vector<Typo> typos = any_typos(1);
  Session session(both_languages(), {.words = kShown});
  for (const Typo& typo : typos) type(session, sentence_of(typo));
  EXPECT_EQ(offered(session, typos), std::set<std::string>{});
  for (const Typo& typo : typos) type(session, sentence_of(typo));
  EXPECT_EQ(offered(session, typos), words_of(typos));
}

TEST(Typos, TypedOnceAreNeverOfferedAnotherDayAndTwiceAre) {
  const std::vector<Typo> typos = any_typos(2);
  const TemporaryDirectory directory;
  auto store = Store::open(directory.path() / "store", {.create = true});
  ASSERT_TRUE(store.ok());
  std::int64_t now = 1'000'000;
  for (const bool again : {false, true}) {
    {
      Recorder recorder(*store, "test", [&now] { return ++now; });
      Session writing(both_languages(), {.observer = &recorder});
      for (const Typo& typo : typos) type(writing, sentence_of(typo));
      ASSERT_TRUE(recorder.status().ok()) << recorder.status().error().message;
    }
    store = Store::open(directory.path() / "store");
    ASSERT_TRUE(store.ok());
    Session session(both_languages(), {.words = kShown});
    ASSERT_TRUE(remember(*store, session).ok());
    EXPECT_EQ(offered(session, typos), again ? words_of(typos) : std::set<std::string>{});
  }
}

}  // namespace
}  // namespace tercet::api::testing
