// Which of several models is asked, by the script of what is being written.
#ifndef TERCET_APPS_CLI_MODEL_CHOICE_H_
#define TERCET_APPS_CLI_MODEL_CHOICE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/script.h"

namespace tercet::cli {

using text::Script;

/// Of the last Latin or Cyrillic letter; kOther where there is none.
Script script_of(std::string_view text);

/// That `language` ("en", "ru", "en-GB") is written in; Latin unless known otherwise.
Script script_of_language(std::string_view language);

/// Keeps the choice between lines. It changes only when the script of the text does.
class ModelChoice {
 public:
  /// One language per model, at least one.
  explicit ModelChoice(const std::vector<std::string>& languages);

  /// Chooses the first model that is written as `text` ends, the first of all if none is.
  std::size_t choose(std::string_view text);

 private:
  std::vector<Script> scripts_;
  std::size_t current_ = 0;
  Script last_ = Script::kOther;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_MODEL_CHOICE_H_
