#include "text/clean_copy.h"

#include <algorithm>

#include "text/nfc.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr char32_t kByteOrderMark = 0xFEFF;  // It goes, so that what stands behind it moves up.

/// The end of the piece that begins at `at`: what follows cannot change by what it holds.
std::size_t piece_end(std::string_view text, std::size_t at) noexcept {
  do at += decode(text, at).size;
  while (at < text.size() &&
         (nfc_class(decode(text, at).value) != 0 || decode(text, at).value == kByteOrderMark));
  return at;
}

}  // namespace

CleanCopy::CleanCopy(std::string_view given) {
  CleanStats ignored;
  std::string buffer;
  if (clean(given, buffer, ignored).data() == given.data()) {
    text_ = given;
    return;
  }
  for (std::size_t at = 0; at < given.size();) {
    const std::size_t end = piece_end(given, at);
    const std::string_view piece = given.substr(at, end - at);
    const std::string_view cleaned = clean(piece, buffer, ignored);
    if (cleaned.data() != piece.data())
      changes_.push_back({text_.size(), text_.size() + cleaned.size(), at, end});
    text_ += cleaned;
    at = end;
  }
}

std::size_t CleanCopy::given_begin(std::size_t begin) const noexcept {
  const auto next = std::upper_bound(
      changes_.begin(), changes_.end(), begin,
      [](std::size_t offset, const Change& change) { return offset < change.begin; });
  if (next == changes_.begin()) return begin;
  const Change& last = *(next - 1);
  return begin < last.end ? last.given_begin : last.given_end + (begin - last.end);
}

std::size_t CleanCopy::given_end(std::size_t end) const noexcept {
  const auto next = std::lower_bound(
      changes_.begin(), changes_.end(), end,
      [](const Change& change, std::size_t offset) { return change.begin < offset; });
  if (next == changes_.begin()) return end;
  const Change& last = *(next - 1);
  return end <= last.end ? last.given_end : last.given_end + (end - last.end);
}

}  // namespace tercet::text
