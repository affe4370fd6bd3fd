#include "text/token_scan.h"

#include <algorithm>

#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr char32_t kJoiner = 0x200D;  // ZWJ
// Repeated, these are one rule, dash, quote or bullet: --, '', ***, ===.
constexpr std::string_view kRunning = "-'`*=_~#+<>";
constexpr std::u32string_view kDelimiters = U"<>\"`{}|\\^\u00AB\u00BB\u201C\u201D\u201E";
constexpr std::string_view kTrailing = ".,;:!?'*_~)]";

// A pass over one word. `last` is the class of the last base character, `letters` how many word
// characters the part since the last joining sign has: they decide what may be joined next.
class WordScan {
 public:
  WordScan(const CharClasses& classes, std::string_view text, std::size_t at) noexcept
      : classes_(classes), text_(text), at_(at) {}

  WordEnd run() noexcept {
    while (at_ < text_.size()) {
      const CodePoint point = decode(text_, at_);
      const CharClass c_class = classes_.of(point.value);
      if (!take(c_class) && !joins(point, c_class)) break;
      at_ += point.size;
    }
    return {at_, has_letter_};
  }

 private:
  bool take(CharClass c_class) noexcept {
    if (is_letter(c_class)) {
      has_letter_ = true;
    } else if (c_class != CharClass::kDigit) {
      return c_class == CharClass::kMark || c_class == CharClass::kIgnorable;
    }
    last_ = c_class;
    ++letters_;
    return true;
  }

  // Whether the sign at hand stands inside the word; if so, begins the part behind it.
  bool joins(const CodePoint& sign, CharClass sign_class) noexcept {
    const CharClass next = class_at(at_ + sign.size);
    if (!is_word_start(next) || next == CharClass::kMark) return false;
    bool joined = false;
    switch (sign_class) {
      case CharClass::kApostrophe:
      case CharClass::kHyphen:
      case CharClass::kConnector:
        joined = true;
        break;
      case CharClass::kSeparator:
        joined = last_ == CharClass::kDigit && next == CharClass::kDigit;
        break;
      case CharClass::kStop:
        joined = sign.value == '.' && dot_joins(next);
        break;
      default:
        break;
    }
    if (joined) letters_ = 0;
    return joined;
  }

  // 3.14, and single letters: e.g, т.е, U.S.A
  bool dot_joins(CharClass next) const noexcept {
    if (last_ == CharClass::kDigit && next == CharClass::kDigit) return true;
    if (letters_ != 1 || !is_letter(last_) || !is_letter(next)) return false;
    const std::size_t behind = at_ + 1 + decode(text_, at_ + 1).size;
    const CharClass after = class_at(behind);
    return !is_word_start(after) && after != CharClass::kApostrophe && after != CharClass::kHyphen;
  }

  CharClass class_at(std::size_t at) const noexcept {
    return at < text_.size() ? classes_.of(decode(text_, at).value) : CharClass::kSpace;
  }

  const CharClasses& classes_;
  std::string_view text_;
  std::size_t at_;
  std::size_t letters_ = 0;
  CharClass last_ = CharClass::kOther;
  bool has_letter_ = false;
};

// Behind a run of the same character.
std::size_t skip_same(std::string_view text, std::size_t at) noexcept {
  const CodePoint first = decode(text, at);
  while (at < text.size() && decode(text, at).value == first.value) at += first.size;
  return at;
}

// ... and . as they stand; ?! and !!! and Russian ?.. as one sign.
std::size_t scan_stop(std::string_view text, std::size_t at) noexcept {
  if (text[at] != '!' && text[at] != '?') return skip_same(text, at);
  while (at < text.size() && (text[at] == '!' || text[at] == '?')) ++at;
  const std::size_t dots = std::min(text.find_first_not_of('.', at), text.size());
  return dots - at >= 2 ? dots : at;
}

// Marks, selectors, skin tones, tags and ZWJ with what it joins.
std::size_t scan_emoji(const CharClasses& classes, std::string_view text, std::size_t at) noexcept {
  bool joined = true;  // the first pictograph needs nothing before it
  while (at < text.size()) {
    const CodePoint point = decode(text, at);
    const CharClass c_class = classes.of(point.value);
    const bool skin_tone = point.value >= 0x1F3FB && point.value <= 0x1F3FF;
    const bool part = c_class == CharClass::kMark || c_class == CharClass::kIgnorable || skin_tone;
    if (!part && !(joined && c_class == CharClass::kEmoji)) break;
    joined = point.value == kJoiner;
    at += point.size;
  }
  return at;
}

std::size_t scan_flag(const CharClasses& classes, std::string_view text, std::size_t at) noexcept {
  at += decode(text, at).size;
  if (at == text.size()) return at;
  const CodePoint second = decode(text, at);
  return classes.of(second.value) == CharClass::kRegional ? at + second.size : at;
}

// A sign keeps the marks and selectors written on it.
std::size_t scan_marks(const CharClasses& classes, std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    const CodePoint point = decode(text, at);
    if (classes.of(point.value) != CharClass::kMark) break;
    at += point.size;
  }
  return at;
}

bool runs(char c) noexcept { return kRunning.find(c) != std::string_view::npos; }

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  if (text.size() < lower.size()) return false;
  return std::equal(lower.begin(), lower.end(), text.begin(), [](char expected, char c) {
    return (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) == expected;
  });
}

bool ends_url(char32_t c, CharClass c_class) noexcept {
  return is_space(c_class) || c_class == CharClass::kIdeograph || c_class == CharClass::kWideStop ||
         kDelimiters.find(c) != std::u32string_view::npos;
}

// A URL in running text does not own the punctuation behind it, nor a bracket it did not open.
std::size_t trim_url(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  const bool has_bracket = text.substr(begin, end - begin).find('(') != std::string_view::npos;
  while (end > begin) {
    const char last = text[end - 1];
    const std::string_view url = text.substr(begin, end - begin);
    const bool opened = last == ')' && has_bracket;
    if (!opened && kTrailing.find(last) != std::string_view::npos) {
      --end;
    } else if (url.size() >= 3 && url.substr(url.size() - 3) == "\xE2\x80\xA6") {
      end -= 3;
    } else {
      break;
    }
  }
  return end;
}

}  // namespace

WordEnd scan_word(const CharClasses& classes, std::string_view text, std::size_t at) noexcept {
  return WordScan(classes, text, at).run();
}

std::size_t scan_sign(const CharClasses& classes, std::string_view text, std::size_t at,
                      CharClass first) noexcept {
  switch (first) {
    case CharClass::kStop:
      return scan_stop(text, at);
    case CharClass::kEmoji:
      return scan_emoji(classes, text, at);
    case CharClass::kRegional:
      return scan_flag(classes, text, at);
    case CharClass::kDash:
      return skip_same(text, at);
    default:
      break;
  }
  if (runs(text[at])) return skip_same(text, at);
  return scan_marks(classes, text, at + decode(text, at).size);
}

std::size_t scan_url(std::string_view text, std::size_t at) noexcept {
  const std::string_view rest = text.substr(at);
  std::size_t prefix = 0;
  for (const std::string_view scheme : {"http://", "https://", "www."}) {
    if (starts_with_ignoring_case(rest, scheme)) prefix = scheme.size();
  }
  if (prefix == 0) return at;
  const CharClasses& classes = CharClasses::get();
  std::size_t end = at + prefix;
  while (end < text.size()) {
    const CodePoint point = decode(text, end);
    if (ends_url(point.value, classes.of(point.value))) break;
    end += point.size;
  }
  end = trim_url(text, at, end);
  return end > at + prefix ? end : at;
}

std::size_t scan_host(const CharClasses& classes, std::string_view text, std::size_t at) noexcept {
  const std::size_t begin = at;
  std::size_t label = at;  // where the label at hand begins
  std::size_t end = at;    // behind the last label that follows a dot
  while (at < text.size()) {
    const CodePoint point = decode(text, at);
    const CharClass c_class = classes.of(point.value);
    const bool inside = is_word_start(c_class) || (point.value == '-' && at > label);
    if (!inside && (point.value != '.' || at == label)) break;
    at += point.size;
    if (!inside) label = at;
    if (inside && point.value != '-' && label > begin) end = at;
  }
  return end;
}

}  // namespace tercet::text
