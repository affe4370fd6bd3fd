// Unicode normal form C: a quick check that nearly all text passes, and the work for the rest.
#ifndef TERCET_TEXT_NFC_H_
#define TERCET_TEXT_NFC_H_

#include <cstdint>
#include <string>

namespace tercet::text {

/// How a code point behaves under NFC: 0 = a starter that nothing can change; kNfcUnsafe = it may
/// change or join what stands before it (NFC_QC no or maybe); else its canonical combining class.
inline constexpr std::uint8_t kNfcUnsafe = 255;
std::uint8_t nfc_class(char32_t c) noexcept;

/// The quick check of UAX #15, section 9, fed one code point at a time.
class NfcCheck {
 public:
  /// One or more code points of class 0.
  void starter() noexcept { last_class_ = 0; }
  void add(char32_t c) noexcept {
    const std::uint8_t c_class = nfc_class(c);
    if (c_class == kNfcUnsafe || (c_class != 0 && c_class < last_class_)) maybe_not_nfc_ = true;
    last_class_ = c_class;
  }
  bool maybe_not_nfc() const noexcept { return maybe_not_nfc_; }

 private:
  std::uint8_t last_class_ = 0;
  bool maybe_not_nfc_ = false;
};

/// Brings valid UTF-8 to NFC in place. Takes time linear in the text (n log n in a run of marks).
void make_nfc(std::string& text);

}  // namespace tercet::text

#endif  // TERCET_TEXT_NFC_H_
