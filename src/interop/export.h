// From a model to ARPA text: export_arpa without the files.
#ifndef TERCET_INTEROP_EXPORT_H_
#define TERCET_INTEROP_EXPORT_H_

#include <functional>
#include <string_view>

#include "model/model_data.h"
#include "tercet/error.h"

namespace tercet::interop {

/// Takes the text piece by piece, each of whole lines; `fraction` of the n-grams is written with
/// it.
using TextTaker = std::function<Status(std::string_view text, double fraction)>;

/// Constant memory. kInvalidArgument: a word has a space in it, or is empty, so that ARPA cannot
/// hold it. kCorrupt: the n-grams contradict each other. Errors of `take` end the work at once.
Status write_arpa(const internal::ModelData& model, const TextTaker& take);

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_EXPORT_H_
