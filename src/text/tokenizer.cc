#include "text/tokenizer.h"

#include <array>
#include <cstddef>

#include "text/char_class.h"
#include "text/sentence.h"
#include "text/token_scan.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr std::string_view kMailSigns = ".+-%";

constexpr auto kSplits = [] {
  std::array<bool, 256> splits{};
  for (const char c : {' ', '\t', '\r', '\n'}) splits[static_cast<unsigned char>(c)] = true;
  return splits;
}();

// One pass over a text.
class Pass {
 public:
  Pass(const Language& language, std::string_view text, std::vector<Token>& out) noexcept
      : language_(language), text_(text), out_(out) {}

  void run() {
    while (at_ < text_.size()) step();
  }

 private:
  void step() {
    const CodePoint point = decode(text_, at_);
    const CharClass c_class = classes_.of(point.value);
    switch (c_class) {
      case CharClass::kLineBreak:
        new_line_ = true;
        [[fallthrough]];
      case CharClass::kSpace:
        space_ = true;
        [[fallthrough]];
      case CharClass::kIgnorable:
        at_ += point.size;
        return;
      case CharClass::kIdeograph:
        emit(scan_ideograph(point.size), TokenKind::kWord, false);
        return;
      case CharClass::kLower:
      case CharClass::kUpper:
      case CharClass::kLetter:
      case CharClass::kDigit:
      case CharClass::kMark:
        word(point.value);
        return;
      default:
        sign(point.value, c_class);
        return;
    }
  }

  void word(char32_t first) {
    const char32_t lower = first | 0x20U;
    if (lower == 'h' || lower == 'w') {
      const std::size_t end = scan_url(text_, at_);
      if (end != at_) return emit(end, TokenKind::kAddress, false);
    }
    const WordEnd scanned = scan_word(classes_, text_, at_);
    emit(scanned.end, scanned.has_letter ? TokenKind::kWord : TokenKind::kNumber, false);
  }

  void sign(char32_t first, CharClass c_class) {
    if (first == '@' && mail()) return;
    const bool wide_stop = c_class == CharClass::kWideStop;
    emit(scan_sign(classes_, text_, at_, c_class), TokenKind::kPunctuation,
         wide_stop || c_class == CharClass::kStop);
    after_wide_stop_ |= wide_stop;
  }

  // An ideograph keeps its marks and variation selectors.
  std::size_t scan_ideograph(std::size_t size) const noexcept {
    std::size_t end = at_ + size;
    while (end < text_.size()) {
      const CodePoint point = decode(text_, end);
      if (classes_.of(point.value) != CharClass::kMark) break;
      end += point.size;
    }
    return end;
  }

  // At an @: takes back the tokens that make the name before it and puts the address in their
  // place. False where this is no address.
  bool mail() {
    const std::size_t end = scan_host(classes_, text_, at_ + 1);
    std::size_t first = out_.size();
    if (end == at_ + 1 || space_) return false;
    while (first > 0 && is_mail_part(out_[first - 1])) {
      --first;
      if (out_[first].space_before || out_[first].starts_sentence) break;
    }
    while (first < out_.size() && out_[first].kind == TokenKind::kPunctuation) ++first;
    if (first == out_.size() || ends_at(out_.back()) != at_) return false;
    Token address = out_[first];
    address.kind = TokenKind::kAddress;
    const auto begin = static_cast<std::size_t>(address.surface.data() - text_.data());
    address.surface = text_.substr(begin, end - begin);
    out_.resize(first);
    out_.push_back(address);
    at_ = end;
    return true;
  }

  std::size_t ends_at(const Token& token) const noexcept {
    return static_cast<std::size_t>(token.surface.data() - text_.data()) + token.surface.size();
  }

  static bool is_mail_part(const Token& token) noexcept {
    if (token.kind == TokenKind::kWord || token.kind == TokenKind::kNumber) return true;
    return token.surface.size() == 1 && kMailSigns.find(token.surface[0]) != std::string_view::npos;
  }

  void emit(std::size_t end, TokenKind kind, bool is_stop) {
    const bool starts = new_line_ || (after_stop_ && starts_sentence());
    const std::string_view surface = text_.substr(at_, end - at_);
    out_.push_back({surface, kind, starts, space_});
    // A closing quote or bracket does not separate a stop from the space that makes it one.
    after_stop_ = is_stop || (after_stop_ && !starts && !space_ && !is_wordlike(kind));
    after_wide_stop_ = after_wide_stop_ && after_stop_;
    new_line_ = false;
    space_ = false;
    at_ = end;
  }

  static bool is_wordlike(TokenKind kind) noexcept { return kind != TokenKind::kPunctuation; }

  bool starts_sentence() const {
    if (after_wide_stop_ && !space_) {
      const CharClass next = classes_.of(decode(text_, at_).value);
      return is_word_start(next) || next == CharClass::kIdeograph || next == CharClass::kOpen;
    }
    return space_ &&
           begins_sentence(sentence_ending(out_, language_), opening_of(text_.substr(at_)));
  }

  const CharClasses& classes_ = CharClasses::get();
  const Language& language_;
  std::string_view text_;
  std::vector<Token>& out_;
  std::size_t at_ = 0;
  bool space_ = true;        // before the token at hand
  bool new_line_ = true;     // ditto
  bool after_stop_ = false;  // a stop, and no more than closing signs since
  bool after_wide_stop_ = false;
};

}  // namespace

void Tokenizer::tokenize(std::string_view clean_text, std::vector<Token>& out) const {
  out.clear();
  Pass(*language_, clean_text, out).run();
}

void split_tokens(std::string_view line, std::vector<std::string_view>& out) {
  const auto splits = [](char c) { return kSplits[static_cast<unsigned char>(c)]; };
  out.clear();
  const char* at = line.data();
  const char* const end = at + line.size();
  while (true) {
    while (at != end && splits(*at)) ++at;
    if (at == end) return;
    const char* const begin = at;
    while (at != end && !splits(*at)) ++at;
    out.emplace_back(begin, static_cast<std::size_t>(at - begin));
  }
}

}  // namespace tercet::text
