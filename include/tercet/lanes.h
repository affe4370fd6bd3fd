// Lanes: is a word expected here, seldom, or surprising and yet prepared by the text? docs/LANES.md
// has the definitions and what they are worth.
#ifndef TERCET_LANES_H_
#define TERCET_LANES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tercet {

enum class Lane : std::uint8_t {
  kNone,     ///< Unexpected, and nothing speaks for it.
  kTypical,  ///< Among the words that have 90 % of the probability.
  kRare,     ///< Beyond them, but it has followed the last two words before.
  kGenius,   ///< Beyond them, it has followed the last word, and the text as a whole supports it.
};

/// Where a word stands among all that might follow.
struct LaneMeasure {
  Lane lane = Lane::kNone;
  /// U: probability of all words that are more probable than this one, and half of those that are
  /// as probable, 0..1. Words within 1/16 bit count as equally probable.
  float unusual = 0;
  /// D: bits of surprise that the text takes back; negative: the text speaks against it.
  float support_bits = 0;
  /// V: share of random words, as frequent as this one, that the text would support less, 0..1.
  float fit = 0;
};

/// Why a word is rare or genius.
struct Provenance {
  std::uint32_t times = 0;  ///< How often it was seen after `after`: in training, or in your text.
  std::string_view after;   ///< The word or sign before it; empty: the beginning of a sentence.
  /// Words of the text that speak most for it; empty: there is none.
  std::array<std::string_view, 2> because;
};

/// V from which on a word may be genius: at kBold one random word in five would pass, at kCareful
/// one in twenty.
inline constexpr double kBoldGate = 0.8;
inline constexpr double kCarefulGate = 0.95;

/// In place of what the model's file says, to find better values. V is told by a null that was
/// measured with the file's own, so it means less with others.
struct LaneOverrides {
  std::optional<double> strength;   ///< b: 0.5, 1, 1.5 .. 8.
  std::optional<double> smoothing;  ///< mu: 1 or more.
  std::optional<double> decay;      ///< A word at distance d weighs d^-decay, 0..4.
};

}  // namespace tercet

#endif  // TERCET_LANES_H_
