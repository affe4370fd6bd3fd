// What Open WebUI asks a model for behind the person's back: prompts of its own that want JSON.
#ifndef TERCET_SERVE_TASKS_H_
#define TERCET_SERVE_TASKS_H_

#include <optional>
#include <string>
#include <string_view>

#include "serve/metrics.h"
#include "serve/models.h"

namespace tercet::serve {

/// The whole answer to a task prompt; nothing if `prompt` is none. Autocompletion is answered with
/// what the model continues the text with. What takes judgement is answered with as little as is
/// well-formed: no follow-up questions, no queries, a friendly face, the tag "General", and for a
/// title or an image what the person wrote.
std::optional<std::string> answer_task(const ServedModel& model, Metrics& metrics,
                                       std::string_view prompt);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_TASKS_H_
