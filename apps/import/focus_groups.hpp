#pragma once
// Sums by key in bounded memory.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "apps/import/focus_bill.hpp"

namespace hedgerow::intake {

/// Finds a std::string by a std::string_view.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// The name of what was joined because there were too many.
inline constexpr std::string_view joined_name = "(others)";

/// What a row belongs to, while the record stands.
struct SpendPlace {
  std::string_view currency, provider, host, region, category, workload;
  int month = 0;
};

/// Rows summed by what they belong to. From `most` kinds on, new ones are joined by currency, provider and
/// month, so that those totals stay right.
class SpendGroups {
 public:
  explicit SpendGroups(std::size_t most) : most_(most) {}

  /// The sums that the row belongs to; nullptr where even what is joined is of too many kinds.
  Costs* find(const SpendPlace& place);
  std::uint64_t folded_rows() const { return folded_rows_; }
  /// Sorted by key.
  std::vector<SpendGroup> take();

 private:
  Costs* find_or_add(const SpendPlace& place, std::size_t most);

  std::size_t most_;
  std::uint64_t folded_rows_ = 0;
  std::string text_;  // of the key, its memory used again
  ByText<SpendGroup> groups_;
};

}  // namespace hedgerow::intake
