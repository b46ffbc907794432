#include "models/assess/paths/tail_tally.hpp"

#include <algorithm>
#include <optional>

namespace hedgerow::models {
namespace {

/// The lowest level that is kept; nothing if none is.
std::optional<double> lowest_kept(const OutputSettings& outputs) {
  if (!outputs.tell(Detail::stand_alone)) return std::nullopt;
  for (const double level : outputs.expected_shortfall)
    if (level >= TailTally::lowest_level) return level;
  return std::nullopt;
}

}  // namespace

TailTally::TailTally(std::size_t providers, std::uint64_t paths, const OutputSettings& outputs)
    : layout_{providers} {
  if (const auto lowest = lowest_kept(outputs))
    columns_.assign(layout_.columns(), measure::LargestValues(measure::largest_needed(paths, *lowest)));
}

void TailTally::add(const LedgerSums& sums) {
  ++paths_;
  if (columns_.empty()) return;
  for (std::size_t p = 0; p < layout_.providers; ++p) {
    double here = 0.0;
    for (std::size_t c = 0; c < component_count; ++c) {
      const double amount = sums.present(all_components[c], ProviderId(p));
      columns_[layout_.cell(c, p)].add(amount);
      here += amount;
    }
    columns_[layout_.provider(p)].add(here);
    columns_[layout_.without_provider(p)].add(sums.present() - here);
  }
}

void TailTally::merge(const TailTally& other) {
  paths_ += other.paths_;
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].merge(other.columns_[i]);
}

void TailTally::write(NumberWriter& to) const {
  write_numbers(to, paths_);
  for (const measure::LargestValues& values : columns_) values.write(to);
}

void TailTally::read(NumberReader& from) {
  read_numbers(from, paths_);
  for (measure::LargestValues& values : columns_) values.read(from);
}

bool TailTally::keeps(double level) const { return !columns_.empty() && level >= lowest_level; }

double TailTally::width(std::size_t providers) {
  return static_cast<double>(sizeof(double) * TailLayout{providers}.columns());
}

double TailTally::bytes(std::size_t providers, std::uint64_t paths, const OutputSettings& outputs) {
  const auto lowest = lowest_kept(outputs);
  if (!lowest) return 0.0;
  const double kept = 2.0 * static_cast<double>(measure::largest_needed(paths, *lowest)) * sizeof(double);
  return kept * static_cast<double>(TailLayout{providers}.columns());
}

}  // namespace hedgerow::models
