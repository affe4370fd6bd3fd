// Asking a predictor and showing what it says.
#ifndef TERCET_APPS_CLI_SUGGESTION_LIST_H_
#define TERCET_APPS_CLI_SUGGESTION_LIST_H_

#include <optional>
#include <span>
#include <string>

#include "json/writer.h"
#include "tercet/predictor.h"
#include "tercet/session.h"

namespace tercet::cli {

struct Answer {
  Suggestions suggestions;  ///< Lives until the scratch is used again.
  double microseconds;      ///< Of Predictor::suggest alone.
};

Answer ask(const Predictor& predictor, const Query& query, Scratch& scratch);

/// One numbered line per suggestion: " 1  word   3.1 bits  order 4".
std::string numbered_list(const Suggestions& suggestions);
std::string numbered_list(std::span<const Offer> offers);

/// What the letters typed are the initials of, if that is more probable than every word that
/// `offers`, the session's own, has for them. Ends the life of those.
std::optional<Offer> phrase_of_initials(Session& session, const Offers& offers);

void write_json(const Answer& answer, json::Writer& json);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_SUGGESTION_LIST_H_
