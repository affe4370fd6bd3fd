// A text that is given again and again, a little changed each time, made clean.
#ifndef TERCET_SESSION_CLEAN_TEXT_H_
#define TERCET_SESSION_CLEAN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet::session {

/// How many bytes at their beginning two texts share.
std::size_t common_prefix(std::string_view a, std::string_view b) noexcept;

/// text::clean(), at the price of what has changed since the last call. One thread.
class CleanText {
 public:
  /// Valid until the next call.
  std::string_view clean(std::string_view text);

 private:
  std::string last_;    // As given, if it was clean.
  std::string buffer_;  // What was not, made clean.
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_CLEAN_TEXT_H_
