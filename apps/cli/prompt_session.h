// The interactive prompt: one person, one line, continuations under it.
#ifndef TERCET_APPS_CLI_PROMPT_SESSION_H_
#define TERCET_APPS_CLI_PROMPT_SESSION_H_

#include <optional>
#include <vector>

#include "line_editor.h"
#include "prompt_learner.h"
#include "screen.h"
#include "terminal.h"

namespace tercet::cli {

class PromptSession {
 public:
  PromptSession(Learner& learner, Terminal& terminal) : learner_(learner), terminal_(terminal) {}

  /// Until the person quits. Returns the exit status.
  int run();

 private:
  /// False when the person quits.
  bool press(const Key& key);
  void pick(const EditorEvent& event);
  void choose(const Offers& offers);
  void tell_session();
  void finish_line();
  void suggest();
  void show();
  void complain_once();
  void leave();

  Learner& learner_;
  Terminal& terminal_;
  LineEditor editor_;
  std::vector<Choice> choices_;  // As shown: words, then rare ones, then genius ones.
  std::size_t words_ = 0;        // So many of them are words,
  std::size_t rare_ = 0;         // and rare ones.
  std::optional<Choice> phrase_;
  bool phrase_is_of_initials_ = false;
  bool pasted_ = false;  // The last key was.
  bool stale_ = true;    // The line has changed since the choices were made.
  bool complained_ = false;
  double microseconds_ = 0;
  Frame frame_;  // What is on the screen.
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_PROMPT_SESSION_H_
