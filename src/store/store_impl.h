// What a Store holds, shared by the files that implement it.
#ifndef TERCET_STORE_STORE_IMPL_H_
#define TERCET_STORE_STORE_IMPL_H_

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "store/database.h"
#include "store/records.h"
#include "store/writer.h"
#include "tercet/store.h"

namespace tercet {

struct Store::Impl {
  store::Database database;
  bool read_only = false;
  std::int64_t last_stamp = 0;  ///< Of the newest lesson begun here; it may not be stored yet.
  /// Where this object counts on for a word.
  std::map<std::string, store::EvidenceRecord, std::less<>> counting;

  /// Errors: also kInvalidArgument for a store that was opened read-only.
  Result<store::Writer> write();
  /// A snapshot: all reads until it is destroyed agree.
  Result<store::Transaction> read();
  /// A name that nothing else bears.
  static store::ActId name(std::int64_t stamp);
  /// Makes a statement, erases at once what it says if that is for good, counts the words gone.
  Result<std::int64_t> forget(store::StatementRecord statement, std::int64_t now, bool for_good);
  /// Leaves no old pages in the file or beside it.
  Status compact();
  /// Calls `visit(lesson, words)` for each sentence that has words to show.
  Status for_each_visible(const std::function<void(const store::LessonRecord&,
                                                   std::span<const std::string_view>)>& visit);
  Result<StoreStats> stats();
};

}  // namespace tercet

#endif  // TERCET_STORE_STORE_IMPL_H_
