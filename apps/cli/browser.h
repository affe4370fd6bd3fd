// A person's own browser.
#ifndef TERCET_APPS_CLI_BROWSER_H_
#define TERCET_APPS_CLI_BROWSER_H_

#include <string>

namespace tercet::cli {

/// Shows the address in the browser that the desktop prefers (xdg-open), without waiting for it.
/// Returns false where there is no desktop, or nothing to open it with.
bool open_in_browser(const std::string& address);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_BROWSER_H_
