// A text made clean that knows where each part of it stood before.
#ifndef TERCET_TEXT_CLEAN_COPY_H_
#define TERCET_TEXT_CLEAN_COPY_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::text {

/// Immutable. Offsets count bytes.
class CleanCopy {
 public:
  explicit CleanCopy(std::string_view given);

  /// As clean() makes it.
  const std::string& text() const noexcept { return text_; }

  /// Where in the given text that begins, or ends, which begins or ends there in the clean one. Of
  /// characters that were composed of several, all of them.
  std::size_t given_begin(std::size_t begin) const noexcept;
  std::size_t given_end(std::size_t end) const noexcept;

 private:
  /// Bytes of which clean() made others; between two of these the texts are the same.
  struct Change {
    std::size_t begin;  ///< In the clean text.
    std::size_t end;
    std::size_t given_begin;
    std::size_t given_end;
  };

  std::string text_;
  std::vector<Change> changes_;
};

}  // namespace tercet::text

#endif  // TERCET_TEXT_CLEAN_COPY_H_
