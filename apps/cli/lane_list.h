// The lanes of a place, as rows of text.
#ifndef TERCET_APPS_CLI_LANE_LIST_H_
#define TERCET_APPS_CLI_LANE_LIST_H_

#include <optional>
#include <span>
#include <string>

#include "tercet/lanes.h"
#include "tercet/session.h"

namespace CLI {
class App;
}  // namespace CLI

namespace tercet::cli {

/// The option --gate.
void add_gate_option(CLI::App& command, double& gate);

/// One numbered line per word: its surprise, U, D, V and, of rare and genius words, why.
std::string measured_list(std::span<const Offer> offers);

/// That lane under its name; all of them if none is named.
std::string lane_lists(const Offers& offers, std::optional<Lane> only);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_LANE_LIST_H_
