#include "serve/tasks.h"

#include <array>
#include <cstddef>
#include <numbers>

#include "json/writer.h"
#include "serve/generate.h"

namespace tercet::serve {
namespace {

constexpr std::size_t kAutocompleteTokens = 12;
constexpr std::size_t kTitleWords = 5;

/// Between the last `open` and the `close` behind it; nothing if there is none.
std::optional<std::string_view> last_between(std::string_view text, std::string_view open,
                                             std::string_view close) {
  const std::size_t end = text.rfind(close);
  if (end == std::string_view::npos) return {};
  const std::size_t begin = text.substr(0, end).rfind(open);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin + open.size(), end - begin - open.size());
}

/// Rather another token than the one drawn.
bool is_doubtful(const Chunk& chunk) {
  return !chunk.tokens.empty() && chunk.tokens.back().log_probability < -std::numbers::ln2;
}

/// The most likely word, and those behind it that are more likely than not, up to the end of the
/// sentence. The page inserts all of it as it stands, or nothing: one wrong word spoils the others.
std::string continuation(const ServedModel& model, Metrics& metrics, std::string_view text) {
  GenerateOptions options;
  options.sampling.temperature = 0;
  options.most_tokens = kAutocompleteTokens;
  options.sentences = 1;
  options.metrics = &metrics;
  Generator generator(model, read_prompt(model.model, text), options);
  std::string out;
  for (Chunk chunk; generator.next(chunk); out += chunk.text) {
    if (!out.empty() && is_doubtful(chunk)) break;
  }
  return out;
}

/// The person's last message of the history that the prompt quotes, its first line.
std::string_view last_said(std::string_view prompt) {
  constexpr std::string_view kUser = "\nUSER: ";
  const auto history = last_between(prompt, "<chat_history>", "</chat_history>");
  if (!history) return {};
  const std::size_t at = history->rfind(kUser);
  if (at == std::string_view::npos) return {};
  const std::string_view said = history->substr(at + kUser.size());
  return said.substr(0, said.find('\n'));
}

std::string_view first_words(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < count && end != std::string_view::npos; ++i)
    end = text.find(' ', i == 0 ? 0 : end + 1);
  return text.substr(0, end);
}

/// The JSON member that a task asks for, and how it is answered.
struct Task {
  std::string_view member;  ///< With quotes, as the prompt's instructions name it.
  void (*answer)(json::Writer& json, const ServedModel& model, Metrics& metrics,
                 std::string_view prompt);
};

// The autocompletion's instructions come last: those of others may say "text", too.
constexpr std::array kTasks{
    Task{"\"follow_ups\"",
         [](json::Writer& json, const ServedModel&, Metrics&, std::string_view) {
           json.key("follow_ups").begin_array().end_array();
         }},
    Task{"\"queries\"", [](json::Writer& json, const ServedModel&, Metrics&,
                           std::string_view) { json.key("queries").begin_array().end_array(); }},
    Task{"\"tags\"",
         [](json::Writer& json, const ServedModel&, Metrics&, std::string_view) {
           json.key("tags").begin_array().value("General").end_array();
         }},
    Task{"\"title\"",
         [](json::Writer& json, const ServedModel&, Metrics&, std::string_view prompt) {
           const std::string_view title = first_words(last_said(prompt), kTitleWords);
           json.field("title", title.empty() ? "New Chat" : title);
         }},
    Task{"\"prompt\"", [](json::Writer& json, const ServedModel&, Metrics&,
                          std::string_view prompt) { json.field("prompt", last_said(prompt)); }},
    Task{"\"text\"",
         [](json::Writer& json, const ServedModel& model, Metrics& metrics,
            std::string_view prompt) {
           const auto text = last_between(prompt, "<text>", "</text>");
           json.field("text", continuation(model, metrics, text.value_or("")));
         }},
};

}  // namespace

std::optional<std::string> answer_task(const ServedModel& model, Metrics& metrics,
                                       std::string_view prompt) {
  if (prompt.starts_with("Your task is to reflect the speaker's likely facial expression"))
    return "🙂";
  if (!prompt.starts_with("### Task:")) return {};
  const std::string_view instructions = prompt.substr(0, prompt.find("<chat_history>"));
  for (const Task& task : kTasks) {
    if (instructions.find(task.member) == std::string_view::npos) continue;
    json::Writer json;
    json.begin_object();
    task.answer(json, model, metrics, prompt);
    json.end_object();
    return json.text();
  }
  return {};
}

}  // namespace tercet::serve
