// Comparing what nobody may guess bit by bit.
#ifndef TERCET_HTTP_SECRET_H_
#define TERCET_HTTP_SECRET_H_

#include <cstddef>
#include <string_view>

namespace tercet::http {

/// Takes as long as `given` is, whatever `secret` is. An empty secret is nobody's.
inline bool same_secret(std::string_view given, std::string_view secret) noexcept {
  if (secret.empty()) return false;
  std::size_t difference = given.size() ^ secret.size();
  for (std::size_t i = 0; i < given.size(); ++i) {
    difference |= static_cast<unsigned char>(given[i]) ^
                  static_cast<std::size_t>(static_cast<unsigned char>(secret[i % secret.size()]));
  }
  return difference == 0;
}

}  // namespace tercet::http

#endif  // TERCET_HTTP_SECRET_H_
