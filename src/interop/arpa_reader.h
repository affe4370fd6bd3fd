// Reads ARPA text of any dialect. This is the seam for fuzzers: any bytes give a model or an error.
//
//   interop::MemorySource source(text);
//   auto model = interop::parse_arpa(source, "fuzz");
//   if (model) interop::pack_arpa(std::move(*model), notes, sink);   // import.h
#ifndef TERCET_INTEROP_ARPA_READER_H_
#define TERCET_INTEROP_ARPA_READER_H_

#include <string_view>

#include "interop/arpa_model.h"
#include "interop/text_source.h"
#include "tercet/error.h"

namespace tercet::interop {

/// Reads a whole file. `name` begins every error's text: "NAME:LINE: what is wrong; what mends it".
/// Memory is bounded by the n-grams that are there (20 bytes each in the order being read, then
/// ArpaOrder's), never by what the header promises.
///
/// Understood: KenLM, SRILM and IRSTLM. Anything before `\data\`; spaces or tabs; CR LF; n-grams in
/// any order; missing backoff weights (1); <unk>, <s> and </s> in capitals or missing; contexts
/// that are no n-grams themselves (filled in).
///
/// kCorrupt: breaks the format. kUnsupported: another format, or more than kMaxOrder orders.
/// kResource: too many words or n-grams for a model file. Errors of `source` come back unchanged.
Result<ArpaModel> parse_arpa(TextSource& source, std::string_view name);

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_ARPA_READER_H_
