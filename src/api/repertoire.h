// What a repertoire is made of.
#ifndef TERCET_API_REPERTOIRE_H_
#define TERCET_API_REPERTOIRE_H_

#include <memory>
#include <vector>

#include "session/lexicon.h"
#include "tercet/session.h"

namespace tercet {

struct Repertoire::Parts {
  std::vector<std::shared_ptr<const session::Lexicon>> lexicons;
};

}  // namespace tercet

#endif  // TERCET_API_REPERTOIRE_H_
