// From ARPA text in memory to the bytes of a model file: import_arpa without the files.
#ifndef TERCET_INTEROP_IMPORT_H_
#define TERCET_INTEROP_IMPORT_H_

#include <functional>
#include <string>
#include <vector>

#include "core/sink.h"
#include "interop/arpa_model.h"
#include "model/notes.h"
#include "tercet/error.h"

namespace tercet::interop {

/// Called every few thousand n-grams with what fraction is packed; false cancels.
using PackProgress = std::function<bool(double fraction)>;

/// Writes a model of plain tokens. Returns the model's warnings; they are in its notes, too.
/// kResource: the file would be too large. kCancelled: `progress` said so. Errors of `sink`.
Result<std::vector<std::string>> pack_arpa(ArpaModel arpa, model::Notes notes, core::Sink& sink,
                                           const PackProgress& progress = {});

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_IMPORT_H_
