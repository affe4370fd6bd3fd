// The page of web/, as it was built into this binary.
#ifndef TERCET_PAGE_ASSETS_H_
#define TERCET_PAGE_ASSETS_H_

#include <span>
#include <string_view>

namespace tercet::page {

struct Asset {
  std::string_view path;  ///< "/assets/index-U9Xc8b07.js"; the page itself is "/index.html".
  std::string_view content_type;
  std::string_view bytes;
  std::string_view tag;  ///< Another for other bytes.
  bool immutable;        ///< Its name is another for other bytes, too.
};

/// By path. None if there was no web/dist when this was built.
std::span<const Asset> assets() noexcept;

}  // namespace tercet::page

#endif  // TERCET_PAGE_ASSETS_H_
