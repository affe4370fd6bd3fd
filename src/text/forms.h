// The case layer: the vocabulary knows folded words; this remembers how each of them is spelt and
// chooses the spelling to show.
#ifndef TERCET_TEXT_FORMS_H_
#define TERCET_TEXT_FORMS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "text/case_pattern.h"
#include "text/language.h"

namespace tercet::text {

/// One spelling met in training text, all of them folding to the same word.
struct SurfaceForm {
  std::string text;
  std::uint32_t count_inside;   ///< Met inside sentences.
  std::uint32_t count_initial;  ///< Met as a sentence's first word.
};

inline constexpr std::size_t kMaxForms = 4;

/// The blob that the model file stores for a word: at most kMaxForms spellings that matter, the
/// most frequent inside sentences first. Empty when the folded word is the only sensible spelling.
/// Layout, for each form: one byte of CasePattern; only if that is kMixed, varint length and the
/// UTF-8 spelling, otherwise the spelling is the folded word in that pattern; then varint
/// count_inside and varint count_initial. Varints are LEB128 of at most 32 bits.
std::string encode_forms(std::string_view folded, std::span<const SurfaceForm> forms);

/// One spelling in a blob. `text` is empty where the folded word with `pattern` is the spelling.
struct Form {
  CasePattern pattern = CasePattern::kLower;
  std::string_view text;
  std::uint32_t count_inside = 0;
  std::uint32_t count_initial = 0;
};

/// Appends the spelling that `form` of the word `folded` means.
void append_spelling(std::string_view folded, const Form& form, std::string& out);

/// Reads a blob without allocating. Any bytes are safe: what cannot be read ends the list. The
/// blob must outlive the view.
class FormsView {
 public:
  explicit FormsView(std::string_view blob) noexcept;

  const Form* begin() const noexcept { return forms_.data(); }
  const Form* end() const noexcept { return forms_.data() + size_; }
  std::size_t size() const noexcept { return size_; }

 private:
  std::array<Form, kMaxForms> forms_;
  std::size_t size_ = 0;
};

struct FormRequest {
  bool sentence_start = false;
  /// What the person has typed of the word. Its capitals, ё and apostrophes are deliberate and
  /// win; lower case and е may be laziness and do not. Ignored unless it folds to a prefix of
  /// the folded word.
  std::string_view typed = {};  // NOLINT(readability-redundant-member-init): may be left out
};

/// Appends to `out` the spelling to show for `folded` (valid UTF-8 as fold() gives it); what is
/// appended folds to `folded`, whatever the blob holds. `out` must not be what the arguments point
/// into. Allocates only when `out` has to grow. Thread-safe.
void choose_form(std::string_view folded, std::string_view blob, const FormRequest& request,
                 const Language& language, std::string& out);

}  // namespace tercet::text

#endif  // TERCET_TEXT_FORMS_H_
