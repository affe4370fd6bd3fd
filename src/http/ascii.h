// Names in HTTP: ASCII, whatever the case.
#ifndef TERCET_HTTP_ASCII_H_
#define TERCET_HTTP_ASCII_H_

#include <algorithm>
#include <string_view>

namespace tercet::http {

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace tercet::http

#endif  // TERCET_HTTP_ASCII_H_
