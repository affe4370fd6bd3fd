// What a server tells the service manager that has started it: the protocol of sd_notify(3).
#ifndef TERCET_APPS_CLI_SERVICE_MANAGER_H_
#define TERCET_APPS_CLI_SERVICE_MANAGER_H_

#include <string_view>

namespace tercet::cli {

/// "READY=1", "STOPPING=1": one datagram to the socket that $NOTIFY_SOCKET names. Nothing where it
/// names none. Nobody waits for it and nobody can mend it, so that errors do not count.
void tell_service_manager(std::string_view state);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_SERVICE_MANAGER_H_
