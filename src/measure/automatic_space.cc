#include "measure/automatic_space.h"

#include "text/utf8.h"

namespace tercet::measure {
namespace {

std::string_view next_character(std::string_view wanted, std::size_t at) {
  return wanted.substr(at, text::decode(wanted, at).size);
}

}  // namespace

bool on_the_way(std::string_view written, std::string_view wanted) noexcept {
  if (wanted.starts_with(written)) return true;
  return written.ends_with(' ') && wanted.starts_with(written.substr(0, written.size() - 1));
}

SpaceKey SpaceForesight::next(std::string_view written, std::string_view wanted, bool automatic) {
  if (!automatic) return SpaceKey::kType;
  const bool belongs = wanted.starts_with(written);
  const std::size_t at = belongs ? written.size() : written.size() - 1;
  if (at == wanted.size()) return SpaceKey::kDelete;
  const text::Edit edit = spaces_.type(written, next_character(wanted, at), true);
  std::string after(written.substr(0, written.size() - edit.erase));
  after += edit.insert;
  if (on_the_way(after, wanted)) return SpaceKey::kType;
  return belongs ? SpaceKey::kKeep : SpaceKey::kDelete;
}

std::size_t SpaceForesight::keys_behind(std::string_view picked, std::string_view wanted) {
  text_ = picked;
  bool automatic = spaces_.belongs_behind(picked);
  if (automatic) text_ += ' ';
  std::size_t keys = 0;
  for (; text_ != wanted; ++keys) {
    const SpaceKey key = next(text_, wanted, automatic);
    if (key == SpaceKey::kType) {
      const std::size_t at = wanted.starts_with(text_) ? text_.size() : text_.size() - 1;
      const std::string_view character = next_character(wanted, at);
      const text::Edit edit = spaces_.type(text_, character, automatic);
      text_.resize(text_.size() - edit.erase);
      text_ += edit.insert;
      automatic = edit.insert.ends_with(' ') && character != " ";
    } else {
      if (key == SpaceKey::kDelete) text_.pop_back();
      automatic = false;
    }
  }
  return keys;
}

}  // namespace tercet::measure
