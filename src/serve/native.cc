// llama.cpp's questions about the server, and about texts and tokens.
#include "http/target.h"
#include "serve/answer.h"
#include "serve/generation_fields.h"
#include "serve/handlers.h"
#include "serve/messages.h"

namespace tercet::serve {
namespace {

/// As much text as a request can bring; the model itself looks back over order - 1 words.
constexpr int kContext = 131'072;

/// What tokenizers' clients want to see of one token.
std::string piece_of(const Model& model, const TokenizedText& text, const TextToken& token) {
  if (token.word < kFirstWord && token.word != kUnknown) return std::string(model.word(token.word));
  return text.text.substr(token.begin, token.end - token.begin);
}

void write_tokens(json::Writer& json, const Model& model, const TokenizedText& text, bool pieces) {
  for (const TextToken& token : text.tokens) {
    if (!pieces) {
      json.value(token.word);
      continue;
    }
    json.begin_object().field("id", token.word);
    json.field("piece", piece_of(model, text, token)).end_object();
  }
}

/// Answers a question about a model, which the query may name ("model=ru"): by
/// `answer(const ServedModel&)`.
template <class Answer>
http::Response about_model(const Models& models, const http::Request& request,
                           const Answer& answer) {
  const std::string name = http::query_value(request.query, "model").value_or("");
  const ServedModel* const model = models.find(name);
  return model == nullptr ? no_such_model(name) : answer(*model);
}

}  // namespace

/// llama.cpp says "content", "add_special"; vLLM says "prompt", "add_special_tokens".
http::Response answer_tokenize(const Models& models, Metrics&, const http::Request& request) {
  return with_model(models, request, [](Fields& fields, const ServedModel& model) {
    TokenizedText text = tokenize(model.model, fields.string({"content", "prompt"}));
    if (fields.truth({"add_special", "add_special_tokens"}, false))
      text.tokens.insert(text.tokens.begin(), {kSentenceBegin, 0, 0});
    const bool pieces = fields.truth({"with_pieces"}, false);
    if (!fields.ok()) return refusal(fields.checked());
    json::Writer json;
    json.begin_object().key("tokens").begin_array();
    write_tokens(json, model.model, text, pieces);
    json.end_array().field("count", text.tokens.size()).end_object();
    return json_answer(json);
  });
}

/// The text under both names.
http::Response answer_detokenize(const Models& models, Metrics&, const http::Request& request) {
  return with_model(models, request, [](Fields& fields, const ServedModel& model) {
    const json::Value* const tokens = fields.find("tokens");
    const auto words = tokens == nullptr ? std::vector<WordId>()
                                         : read_ids(fields, "tokens", *tokens, model.model);
    if (!fields.ok()) return refusal(fields.checked());
    const std::string text = spell(model.model, words).text;
    json::Writer json;
    json.begin_object().field("content", text).field("prompt", text).end_object();
    return json_answer(json);
  });
}

http::Response answer_apply_template(const Models& models, Metrics&, const http::Request& request) {
  return with_model(models, request, [](Fields& fields, const ServedModel&) {
    const std::vector<Message> messages = read_messages(fields);
    if (!fields.ok()) return refusal(fields.checked());
    json::Writer json;
    json.begin_object().field("prompt", apply_template(messages)).end_object();
    return json_answer(json);
  });
}

http::Response answer_tokenizer_info(const Models& models, Metrics&, const http::Request& request) {
  return about_model(models, request, [](const ServedModel& served) {
    const Model& model = served.model;
    json::Writer json;
    json.begin_object().field("tokenizer_class", "tercet");
    json.field("bos_token", model.word(kSentenceBegin));
    json.field("eos_token", model.word(kSentenceEnd));
    json.field("unk_token", model.word(kUnknown)).field("chat_template", kChatTemplate);
    return json_answer(json.end_object());
  });
}

http::Response answer_props(const Models& models, Metrics&, const http::Request& request) {
  return about_model(models, request, [](const ServedModel& model) {
    json::Writer json;
    json.begin_object().key("default_generation_settings").begin_object();
    json.field("n_ctx", kContext).end_object().field("total_slots", 1);
    json.field("model_alias", model.id).field("model_path", model.id);
    json.field("chat_template", kChatTemplate);
    json.field("bos_token", model.model.word(kSentenceBegin));
    json.field("eos_token", model.model.word(kSentenceEnd));
    json.key("modalities").begin_object().field("vision", false).field("audio", false);
    return json_answer(json.end_object().end_object());
  });
}

/// Any number of requests is answered at once, and clients want at least one slot: it stands for
/// them all.
http::Response answer_slots(const Models&, Metrics& metrics, const http::Request&) {
  json::Writer json;
  json.begin_array().begin_object().field("id", 0).field("id_task", -1).field("n_ctx", kContext);
  json.field("is_processing", metrics.generations > 0).end_object().end_array();
  return json_answer(json);
}

/// Whoever is asked has its models.
http::Response answer_health(const Models&, Metrics&, const http::Request&) {
  json::Writer json;
  json.begin_object().field("status", "ok").end_object();
  return json_answer(json);
}

}  // namespace tercet::serve
