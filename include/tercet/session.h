// A person writes: the text around the caret goes in, ranked suggestions come out, and each word
// written teaches.
#ifndef TERCET_SESSION_H_
#define TERCET_SESSION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.h"
#include "tercet/lanes.h"
#include "tercet/model.h"

namespace tercet {

/// The models of the languages that a person writes, and what is made of them once for all
/// sessions. Immutable, cheap to copy, shared by any number of threads.
class Repertoire {
 public:
  /// Takes about 0.1 s for each model. `blocks`: entries laid over the block lists that tercet
  /// ships (docs/LEARNING.md has the format); kInvalidArgument names the wrong line of
  /// `blocks_name`.
  static Result<Repertoire> make(std::vector<Model> models, std::string_view blocks = {},
                                 std::string_view blocks_name = {});

  /// Without the models of other languages; kInvalidArgument if there is none of one of these.
  Result<Repertoire> only(std::span<const std::string> languages) const;

  struct Parts;
  const Parts& parts() const noexcept { return *parts_; }

 private:
  explicit Repertoire(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

/// What may be offered of a word, in order of severity.
enum class Blocking : std::uint8_t {
  kAllow,          ///< Offered like any other word.
  kNeverSuggest,   ///< Not offered before a letter of it has been typed.
  kNeverComplete,  ///< Nor from typed letters, nor as the repair of a typing error.
};

enum class OfferKind : std::uint8_t {
  kWord,      ///< Begins as typed.
  kRetyped,   ///< Begins as typed, had the other keyboard layout been active: ghbdtn, привет.
  kRepaired,  ///< Begins as typed but for one slip of the fingers. Only if nothing else is left.
  kPhrase,    ///< Several words.
  kInitials,  ///< A phrase whose words begin with the typed letters.
};

struct Offer {
  std::string_view text;  ///< As it is to stand in the text, without the space behind it.
  OfferKind kind;
  std::uint32_t words;        ///< 1 but for phrases.
  double probability;         ///< Of the words after the context; what is typed plays no part.
  float surprise_bits;        ///< -log2 of the same.
  std::uint32_t order;        ///< Words of the n-gram that knows it best: the model's or theirs.
  std::string_view language;  ///< Of the model that offers it: "en", "ru", "".
  LaneMeasure measure;        ///< Of its first word; only if lanes are shown.
  Provenance provenance;      ///< Only in rare and genius.
};

/// Views live until the next call of a session that is not const.
struct Offers {
  std::string_view typed;          ///< The word begun, which every offer replaces.
  std::span<const Offer> words;    ///< Best first.
  std::span<const Offer> phrases;  ///< At most one that is worth showing, or those of initials.
  std::span<const Offer> rare;     ///< Most probable first; often short or empty, as is
  std::span<const Offer> genius;   ///< the one that the text supports most. No word stands twice.
};

/// What to do to the text before the caret.
struct Edit {
  std::size_t erase = 0;  ///< Bytes before the caret.
  std::string insert;
};

/// Hears what a person writes, to keep it. Called from within Session::update().
class SessionObserver {
 public:
  virtual ~SessionObserver() = default;
  /// The sentence `number` of this session, counted from 0, now consists of these words, as
  /// written; an empty word stands for what the person did not write (pasted text). No words: it is
  /// gone.
  virtual void sentence(std::uint64_t number, std::string_view language,
                        std::span<const std::string_view> words) = 0;
  /// A word of the person's own was deleted just after it was written (`struck`), or passed over in
  /// a list while another word was written.
  virtual void doubt(std::string_view word, bool struck) = 0;
};

struct SessionOptions {
  std::size_t words = 5;  ///< Offers of one word.
  bool phrases = true;
  bool repairs = true;         ///< One slip of the fingers, and the wrong keyboard layout.
  std::size_t lane_words = 0;  ///< Rare words, and as many genius ones; 0: lanes are not followed.
  double gate = kBoldGate;     ///< V that makes a word genius.
  bool reoffer = false;  ///< Words that were ignored earlier in the same word are offered again.
  const struct Weights* weights = nullptr;  ///< As fitted by tune(), copied; null: as shipped.
  SessionObserver* observer = nullptr;      ///< Must outlive the session. None: incognito.
};

/// One person's writing in one place. One thread; movable.
class Session {
 public:
  explicit Session(const Repertoire& repertoire, const SessionOptions& options = {});
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  /// A sentence that the person wrote before, oldest first, as an observer heard it. About 1 us a
  /// word and model.
  void remember(std::span<const std::string_view> sentence);
  /// What an observer heard about a word, counted.
  void remember_doubts(std::string_view word, std::uint32_t struck, std::uint32_t ignored);
  /// The person's decision about a word, whatever the lists say; for one language, or all ("").
  void block(std::string_view word, Blocking blocking, std::string_view language = {});

  /// A text that is there already: part of the document, but not what the person writes here.
  void open(std::string_view before_caret, std::string_view after_caret = {});
  /// The text is now this: after each key, deletion or move of the caret. The session finds out
  /// what was typed and deleted. UTF-8; what is not clean is cleaned, and edits then refer to
  /// text_before(). `pasted`: what is new was not typed, and is not the person's writing; more than
  /// a few words at once count as pasted anyway.
  void update(std::string_view before_caret, std::string_view after_caret = {},
              bool pasted = false);
  const std::string& text_before() const noexcept;

  /// Shows the lanes, or other ones, from now on. Models without lanes have none to show.
  void show_lanes(std::size_t words, double gate = kBoldGate);

  /// What to offer now: nothing inside a word, which a pick would split. Calling it again without a
  /// change in between gives the same.
  Offers suggest();
  /// Phrases whose words begin with the letters typed, 2 to 12 of them, best first; none if the
  /// model finds none. Takes about 0.2 ms a letter, so not part of suggest().
  Offers suggest_initials(std::size_t count = 3);

  /// What might be written here, for a tree of drafts: so many different beginnings, as far as a
  /// list of `options.words` has them, each continued to so many words. Most probable word first.
  Offers branches(std::size_t count, std::size_t words);

  /// The person types these characters, spaces and signs included: how they go into the text, made
  /// clean. A space that a pick has written is moved behind a comma, or dropped before a hyphen.
  Edit type(std::string_view characters);
  /// The text as it becomes when an offer of the latest list is picked: the word, and a space where
  /// one belongs. `words`: of a phrase, only so many; 0: all. The session knows the new text
  /// already; update() with the same changes nothing.
  Edit pick(const Offer& offer, std::uint32_t words = 0);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tercet

#endif  // TERCET_SESSION_H_
