// Section kNotes: what a person wants to know of a model, as lines "key TAB value".
#ifndef TERCET_MODEL_NOTES_H_
#define TERCET_MODEL_NOTES_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tercet::model {

using Notes = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::string_view kLanguageNote = "language";

/// Line ends and tabs inside keys and values become spaces.
std::string encode_notes(const Notes& notes);
/// Lines without a tab are skipped.
Notes decode_notes(std::span<const std::byte> bytes);

}  // namespace tercet::model

#endif  // TERCET_MODEL_NOTES_H_
