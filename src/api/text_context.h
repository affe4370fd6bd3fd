// From text to a model's states: the one place that knows how a model's own text was read.
#ifndef TERCET_API_TEXT_CONTEXT_H_
#define TERCET_API_TEXT_CONTEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "model/model_data.h"
#include "tercet/model.h"
#include "text/caret.h"
#include "text/language.h"
#include "text/tokenizer.h"

namespace tercet::api {

/// What stands before the caret, in the model's terms.
struct TextContext {
  State state;
  std::string_view typed;   ///< The word begun, as written.
  std::string_view folded;  ///< The same as the vocabulary spells it.
  bool sentence_start = false;
};

/// Reads contexts for one model; buffers are reused. One thread.
class ContextReader {
 public:
  /// Looks at the last line, and at most some thousand bytes of it. The views live until the next
  /// call; `text` must live as long.
  TextContext read(const internal::ModelData& model, std::string_view text);

 private:
  TextContext read_tokens(const internal::ModelData& model, std::string_view text);
  TextContext read_text(const internal::ModelData& model, std::string_view text);

  std::string clean_;
  std::string folded_;
  std::string word_;
  std::vector<std::string_view> pieces_;
  text::CaretScratch caret_;
};

}  // namespace tercet::api

#endif  // TERCET_API_TEXT_CONTEXT_H_
