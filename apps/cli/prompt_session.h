// The interactive prompt: one person, one line, continuations under it.
#ifndef TERCET_APPS_CLI_PROMPT_SESSION_H_
#define TERCET_APPS_CLI_PROMPT_SESSION_H_

#include <string>
#include <vector>

#include "line_editor.h"
#include "model_choice.h"
#include "screen.h"
#include "tercet/predictor.h"
#include "terminal.h"

namespace tercet::cli {

/// Models that answer together: the one whose script fits is asked.
struct PromptModels {
  std::vector<Predictor> predictors;
  std::vector<std::string> labels;  ///< Languages, for the eye and for ModelChoice.
};

class PromptSession {
 public:
  PromptSession(const PromptModels& models, Terminal& terminal);

  /// Until the person quits. Returns the exit status.
  int run();

 private:
  /// False when the person quits.
  bool press(const Key& key);
  void finish_line();
  void accept(const std::string& text);
  void suggest();
  void show();
  void leave();

  const PromptModels& models_;
  Terminal& terminal_;
  ModelChoice choice_;
  LineEditor editor_;
  Scratch scratch_;
  std::vector<Choice> choices_;  // As shown.
  std::size_t replaced_ = 0;     // Bytes before the caret that a choice replaces.
  bool stale_ = true;            // The line has changed since the choices were made.
  double microseconds_ = 0;
  Frame frame_;  // What is on the screen.
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_PROMPT_SESSION_H_
