// llama.cpp's own way to ask for a continuation.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "serve/answer.h"
#include "serve/generation_fields.h"
#include "serve/handlers.h"
#include "serve/logprobs.h"

namespace tercet::serve {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kMostAlternatives = 4096;  // text-generation-webui wants that many.
constexpr std::int64_t kLongestTime = 600'000;    // ms
// What llama.cpp's server does if nothing is said.
constexpr SamplingDefaults kDefaults{.temperature = 0.8, .top_p = 0.95, .min_p = 0.05, .top_k = 40};

struct NativeOrder {
  ServedModel model;
  std::vector<Prompt> prompts;
  double reading_milliseconds = 0;  ///< It took to read them.
  GenerateOptions options;
  bool shows_text = true;  ///< False: only the probabilities of the next token are asked for.
  bool stream = false;
  bool as_probabilities = false;
};

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double ratio(double a, double b) { return b > 0 ? a / b : 0; }

std::string_view stop_type(const Generator& generator) {
  switch (generator.finish()) {
    case Finish::kEnd:
      return "eos";
    case Finish::kStop:
      return "word";
    case Finish::kLength:
      return "limit";
    case Finish::kNotYet:
      break;
  }
  return "none";
}

/// What llama.cpp says of reading ("prompt") and of making ("predicted").
void write_timing(json::Writer& json, std::string name, std::size_t tokens, double milliseconds) {
  name += '_';
  const auto count = static_cast<double>(tokens);
  json.field(name + "n", tokens).field(name + "ms", milliseconds);
  json.field(name + "per_token_ms", ratio(milliseconds, count));
  json.field(name + "per_second", ratio(1000 * count, milliseconds));
}

void write_settings(json::Writer& json, const GenerateOptions& options) {
  const SamplingOptions& sampling = options.sampling;
  json.key("generation_settings").begin_object().field("n_predict", options.most_tokens);
  json.field("seed", sampling.seed).field("temperature", sampling.temperature);
  json.field("top_k", sampling.top_k).field("top_p", sampling.top_p);
  json.field("min_p", sampling.min_p).field("repeat_penalty", sampling.repetition);
  json.field("repeat_last_n", sampling.penalised).field("presence_penalty", sampling.presence);
  json.field("frequency_penalty", sampling.frequency).key("stop").begin_array();
  for (const std::string& stop : options.stops) json.value(stop);
  json.end_array().field("n_probs", options.alternatives).end_object();
}

/// The continuation of one prompt as one object, or as events of which the last has everything. The
/// order must outlive it.
class NativeAnswer {
 public:
  NativeAnswer(const NativeOrder& order, std::size_t index)
      : order_(order),
        index_(index),
        generator_(order.model, order.prompts[index], order.options) {}

  /// Makes one more token; false: the continuation had ended before.
  bool next() {
    Chunk chunk;
    if (!generator_.next(chunk)) return false;
    shows_ = shows_ || !chunk.text.empty() || !chunk.tokens.empty();
    if (order_.shows_text) text_ += chunk.text;
    for (const GeneratedToken& token : chunk.tokens) {
      if (order_.shows_text) tokens_.value(token.word);
      if (order_.options.alternatives > 0)
        add_native_logprob(probabilities_, token, order_.as_probabilities);
    }
    return true;
  }
  /// Whether something was made that is not written yet.
  bool shows() const noexcept { return shows_; }

  void write_piece(json::Writer& json) {
    json.begin_object();
    write_made(json);
    json.field("stop", false).field("tokens_predicted", generator_.drawn());
    json.field("tokens_evaluated", read()).end_object();
  }

  void write_end(json::Writer& json) {
    json.begin_object();
    write_made(json);
    json.field("stop", true).field("model", order_.model.id);
    json.field("prompt", order_.prompts[index_].content.text);
    json.field("stop_type", stop_type(generator_));
    json.field("stopping_word", generator_.stops().found());
    json.field("tokens_predicted", generator_.drawn()).field("tokens_evaluated", read());
    json.field("tokens_cached", 0).field("truncated", false).field("has_new_line", false);
    write_settings(json, order_.options);
    json.key("timings").begin_object();
    write_timing(json, "prompt", read(), order_.reading_milliseconds);
    write_timing(json, "predicted", generator_.drawn(), milliseconds_since(begun_));
    json.end_object().end_object();
  }

 private:
  void write_made(json::Writer& json) {
    json.field("index", index_).field("id_slot", 0).field("content", text_);
    json.key("tokens").begin_array().values(tokens_).end_array();
    if (order_.options.alternatives > 0)
      json.key("completion_probabilities").begin_array().values(probabilities_).end_array();
    text_.clear();
    tokens_.clear();
    probabilities_.clear();
    shows_ = false;
  }

  std::size_t read() const { return order_.prompts[index_].content.tokens.size(); }

  const NativeOrder& order_;
  std::size_t index_;
  Generator generator_;
  // What is made and not written yet.
  std::string text_;
  json::Writer tokens_;
  json::Writer probabilities_;
  bool shows_ = false;
  Clock::time_point begun_ = Clock::now();
};

class NativeStream final : public http::Stream {
 public:
  explicit NativeStream(NativeOrder order) : order_(std::move(order)), answer_(order_, 0) {}

  bool next(std::string& piece) override {
    piece.clear();
    if (done_) return false;
    done_ = !answer_.next();
    if (!done_ && !answer_.shows()) return true;
    json::Writer json;
    done_ ? answer_.write_end(json) : answer_.write_piece(json);
    piece = event(json);
    return true;
  }

 private:
  const NativeOrder order_;
  NativeAnswer answer_;
  bool done_ = false;
};

/// The continuations of all prompts, as an array if there may be many.
class NativeWhole final : public http::Stream {
 public:
  NativeWhole(NativeOrder order, bool many) : order_(std::move(order)), many_(many) {
    if (many_) json_.begin_array();
  }

  bool next(std::string& piece) override {
    if (done_) return false;
    if (index_ < order_.prompts.size()) {
      go_on();
    } else {
      if (many_) json_.end_array();
      done_ = true;
    }
    piece = json_.take();
    return true;
  }

 private:
  void go_on() {
    if (!answer_) answer_.emplace(order_, index_);
    if (answer_->next()) return;
    answer_->write_end(json_);
    answer_.reset();
    ++index_;
  }

  const NativeOrder order_;
  const bool many_;
  json::Writer json_;
  std::size_t index_ = 0;
  std::optional<NativeAnswer> answer_;
  bool done_ = false;
};

NativeOrder read_native(Fields& fields, const ServedModel& model, Metrics& metrics) {
  NativeOrder order{
      .model = model, .prompts = {}, .options = read_generation(fields, model.model, kDefaults)};
  const std::int64_t wanted = fields.integer({"n_probs"}, 0, 0, 1'000'000);
  order.options.alternatives = static_cast<std::size_t>(std::min(wanted, kMostAlternatives));
  order.options.most_time =
      std::chrono::milliseconds(fields.integer({"t_max_predict_ms"}, 0, -1, kLongestTime));
  order.options.metrics = &metrics;
  order.stream = fields.truth({"stream"}, false);
  order.as_probabilities = fields.truth({"post_sampling_probs"}, false);
  read_length(fields, {"n_predict", "max_tokens"}, -1, order.options);
  if (order.options.most_tokens == 0 && order.options.alternatives > 0) {
    order.options.most_tokens = 1;
    order.shows_text = false;
  }
  return order;
}

http::Response carry_out(NativeOrder order, bool many) {
  if (order.stream) return event_stream(std::make_unique<NativeStream>(std::move(order)));
  return json_answer(std::make_unique<NativeWhole>(std::move(order), many));
}

/// Several prompts are answered with an array, even if there is only one of them.
bool asks_for_many(const Fields& fields) {
  const json::Value* const prompt = fields.find("prompt");
  return prompt != nullptr && prompt->array() != nullptr && !prompt->array()->empty() &&
         prompt->array()->front().integer() == nullptr;
}

http::Response answer_native(Fields& fields, NativeOrder order, bool many) {
  if (many && order.stream) fields.refuse("prompt", "a stream continues one prompt only");
  if (order.prompts.size() * order.options.most_tokens > kMostTokensOfRequest) {
    fields.refuse("n_predict", fmt::format("together, the continuations may have {} tokens",
                                           kMostTokensOfRequest));
  }
  const std::size_t each = order.options.most_tokens * order.options.alternatives;
  if (order.prompts.size() * each > kMostProbabilities)
    fields.refuse("n_probs", "that makes too long an answer; ask for fewer, or for fewer tokens");
  return fields.ok() ? carry_out(std::move(order), many) : refusal(fields.checked());
}

}  // namespace

http::Response answer_completion(const Models& models, Metrics& metrics,
                                 const http::Request& request) {
  return with_model(models, request, [&](Fields& fields, const ServedModel& model) {
    NativeOrder order = read_native(fields, model, metrics);
    const auto begin = Clock::now();
    order.prompts = read_prompts(fields, model.model, false);
    order.reading_milliseconds = milliseconds_since(begin);
    return answer_native(fields, std::move(order), asks_for_many(fields));
  });
}

http::Response answer_infill(const Models& models, Metrics& metrics, const http::Request& request) {
  return with_model(models, request, [&](Fields& fields, const ServedModel& model) {
    NativeOrder order = read_native(fields, model, metrics);
    fields.string({"input_suffix"});  // Of the right type; the model looks only back.
    const std::string before = fields.string({"input_prefix"}) + fields.string({"prompt"});
    const auto begin = Clock::now();
    order.prompts = {read_prompt(model.model, before)};
    order.reading_milliseconds = milliseconds_since(begin);
    return answer_native(fields, std::move(order), false);
  });
}

}  // namespace tercet::serve
