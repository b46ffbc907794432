#pragma once
// What is asked of the kept columns beside the total cost, wherever their rows are: here, or with several
// ranks.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/measure/exceedance.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/sample.hpp"
#include "models/assess/frequency.hpp"
#include "models/assess/played_paths.hpp"

namespace hedgerow::models {

enum class ColumnKind : std::uint64_t {
  component,         ///< index: of the component
  annual_cost,       ///< index: year
  annual_outage,     ///< index: whole year
  annual_incident,   ///< index: whole year
  all_outages,       ///< every whole year of every path, path by path
  all_incidents,     ///< the same
  renewal_price,     ///< index: of the date, without paths on which nothing was agreed
  renewal_leverage,  ///< the same
};

struct ColumnId {
  ColumnKind kind;
  StrategyId strategy;
  std::size_t index = 0;
  friend bool operator==(const ColumnId&, const ColumnId&) = default;
};

/// The rows of a column that are here; of one that does not lie in one piece they are put into `room`.
std::span<const double> values_of(const PlayedPaths& paths, const ColumnId& id, Rows<double>& room);

/// What two strategies agreed on one date, over the paths on which both did, in their order.
struct RenewalDifference {
  StrategyId ours, theirs;
  std::size_t our_date, their_date;  ///< places in Columns::renewals
  Frequency both = {};
  measure::Moments price = {}, leverage = {};

  void add(const std::vector<Columns>& columns);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.both, self.price, self.leverage);
  }
};

class ColumnStore {
 public:
  virtual ~ColumnStore() = default;
  /// The column in order of value. Throws InvalidInput where it has no values, or one that is not finite.
  virtual measure::SortedSample sample(const ColumnId& id) const = 0;
  /// Adds all paths to sums over one of the two columns of all years.
  virtual void add(const ColumnId& id, measure::ExceedanceFrequency& to) const = 0;
  virtual void add(RenewalDifference& to) const = 0;
  /// How many threads may ask at once, where so many are at hand.
  virtual unsigned threads(unsigned at_hand) const = 0;
};

/// All rows are here.
class LocalColumns : public ColumnStore {
 public:
  /// `paths` outlives this object.
  explicit LocalColumns(const PlayedPaths& paths) : paths_(paths) {}
  measure::SortedSample sample(const ColumnId& id) const override;
  void add(const ColumnId& id, measure::ExceedanceFrequency& to) const override;
  void add(RenewalDifference& to) const override;
  unsigned threads(unsigned at_hand) const override { return at_hand; }

 private:
  const PlayedPaths& paths_;
};

}  // namespace hedgerow::models
