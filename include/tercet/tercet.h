// All of tercet's public C++ API.
//
//   auto model = tercet::Model::open("en.tct");
//   if (!model) return fail(model.error().message);
//   tercet::Predictor predictor(*model);
//   tercet::Scratch scratch;  // One per thread.
//   for (const auto& suggestion : predictor.suggest({"I want to "}, scratch).list)
//     std::cout << suggestion.text << ' ' << suggestion.surprise_bits << " bits\n";
//
// Where a person writes, a Session does more: it learns, and knows what may be offered.
#ifndef TERCET_TERCET_H_
#define TERCET_TERCET_H_

#include "tercet/convert.h"         // IWYU pragma: export
#include "tercet/error.h"           // IWYU pragma: export
#include "tercet/evaluate.h"        // IWYU pragma: export
#include "tercet/evaluate_lanes.h"  // IWYU pragma: export
#include "tercet/lane_reader.h"     // IWYU pragma: export
#include "tercet/lanes.h"           // IWYU pragma: export
#include "tercet/learning.h"        // IWYU pragma: export
#include "tercet/ledger.h"          // IWYU pragma: export
#include "tercet/model.h"           // IWYU pragma: export
#include "tercet/predictor.h"       // IWYU pragma: export
#include "tercet/session.h"         // IWYU pragma: export
#include "tercet/store.h"           // IWYU pragma: export
#include "tercet/train.h"           // IWYU pragma: export
#include "tercet/tune.h"            // IWYU pragma: export
#include "tercet/verify.h"          // IWYU pragma: export

#endif  // TERCET_TERCET_H_
