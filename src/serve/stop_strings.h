// Finding the strings that end a text while the text is made.
#ifndef TERCET_SERVE_STOP_STRINGS_H_
#define TERCET_SERVE_STOP_STRINGS_H_

#include <string>
#include <string_view>
#include <vector>

namespace tercet::serve {

/// Lets a text through piece by piece, up to the first stop string. What may be the beginning of
/// one is held back.
class StopStrings {
 public:
  /// Empty strings stop nothing.
  explicit StopStrings(std::vector<std::string> stops);

  /// Takes a piece; returns what can be shown now.
  std::string feed(std::string_view piece);
  /// The text has ended: what was held back.
  std::string finish();
  bool stopped() const noexcept { return !found_.empty(); }
  /// The string that was found; empty if none was.
  const std::string& found() const noexcept { return found_; }

 private:
  std::vector<std::string> stops_;
  std::string held_;
  std::string found_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_STOP_STRINGS_H_
