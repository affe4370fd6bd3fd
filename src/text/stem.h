// Stems: what the inflected forms of one word have in common.
#ifndef TERCET_TEXT_STEM_H_
#define TERCET_TEXT_STEM_H_

#include <memory>
#include <string_view>

#include "text/language.h"

struct sb_stemmer;

namespace tercet::text {

/// Snowball's stemmer (Porter 2001) for a language, or none where Snowball has none. One object per
/// thread; different objects share nothing.
class Stemmer {
 public:
  explicit Stemmer(const Language& language);

  /// The stem of a folded word; the word itself without a stemmer. Valid until the next call, and
  /// no longer than `folded`.
  std::string_view stem(std::string_view folded) const;

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const noexcept;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
};

}  // namespace tercet::text

#endif  // TERCET_TEXT_STEM_H_
