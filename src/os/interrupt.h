// Ctrl-C as a stop token.
#ifndef TERCET_OS_INTERRUPT_H_
#define TERCET_OS_INTERRUPT_H_

#include <stop_token>

namespace tercet::os {

/// A token that is triggered by SIGINT or SIGTERM. The first call installs the handlers, for the
/// life of the process; later calls return the same token. Thread-safe.
///
/// The first signal only triggers the token: work polls it, removes its temporary files and returns
/// kCancelled. It also puts the default handlers back, so a second Ctrl-C kills at once. System
/// calls are restarted (SA_RESTART): a read from a terminal or pipe goes on waiting, and the second
/// Ctrl-C ends it.
///
/// The handler itself does nothing but write(2) to a pipe; a thread waits at its other end and
/// calls request_stop(), because stop callbacks may not run inside a signal handler.
std::stop_token interrupt_token();

/// The signal that triggered the token, or 0. For the exit status: 128 + signal, as shells have it.
int interrupt_signal() noexcept;

}  // namespace tercet::os

#endif  // TERCET_OS_INTERRUPT_H_
