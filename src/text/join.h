// From tokens back to text with the spaces a person would write.
#ifndef TERCET_TEXT_JOIN_H_
#define TERCET_TEXT_JOIN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "text/language.h"

namespace tercet::text {

/// Puts tokens together, deciding from each token and the ones before it whether a space belongs
/// between. One joiner per line of text; not for concurrent use.
class Joiner {
 public:
  /// `language` must outlive the joiner, as those that language() gives do.
  explicit Joiner(const Language& language) : language_(&language) {}

  /// Appends `token` to `text`, with a space before it where one belongs. An en dash between two
  /// numbers loses the space before it when the second number comes.
  void append(std::string_view token, std::string& text);

  /// Takes note of a token that stands in the text already.
  void see(std::string_view token);

  /// Whether a space belongs between what was appended or seen last and `token`.
  bool space_before(std::string_view token) const;

  /// Whether no space belongs before `token` here, whatever comes before: a sign that closes.
  bool closes(std::string_view token) const;

  /// Begins a new line.
  void reset() { *this = Joiner(*language_); }

 private:
  /// What a token is to the spaces around it.
  enum class Role : std::uint8_t {
    kBegin,  // nothing yet
    kWord,   // words, addresses and all signs without a rule of their own
    kNumber,
    kUnspaced,  // Han, Kana and their punctuation
    kOpening,   // space before, none behind
    kClosing,   // none before, space behind
    kTight,     // none on either side
    kRange,     // en dash: tight between numbers
    kEmoji,
  };
  Role role_of(std::string_view token) const;
  Role sign_role(char32_t first, std::string_view token) const;
  Role quote_role() const;
  Role apostrophe_role() const;
  bool is_spaced(Role role) const;
  bool is_range(Role role) const;
  void note(std::string_view token, Role role);

  const Language* language_;
  Role last_ = Role::kBegin;
  Role before_last_ = Role::kBegin;
  bool double_open_ = false;
  bool single_open_ = false;
  bool low_open_ = false;          // „ is open: “ closes it
  bool last_may_drop_ = false;     // the last word may own an apostrophe behind it
  bool after_apostrophe_ = false;  // one that opens
};

}  // namespace tercet::text

#endif  // TERCET_TEXT_JOIN_H_
