// A person who knows what becomes of the space that a pick writes.
#ifndef TERCET_MEASURE_AUTOMATIC_SPACE_H_
#define TERCET_MEASURE_AUTOMATIC_SPACE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/typing_space.h"

namespace tercet::measure {

enum class SpaceKey : std::uint8_t {
  kType,    ///< The next character; whatever it does to the space is right.
  kKeep,    ///< A space, lest the next character moves the one that is there.
  kDelete,  ///< The space, which belongs neither here nor behind the next character.
};

/// Whether `written` is a beginning of `wanted`, or that and a space that does not belong there.
bool on_the_way(std::string_view written, std::string_view wanted) noexcept;

/// One thread.
class SpaceForesight {
 public:
  explicit SpaceForesight(const text::Language& language) : spaces_(language) {}

  /// The next key towards `wanted`, which differs from `written`, and to which that is on the way.
  /// `automatic`: the last space was written by a pick or moved by a sign.
  SpaceKey next(std::string_view written, std::string_view wanted, bool automatic);

  /// How many keys lead from the pick at the end of `picked` to `wanted`, which begins so and goes
  /// on with what stands before the next word. Both from the beginning of the line.
  std::size_t keys_behind(std::string_view picked, std::string_view wanted);

  /// Whether a pick writes a space before its word.
  bool comes_before(std::string_view written, std::string_view word) {
    return spaces_.belongs_between(written, word);
  }

 private:
  text::TypingSpace spaces_;
  std::string text_;
};

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_AUTOMATIC_SPACE_H_
