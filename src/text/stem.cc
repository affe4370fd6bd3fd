#include "text/stem.h"

#include <libstemmer.h>

#include <string>

namespace tercet::text {

Stemmer::Stemmer(const Language& language)
    // Snowball knows its algorithms by the same two letters, and the text is UTF-8 by default.
    : stemmer_(sb_stemmer_new(std::string(language.tag).c_str(), nullptr)) {}

std::string_view Stemmer::stem(std::string_view folded) const {
  if (!stemmer_) return folded;
  const auto* const bytes = reinterpret_cast<const sb_symbol*>(folded.data());
  const sb_symbol* const stem =
      sb_stemmer_stem(stemmer_.get(), bytes, static_cast<int>(folded.size()));
  if (stem == nullptr) return folded;  // Out of memory.
  return {reinterpret_cast<const char*>(stem),
          static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const noexcept { sb_stemmer_delete(stemmer); }

}  // namespace tercet::text
