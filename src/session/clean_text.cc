#include "session/clean_text.h"

#include <algorithm>
#include <cstring>

#include "text/utf8.h"

namespace tercet::session {

std::size_t common_prefix(std::string_view a, std::string_view b) noexcept {
  constexpr std::size_t kBlock = 4096;
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (same + kBlock <= most && std::memcmp(a.data() + same, b.data() + same, kBlock) == 0)
    same += kBlock;
  while (same < most && a[same] == b[same]) ++same;
  return same;
}

std::string_view CleanText::clean(std::string_view text) {
  text::CleanStats ignored;
  // No canonical composition begins with a space: what stands behind one cannot change it.
  std::size_t known = common_prefix(last_, text);
  while (known > 0 && text[known - 1] != ' ') --known;
  const std::string_view rest = text.substr(known);
  if (text::clean(rest, buffer_, ignored).data() == rest.data()) {
    last_.replace(known, std::string::npos, rest);
    return last_;
  }
  last_.clear();
  return text::clean(text, buffer_, ignored);
}

}  // namespace tercet::session
