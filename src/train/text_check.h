// Files that are no text, by their first bytes.
#ifndef TERCET_TRAIN_TEXT_CHECK_H_
#define TERCET_TRAIN_TEXT_CHECK_H_

#include <string_view>

#include "tercet/error.h"

namespace tercet::train {

/// kUnsupported, with what mends it, if the unpacked bytes at the beginning of the input `name` are
/// those of a model, a program, UTF-16 text or anything else with many zero bytes. A few stray zero
/// bytes, and bytes that are no UTF-8, are text.
Status check_is_text(std::string_view name, std::string_view head);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_TEXT_CHECK_H_
