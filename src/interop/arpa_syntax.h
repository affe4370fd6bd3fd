// The lines of an ARPA file, one at a time: what reader and writer agree on.
#ifndef TERCET_INTEROP_ARPA_SYNTAX_H_
#define TERCET_INTEROP_ARPA_SYNTAX_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tercet::interop {

/// log10 of probability zero, as SRILM writes it; anything as low or lower is read as zero.
inline constexpr double kLogZero = -99;
inline constexpr double kBitsPerLog10 = 3.32192809488736234787;

inline constexpr std::string_view kDataLine = "\\data\\";
inline constexpr std::string_view kEndLine = "\\end\\";

/// What export adds in front of `\data\`, so that an import finds the same integers. KenLM skips
/// lines that begin with #, SRILM everything before `\data\`.
struct ExportMark {
  std::uint32_t units_per_bit = 0;
  std::uint32_t backoff_bias = 0;
  bool normalised = true;

  friend bool operator==(const ExportMark&, const ExportMark&) = default;
};
/// Without a line end.
std::string encode(const ExportMark& mark);
std::optional<ExportMark> parse_mark(std::string_view line);

/// "ngram 2=81973", with any spaces around the parts.
struct CountLine {
  std::uint32_t order;
  std::uint64_t count;
};
std::optional<CountLine> parse_count_line(std::string_view line);

/// The N of "\N-grams:".
std::optional<std::uint32_t> parse_section_line(std::string_view line);
std::string section_line(std::size_t n);

/// A whole field as a number; "-inf" and "nan" are numbers.
std::optional<double> parse_number(std::string_view field) noexcept;

/// Without spaces, tabs and carriage returns at both ends.
std::string_view trim(std::string_view line) noexcept;

/// Puts what lies between spaces and tabs into `fields` until they are full; returns how many.
std::size_t split(std::string_view line, std::span<std::string_view> fields) noexcept;

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_ARPA_SYNTAX_H_
